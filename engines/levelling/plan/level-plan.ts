// Levelling a real plan: delays that give every task its resources, and what they change and why. Nothing is written.

import { compute } from '../../schedule/index.ts'
import type { Minute, Mode, Plan } from '../../schedule/plan.ts'
import type { Schedule, ScheduleError } from '../../schedule/result.ts'
import { countedEffort, type Effort, timedEffort } from '../effort.ts'
import type { Budget } from '../level.ts'
import { type Random, seeded } from '../random.ts'
import { type Difference, differencesOf } from './difference.ts'
import { type Overload, overloads } from './overload.ts'
import { openPasses, type Passes } from './passes.ts'
import { type Placement, type Placer, placerOf } from './place.ts'

export interface LevelPlanOptions {
  readonly budget: Budget
  readonly seed?: number
  readonly mode?: Mode
  /** Tasks may use their total float only: the finish of the plan never moves. */
  readonly withinSlack?: boolean
  /** Starts people already work to: levelling moves them only when that pays. */
  readonly published?: ReadonlyMap<string, Minute>
  readonly onProgress?: (progress: { share: number; schedules: number; finish: Minute }) => void
  readonly cancelled?: () => boolean
}

export interface LevelledPlan {
  /** The plan with its new levelling delays; computing it gives `schedule`. */
  readonly plan: Plan
  readonly schedule: Schedule
  /** The plan without any levelling delay. */
  readonly unlevelled: Schedule
  /** Finish of the plan without and with levelling. */
  readonly finishBefore: Minute
  readonly finish: Minute
  /** Levelling delay of every task that has one, elapsed minutes. */
  readonly delays: ReadonlyMap<string, number>
  readonly differences: readonly Difference[]
  /** Overloads before, and those that no delay resolves. */
  readonly overloadsBefore: readonly Overload[]
  readonly unresolved: readonly Overload[]
  readonly schedules: number
  readonly cancelled: boolean
}

export type LevelPlanError = ScheduleError | { code: 'levelling.from_finish' }
export type LevelPlanOutcome = { ok: true; levelled: LevelledPlan } | { ok: false; error: LevelPlanError }

const LOOK = 50
const SMALLEST = 6
const LARGEST = 60
/** Weight of the mean finish beside the plan's finish, and of the mean move of published starts. */
const MEAN_FINISH = 0.05
const DISRUPTION = 0.5
/** One unit of overload during one minute weighs as much as this many minutes of the finish. */
const OVERLOAD = 1_000

/**
 * Delays tasks until no resource is overloaded, the plan ending as early as the budget finds. Tasks in progress, manual
 * and external tasks, tasks with mandatory dates and of priority 1000 stay. Errors: what `compute` refuses, and plans
 * scheduled from their finish.
 */
