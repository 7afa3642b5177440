// Edits of tasks and of the outline they form.

import type { PlanEdit, TaskPatch } from './edit.ts'
import { type Draft, type EditError, patched, undoWith } from './edit-draft.ts'
import { takeAssignments, takeLinks } from './edit-list.ts'
import { badPatchField, badRecordField, isId, isOptionalId, taskFields } from './edit-shape.ts'
import type { Task, TaskKind } from './plan.ts'

export function setTask(draft: Draft, id: string, patch: TaskPatch): EditError | undefined {
  const at = draft.index().get(id)
  const task = at === undefined ? undefined : draft.tasks[at]
  if (at === undefined || !task) return { code: 'schedule.edit.unknown', what: 'task', id }
  const field = badPatchField(taskFields, patch)
  if (field !== undefined) return { code: 'schedule.edit.invalid', what: 'task', id, field }
  if (patch.calendar) {
    const error = badCalendar(draft, patch.calendar)
    if (error) return error
  }
  const back: TaskPatch = {}
  const next = patched(task, patch, back)
  if (!next) return undefined
  draft.tasks[at] = next
  draft.touched.task.add(id)
  if (patch.inactive !== undefined) draft.logicChanged = true
  undoWith(draft, { kind: 'task.set', id, patch: back }, ...workFollows(draft, task, next))
  return undefined
}

/** A task that takes longer keeps its resources' units, so their work grows with it; returns what undoes that exactly. */
function workFollows(draft: Draft, before: Task, after: Task): PlanEdit[] {
  if (before.duration === after.duration || before.duration === 0) return []
  if (after.effort === 'fixed_duration' || after.elapsed) return []
  const factor = after.duration / before.duration
  const undo: PlanEdit[] = []
  draft.rows.assignment.forEach((item, i) => {
    if (item.task !== after.id || item.work === undefined) return
    const work = Math.round(item.work * factor)
    draft.rows.assignment[i] = { ...item, work, remainingWork: Math.max(0, work - (item.actualWork ?? 0)) }
    draft.touched.assignment.add(item.id)
    undo.push({
      kind: 'assignment.set',
      id: item.id,
      patch: { work: item.work, remainingWork: item.remainingWork ?? null },
    })
  })
  return undo
}

export function addTask(draft: Draft, task: Task, before?: string): EditError | undefined {
  const field = badRecordField(taskFields, task, { id: isId, parent: isOptionalId })
  if (field !== undefined) return { code: 'schedule.edit.invalid', what: 'task', id: task.id, field }
  if (draft.index().has(task.id)) return { code: 'schedule.edit.duplicate', what: 'task', id: task.id }
  const error = badParent(draft, task.parent) ?? (task.calendar ? badCalendar(draft, task.calendar) : undefined)
  if (error) return error
  insertBlock(draft, [task], task.parent, before)
  draft.touched.task.add(task.id)
  undoWith(draft, { kind: 'task.remove', ids: [task.id] }, ...asKinds(settleKinds(draft, [task.parent])))
  return undefined
}

export function removeTasks(draft: Draft, ids: readonly string[]): EditError | undefined {
  const missing = ids.find(id => !draft.index().has(id))
  if (missing !== undefined) return { code: 'schedule.edit.unknown', what: 'task', id: missing }
  const gone = withDescendants(draft, ids)
  const parents = ids
    .map(id => draft.tasks[draft.index().get(id)!]?.parent)
    .filter(id => id === undefined || !gone.has(id))
  // Links and assignments come back after their tasks, so they are taken out first and restored last.
  const rows = [
    ...takeLinks(draft, link => gone.has(link.from) || gone.has(link.to)),
    ...takeAssignments(draft, item => gone.has(item.task)),
  ]
  const restore: PlanEdit[] = []
  let next: string | undefined
  const kept: Task[] = []
  for (let i = draft.tasks.length - 1; i >= 0; i--) {
    const task = draft.tasks[i]!
    if (gone.has(task.id)) {
      restore.push({ kind: 'task.add', task, ...(next === undefined ? {} : { before: next }) })
      draft.touched.task.add(task.id)
    } else {
      kept.push(task)
      next = task.id
    }
  }
  draft.tasks = kept.reverse()
  draft.orderChanged()
  draft.logicChanged = true
  const kinds = asKinds(settleKinds(draft, parents))
  undoWith(draft, ...restore.reverse(), ...kinds, ...rows)
  return undefined
}

