// What finishing a plan earlier costs, day by day: which tasks are shortened or done another way, what they cost more, what
// overhead and the contract give back, and where the sum is least.
import { add, compare, type Decimal, exact, multiply, r2, subtract, sum, toDecimal } from '../money/index.ts'
import { dayOf, type Minute, type Plan, type Schedule, type ScheduleError } from '../schedule/index.ts'
import type { Alternative } from './alternative.ts'
import { asPlanned, type Chosen, chooseExactly, chooseRoughly, proved } from './choose.ts'
import { type CrashError, type CrashPoint, crashCurve } from './crash.ts'
import { measured } from './critical-path.ts'
import type { SolveMilp } from './milp.ts'
import { cutCost, type LeftOut, type OpenTask, planModel, type Shortening } from './plan-model.ts'
import { type Deciding, durationsOf } from './selection.ts'

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
  /** Critical paths of the changed plan that pass through it, and how many there are. */
  readonly through: number
  readonly paths: number
}

/** One task done by another alternative than now. */
export interface Switch extends Cut {
  /** Less than now; below zero = longer. */
  readonly minutes: number
  /** Above what the plan has now; below zero = saved. */
  readonly cost: Decimal
  readonly alternative: string
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
  /** Direct cost that no way to this finish undercuts. */
  readonly bound: Decimal
  /** Nothing cheaper is left to find: `bound` is reached. */
  readonly proved: boolean
  readonly cuts: readonly Cut[]
  readonly switches: readonly Switch[]
}

export interface PlanCrash {
  /** From the latest finish that saves anything to the shortest there is; whole working days apart. */
  readonly choices: readonly CrashChoice[]
  /** Position of today's finish. */
  readonly now: number
  /** Position of the least total; the latest finish among equals. */
  readonly best: number
  /** No way of shortening ends earlier than the last. */
  readonly shortest: boolean
  /** Tasks that could be shortened, and those with alternatives. */
  readonly open: number
  readonly choosing: number
  readonly leftOut: readonly LeftOut[]
}

export type PlanCrashOutcome =
  | { readonly ok: true; readonly crash: PlanCrash }
  | { readonly ok: false; readonly error: ScheduleError | CrashError | { readonly code: 'time_cost.from_finish' } }

/** A plan of many years is looked at every few days. */
const MOST_CHOICES = 400

/** What may be done about the plan's tasks, and what time is worth. */
export interface CrashTerms extends TimeTerms {
  readonly alternatives?: readonly Alternative[]
}

/**
 * The time–cost curve of a computed plan, by whole days, at once: what the linear optimum gives when it is rounded, and beside it
 * the `bound`. With constant prices only the last finish cannot be beaten and most are proved; `provenCrash` closes the rest. All
 * of it holds for the model (`planModel`).
 */
export function planCrash(
  plan: Plan,
  schedule: Schedule,
  shortenings: readonly Shortening[],
  terms: CrashTerms,
): PlanCrashOutcome {
  const made = crashing(plan, schedule, shortenings, terms)
  return made.ok ? { ok: true, crash: made.crashing.told(made.crashing.rough) } : made
}

/** How the exact choice is made: the solver, and whether to go on, asked and told before each finish. */
export interface ProveOptions {
  readonly solve: SolveMilp
  /** `done` finishes of `all` are settled; `soFar` makes the result until now. */
  readonly goOn: (done: number, all: number, soFar: () => PlanCrash) => boolean | Promise<boolean>
}

/** The same with the cheapest selection of every finish proved, as far as `goOn` lets it. */
export async function provenCrash(
  plan: Plan,
  schedule: Schedule,
  shortenings: readonly Shortening[],
  terms: CrashTerms,
  { solve, goOn }: ProveOptions,
): Promise<PlanCrashOutcome> {
  const made = crashing(plan, schedule, shortenings, terms)
  if (!made.ok) return made
  const { deciding, rough, told } = made.crashing
  const exact = await chooseExactly(deciding, rough, {
    solve,
    goOn: (chosen, done) => goOn(done, chosen.length, () => told(chosen)),
  })
  return { ok: true, crash: told(exact) }
}

interface Crashing {
  readonly deciding: Deciding
  readonly rough: readonly Chosen[]
  readonly told: (chosen: readonly Chosen[]) => PlanCrash
}

