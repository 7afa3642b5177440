// Level within slack: the finish is fixed; overload² is made as small as can be, then the squares of the use (resource
// levelling problem). What overload is left cannot be removed without moving the finish, and is reported.

import { countedEffort, timedEffort } from './effort.ts'
import type { Budget } from './level.ts'
import { criticalPathLength, heads, type Problem, tails } from './problem.ts'
import { seeded } from './random.ts'

export interface SmoothOptions {
  readonly budget: Budget
  readonly seed?: number
  /** Latest end; not before the critical path's. Absent: the critical path's. */
  readonly finish?: number
  readonly onProgress?: (progress: { share: number; schedules: number; overload: number }) => void
  readonly cancelled?: () => boolean
}

export interface ResourceOverload {
  readonly resource: number
  readonly from: number
  readonly to: number
  /** Greatest use within the stretch. */
  readonly used: number
  readonly capacity: number
}

export interface Smoothed {
  readonly makespan: number
  /** Σ over resources and periods of (use − capacity)² where positive. */
  readonly overload: number
  /** Σ of use². */
  readonly use: number
  readonly overloads: readonly ResourceOverload[]
  /** Passes over all activities. */
  readonly schedules: number
  readonly cancelled: boolean
  readonly start: Int32Array
}

const LOOK = 20
/** Periods looked at to place one activity. */
const MOST_STEPS = 100_000

/** One period of overload outweighs any use. */
interface Cost {
  overload: number
  use: number
}

/**
 * Descent over single shifts from the early and the late schedule, then again and again from a shaken best one.
 * Every relation holds throughout; capacities are what is minimised.
 */
export function levelWithinSlack(problem: Problem, options: SmoothOptions): Smoothed {
  const { count, duration } = problem
  const { budget, cancelled = () => false } = options
  const effort = 'schedules' in budget ? countedEffort(budget.schedules) : timedEffort(budget.seconds, budget.now, LOOK)
  const finish = Math.max(options.finish ?? 0, criticalPathLength(problem))
  const random = seeded(options.seed ?? 1)
  const early = heads(problem)
  const late = tails(problem).map(tail => finish - tail)
  const profile = profileOf(problem, finish)
  const start = Int32Array.from(early)
  const best = Int32Array.from(early)
  let bestCost: Cost | undefined
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const movable = order.filter(i => late[i]! > early[i]! && duration[i]! > 0)
  const isLess = (a: Cost, b: Cost): boolean => a.overload < b.overload || (a.overload === b.overload && a.use < b.use)

  /** Shifts each activity to its best place until none moves; at most so many passes. */
  function descend(): void {
    for (let pass = 0; pass < 60; pass++) {
      let any = false
      for (let k = movable.length - 1; k > 0; k--) {
        const j = random.below(k + 1)
        const swap = movable[k]!
        movable[k] = movable[j]!
        movable[j] = swap
      }
      for (const i of movable) any = shift(i) || any
      effort.spend(1)
      if (!any || effort.used()) return
    }
  }

  function range(i: number): [from: number, to: number] {
    const { predecessors, successors } = problem
    let from = early[i]!
    let to = late[i]!
    for (let k = predecessors.first[i]!; k < predecessors.first[i + 1]!; k++) {
      const p = predecessors.list[k]!
      from = Math.max(from, start[p]! + duration[p]!)
    }
    for (let k = successors.first[i]!; k < successors.first[i + 1]!; k++)
      to = Math.min(to, start[successors.list[k]!]! - duration[i]!)
    return [from, to]
  }

  function shift(i: number): boolean {
    const [from, to] = range(i)
    if (from >= to) return false
    const old = start[i]!
    profile.add(i, old, -1)
    const least: Cost = { overload: 0, use: 0 }
    const cost: Cost = { overload: 0, use: 0 }
    profile.costOf(i, old, least)
    let at = old
    // Long activities with much slack look at fewer places, so that a pass stays short.
    const stride = Math.max(1, Math.ceil(((to - from) * duration[i]!) / MOST_STEPS))
    for (let t = from; t <= to; t += stride) {
      if (t === old) continue
      profile.costOf(i, t, cost)
      if (isLess(cost, least)) {
        at = t
        least.overload = cost.overload
        least.use = cost.use
      }
    }
    profile.add(i, at, 1)
    start[i] = at
    return at !== old
  }

  function restart(from: ArrayLike<number>): void {
    profile.clear()
    for (let i = 0; i < count; i++) start[i] = from[i]!
    for (let i = 0; i < count; i++) profile.add(i, start[i]!, 1)
  }

  function settle(): void {
    const cost = profile.total()
    if (!bestCost || isLess(cost, bestCost) || (cost.overload === bestCost.overload && cost.use === bestCost.use)) {
      bestCost = cost
      best.set(start)
    }
  }

  let stopped = false
  for (let round = 0; round === 0 || (!effort.used() && !stopped && movable.length > 0); round++) {
    if (round === 0) restart(early)
    else if (round === 1) restart(late)
    else {
      restart(best)
      // A few activities go anywhere their neighbours leave them room.
      const many = 1 + random.below(Math.max(2, Math.min(12, movable.length >> 2)))
      for (let k = 0; k < many; k++) {
        const i = movable[random.below(movable.length)]!
        const [from, to] = range(i)
        profile.add(i, start[i]!, -1)
        start[i] = from + random.below(Math.max(1, to - from + 1))
        profile.add(i, start[i]!, 1)
      }
    }
    descend()
    settle()
    options.onProgress?.({ share: effort.share(), schedules: effort.spent(), overload: bestCost?.overload ?? 0 })
    stopped = cancelled()
  }
  restart(best)
  const cost = profile.total()
  return {
    makespan: best.reduce((end, at, i) => Math.max(end, at + duration[i]!), 0),
    overload: cost.overload,
    use: cost.use,
    overloads: profile.overloads(),
    schedules: effort.spent(),
    cancelled: stopped,
    start: best,
  }
}

