// The plan while edits are applied to it: lists copied on first change, ids looked up, inverse edits gathered.
import type { PlanEdit } from './edit.ts'
import { notePositions, positionsOf } from './network.ts'
import type { Assignment, Link, Plan, PlanOptions, Resource, Task } from './plan.ts'

export type EditedThing = 'task' | 'link' | 'assignment' | 'resource' | 'calendar'

/** Errors are values; ids and fields say where, the interface words them in zh and en. */
export type EditError =
  | { code: 'schedule.edit.unknown'; what: EditedThing; id: string }
  | { code: 'schedule.edit.duplicate'; what: EditedThing; id: string }
  | { code: 'schedule.edit.invalid'; what: EditedThing | 'options'; id: string; field: string }
  | { code: 'schedule.edit.cycle'; tasks: readonly string[] }
  | { code: 'schedule.edit.self'; task: string }
  /** A link between a summary and a task below it. */
  | { code: 'schedule.edit.within_summary'; summary: string; task: string; link: string }
  | { code: 'schedule.edit.linked_already'; from: string; to: string; link: string }
  | { code: 'schedule.edit.into_itself'; task: string }
  | { code: 'schedule.edit.cannot_indent'; task: string }
  | { code: 'schedule.edit.cannot_outdent'; task: string }
  | { code: 'schedule.edit.outline'; task: string }

/** Ids of what an edit touched: for versions per task, live updates and the history. */
export interface EditChange {
  tasks: string[]
  links: string[]
  assignments: string[]
  resources: string[]
  options: boolean
}

export interface Rows {
  link: Link
  assignment: Assignment
  resource: Resource
}

export interface Draft {
  readonly plan: Plan
  tasks: Task[]
  rows: { [K in keyof Rows]: Rows[K][] }
  options: PlanOptions
  touched: { task: Set<string>; link: Set<string>; assignment: Set<string>; resource: Set<string>; options: boolean }
  /** Links or the outline changed: cycles are possible. */
  logicChanged: boolean
  /** Tasks have other tasks above them: links may have come to lie within one family. */
  outlineChanged: boolean
  /** What undoes each change so far, in the order of the changes: read by `inverseOf`. */
  inverse: PlanEdit[][]
  /** Task id → position; made anew after the order changed. */
  index: () => ReadonlyMap<string, number>
  orderChanged: () => void
}

export function draftOf(plan: Plan): Draft {
  let index: ReadonlyMap<string, number> | undefined = positionsOf(plan.tasks)
  const draft: Draft = {
    plan,
    tasks: plan.tasks.slice(),
    rows: { link: plan.links.slice(), assignment: plan.assignments.slice(), resource: plan.resources.slice() },
    options: plan.options,
    touched: { task: new Set(), link: new Set(), assignment: new Set(), resource: new Set(), options: false },
    logicChanged: false,
    outlineChanged: false,
    inverse: [],
    index() {
      index ??= new Map(draft.tasks.map((task, i) => [task.id, i]))
      return index
    },
    orderChanged() {
      index = undefined
    },
  }
  return draft
}

/** Notes the edits that undo the latest change. */
export function undoWith(draft: Draft, ...edits: PlanEdit[]): void {
  draft.inverse.push(edits)
}

/** Undoes everything: what undoes the latest change stands first. */
export const inverseOf = ({ inverse }: Draft): PlanEdit[] => inverse.reverse().flat()

/** The finished plan; lists that nothing touched are the old ones, so that `===` tells what changed. */
export function planOf(draft: Draft): Plan {
  const { plan, touched } = draft
  if (touched.task.size > 0) notePositions(draft.tasks, draft.index())
  return {
    ...plan,
    tasks: touched.task.size > 0 ? draft.tasks : plan.tasks,
    links: touched.link.size > 0 ? draft.rows.link : plan.links,
    assignments: touched.assignment.size > 0 ? draft.rows.assignment : plan.assignments,
    resources: touched.resource.size > 0 ? draft.rows.resource : plan.resources,
    options: draft.options,
  }
}

export const changedOf = ({ touched }: Draft): EditChange => ({
  tasks: [...touched.task],
  links: [...touched.link],
  assignments: [...touched.assignment],
  resources: [...touched.resource],
  options: touched.options,
})

/**
 * A copy of a record with a patch laid over it (null clears). Writes the patch that takes it back into `back`;
 * undefined when nothing differs.
 */
export function patched<T extends object>(record: T, patch: object, back: object): T | undefined {
  const next = { ...record }
  let same = true
  for (const [field, value] of Object.entries(patch)) {
    const old: unknown = Reflect.get(record, field)
    if (value === undefined || Object.is(old, value) || (value === null && old === undefined)) continue
    same = false
    Reflect.set(back, field, old ?? null)
    if (value === null) Reflect.deleteProperty(next, field)
    else Reflect.set(next, field, value)
  }
  return same ? undefined : next
}
