// A choice as edits of the plan: durations, the same work by more hands or what an alternative is done with, and what it costs more.
import { add, type Decimal, isDecimal, isZero, subtract, sum } from '../money/index.ts'
import type { TaskPatch } from '../schedule/edit.ts'
import { type Assignment, applyEdits, type Plan, type PlanEdit, type Task } from '../schedule/index.ts'
import type { Alternative } from './alternative.ts'
import type { CrashChoice } from './plan-crash.ts'

export interface CrashEditOptions {
  readonly alternatives?: readonly Alternative[]
  /** Ids for what is newly assigned. */
  readonly newId: () => string
}

/**
 * Work is not less for being done sooner: what is assigned keeps its work and takes more units, unless an alternative says what it
 * is done with. What a task costs more is added to its fixed cost, so that the cost of the plan holds it; of an alternative what
 * the prices of its resources do not cost already.
 */
export function crashEdits(
  plan: Plan,
  { cuts, switches }: Pick<CrashChoice, 'cuts' | 'switches'>,
  { alternatives = [], newId }: CrashEditOptions,
): PlanEdit[] {
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  const shortened = cuts.flatMap(({ task: id, minutes, cost }): PlanEdit[] => {
    const task = tasks.get(id)
    if (!task || minutes <= 0) return []
    const duration = task.duration - minutes
    const patch = { ...lasting(task, duration), ...dearer(task, cost) }
    return [{ kind: 'task.set', id, patch }, ...sameWork(plan, task, duration)]
  })
  const known = new Map(alternatives.map(each => [each.id, each]))
  const switched = switches.flatMap(each => {
    const [task, chosen] = [tasks.get(each.task), known.get(each.alternative)]
    return task && chosen ? [{ task, chosen, cost: each.cost }] : []
  })
  const done = switched.flatMap(({ task, chosen }): PlanEdit[] => {
    const patch = lasting(task, chosen.duration)
    return [{ kind: 'task.set', id: task.id, patch }, ...doneWith(plan, task, chosen, alternatives, newId)]
  })
  if (done.length === 0) return shortened
  const outcome = applyEdits(plan, done)
  const after = new Map(outcome.ok ? outcome.plan.tasks.map(task => [task.id, task]) : [])
  const costs = switched.flatMap(({ task, cost }): PlanEdit[] => {
    const now = after.get(task.id)
    const priced = now && outcome.ok ? subtract(costOf(outcome.plan, now), costOf(plan, task)) : '0'
    const patch = dearer(task, subtract(cost, priced))
    return Object.keys(patch).length === 0 ? [] : [{ kind: 'task.set', id: task.id, patch }]
  })
  return [...shortened, ...done, ...costs]
}

const assignedTo = (plan: Plan, { id }: Task) => plan.assignments.filter(each => each.task === id)

function costOf(plan: Plan, task: Task): Decimal {
  if (task.cost !== undefined && isDecimal(task.cost)) return task.cost
  const parts = [task.fixedCost, ...assignedTo(plan, task).map(({ cost }) => cost)]
  return sum(parts.flatMap(each => (each !== undefined && isDecimal(each) ? [each] : [])))
}

/** The same work in another time: other units. */
function sameWork(plan: Plan, task: Task, duration: number): PlanEdit[] {
  return assignedTo(plan, task).flatMap(({ id, units, work, remainingWork }): PlanEdit[] => {
    if (work === undefined || work === 0 || duration <= 0) return []
    const patch = { units: places(units * (task.duration / duration)), work, remainingWork: remainingWork ?? null }
    return [{ kind: 'assignment.set', id, patch }]
  })
}

/** Records keep four places. */
const places = (units: number) => Math.round(units * 10_000) / 10_000

/** What the alternative names is assigned; what only other alternatives of the task name goes, unless it has worked already. */
function doneWith(
  plan: Plan,
  task: Task,
  { resources, duration }: Alternative,
  alternatives: readonly Alternative[],
  newId: () => string,
): PlanEdit[] {
  if (resources.length === 0) return sameWork(plan, task, duration)
  const assigned = assignedTo(plan, task)
  const kinds = new Map(plan.resources.map(({ id, kind }) => [id, kind]))
  const named = new Set(
    alternatives.flatMap(each => (each.task === task.id ? each.resources : [])).map(r => r.resource),
  )
  const wanted = new Map(resources.map(({ resource, units }) => [resource, places(units)]))
  const gone = assigned.filter(
    ({ resource, actualWork = 0 }) => named.has(resource) && !wanted.has(resource) && actualWork === 0,
  )
  const others = assigned.filter(({ resource }) => !named.has(resource)).map(({ id }) => id)
  const kept = sameWork(plan, task, duration).filter(edit => edit.kind === 'assignment.set' && others.includes(edit.id))
  const put = [...wanted].flatMap(([resource, units]): PlanEdit[] => {
    const kind = kinds.get(resource)
    if (kind === undefined) return []
    const own = assigned.find(each => each.resource === resource)
    const work = kind === 'work' ? workOf(task, own, units, duration) : {}
    if (own) return [{ kind: 'assignment.set', id: own.id, patch: { units, ...work } }]
    return [{ kind: 'assignment.add', assignment: { id: newId(), task: task.id, resource, units, ...work } }]
  })
  const removed: PlanEdit[] = gone.length > 0 ? [{ kind: 'assignment.remove', ids: gone.map(({ id }) => id) }] : []
  return [...removed, ...kept, ...put]
}

/** What is done stays done; what is left takes the units all of its time. */
function workOf(task: Task, own: Assignment | undefined, units: number, duration: number) {
  const actual = own?.actualWork ?? 0
  const left = Math.round(units * (duration - doneOf(task, duration)))
  return { work: actual + left, ...(actual > 0 ? { remainingWork: left } : {}) }
}

const doneOf = ({ actualStart, actualDuration, duration, percentComplete }: Task, becomes: number) =>
  actualStart === undefined ? 0 : Math.min(becomes, actualDuration ?? (duration * (percentComplete ?? 0)) / 100)

/** What is done stays done. */
function lasting(task: Task, duration: number): TaskPatch {
  if (task.actualStart === undefined) return { duration, estimated: null }
  const done = doneOf(task, duration)
  return {
    ...{ duration, estimated: null, actualDuration: done, remainingDuration: duration - done },
    percentComplete: duration === 0 ? 100 : Math.round((1000 * done) / duration) / 10,
  }
}

/** The cost of the task follows. */
function dearer(task: Task, cost: Decimal): TaskPatch {
  if (isZero(cost)) return {}
  return { fixedCost: add(task.fixedCost !== undefined && isDecimal(task.fixedCost) ? task.fixedCost : '0', cost) }
}
