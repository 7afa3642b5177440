// Levelling a real plan: delays that give every task its resources, and what they change and why. Nothing is written.

import { compute } from '../../schedule/index.ts'
import type { Minute, Mode, Plan } from '../../schedule/plan.ts'
import type { Schedule, ScheduleError } from '../../schedule/result.ts'
import { countedEffort, type Effort, timedEffort } from '../effort.ts'
import type { Budget } from '../level.ts'
import { type PlanBound, planBound } from './bound.ts'
import { needsOf } from './capacity.ts'
import { costOfPlan, type Disruption, disruptionOf, type Published } from './cost.ts'
import { type Difference, differencesOf, type Waits, waitsIn } from './difference.ts'
import { type Overload, overloads } from './overload.ts'
import { openPasses } from './passes.ts'
import { placerOf, type Seat } from './place.ts'
import { type LevelProgress, type SearchTable, search } from './search.ts'
import { choicesOf } from './skill.ts'

export interface LevelPlanOptions {
  readonly budget: Budget
  readonly seed?: number
  /**
   * Starts people were told. No task starts before its own, and those that have to move do so rarely and little: the finish
   * comes after that.
   */
  readonly published?: Published
  readonly mode?: Mode
  /** Tasks may use their total float only: the finish of the plan never moves. */
  readonly withinSlack?: boolean
  readonly onProgress?: (progress: LevelProgress) => void
  /** Asked after each schedule: what is found until then is the result. */
  readonly cancelled?: () => boolean
}

export interface LevelledPlan {
  /** The plan with its new levelling delays; computing it gives `schedule`. */
  readonly plan: Plan
  readonly schedule: Schedule
  /** The plan as it was given, and without any levelling delay. */
  readonly current: Schedule
  readonly unlevelled: Schedule
  /** Finish of the plan as it was given, and levelled. */
  readonly finishBefore: Minute
  readonly finish: Minute
  /** No schedule without overloads ends earlier; and the resource that says so, where links alone do not. */
  readonly lowerBound: Minute
  readonly bottleneck?: string
  /** Nothing is overloaded any more, and the finish is the earliest there can be. */
  readonly proved: boolean
  /** Levelling delay of every task that has one, elapsed minutes. */
  readonly delays: ReadonlyMap<string, number>
  readonly differences: readonly Difference[]
  /** Overloads of the plan as given, and those that no delay resolves. */
  readonly overloadsBefore: readonly Overload[]
  readonly unresolved: readonly Overload[]
  /** Where starts are published: how far the plan as given and as levelled is from them. */
  readonly disruption?: { readonly before: Disruption; readonly after: Disruption }
  readonly schedules: number
  readonly cancelled: boolean
}

export type LevelPlanError = ScheduleError | { code: 'levelling.from_finish' }
export type LevelPlanOutcome = { ok: true; levelled: LevelledPlan } | { ok: false; error: LevelPlanError }

const LOOK = 50

/**
 * Delays tasks until no resource is overloaded, the plan ending as early as the budget finds. Tasks in progress, manual
 * and external tasks, tasks with mandatory dates and of priority 1000 stay. Errors: what `compute` refuses, and plans
 * scheduled from their finish.
 */
export function levelPlan(given: Plan, options: LevelPlanOptions): LevelPlanOutcome {
  return drained(levelPlanSteps(given, options), options)
}

/** Takes steps to their end, telling and asking after each. */
export function drained<Outcome>(
  steps: Generator<LevelProgress, Outcome, boolean | undefined>,
  { onProgress, cancelled }: Pick<LevelPlanOptions, 'onProgress' | 'cancelled'>,
): Outcome {
  for (let stop = false; ; ) {
    const step = steps.next(stop)
    if (step.done) return step.value
    onProgress?.(step.value)
    stop = cancelled?.() ?? false
  }
}

/**
 * `levelPlan`, one schedule a step, for callers that must answer others in between. Told `true` it ends with the best so far.
 * `onProgress` and `cancelled` are not asked here.
 */
export function* levelPlanSteps(
  given: Plan,
  options: Omit<LevelPlanOptions, 'onProgress' | 'cancelled'>,
): Generator<LevelProgress, LevelPlanOutcome, boolean | undefined> {
  const taken = seatOf(given, options)
  if (!taken.ok) return taken
  const { seat } = taken
  const [es, ef] = [seat.passes.es.slice(), seat.passes.ef.slice()]
  const placer = placerOf([seat])
  // Without an overload the first schedule is the best.
  const even = overloads(seat.plan, seat.before.tasks).length === 0 && placer.chosen[0]!.size === 0
  const effort = effortOf(even ? { schedules: 1 } : options.budget)
  const bound = even || options.withinSlack ? { finish: seat.before.finish } : boundOf(seat, es, ef)
  const cost = costOfPlan(seat, seat.before, placer, seat.published)
  const table = { seats: [seat], placer, effort, cost, bound: bound.finish, seed: options.seed ?? 1 }
  const found = yield* search({ ...table, rules: promiseRules([seat]) })
  placer.place(found.key)
  return resultOf(seat, waitsIn(seat.plan, placer, 0), bound, {
    schedules: effort.spent(),
    cancelled: found.cancelled,
  })
}

export const effortOf = (budget: Budget): Effort =>
  'schedules' in budget ? countedEffort(budget.schedules) : timedEffort(budget.seconds, budget.now, LOOK)

