// What a schedule of a plan costs: its finish first, a little for every task that ends late, for published dates that move
// and, far above all, for overload.
import type { Minute, Plan } from '../../schedule/plan.ts'
import type { Schedule } from '../../schedule/result.ts'
import type { Placement, Placer, Seat } from './place.ts'

/** Weight of the mean finish beside the plan's finish, and of the mean move of published starts. */
const MEAN_FINISH = 0.05
const DISRUPTION = 0.5
/** One unit of overload during one minute weighs as much as this many minutes of the finish. */
const OVERLOAD = 1_000

export type Published = ReadonlyMap<string, Minute>

/** Of one plan; `published` are starts people already work to: levelling moves them only when that pays. */
export function costOfPlan(
  { plan, passes }: Seat,
  before: Schedule,
  placer: Placer,
  published: Published | undefined,
): (placement: Placement) => number {
  const mean = meanFinish({ plan, passes }, before, placer, 0)
  const moved = movedFrom({ plan, passes, published }, placer, 0)
  const origin = before.start
  return ({ finish, overload }) => finish - origin + MEAN_FINISH * mean() + DISRUPTION * moved() + overload * OVERLOAD
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
  const moves = seats.map((seat, s) => movedFrom(seat, placer, s))
  return ({ finish, finishes, overload }) => {
    const late = weightedTardiness(seats, [...finishes]) / all
    let ends = 0
    let mean = 0
    let moved = 0
    seats.forEach((seat, s) => {
      ends += (seat.weight / all) * (finishes[s]! - origin)
      mean += means[s]!() / seats.length
      moved += moves[s]!() / seats.length
    })
    return (
      TARDY * seats.length * late +
      (finish - origin) +
      MEAN_END * ends +
      MEAN_FINISH * mean +
      DISRUPTION * moved +
      PLANS_OVERLOAD * overload
    )
  }
}

/** Mean move of published starts, and lateness after deadlines, of the tasks that use resources. */
function movedFrom(
  { plan, passes, published }: Seat & { readonly published?: Published | undefined },
  placer: Placer,
  seat: number,
): () => number {
  const tasks = levelledTasks(plan, placer, seat)
  const promised = plan.tasks.map(task => published?.get(task.id))
  return () => {
    let moved = 0
    for (const i of tasks) {
      const start = promised[i]
      if (start !== undefined) moved += Math.abs(passes.es[i]! - start)
      const deadline = plan.tasks[i]!.deadline
      if (deadline !== undefined) moved += Math.max(0, passes.ef[i]! - deadline)
    }
    return moved / Math.max(1, tasks.length)
  }
}
