// Edits: the commands that change a plan. The screen, the server and other people's screens apply the same ones, so that
// undo is a list of edits and a plan can be replayed. Pure: a plan and edits in, a new plan and the inverse edits out.

import { descentOf } from './descent.ts'
import { costsFollow } from './edit-cost.ts'
import { changedOf, type Draft, draftOf, type EditChange, type EditError, inverseOf, planOf } from './edit-draft.ts'
import { addRow, linkWithinFamily, removeRows, setOptions, setRow } from './edit-list.ts'
import { addTask, indent, moveTasks, outdent, removeTasks, setOutline, setTask } from './edit-task.ts'
import { buildNetwork, knownNetwork } from './network.ts'
import type { Assignment, Link, Plan, PlanOptions, Resource, Task } from './plan.ts'

export type { EditChange, EditError } from './edit-draft.ts'
export { readEdits } from './edit-shape.ts'

/** Some fields of a record; null clears an optional one (undefined would be lost in JSON). */
export type Patch<T, Fixed extends keyof T> = { [K in keyof Omit<T, Fixed>]?: T[K] | null }

export type TaskPatch = Patch<Task, 'id' | 'parent'>
export type LinkPatch = Patch<Link, 'id'>
export type AssignmentPatch = Patch<Assignment, 'id'>
export type ResourcePatch = Patch<Resource, 'id'>
export type OptionsPatch = Patch<PlanOptions, never>

/**
 * The closed list of edits. `before` names the record in front of which another is put; when it is absent, gone or not a
 * place inside the parent, the end is meant: so a colleague's deletion does not make an edit fail.
 */
export type PlanEdit =
  | { kind: 'task.add'; task: Task; before?: string }
  | { kind: 'task.set'; id: string; patch: TaskPatch }
  /** With everything below them, their links and assignments. */
  | { kind: 'task.remove'; ids: readonly string[] }
  /** With everything below them; without a parent to the top level. */
  | { kind: 'task.move'; ids: readonly string[]; parent?: string; before?: string }
  /** Rows keep their order: each becomes the last child of the sibling above it. */
  | { kind: 'task.indent'; ids: readonly string[] }
  /** Rows keep their order: the siblings below become children of the outdented task, as in Microsoft Project. */
  | { kind: 'task.outdent'; ids: readonly string[] }
  /** Sets parents (null = top level) without changing the order of rows. */
  | { kind: 'task.outline'; parents: Readonly<Record<string, string | null>> }
  | { kind: 'link.add'; link: Link; before?: string }
  | { kind: 'link.set'; id: string; patch: LinkPatch }
  | { kind: 'link.remove'; ids: readonly string[] }
  | { kind: 'assignment.add'; assignment: Assignment; before?: string }
  | { kind: 'assignment.set'; id: string; patch: AssignmentPatch }
  | { kind: 'assignment.remove'; ids: readonly string[] }
  | { kind: 'resource.add'; resource: Resource; before?: string }
  | { kind: 'resource.set'; id: string; patch: ResourcePatch }
  /** With its assignments. */
  | { kind: 'resource.remove'; ids: readonly string[] }
  | { kind: 'options.set'; patch: OptionsPatch }

export type EditKind = PlanEdit['kind']

export type EditOutcome =
  | { ok: true; plan: Plan; inverse: PlanEdit[]; changed: EditChange }
  /** `edit` is the position of the refused one; no edit of the list has been applied. */
  | { ok: false; error: EditError; edit: number }

/**
 * Applies a list of edits, all or none. The given plan is not changed; untouched parts are shared with it.
 * `inverse`, applied to the result, gives back the plan. Refused: unknown or doubled ids, invalid values, a link from a task
 * to itself or within its own family, a second link between two tasks, moving a task into itself, and any cycle.
 */
export function applyEdits(plan: Plan, edits: readonly PlanEdit[]): EditOutcome {
  const draft = draftOf(plan)
  for (const [position, edit] of edits.entries()) {
    const error = applyEdit(draft, edit)
    if (error) return { ok: false, error, edit: position }
  }
  costsFollow(draft, edits)
  const next = planOf(draft)
  if (draft.logicChanged) {
    const error = illogical(draft, next)
    if (error) return { ok: false, error, edit: edits.length - 1 }
  }
  return { ok: true, plan: next, inverse: inverseOf(draft), changed: changedOf(draft) }
}

/** A link within one family, or a cycle, that the edits brought about. */
function illogical(draft: Draft, next: Plan): EditError | undefined {
  const { plan } = draft
  // Made from the network before it in a third of the time.
  const network = knownNetwork(plan)
  const before = network && { network, plan, descent: descentOf(plan, next) }
  const built = buildNetwork(next, id => draft.index().get(id), undefined, before)
  // A family cannot have come together by links alone: each is looked at when it is drawn.
  const within = draft.outlineChanged ? linkWithinFamily(draft, built.ok ? built.network : undefined) : undefined
  if (within) return within
  return !built.ok && built.error.code === 'schedule.cycle'
    ? { code: 'schedule.edit.cycle', tasks: built.error.tasks }
    : undefined
}

function applyEdit(draft: Draft, edit: PlanEdit): EditError | undefined {
  switch (edit.kind) {
    case 'task.add':
      return addTask(draft, edit.task, edit.before)
    case 'task.set':
      return setTask(draft, edit.id, edit.patch)
    case 'task.remove':
      return removeTasks(draft, edit.ids)
    case 'task.move':
      return moveTasks(draft, edit.ids, edit.parent, edit.before)
    case 'task.indent':
      return indent(draft, edit.ids)
    case 'task.outdent':
      return outdent(draft, edit.ids)
    case 'task.outline':
      return setOutline(draft, edit.parents)
    case 'link.add':
      return addRow(draft, 'link', edit.link, edit.before)
    case 'link.set':
      return setRow(draft, 'link', edit.id, edit.patch)
    case 'link.remove':
      return removeRows(draft, 'link', edit.ids)
    case 'assignment.add':
      return addRow(draft, 'assignment', edit.assignment, edit.before)
    case 'assignment.set':
      return setRow(draft, 'assignment', edit.id, edit.patch)
    case 'assignment.remove':
      return removeRows(draft, 'assignment', edit.ids)
    case 'resource.add':
      return addRow(draft, 'resource', edit.resource, edit.before)
    case 'resource.set':
      return setRow(draft, 'resource', edit.id, edit.patch)
    case 'resource.remove':
      return removeRows(draft, 'resource', edit.ids)
    case 'options.set':
      return setOptions(draft, edit.patch)
  }
}
