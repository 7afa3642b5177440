// Two states of a plan that grew out of one: what each changed, put together field by field. Where both changed the same
// place differently somebody has to decide; nothing is overwritten unseen.
import { mergeOrder } from './merge-order.ts'
import type { Assignment, Link, Plan, PlanOptions } from './plan.ts'
import { same } from './same.ts'

export type MergedThing = 'task' | 'link' | 'assignment' | 'resource' | 'options'
export type MergeSide = 'mine' | 'theirs'

export interface MergeConflict {
  /** `task:<id>:duration`; the field is `*` where one removed what the other changed, `order` for rows below a task. */
  place: string
  what: MergedThing
  id: string
  field: string
  /** Values of the field; undefined = none. Of a `*`: what each has, undefined where it was removed. */
  base: unknown
  mine: unknown
  theirs: unknown
}

export interface Merged {
  /** Undecided places stand as in `theirs`. May hold a loop that neither state has: the edit that makes it so refuses it. */
  plan: Plan
  conflicts: MergeConflict[]
}

/**
 * Puts together what `mine` and `theirs` made of `base`. Rows are the same when their ids are; two links (assignments) that
 * both drew between the same ends are taken for one. `choose` decides the conflicts, by place.
 */
export function mergePlans(
  base: Plan,
  mine: Plan,
  theirs: Plan,
  choose: ReadonlyMap<string, MergeSide> = new Map(),
): Merged {
  const conflicts: MergeConflict[] = []
  const workers = new Map([...mine.assignments, ...theirs.assignments].map(each => [each.id, each.task]))
  const asked = new Set<string>()
  const judge: Judge = (what, id, field, values) => {
    // Work follows a duration, and so does the decision about both.
    const duration = `task:${workers.get(id)}:duration`
    if (what === 'assignment' && WORK.has(field) && asked.has(duration)) return choose.get(duration) ?? 'theirs'
    asked.add(`${what}:${id}:${field}`)
    const place = `${what}:${id}:${field}`
    conflicts.push({ place, what, id, field, ...values })
    return choose.get(place) ?? 'theirs'
  }
  const states = { base, mine, theirs }
  const touched = { mine: touchedTasks(base, mine), theirs: touchedTasks(base, theirs) }
  const gone = { mine: goneTasks(base, mine), theirs: goneTasks(base, theirs) }
  const tasks = mergeRows(
    'task',
    rowsOf(states, plan => plan.tasks),
    judge,
    {
      changed: (side, { id }) => touched[side].has(id),
    },
  )
  const living = new Set(tasks.keys())
  const followsTask = (ends: (row: Link | Assignment) => readonly string[]) => ({
    // It went with its task: whether it stays is whether the task stays.
    unmoved: (side: MergeSide, row: Link | Assignment) => ends(row).some(id => gone[side].has(id)),
  })
  const linkEnds = (row: Link | Assignment) => ('from' in row ? [row.from, row.to] : [row.task])
  const links = mergeRows(
    'link',
    rowsOf(paired(states, 'links', linkKey(base)), plan => plan.links),
    judge,
    followsTask(linkEnds),
  )
  const resources = mergeRows(
    'resource',
    rowsOf(states, plan => plan.resources),
    judge,
    {
      changed: (side, { id }) => newlyUsed(base, states[side], id),
    },
  )
  const assignments = mergeRows(
    'assignment',
    rowsOf(paired(states, 'assignments', assignmentKey), plan => plan.assignments),
    judge,
    followsTask(linkEnds),
  )
  const options = mergeFields<PlanOptions>('options', '', base.options, mine.options, theirs.options, judge)
  return {
    plan: {
      ...theirs,
      options,
      tasks: mergeOrder(states, tasks, (id, values) => judge('task', id, 'order', values)),
      links: oneOfEach(
        [...links.values()].filter(({ from, to }) => living.has(from) && living.has(to)),
        linkKey(base),
      ),
      resources: [...resources.values()],
      assignments: oneOfEach(
        [...assignments.values()].filter(each => living.has(each.task) && resources.has(each.resource)),
        assignmentKey,
      ),
    },
    conflicts,
  }
}

/** Fields of an assignment that change with its task's duration. */
const WORK: ReadonlySet<string> = new Set(['work', 'remainingWork'])

export interface MergeStates {
  readonly base: Plan
  readonly mine: Plan
  readonly theirs: Plan
}
interface Values {
  readonly base: unknown
  readonly mine: unknown
  readonly theirs: unknown
}
type Judge = (what: MergedThing, id: string, field: string, values: Values) => MergeSide

type Rows<T> = Readonly<Record<keyof MergeStates, ReadonlyMap<string, T>>>
const rowsOf = <T extends { id: string }>(states: MergeStates, read: (plan: Plan) => readonly T[]): Rows<T> => {
  const map = (plan: Plan) => new Map(read(plan).map(row => [row.id, row]))
  return { base: map(states.base), mine: map(states.mine), theirs: map(states.theirs) }
}

