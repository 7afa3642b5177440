// What a planner says of finishing earlier: how short tasks can become, at what cost, how else they can be done, and what a day is
// worth. Kept with the plan as JSON, checked whenever it is saved, and turned into the engine's terms. Pure: the page and the server read it alike.

import type { Plan, Task } from '@yingzao/engines/schedule'
import type { Alternative, Shortening, TimeTerms, Units } from '@yingzao/engines/time-cost'
import { isDecimal, type Json } from '@yingzao/kernel/entity'
import { amount, list, number, objectOf, type Reader, words } from './json-reader.ts'
import { uncertainTasks } from './risk.ts'

/** One task; a row half typed is kept and not counted yet. */
export interface TaskCrash {
  readonly task: string
  /** Shortest duration in days, as the plan counts them; null = not said. */
  readonly days: number | null
  /** More than as planned; empty = not said. */
  readonly cost: string
  /** Of each day less, or of all the way to the shortest. */
  readonly per: 'day' | 'all'
  /** Duration in days that `all` was said of: what is taken over, or planned otherwise later, does not change the price of a day. */
  readonly from: number | null
}

/** One way to do a task; a row half typed is kept and not counted yet. */
export interface TaskAlternative {
  readonly id: string
  readonly task: string
  readonly name: string
  /** Duration in days, as the plan counts them; null = not said. */
  readonly days: number | null
  /** Against the other alternatives of the task: only differences count; empty = not said. */
  readonly cost: string
  /** Of the plan, 1 = 100 %; empty = what is assigned, its work unchanged. */
  readonly resources: readonly Units[]
}

/** Amounts of a calendar day; empty = none. */
export interface CrashInputs {
  /** Site overhead and whatever else each day costs. */
  readonly indirect: string
  /** Against the project's contract finish: each day later, each day earlier. */
  readonly penalty: string
  readonly bonus: string
  readonly tasks: readonly TaskCrash[]
  readonly alternatives: readonly TaskAlternative[]
}

export const noCrash: CrashInputs = { indirect: '', penalty: '', bonus: '', tasks: [], alternatives: [] }

const MOST_TASKS = 5000
export const MOST_DAYS = 10_000

export type CrashReading =
  | { readonly ok: true; readonly crash: CrashInputs }
  /** Where something is wrong, in the words of the JSON: `tasks[2].cost`. */
  | { readonly ok: false; readonly where: string }

/** Reads what is kept; what is not understood is refused by its place. */
export function readCrash(value: unknown): CrashReading {
  if (value === null || value === undefined) return { ok: true, crash: noCrash }
  const wrong: string[] = []
  const reader: Reader = { from: objectOf(value, 'crash', wrong), where: '', wrong }
  const crash: CrashInputs = {
    indirect: amount(reader, 'indirect'),
    penalty: amount(reader, 'penalty'),
    bonus: amount(reader, 'bonus'),
    tasks: list(reader, 'tasks', MOST_TASKS, taskOf),
    alternatives: list(reader, 'alternatives', MOST_TASKS, alternativeOf),
  }
  const [where] = wrong
  return where === undefined ? { ok: true, crash } : { ok: false, where }
}

const days = (reader: Reader, name: string): number | null =>
  (reader.from[name] ?? null) === null ? null : number(reader, name, 0.01, MOST_DAYS)

const taskOf = (reader: Reader): TaskCrash => ({
  task: words(reader, 'task', 1, 64),
  days: days(reader, 'days'),
  from: days(reader, 'from'),
  cost: amount(reader, 'cost'),
  per: reader.from.per === 'all' ? 'all' : 'day',
})

const MOST_RESOURCES = 20
const MOST_UNITS = 100_000

const alternativeOf = (reader: Reader): TaskAlternative => ({
  id: words(reader, 'id', 1, 64),
  task: words(reader, 'task', 1, 64),
  name: words(reader, 'name', 0, 200, ''),
  days: days(reader, 'days'),
  cost: amount(reader, 'cost', Number.NEGATIVE_INFINITY),
  resources: list(reader, 'resources', MOST_RESOURCES, each => ({
    resource: words(each, 'resource', 1, 200),
    units: number(each, 'units', 0.0001, MOST_UNITS),
  })),
})

export const crashJson = (crash: CrashInputs): Json => JSON.parse(JSON.stringify(crash))

/** Minutes of a day as the task counts its duration. */
export const dayOfTask = (plan: Plan, { elapsed }: Task): number =>
  elapsed ? 1440 : Math.max(1, plan.options.minutesPerDay)

/** Tasks that can be shortened: unfinished leaves that take time. */
export const crashableTasks = uncertainTasks

/** What is said whole, in the engine's terms. */
export function shortenings(plan: Plan, { tasks }: CrashInputs): Shortening[] {
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  return tasks.flatMap(({ task: id, days, cost, per, from }): Shortening[] => {
    const task = byId.get(id)
    if (!task || days === null || !isDecimal(cost)) return []
    const day = dayOfTask(plan, task)
    const whole = from === null ? {} : { from: Math.round(from * day) }
    return [{ task: id, shortest: Math.round(days * day), cost, per, ...whole }]
  })
}

/** What is said whole, in the engine's terms; a resource that is gone from the plan is not asked for. */
export function alternativesOf(plan: Plan, { alternatives }: CrashInputs): Alternative[] {
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const known = new Set(plan.resources.map(({ id }) => id))
  return alternatives.flatMap(({ id, task: of, days, cost, resources }): Alternative[] => {
    const task = byId.get(of)
    if (!task || days === null || !isDecimal(cost)) return []
    const duration = Math.round(days * dayOfTask(plan, task))
    return [{ id, task: of, duration, cost, resources: resources.filter(({ resource }) => known.has(resource)) }]
  })
}

/** How a task is done now, as one of its alternatives. */
export function asPlannedNow(plan: Plan, task: Task, id: string, name: string): TaskAlternative {
  const assigned = plan.assignments.filter(each => each.task === task.id)
  return {
    ...{ id, task: task.id, name, cost: '0', days: task.duration / dayOfTask(plan, task) },
    resources: assigned.map(({ resource, units }) => ({ resource, units })),
  }
}

/** Day of the contract: days since 1970-01-01. */
export function timeTerms({ indirect, penalty, bonus }: CrashInputs, contract: number | undefined): TimeTerms {
  const of = (text: string) => (isDecimal(text) ? text : '0')
  const terms = { indirect: of(indirect), penalty: of(penalty), bonus: of(bonus) }
  return contract === undefined ? terms : { ...terms, contract }
}
