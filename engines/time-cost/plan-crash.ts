// What finishing a plan earlier costs, day by day: which tasks are shortened, what they cost more, what overhead and the contract
// give back, and where the sum is least.
import { add, type Decimal, exact, multiply, r2, subtract, sum } from '../money/index.ts'
import { dayOf, type Minute, type Plan, type Schedule, type ScheduleError } from '../schedule/index.ts'
import { type CrashError, type CrashPoint, crashAt, crashCurve } from './crash.ts'
import { measured } from './critical-path.ts'
import { cutCost, type LeftOut, type OpenTask, planModel, type Shortening } from './plan-model.ts'
import { wholeDays } from './whole-days.ts'

/** What time costs besides the tasks; amounts of one calendar day. */
export interface TimeTerms {
  /** Site overhead, interest: of each day until the finish. */
  readonly indirect: Decimal
  /** For each day after the contract's, and before it. Nothing without a contract day. */
  readonly penalty: Decimal
  readonly bonus: Decimal
  /** Days since 1970-01-01. */
  readonly contract?: number
}

/** One task shortened. */
export interface Cut {
  readonly task: string
  /** By so many minutes of its own calendar. */
  readonly minutes: number
  readonly cost: Decimal
  /** Critical paths of the shortened plan that pass through it, and how many there are. */
  readonly through: number
  readonly paths: number
}

/** The cheapest way to one finish. Amounts are against the plan as it is: above zero is dearer. */
export interface CrashChoice {
  /** Working minutes of the project calendar from the start to the finish. */
  readonly length: number
  readonly finish: Minute
  readonly direct: Decimal
  readonly indirect: Decimal
  /** Penalties more and bonuses less. */
  readonly contract: Decimal
  readonly total: Decimal
  /** Direct cost that no way to this finish undercuts, in broken days either. */
  readonly bound: Decimal
  readonly cuts: readonly Cut[]
}

export interface PlanCrash {
  /** From the plan as it is to the shortest finish there is; whole working days apart. */
  readonly choices: readonly CrashChoice[]
  /** Position of the least total; the latest finish among equals. */
  readonly best: number
  /** Tasks that could be shortened. */
  readonly open: number
  readonly leftOut: readonly LeftOut[]
}

export type PlanCrashOutcome =
  | { readonly ok: true; readonly crash: PlanCrash }
  | { readonly ok: false; readonly error: ScheduleError | CrashError | { readonly code: 'time_cost.from_finish' } }

/** A plan of many years is looked at every few days. */
const MOST_CHOICES = 400

/**
 * The time–cost curve of a computed plan, by whole days. No way to any of the finishes costs less than its `bound`, and the last
 * one cannot be beaten; both hold for the model (`planModel`).
 */
export function planCrash(
  plan: Plan,
  schedule: Schedule,
  shortenings: readonly Shortening[],
  terms: TimeTerms,
): PlanCrashOutcome {
  const made = planModel(plan, schedule, shortenings)
  if (!made.ok) return made
  const { model } = made
  const curve = crashCurve(model.tasks, model.links)
  if (!curve.ok) return curve
  const { points } = curve
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  const given = new Map(shortenings.map(each => [each.task, each]))
  const perDay = Math.max(1, plan.options.minutesPerDay)
  const costOf = ({ task: id }: OpenTask, minutes: number): Decimal => {
    const [task, shortening] = [tasks.get(id), given.get(id)]
    return task && shortening ? cutCost(shortening, task, minutes, perDay) : '0.00'
  }
  const { open } = model
  const network = measured(model.tasks, model.links)
  const normal = model.tasks.map(task => task.normal)
  const dayIn = ({ task }: OpenTask) => (tasks.get(task)?.elapsed ? 1440 : perDay)
  const lengths = lengthsOf(points, perDay)
  const choices = lengths.map((length, at): CrashChoice => {
    const durations = pointAt(points, length, model.grid)?.durations ?? normal
    const exact = open.map(each => each.left - exactMinutes(each, durations[each.index] ?? 0))
    const whole = at === 0 ? exact.map(() => 0) : wholeDays({ open, network, normal, dayOf: dayIn }, exact, length)
    const cut = [...normal]
    open.forEach(({ index, left, scale }, i) => {
      cut[index] = (left - whole[i]!) * scale
    })
    const { all, through } = network.paths(cut)
    const cuts = open.flatMap((each, i): Cut[] => {
      const minutes = whole[i]!
      if (minutes <= 0) return []
      return [{ task: each.task, minutes, cost: costOf(each, minutes), through: through[each.index] ?? 0, paths: all }]
    })
    const finish = at === 0 ? schedule.finish : model.clock.add(model.origin, length)
    const amounts = amountsOf(sum(cuts.map(({ cost }) => cost)), terms, dayOf(schedule.finish), dayOf(finish))
    return { length, finish, cuts, bound: r2(sum(open.map((each, i) => costOf(each, exact[i]!)))), ...amounts }
  })
  return { ok: true, crash: { choices, best: bestOf(choices), open: open.length, leftOut: model.leftOut } }
}

function bestOf(choices: readonly CrashChoice[]): number {
  let best = 0
  choices.forEach(({ total }, at) => {
    if (exact(total).lessThan(exact(choices[best]!.total))) best = at
  })
  return best
}

/** The present length, whole days below it, and the shortest. */
function lengthsOf(points: readonly Pick<CrashPoint, 'length'>[], perDay: number): number[] {
  const [longest, shortest] = [points[0]?.length ?? 0, points.at(-1)?.length ?? 0]
  const days = Math.floor((longest - shortest) / perDay)
  const step = Math.max(1, Math.ceil(days / MOST_CHOICES))
  const lengths = [longest]
  for (let less = step; less <= days; less += step) lengths.push(longest - less * perDay)
  const last = lengths.at(-1) ?? longest
  return last - shortest > 1e-6 ? [...lengths, shortest] : lengths
}

function pointAt(points: readonly CrashPoint[], length: number, grid: number | undefined): CrashPoint | undefined {
  const fits = grid !== undefined && Math.abs(length / grid - Math.round(length / grid)) < 1e-9
  return crashAt(points, length, fits ? grid : undefined)
}

/** The amounts of a finish against today's. */
function amountsOf(
  direct: Decimal,
  { indirect, penalty, bonus, contract }: TimeTerms,
  today: number,
  day: number,
): Pick<CrashChoice, 'direct' | 'indirect' | 'contract' | 'total'> {
  const due = (at: number): Decimal =>
    contract === undefined
      ? '0'
      : at > contract
        ? multiply(penalty, `${at - contract}`)
        : multiply(bonus, `${at - contract}`)
  const overhead = r2(multiply(indirect, `${day - today}`))
  const owed = r2(subtract(due(day), due(today)))
  return { direct: r2(direct), indirect: overhead, contract: owed, total: r2(add(add(direct, overhead), owed)) }
}

/** What is left of a task on its own calendar at a duration on the axis. */
function exactMinutes({ left, shortest, scale }: OpenTask, duration: number): number {
  const minutes = duration / scale
  const whole = Math.round(minutes)
  return Math.min(left, Math.max(shortest, Math.abs(minutes - whole) < 1e-6 ? whole : minutes))
}