interface RowRules<T> {
  /** Changed by a side beyond its own fields. */
  readonly changed?: (side: MergeSide, row: T) => boolean
  /** Removed by a side, but not for its own sake. */
  readonly unmoved?: (side: MergeSide, row: T) => boolean
}

/** In the order of `theirs`, then what only `mine` has. */
function mergeRows<T extends { id: string }>(
  what: MergedThing,
  { base, mine, theirs }: Rows<T>,
  judge: Judge,
  rules: RowRules<T>,
): Map<string, T> {
  const merged = new Map<string, T>()
  for (const id of new Set([...theirs.keys(), ...mine.keys()])) {
    const [b, m, t] = [base.get(id), mine.get(id), theirs.get(id)]
    if (m && t) {
      merged.set(id, m === t || m === b ? t : t === b ? m : mergeFields(what, id, b, m, t, judge))
      continue
    }
    const row = m ?? t
    if (!row) continue
    const keeper: MergeSide = m ? 'mine' : 'theirs'
    const remover: MergeSide = m ? 'theirs' : 'mine'
    if (b && !rules.unmoved?.(remover, b)) {
      const changed = !same(b, row) || (rules.changed?.(keeper, row) ?? false)
      if (!changed || judge(what, id, '*', { base: b, mine: m, theirs: t }) === remover) continue
    }
    merged.set(id, row)
  }
  return merged
}

/** A field that one side changed is as that side has it; that both changed alike, as both do. `*` of a new pair has no base. */
function mergeFields<T extends object>(
  what: MergedThing,
  id: string,
  base: T | undefined,
  mine: T,
  theirs: T,
  judge: Judge,
): T {
  const next = { ...theirs }
  for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    if (field === 'id') continue
    const values = {
      base: base && Reflect.get(base, field),
      mine: Reflect.get(mine, field),
      theirs: Reflect.get(theirs, field),
    }
    if (same(values.mine, values.theirs) || same(values.mine, values.base)) continue
    if (!same(values.theirs, values.base) && judge(what, id, field, values) === 'theirs') continue
    if (values.mine === undefined) Reflect.deleteProperty(next, field)
    else Reflect.set(next, field, values.mine)
  }
  return next
}

const goneTasks = (base: Plan, side: Plan): ReadonlySet<string> => {
  const here = new Set(side.tasks.map(task => task.id))
  return new Set(base.tasks.flatMap(({ id }) => (here.has(id) ? [] : [id])))
}

/** Tasks that a side worked on otherwise than in their own fields: new rows below them, new or changed links, assignments. */
function touchedTasks(base: Plan, side: Plan): ReadonlySet<string> {
  const known = new Set(base.tasks.map(task => task.id))
  const links = new Map(base.links.map(link => [link.id, link]))
  const assignments = new Map(base.assignments.map(each => [each.id, each]))
  const touched = new Set<string>()
  for (const { id, parent } of side.tasks) if (parent !== undefined && !known.has(id)) touched.add(parent)
  for (const link of side.links) {
    if (same(links.get(link.id), link)) continue
    touched.add(link.from)
    touched.add(link.to)
  }
  for (const each of side.assignments) if (!same(assignments.get(each.id), each)) touched.add(each.task)
  return touched
}

/** Does a side use a resource where the base did not? Then its removal elsewhere is no small thing. */
function newlyUsed(base: Plan, side: Plan, resource: string): boolean {
  const known = new Set(base.assignments.map(each => each.id))
  return side.assignments.some(each => each.resource === resource && !known.has(each.id))
}

const linkKey =
  ({ mode }: Plan) =>
  ({ from, to, type }: Link) =>
    mode === 'ms' ? `${from} ${to}` : `${from} ${to} ${type}`

const assignmentKey = ({ task, resource }: Assignment) => `${task} ${resource}`

/** A link removed, drawn anew by one side and kept by a decision would be there twice: the kept one stays. */
function oneOfEach<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const seen = new Set<string>()
  return rows.filter(row => {
    const key = keyOf(row)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** What both sides added between the same ends gets one id, that of `theirs`: a plan holds it only once. */
function paired<K extends 'links' | 'assignments'>(
  states: MergeStates,
  list: K,
  keyOf: (row: Plan[K][number]) => string,
): MergeStates {
  const { base, mine, theirs } = states
  const known = new Set<string>([...base[list], ...mine[list]].map(row => row.id))
  const added = new Map<string, string>()
  for (const row of theirs[list]) if (!known.has(row.id)) added.set(keyOf(row), row.id)
  if (added.size === 0) return states
  const old = new Set<string>(base[list].map(row => row.id))
  const renamed = mine[list].map(row => {
    const id = old.has(row.id) ? undefined : added.get(keyOf(row))
    return id === undefined ? row : { ...row, id }
  })
  return { ...states, mine: { ...mine, [list]: renamed } }
}