export function moveTasks(
  draft: Draft,
  ids: readonly string[],
  parent: string | undefined,
  before: string | undefined,
): EditError | undefined {
  const missing = ids.find(id => !draft.index().has(id))
  if (missing !== undefined) return { code: 'schedule.edit.unknown', what: 'task', id: missing }
  const error = badParent(draft, parent)
  if (error) return error
  const moving = withDescendants(draft, ids)
  if ((parent !== undefined && moving.has(parent)) || (before !== undefined && moving.has(before))) {
    return { code: 'schedule.edit.into_itself', task: parent ?? before ?? '' }
  }
  const tops = topmost(draft, ids)
  const oldParents = tops.map(id => draft.tasks[draft.index().get(id)!]?.parent)
  const oldOrder = draft.tasks
  const back: PlanEdit[] = tops.map((id, i) => {
    const from = oldParents[i]
    let at = draft.index().get(id)! + 1
    while (at < oldOrder.length && moving.has(oldOrder[at]!.id)) at++
    const next = oldOrder[at]?.id
    return {
      kind: 'task.move',
      ids: [id],
      ...(from === undefined ? {} : { parent: from }),
      ...(next === undefined ? {} : { before: next }),
    }
  })
  const blocks = oldOrder.filter(task => moving.has(task.id))
  const set = new Set(tops)
  draft.tasks = oldOrder.filter(task => !moving.has(task.id))
  draft.orderChanged()
  const moved = blocks.map(task => {
    if (!set.has(task.id)) return task
    const { parent: _, ...rest } = task
    return parent === undefined ? rest : { ...rest, parent }
  })
  insertBlock(draft, moved, parent, before)
  for (const id of tops) draft.touched.task.add(id)
  draft.logicChanged = draft.outlineChanged = true
  const kinds = asKinds(settleKinds(draft, [...oldParents, parent]))
  undoWith(draft, ...back, ...kinds)
  return undefined
}

export function indent(draft: Draft, ids: readonly string[]): EditError | undefined {
  const missing = ids.find(id => !draft.index().has(id))
  if (missing !== undefined) return { code: 'schedule.edit.unknown', what: 'task', id: missing }
  const parents: Record<string, string | null> = {}
  const parentOf = (task: Task) => (Object.hasOwn(parents, task.id) ? (parents[task.id] ?? undefined) : task.parent)
  const tops = topmost(draft, ids)
  for (const id of tops) {
    const at = draft.index().get(id)!
    const own = parentOf(draft.tasks[at]!)
    // The sibling above: walking up from the row before until a task with the same parent.
    let above: Task | undefined = draft.tasks[at - 1]
    while (above && above.id !== own && parentOf(above) !== own) {
      const up: string | undefined = parentOf(above)
      above = up === undefined ? undefined : draft.tasks[draft.index().get(up) ?? -1]
    }
    if (above && above.id !== own) parents[id] = above.id
  }
  if (Object.keys(parents).length === 0) return { code: 'schedule.edit.cannot_indent', task: tops[0] ?? '' }
  return setOutline(draft, parents)
}

export function outdent(draft: Draft, ids: readonly string[]): EditError | undefined {
  const missing = ids.find(id => !draft.index().has(id))
  if (missing !== undefined) return { code: 'schedule.edit.unknown', what: 'task', id: missing }
  const parents: Record<string, string | null> = {}
  const parentOf = (task: Task) => (Object.hasOwn(parents, task.id) ? (parents[task.id] ?? undefined) : task.parent)
  const tops = topmost(draft, ids)
  for (const id of tops) {
    const at = draft.index().get(id)!
    const own = parentOf(draft.tasks[at]!)
    if (own === undefined) continue
    const grand = parentOf(draft.tasks[draft.index().get(own) ?? -1]!)
    for (let i = at + 1; i < draft.tasks.length; i++) {
      const below = draft.tasks[i]!
      if (parentOf(below) === own) parents[below.id] = id
    }
    parents[id] = grand ?? null
  }
  if (Object.keys(parents).length === 0) return { code: 'schedule.edit.cannot_outdent', task: tops[0] ?? '' }
  return setOutline(draft, parents)
}

