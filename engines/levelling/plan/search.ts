// The search for a plan's order: rules of thumb first, then children of the best, one schedule a step.
import type { Minute, Plan } from '../../schedule/plan.ts'
import type { Schedule } from '../../schedule/result.ts'
import type { Effort } from '../effort.ts'
import { type Random, seeded } from '../random.ts'
import type { Passes } from './passes.ts'
import type { Placement, Placer } from './place.ts'

export interface LevelProgress {
  /** Of the budget, 0 to 1. */
  readonly share: number
  readonly schedules: number
  /** Finish of the best schedule so far, and the earliest any can have. */
  readonly finish: Minute
  readonly bound: Minute
}

export interface SearchOptions {
  readonly seed?: number
  /** Starts people already work to: levelling moves them only when that pays. */
  readonly published?: ReadonlyMap<string, Minute>
}

const SMALLEST = 6
const LARGEST = 60
/** Weight of the mean finish beside the plan's finish, and of the mean move of published starts. */
const MEAN_FINISH = 0.05
const DISRUPTION = 0.5
/** One unit of overload during one minute weighs as much as this many minutes of the finish. */
const OVERLOAD = 1_000

export interface Found {
  readonly key: Float64Array
  readonly cancelled: boolean
}

interface Member {
  readonly key: Float64Array
  cost: number
}

/**
 * Rules of thumb first, then children of the best: a time window of one, the order of another around it. Yields after
 * each schedule; told `true` it ends with the best so far.
 */
export function* search(
  plan: Plan,
  before: Schedule,
  passes: Passes,
  placer: Placer,
  effort: Effort,
  bound: Minute,
  options: SearchOptions,
): Generator<LevelProgress, Found, boolean | undefined> {
  const random = seeded(options.seed ?? 1)
  const cost = costOf(plan, before, passes, placer, options)
  const count = passes.network.nodes
  const members: Member[] = []
  let best: Member | undefined
  let finish = before.finish
  let size = SMALLEST
  let stopped = false
  const began = effort.now()
  const attempt = (key: Float64Array): LevelProgress => {
    const placement = placer.place(key)
    effort.spend(1)
    const member: Member = { key: passes.es.slice(), cost: cost(placement) }
    // Placing again by the key found must give the same schedule: the key is kept, not the starts.
    const kept: Member = { key, cost: member.cost }
    if (!best || kept.cost < best.cost) {
      best = kept
      finish = placement.finish
    }
    settle(members, member, size)
    return { share: effort.share(), schedules: effort.spent(), finish, bound }
  }
  for (const key of rules(plan, before, passes, random)) {
    if (effort.spent() > 0 && (effort.used() || stopped)) break
    stopped = (yield attempt(key)) ?? false
  }
  const perSchedule = Math.max(0.01, (effort.now() - began) / Math.max(1, effort.spent()))
  size = Math.max(SMALLEST, Math.min(LARGEST, Math.round(Math.sqrt(effort.capacity(perSchedule)) / 2)))
  while (!effort.used() && !stopped && placer.needs.some(need => need.length > 0)) {
    const next = members.length < size ? shaken(members, count, random) : child(members, count, random)
    stopped = (yield attempt(next)) ?? false
  }
  return { key: best?.key ?? new Float64Array(count), cancelled: stopped }
}

function costOf(
  plan: Plan,
  before: Schedule,
  passes: Passes,
  placer: Placer,
  { published }: SearchOptions,
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
