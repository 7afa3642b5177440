// What turns one state of a plan into another, as edits: so that a whole plan worked on elsewhere can be taken over as one edit.
import { applyEdits, type EditError, type PlanEdit } from './edit.ts'
import type { Assignment, Link, Plan, Resource, Task } from './plan.ts'
import { same } from './same.ts'

export type PlanDifference = { ok: true; edits: PlanEdit[] } | { ok: false; error: EditError }

/**
 * Edits that, applied to `from`, give the tasks with their order and outline, links, resources, assignments and options of
 * `to`; rows that keep their id are changed, not made anew. Links, resources and assignments keep the order of `from`.
 * Errors: those of `applyEdits`, when `to` is not a plan that edits may lead to (a cycle, a link within a family).
 */
export function planDifference(from: Plan, to: Plan): PlanDifference {
  const edits: PlanEdit[] = []
  let now = from
  // What an edit brings about by itself (a summary's kind, work that follows a duration) is seen by the next stage.
  for (const stage of [takeOff, build, clear, settle, settle]) {
    const next = stage(now, to)
    const applied = applyEdits(now, next)
    if (!applied.ok) return applied
    now = applied.plan
    for (const edit of next) edits.push(edit)
  }
  return { ok: true, edits }
}

const byId = <T extends { id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map(row => [row.id, row]))

/** Links and assignments that go, and those that come to hang elsewhere: first, so that no move makes a loop on the way. */
function takeOff(now: Plan, to: Plan): PlanEdit[] {
  const links = byId(to.links)
  const assignments = byId(to.assignments)
  const hangsElsewhere = (a: Link, b: Link | undefined) => !b || a.from !== b.from || a.to !== b.to
  const worksElsewhere = (a: Assignment, b: Assignment | undefined) =>
    !b || a.task !== b.task || a.resource !== b.resource
  return [
    ...removal(
      'link',
      now.links.filter(link => hangsElsewhere(link, links.get(link.id))),
    ),
    ...removal(
      'assignment',
      now.assignments.filter(each => worksElsewhere(each, assignments.get(each.id))),
    ),
  ]
}

const removal = (of: 'link' | 'assignment' | 'resource' | 'task', rows: readonly { id: string }[]): PlanEdit[] =>
  rows.length === 0 ? [] : [{ kind: `${of}.remove`, ids: rows.map(row => row.id) }]

/** Options and new resources; then every task to its place, parents before their children. */
function build(now: Plan, to: Plan): PlanEdit[] {
  const patch = patchOf(now.options, to.options)
  const known = byId(now.resources)
  return [
    ...(patch ? [{ kind: 'options.set', patch } as const] : []),
    ...to.resources.flatMap((resource, at): PlanEdit[] =>
      known.has(resource.id) ? [] : [{ kind: 'resource.add', resource, ...inFrontOf(nextOf(to.resources, at, known)) }],
    ),
    ...placing(now.tasks, to.tasks),
  ]
}

const inFrontOf = (row: { id: string } | undefined) => (row ? { before: row.id } : {})
const nextOf = <T extends { id: string }>(rows: readonly T[], at: number, known: ReadonlyMap<string, T>) =>
  rows.slice(at + 1).find(row => known.has(row.id))

function placing(now: readonly Task[], to: readonly Task[]): PlanEdit[] {
  const known = byId(now)
  const rank = new Map(now.map((task, at) => [task.id, at]))
  const children = new Map<string | undefined, Task[]>()
  for (const task of to) {
    const siblings = children.get(task.parent)
    if (siblings) siblings.push(task)
    else children.set(task.parent, [task])
  }
  const edits: PlanEdit[] = []
  // In the order of `to` a parent stands before its children: what is moved below it cannot stand above it any more.
  for (const parent of [undefined, ...to.map(task => task.id)]) {
    const rows = children.get(parent) ?? []
    const own = rows.filter(task => known.has(task.id) && known.get(task.id)?.parent === parent)
    const staying = longestRising(own.map(task => rank.get(task.id) ?? 0))
    const stays = new Set(own.filter((_, at) => staying.has(at)).map(task => task.id))
    for (let at = rows.length - 1; at >= 0; at--) {
      const task = rows[at]!
      const before = inFrontOf(rows[at + 1])
      if (!known.has(task.id)) edits.push({ kind: 'task.add', task, ...before })
      else if (!stays.has(task.id))
        edits.push({ kind: 'task.move', ids: [task.id], ...(parent === undefined ? {} : { parent }), ...before })
    }
  }
  return edits
}

/** Positions of a longest strictly rising subsequence: rows that can stay where they are. */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []
  const before: number[] = []
  values.forEach((value, at) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[ends[middle]!]! < value) low = middle + 1
      else high = middle
    }
    before[at] = low > 0 ? ends[low - 1]! : -1
    ends[low] = at
  })
  const kept = new Set<number>()
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) kept.add(at)
  return kept
}

/** Tasks and resources that go: what stays of the tasks below them has been moved out. */
function clear(now: Plan, to: Plan): PlanEdit[] {
  const tasks = byId(to.tasks)
  const resources = byId(to.resources)
  return [
    ...removal(
      'task',
      now.tasks.filter(task => !tasks.has(task.id)),
    ),
    ...removal(
      'resource',
      now.resources.filter(each => !resources.has(each.id)),
    ),
  ]
}

/** Fields of what is in both, and links and assignments that come. */
function settle(now: Plan, to: Plan): PlanEdit[] {
  const set = <T extends { id: string }>(
    before: readonly T[],
    after: readonly T[],
    edit: (row: T, patch: object) => PlanEdit,
  ): PlanEdit[] => {
    const old = byId(before)
    return after.flatMap(row => {
      const was = old.get(row.id)
      const patch = was && patchOf(was, row)
      return patch ? [edit(row, patch)] : []
    })
  }
  const links = byId(now.links)
  const assignments = byId(now.assignments)
  return [
    ...set<Task>(now.tasks, to.tasks, ({ id }, patch) => ({ kind: 'task.set', id, patch })),
    ...set<Resource>(now.resources, to.resources, ({ id }, patch) => ({ kind: 'resource.set', id, patch })),
    ...set<Link>(now.links, to.links, ({ id }, patch) => ({ kind: 'link.set', id, patch })),
    ...set<Assignment>(now.assignments, to.assignments, ({ id }, patch) => ({ kind: 'assignment.set', id, patch })),
    ...to.links.flatMap((link): PlanEdit[] => (links.has(link.id) ? [] : [{ kind: 'link.add', link }])),
    ...to.assignments.flatMap((assignment): PlanEdit[] =>
      assignments.has(assignment.id) ? [] : [{ kind: 'assignment.add', assignment }],
    ),
  ]
}

/** Fields that differ, null where `after` has none; undefined when all are the same. A task's place is not a field. */
function patchOf(before: object, after: object): Record<string, unknown> | undefined {
  if (before === after) return undefined
  const patch: Record<string, unknown> = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (field === 'id' || field === 'parent') continue
    const value: unknown = Reflect.get(after, field)
    if (!same(Reflect.get(before, field), value)) patch[field] = value ?? null
  }
  return Object.keys(patch).length > 0 ? patch : undefined
}