function crashing(
  plan: Plan,
  schedule: Schedule,
  shortenings: readonly Shortening[],
  terms: CrashTerms,
): { readonly ok: true; readonly crashing: Crashing } | Extract<PlanCrashOutcome, { ok: false }> {
  const made = planModel(plan, schedule, shortenings, terms.alternatives)
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
  const deciding: Deciding = {
    ...model,
    network: measured(model.tasks, model.links),
    dayOf: ({ task }) => (tasks.get(task)?.elapsed ? 1440 : perDay),
  }
  const today = deciding.network.length(model.present)
  const rough = chooseRoughly(deciding, points, lengthsOf(points, today, perDay), [asPlanned(model)])
  const least = points.at(-1)?.length ?? 0

  const choiceOf = ({ length, bound, selection }: Chosen): CrashChoice => {
    const { cuts: cut, picks } = selection ?? asPlanned(model)
    const { all, through } = deciding.network.paths(durationsOf(deciding, { cuts: cut, picks }))
    const pathsOf = (index: number) => ({ through: through[index] ?? 0, paths: all })
    const cuts = model.open.flatMap((each, i): Cut[] => {
      const minutes = cut[i]!
      return minutes <= 0 ? [] : [{ task: each.task, minutes, cost: costOf(each, minutes), ...pathsOf(each.index) }]
    })
    const switches = model.choosing.flatMap(({ task, index, options, inUse }, i): Switch[] => {
      const [from, to] = [options[inUse]!, options[picks[i]!]!]
      if (from === to || to.id === null) return []
      const cost = fen(to.cost)
      return [{ task, alternative: to.id, minutes: from.duration - to.duration, cost, ...pathsOf(index) }]
    })
    const same = Math.abs(length - today) < 1e-6
    const finish = same ? schedule.finish : model.clock.add(model.origin, length)
    const direct = r2(sum([...cuts, ...switches].map(({ cost }) => cost)))
    const settled = proved(deciding, { length, bound, selection })
    return {
      ...{ length, finish, cuts, switches, proved: settled },
      bound: settled || compare(fen(bound), direct) > 0 ? direct : fen(bound),
      ...amountsOf(direct, terms, dayOf(schedule.finish), dayOf(finish)),
    }
  }
  const told = (chosen: readonly Chosen[]): PlanCrash => {
    const reached = chosen.filter(({ selection }) => selection !== null)
    const shortest = chosen.slice(reached.length).every(({ bound }) => bound === Number.POSITIVE_INFINITY)
    // A finish that saves nothing against an earlier one is no choice; today's is.
    const isToday = (at: number) => Math.abs(at - today) < 1e-6
    const choices = reached
      .map(choiceOf)
      .filter(
        ({ length, direct }, at, all) =>
          isToday(length) || compare(direct, all[at + 1]?.direct ?? `${Number.MAX_SAFE_INTEGER}`) < 0,
      )
    return {
      ...{ choices, best: bestOf(choices), open: model.open.length, choosing: model.choosing.length },
      now: Math.max(
        0,
        choices.findIndex(({ length }) => isToday(length)),
      ),
      shortest: shortest || Math.abs((reached.at(-1)?.length ?? 0) - least) < 1e-6,
      leftOut: model.leftOut,
    }
  }
  return { ok: true, crashing: { deciding, rough, told } }
}

const fen = (amount: number): Decimal => toDecimal(exact(`${Math.round(amount)}`).div(100), 2)

function bestOf(choices: readonly CrashChoice[]): number {
  let best = 0
  choices.forEach(({ total }, at) => {
    if (exact(total).lessThan(exact(choices[best]!.total))) best = at
  })
  return best
}

/** Whole days from today's length: as much longer as the cheapest selection takes, and down to the shortest. */
function lengthsOf(points: readonly Pick<CrashPoint, 'length'>[], today: number, perDay: number): number[] {
  const [longest, shortest] = [Math.max(today, points[0]?.length ?? 0), points.at(-1)?.length ?? 0]
  const later = Math.ceil((longest - today) / perDay - 1e-9)
  const earlier = Math.floor((today - shortest) / perDay + 1e-9)
  const step = Math.max(1, Math.ceil((later + earlier) / MOST_CHOICES))
  const lengths: number[] = []
  for (let more = Math.ceil(later / step) * step; more > 0; more -= step) lengths.push(today + more * perDay)
  for (let less = 0; less <= earlier; less += step) lengths.push(today - less * perDay)
  const last = lengths.at(-1) ?? today
  return last - shortest > 1e-6 ? [...lengths, shortest] : lengths
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