function profileOf(problem: Problem, horizon: number) {
  const { resources, duration, demand, capacity } = problem
  const used = Array.from({ length: resources }, () => new Int32Array(horizon + 1))
  const over = (use: number, r: number): number => Math.max(0, use - capacity[r]!) ** 2
  return {
    clear(): void {
      for (const row of used) row.fill(0)
    },
    add(i: number, at: number, sign: 1 | -1): void {
      for (let r = 0; r < resources; r++) {
        const need = sign * demand[i * resources + r]!
        if (need === 0) continue
        const row = used[r]!
        for (let t = at; t < at + duration[i]!; t++) row[t] = row[t]! + need
      }
    },
    /** What placing the activity at `at` adds. */
    costOf(i: number, at: number, cost: Cost): void {
      cost.overload = 0
      cost.use = 0
      for (let r = 0; r < resources; r++) {
        const need = demand[i * resources + r]!
        if (need === 0) continue
        const row = used[r]!
        for (let t = at; t < at + duration[i]!; t++) {
          const use = row[t]!
          cost.overload += over(use + need, r) - over(use, r)
          cost.use += need * (2 * use + need)
        }
      }
    },
    total(): Cost {
      const cost: Cost = { overload: 0, use: 0 }
      used.forEach((row, r) => {
        for (const use of row) {
          cost.overload += over(use, r)
          cost.use += use * use
        }
      })
      return cost
    },
    overloads(): ResourceOverload[] {
      return used.flatMap((row, resource) => {
        const found: ResourceOverload[] = []
        const most = capacity[resource]!
        for (let t = 0; t < row.length; t++) {
          if (row[t]! <= most) continue
          const from = t
          let peak = 0
          for (; t < row.length && row[t]! > most; t++) peak = Math.max(peak, row[t]!)
          found.push({ resource, from, to: t, used: peak, capacity: most })
        }
        return found
      })
    },
  }
}