/** A plan ready to be placed: as it was given, and without any levelling delay. */
export interface TakenSeat extends Seat {
  readonly given: Plan
  readonly mode: Mode
  readonly before: Schedule
  readonly current: Schedule
  readonly published?: Published
  /** Somebody who may be chosen works by another calendar than the plan assumes: then no bound holds. */
  readonly boundless: boolean
}

/** Who was told a date comes in the order of those dates. */
export const promiseRules = (seats: readonly TakenSeat[]): NonNullable<SearchTable['rules']> =>
  seats.some(seat => seat.published) ? [(date, s) => seats[s]!.published?.get(date.id) ?? date.earlyStart] : []

export function seatOf(
  given: Plan,
  { mode: asked, withinSlack, published }: Pick<LevelPlanOptions, 'mode' | 'withinSlack' | 'published'>,
): { ok: true; seat: TakenSeat } | { ok: false; error: LevelPlanError } {
  const mode = asked ?? given.mode
  if (given.options.scheduleFrom === 'finish' && mode === 'ms')
    return { ok: false, error: { code: 'levelling.from_finish' } }
  const plan: Plan = { ...given, tasks: given.tasks.map(task => withDelay(task, 0)) }
  const before = compute(plan, mode)
  if (!before.ok) return before
  const current = plan.tasks.every((task, i) => task === given.tasks[i]) ? before : compute(given, mode)
  if (!current.ok) return current
  const opened = openPasses(plan, mode)
  if (!opened.ok) return opened
  const { passes } = opened
  for (const node of passes.nodes) passes.visit(node)
  const kept = {
    ...(withinSlack && { latest: latestStarts(plan, before.schedule) }),
    ...(published && { published, held: plan.tasks.map(task => published.get(task.id) ?? Number.NEGATIVE_INFINITY) }),
  }
  return {
    ok: true,
    seat: {
      given,
      plan,
      mode,
      passes,
      before: before.schedule,
      current: current.schedule,
      boundless: boundlessIn(plan),
      ...kept,
    },
  }
}

const boundlessIn = (plan: Plan): boolean =>
  choicesOf(plan).some(({ asked, able }) =>
    able.some(each => plan.resources[each]!.calendar !== plan.resources[asked]!.calendar),
  )

/** `es` and `ef` are the dates without any delay. */
export const boundOf = ({ plan, mode, passes, before }: TakenSeat, es: Float64Array, ef: Float64Array): PlanBound =>
  planBound(plan, mode, passes, needsOf(plan), es, ef, before.finish)

/** What the delays that stand in a seat's passes make of its plan. */
export function resultOf(
  { given, plan: bare, mode, passes, before, current, published, boundless }: TakenSeat,
  waits: Waits,
  bound: PlanBound,
  spent: Pick<LevelledPlan, 'schedules' | 'cancelled'>,
): LevelPlanOutcome {
  const delays = new Map<string, number>()
  bare.tasks.forEach((task, i) => {
    if (i < passes.network.tasks && passes.inputs.delay[i]! > 0) delays.set(task.id, passes.inputs.delay[i]!)
  })
  const plan: Plan = {
    ...withPeople(bare, waits.assigned()),
    tasks: bare.tasks.map(task => withDelay(task, delays.get(task.id) ?? 0)),
  }
  const after = compute(plan, mode)
  if (!after.ok) return after
  const unresolved = overloads(plan, after.schedule.tasks)
  const { finish } = after.schedule
  return {
    ok: true,
    levelled: {
      plan,
      schedule: after.schedule,
      current,
      unlevelled: before,
      finishBefore: current.finish,
      finish,
      // Overloads that stay leave room that the bound knows nothing of.
      lowerBound: unresolved.length > 0 || boundless ? Math.min(bound.finish, finish) : bound.finish,
      ...(bound.resource !== undefined && { bottleneck: bound.resource }),
      proved: unresolved.length === 0 && !boundless && finish <= bound.finish,
      delays,
      differences: differencesOf(given, passes, waits, current, after.schedule, published),
      ...(published && {
        disruption: {
          before: disruptionOf(bare, passes, published, current),
          after: disruptionOf(bare, passes, published, after.schedule),
        },
      }),
      overloadsBefore: overloads(given, current.tasks),
      unresolved,
      ...spent,
    },
  }
}

/** The plan in which these resources, by their index, do these assignments. */
function withPeople(plan: Plan, chosen: ReadonlyMap<string, number>): Plan {
  if (chosen.size === 0) return plan
  return {
    ...plan,
    assignments: plan.assignments.map(each => {
      const resource = plan.resources[chosen.get(each.id) ?? -1]
      return resource ? { ...each, resource: resource.id } : each
    }),
  }
}

function withDelay(task: Plan['tasks'][number], delay: number): Plan['tasks'][number] {
  if (delay > 0) return { ...task, levelingDelay: delay }
  if (task.levelingDelay === undefined) return task
  const { levelingDelay: _, ...rest } = task
  return rest
}

/** Latest starts that leave the finish of the plan, and what follows each task, where they are. */
function latestStarts(plan: Plan, schedule: Schedule): Float64Array {
  const late = new Map(schedule.tasks.map(task => [task.id, task.lateStart]))
  return Float64Array.from(plan.tasks, task => late.get(task.id) ?? Number.POSITIVE_INFINITY)
}