export function levelPlan(given: Plan, options: LevelPlanOptions): LevelPlanOutcome {
  const mode = options.mode ?? given.mode
  if (given.options.scheduleFrom === 'finish' && mode === 'ms')
    return { ok: false, error: { code: 'levelling.from_finish' } }
  const bare: Plan = { ...given, tasks: given.tasks.map(task => withDelay(task, 0)) }
  const before = compute(bare, mode)
  if (!before.ok) return before
  const opened = openPasses(bare, mode)
  if (!opened.ok) return opened
  const { passes } = opened
  const latest = options.withinSlack ? latestStarts(bare, before.schedule) : undefined
  const placer = placerOf(bare, passes, latest)
  const { budget } = options
  const effort = 'schedules' in budget ? countedEffort(budget.schedules) : timedEffort(budget.seconds, budget.now, LOOK)
  const found = search(bare, before.schedule, passes, placer, effort, options)
  placer.place(found.key)
  const delays = new Map<string, number>()
  bare.tasks.forEach((task, i) => {
    if (i < passes.network.tasks && passes.inputs.delay[i]! > 0) delays.set(task.id, passes.inputs.delay[i]!)
  })
  const plan: Plan = { ...bare, tasks: bare.tasks.map(task => withDelay(task, delays.get(task.id) ?? 0)) }
  const after = compute(plan, mode)
  if (!after.ok) return after
  return {
    ok: true,
    levelled: {
      plan,
      schedule: after.schedule,
      unlevelled: before.schedule,
      finishBefore: before.schedule.finish,
      finish: after.schedule.finish,
      delays,
      differences: differencesOf(bare, passes, placer, before.schedule, after.schedule),
      overloadsBefore: overloads(bare, before.schedule.tasks),
      unresolved: overloads(plan, after.schedule.tasks),
      schedules: effort.spent(),
      cancelled: found.cancelled,
    },
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

interface Found {
  readonly key: Float64Array
  readonly cancelled: boolean
}

interface Member {
  readonly key: Float64Array
  cost: number
}

/** Rules of thumb first, then children of the best: a time window of one, the order of another around it. */
function search(
  plan: Plan,
  before: Schedule,
  passes: Passes,
  placer: Placer,
  effort: Effort,
  options: LevelPlanOptions,
): Found {
  const random = seeded(options.seed ?? 1)
  const cost = costOf(plan, before, passes, placer, options)
  const count = passes.network.nodes
  const members: Member[] = []
  let best: Member | undefined
  let size = SMALLEST
  let stopped = false
  const began = effort.now()
  const try_ = (key: Float64Array): void => {
    const placement = placer.place(key)
    effort.spend(1)
    const member: Member = { key: passes.es.slice(), cost: cost(placement) }
    // Placing again by the key found must give the same schedule: the key is kept, not the starts.
    const kept: Member = { key, cost: member.cost }
    if (!best || kept.cost < best.cost) best = kept
    settle(members, member, size)
    const finish = placement.finish
    options.onProgress?.({ share: effort.share(), schedules: effort.spent(), finish })
    stopped = options.cancelled?.() ?? false
  }
  for (const key of rules(plan, before, passes, random)) {
    if (effort.spent() > 0 && (effort.used() || stopped)) break
    try_(key)
  }
  const perSchedule = Math.max(0.01, (effort.now() - began) / Math.max(1, effort.spent()))
  size = Math.max(SMALLEST, Math.min(LARGEST, Math.round(Math.sqrt(effort.capacity(perSchedule)) / 2)))
  while (!effort.used() && !stopped && placer.needs.some(need => need.length > 0)) {
    if (members.length < size) try_(shaken(members, count, random))
    else try_(child(members, count, random))
  }
  return { key: best?.key ?? new Float64Array(count), cancelled: stopped }
}

function costOf(
  plan: Plan,
  before: Schedule,
  passes: Passes,
  placer: Placer,
  { published }: LevelPlanOptions,
): (placement: Placement) => number {
  const tasks = plan.tasks.map((_, i) => i).filter(i => placer.needs[i]!.length > 0)
  const origin = before.start
  const weight = plan.tasks.map(task => ((task.priority ?? 500) + 1) / 501)
  const promised = plan.tasks.map(task => published?.get(task.id))
  return ({ finish, overload }) => {
    let sum = 0
    let weights = 0
    let moved = 0
    for (const i of tasks) {
      sum += weight[i]! * (passes.ef[i]! - origin)
      weights += weight[i]!
      const start = promised[i]
      if (start !== undefined) moved += Math.abs(passes.es[i]! - start)
      const deadline = plan.tasks[i]!.deadline
      if (deadline !== undefined) moved += Math.max(0, passes.ef[i]! - deadline)
    }
    const n = Math.max(1, tasks.length)
    return (
      finish - origin + MEAN_FINISH * (sum / Math.max(1e-9, weights)) + DISRUPTION * (moved / n) + overload * OVERLOAD
    )
  }
}

/** Late start, late finish, late start by priority, total float, early start; then the published order. */
function rules(plan: Plan, before: Schedule, passes: Passes, random: Random): Float64Array[] {
  const dates = new Map(before.tasks.map(task => [task.id, task]))
  const rule = (of: (date: Schedule['tasks'][number], priority: number) => number): Float64Array => {
    const key = new Float64Array(passes.network.nodes)
    plan.tasks.forEach((task, i) => {
      const date = dates.get(task.id)
      if (date) key[i] = of(date, task.priority ?? 500) + random.next()
    })
    return key
  }
  return [
    rule(date => date.lateStart),
    rule(date => date.lateFinish),
    rule((date, priority) => date.lateStart - priority * 1e8),
    rule(date => date.totalFloat),
    rule(date => date.earlyStart),
  ]
}

/** Keeps the best, one of each cost. */
function settle(members: Member[], member: Member, size: number): void {
  if (members.some(other => other.cost === member.cost)) return
  if (members.length < size) {
    members.push(member)
    return
  }
  let worst = 0
  for (let k = 1; k < members.length; k++) if (members[k]!.cost > members[worst]!.cost) worst = k
  if (member.cost < members[worst]!.cost) members[worst] = member
}

function shaken(members: readonly Member[], count: number, random: Random): Float64Array {
  const { key } = members[random.below(members.length)]!
  const [low, high] = rangeOf(key)
  const strength = (high - low) * (0.02 + 0.1 * random.next())
  const result = new Float64Array(count)
  for (let i = 0; i < count; i++) result[i] = key[i]! + (random.next() - 0.5) * strength
  return result
}

function child(members: readonly Member[], count: number, random: Random): Float64Array {
  const pick = (): Member => {
    const a = members[random.below(members.length)]!
    const b = members[random.below(members.length)]!
    return a.cost <= b.cost ? a : b
  }
  const mother = pick()
  let father = pick()
  if (father === mother) father = members[random.below(members.length)]!
  if (father === mother) return shaken([mother], count, random)
  const [low, high] = rangeOf(mother.key)
  const length = (high - low) * (0.05 + 0.35 * random.next())
  const from = low + random.next() * (high - low - length)
  const block = 1e10
  const result = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const own = mother.key[i]!
    const given = father.key[i]!
    result[i] = own < from ? given : own < from + length ? block + own : 2 * block + given
  }
  return result
}

function rangeOf(key: Float64Array): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of key) {
    if (!Number.isFinite(value) || value === 0) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low < high ? [low, high] : [0, 1]
}