export function setOutline(draft: Draft, parents: Readonly<Record<string, string | null>>): EditError | undefined {
  const index = draft.index()
  const back: Record<string, string | null> = {}
  const affected: (string | undefined)[] = []
  const next = draft.tasks.slice()
  for (const [id, parent] of Object.entries(parents)) {
    const at = index.get(id)
    const task = at === undefined ? undefined : next[at]
    if (at === undefined || !task) return { code: 'schedule.edit.unknown', what: 'task', id }
    if (parent !== null && !index.has(parent)) return { code: 'schedule.edit.unknown', what: 'task', id: parent }
    if ((task.parent ?? null) === parent) continue
    back[id] = task.parent ?? null
    affected.push(task.parent, parent ?? undefined)
    const { parent: _, ...rest } = task
    next[at] = parent === null ? rest : { ...rest, parent }
  }
  if (affected.length === 0) return undefined
  const wrong = firstOutOfOutline(next)
  if (wrong !== undefined) return { code: 'schedule.edit.outline', task: wrong }
  draft.tasks = next
  for (const id of Object.keys(back)) draft.touched.task.add(id)
  draft.logicChanged = draft.outlineChanged = true
  const kinds = asKinds(settleKinds(draft, affected))
  undoWith(draft, { kind: 'task.outline', parents: back }, ...kinds)
  return undefined
}

/** The first task that does not stand right below its parent's block; undefined when the order of rows is an outline. */
function firstOutOfOutline(tasks: readonly Task[]): string | undefined {
  const open: string[] = []
  for (const task of tasks) {
    while (open.length > 0 && open[open.length - 1] !== task.parent) open.pop()
    if (task.parent !== undefined && open.length === 0) return task.id
    open.push(task.id)
  }
  return undefined
}

/**
 * A task that got its first child becomes a summary, a summary that lost its last becomes a task. Returns the kinds before,
 * so that undo restores a milestone that was a summary for a while.
 */
function settleKinds(draft: Draft, ids: readonly (string | undefined)[]): Map<string, TaskKind> {
  const before = new Map<string, TaskKind>()
  const index = draft.index()
  for (const id of new Set(ids)) {
    const at = id === undefined ? undefined : index.get(id)
    const task = at === undefined ? undefined : draft.tasks[at]
    if (id === undefined || at === undefined || !task) continue
    const hasChildren = draft.tasks[at + 1]?.parent === id
    const isSummary = task.kind === 'summary' || task.kind === 'wbs_summary'
    if (hasChildren === isSummary) continue
    before.set(id, task.kind)
    draft.tasks[at] = { ...task, kind: hasChildren ? 'summary' : 'task' }
    draft.touched.task.add(id)
  }
  return before
}

const asKinds = (kinds: ReadonlyMap<string, TaskKind>): PlanEdit[] =>
  [...kinds].map(([id, kind]) => ({ kind: 'task.set', id, patch: { kind } }))

/** Puts a contiguous block in front of `before` when that is a place among the parent's children, else at their end. */
function insertBlock(
  draft: Draft,
  block: readonly Task[],
  parent: string | undefined,
  before: string | undefined,
): void {
  // Looked for, not looked up: the order changes again at once, and an index of all tasks is dear.
  const placeOf = (id: string | undefined) => (id === undefined ? -1 : draft.tasks.findIndex(task => task.id === id))
  const top = placeOf(parent)
  const end = parent === undefined ? draft.tasks.length : subtreeEnd(draft, top)
  const wanted = placeOf(before)
  const fits = wanted > top && (wanted === end || draft.tasks[wanted]?.parent === parent)
  const at = fits ? wanted : end
  draft.tasks = [...draft.tasks.slice(0, at), ...block, ...draft.tasks.slice(at)]
  draft.orderChanged()
}

function subtreeEnd(draft: Draft, at: number): number {
  const inside = new Set([draft.tasks[at]!.id])
  let end = at + 1
  for (; end < draft.tasks.length; end++) {
    const { id, parent } = draft.tasks[end]!
    if (parent === undefined || !inside.has(parent)) break
    inside.add(id)
  }
  return end
}

function withDescendants(draft: Draft, ids: readonly string[]): Set<string> {
  const all = new Set(ids)
  for (const task of draft.tasks) if (task.parent !== undefined && all.has(task.parent)) all.add(task.id)
  return all
}

/** Those of the tasks that have none of the others above them, in plan order. */
function topmost(draft: Draft, ids: readonly string[]): string[] {
  const chosen = new Set(ids)
  const below = new Set<string>()
  const tops: string[] = []
  for (const task of draft.tasks) {
    if (task.parent !== undefined && (below.has(task.parent) || chosen.has(task.parent))) below.add(task.id)
    if (chosen.has(task.id) && !below.has(task.id)) tops.push(task.id)
  }
  return tops
}

function badParent(draft: Draft, parent: string | undefined): EditError | undefined {
  return parent !== undefined && !draft.index().has(parent)
    ? { code: 'schedule.edit.unknown', what: 'task', id: parent }
    : undefined
}

function badCalendar(draft: Draft, id: string): EditError | undefined {
  return draft.plan.calendars.some(item => item.id === id)
    ? undefined
    : { code: 'schedule.edit.unknown', what: 'calendar', id }
}
