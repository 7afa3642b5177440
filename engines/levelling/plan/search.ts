// The search for an order of tasks: rules of thumb first, then children of the best, one schedule a step.
import type { Minute } from '../../schedule/plan.ts'
import type { Schedule, TaskDates } from '../../schedule/result.ts'
import type { Effort } from '../effort.ts'
import { type Random, seeded } from '../random.ts'
import type { Placement, Placer, Seat } from './place.ts'

export interface LevelProgress {
  /** Of the budget, 0 to 1. */
  readonly share: number
  readonly schedules: number
  /** Finish of the best schedule so far (of the last plan, when they are several), and the earliest any can have. */
  readonly finish: Minute
  readonly bound: Minute
}

const SMALLEST = 6
const LARGEST = 60

export interface Found {
  readonly key: Float64Array
  readonly cancelled: boolean
}

export interface SearchTable {
  readonly seats: readonly (Seat & { readonly before: Schedule })[]
  readonly placer: Placer
  readonly effort: Effort
  /** What a schedule costs that has just been placed. */
  readonly cost: (placement: Placement) => number
  readonly bound: Minute
  readonly seed: number
  /** Rules of thumb beside the usual ones: the smallest number first. */
  readonly rules?: readonly ((date: TaskDates, seat: number) => number)[]
}

interface Member {
  readonly key: Float64Array
  cost: number
}

/**
 * Rules of thumb first, then children of the best: a time window of one, the order of another around it. Yields after
 * each schedule; told `true` it ends with the best so far.
 */
export function* search(table: SearchTable): Generator<LevelProgress, Found, boolean | undefined> {
  const { seats, placer, effort, cost, bound } = table
  const random = seeded(table.seed)
  const count = placer.nodes
  const members: Member[] = []
  let best: Member | undefined
  let finish = Math.max(...seats.map(({ before }) => before.finish))
  let size = SMALLEST
  let stopped = false
  const began = effort.now()
  const attempt = (key: Float64Array): LevelProgress => {
    const placement = placer.place(key)
    effort.spend(1)
    const member: Member = { key: startsOf(seats, placer), cost: cost(placement) }
    // Placing again by the key found must give the same schedule: the key is kept, not the starts.
    const kept: Member = { key, cost: member.cost }
    if (!best || kept.cost < best.cost) {
      best = kept
      finish = placement.finish
    }
    settle(members, member, size)
    return { share: effort.share(), schedules: effort.spent(), finish, bound }
  }
  for (const key of rules(table, random)) {
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

/** Early starts of all nodes as they are placed, one seat after the other. */
function startsOf(seats: readonly Seat[], { nodes, first }: Placer): Float64Array {
  const starts = new Float64Array(nodes)
  seats.forEach(({ passes }, s) => {
    starts.set(passes.es, first[s])
  })
  return starts
}

/** Late start, late finish, late start by priority, total float, early start; then those asked for. */
function rules({ seats, placer, rules: more = [] }: SearchTable, random: Random): Float64Array[] {
  const { nodes, first } = placer
  const rule = (of: (date: TaskDates, priority: number, seat: number) => number): Float64Array => {
    const key = new Float64Array(nodes)
    seats.forEach(({ plan, before }, s) => {
      const dates = new Map(before.tasks.map(task => [task.id, task]))
      plan.tasks.forEach((task, i) => {
        const date = dates.get(task.id)
        if (date) key[first[s]! + i] = of(date, task.priority ?? 500, s) + random.next()
      })
    })
    return key
  }
  return [
    rule(date => date.lateStart),
    rule(date => date.lateFinish),
    rule((date, priority) => date.lateStart - priority * 1e8),
    rule(date => date.totalFloat),
    rule(date => date.earlyStart),
    ...more.map(of => rule((date, _, seat) => of(date, seat))),
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
