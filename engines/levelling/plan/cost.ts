// What a schedule of a plan costs: its finish first, a little for every task that ends late, for published dates that move
// and, far above all, for overload.
import type { Minute, Plan } from '../../schedule/plan.ts'
import type { Schedule } from '../../schedule/result.ts'
import type { Passes } from './passes.ts'
import type { Placement, Placer, Seat } from './place.ts'

/** Weight of the mean finish beside the plan's finish, and of the mean lateness after deadlines. */
const MEAN_FINISH = 0.05
const DEADLINE = 0.5
/** A published start that moves costs as much as so many minutes of the finish, and this share of its move. */
const MOVED = 1_440
const MOVE = 0.1
/** One unit of overload during one minute weighs as much as this many minutes of the finish. */
const OVERLOAD = 1_000

/** Starts that people were told, by task. */
export type Published = ReadonlyMap<string, Minute>

/** Of one plan; `published` starts move only where that pays. */
export function costOfPlan(
  { plan, passes }: Seat,
  before: Schedule,
  placer: Placer,
  published: Published | undefined,
): (placement: Placement) => number {
  const mean = meanFinish({ plan, passes }, before, placer, 0)
  const broken = brokenPromises({ plan, passes, published }, placer, 0)
  const origin = before.start
  return ({ finish, overload }) => finish - origin + MEAN_FINISH * mean() + broken() + overload * OVERLOAD
}

const levelledTasks = (plan: Plan, { needs, first }: Placer, seat: number): number[] =>
  plan.tasks.map((_, i) => i).filter(i => needs[first[seat]! + i]!.length > 0)

/** Mean finish of the tasks that use resources, by priority, from the plan's start. */
function meanFinish({ plan, passes }: Seat, before: Schedule, placer: Placer, seat: number): () => number {
  const tasks = levelledTasks(plan, placer, seat)
  const weight = plan.tasks.map(task => ((task.priority ?? 500) + 1) / 501)
  const all = Math.max(
    1e-9,
    tasks.reduce((sum, i) => sum + weight[i]!, 0),
  )
  return () => {
    let sum = 0
    for (const i of tasks) sum += weight[i]! * (passes.ef[i]! - before.start)
    return sum / all
  }
}

interface Owner {
  readonly weight: number
  readonly due?: Minute
}

/** Σ weight × minutes by which plans end after they are due. */
export const weightedTardiness = (owners: readonly Owner[], finishes: readonly Minute[]): number =>
  owners.reduce(
    (sum, { weight, due }, s) => sum + weight * Math.max(0, (finishes[s] ?? 0) - (due ?? Number.POSITIVE_INFINITY)),
    0,
  )

/** A minute late of a project of mean weight counts as much as so many of the last finish: one first, then the other. */
const TARDY = 100
/** Weight of the mean finish of the plans, and of their tasks, beside the last finish. */
const MEAN_END = 0.2
/** Overload is worse than any lateness. */
const PLANS_OVERLOAD = 100_000

/** Of several plans: lateness by weight, then the last finish, then the mean finish, then published dates that move. */
export function costOfPlans(
  seats: readonly (Seat & Owner & { readonly before: Schedule; readonly published?: Published })[],
  placer: Placer,
): (placement: Placement) => number {
  const all = seats.reduce((sum, { weight }) => sum + weight, 0) || 1
  const origin = Math.min(...seats.map(({ before }) => before.start))
  const means = seats.map((seat, s) => meanFinish(seat, seat.before, placer, s))
  const promises = seats.map((seat, s) => brokenPromises(seat, placer, s))
  return ({ finish, finishes, overload }) => {
    const late = weightedTardiness(seats, [...finishes]) / all
    let ends = 0
    let mean = 0
    let broken = 0
    seats.forEach((seat, s) => {
      ends += (seat.weight / all) * (finishes[s]! - origin)
      mean += means[s]!() / seats.length
      broken += promises[s]!()
    })
    return (
      TARDY * seats.length * late +
      (finish - origin) +
      MEAN_END * ends +
      MEAN_FINISH * mean +
      broken +
      PLANS_OVERLOAD * overload
    )
  }
}

/** Mean lateness after deadlines of the tasks that use resources, and every published start that moves, by number and length. */
function brokenPromises(
  { plan, passes, published }: Seat & { readonly published?: Published | undefined },
  placer: Placer,
  seat: number,
): () => number {
  const tasks = levelledTasks(plan, placer, seat)
  const promised = promisedStarts(plan, passes, published)
  return () => {
    let late = 0
    for (const i of tasks) {
      const { deadline } = plan.tasks[i]!
      if (deadline !== undefined) late += Math.max(0, passes.ef[i]! - deadline)
    }
    let moved = 0
    for (const [i, start] of promised) {
      const move = Math.abs(passes.es[i]! - start)
      if (move > 0) moved += MOVED + MOVE * move
    }
    return DEADLINE * (late / Math.max(1, tasks.length)) + moved
  }
}

/** Published starts that can still be kept: those of work not begun. */
function promisedStarts(
  plan: Plan,
  { network, inactive }: Passes,
  published: Published | undefined,
): [number, Minute][] {
  if (!published) return []
  return plan.tasks.flatMap(({ id, actualStart }, i): [number, Minute][] => {
    const start = published.get(id)
    return start === undefined || actualStart !== undefined || network.summary[i] || inactive(i) ? [] : [[i, start]]
  })
}

/** How far the dates of a schedule are from those published. */
export interface Disruption {
  /** Tasks not begun whose start was published; of those, how many start at another time, and by how many minutes in all. */
  readonly published: number
  readonly moved: number
  readonly minutes: number
}

export function disruptionOf(plan: Plan, passes: Passes, published: Published, schedule: Schedule): Disruption {
  const dates = new Map(schedule.tasks.map(task => [task.id, task.start]))
  const promised = promisedStarts(plan, passes, published)
  const moves = promised.map(([i, start]) => Math.abs((dates.get(plan.tasks[i]!.id) ?? start) - start))
  return {
    published: promised.length,
    moved: moves.filter(move => move > 0).length,
    minutes: moves.reduce((sum, move) => sum + move, 0),
  }
}
