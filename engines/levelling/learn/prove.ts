// Clause learning over start bounds: raises the lower bound, finds shorter schedules and proves that none is shorter.
//
// After Schutt, Feydy, Stuckey and Wallace (2011, 2013), "lazy clause generation": conflicts of the time-table propagation are
// explained by bounds and turned into clauses, with restarts and activity-driven decisions.
import { buildProblem, type Problem, tails } from '../problem.ts'
import { activityHeap } from './activity-heap.ts'
import { analysis } from './analyse.ts'
import { addClause, forget, noClauses } from './clauses.ts'
import {
  assert,
  atMost,
  BY_CLAUSE,
  closeLevels,
  DECIDED,
  isFalse,
  isTrue,
  openDomain,
  openLevel,
  reduce,
} from './domain.ts'
import { propagate } from './propagate.ts'

export interface Prover {
  /** Searches until that many more conflicts or decisions' worth of work, or until everything is settled. */
  readonly run: (conflicts: number) => void
  /** No schedule is shorter: proved so far. */
  readonly lower: () => number
  /** Makespan of the best schedule known; found here or given. */
  readonly upper: () => number
  /** Starts of a schedule of that makespan found here. */
  readonly found: () => Int32Array | undefined
  readonly conflicts: () => number
  /** A shorter schedule was found elsewhere. */
  readonly shorten: (makespan: number, start: ArrayLike<number>) => void
}

/** Conflicts of the shortest search between restarts; Luby's sequence multiplies it. */
const RESTART = 100
const FIRST_CLAUSES = 4_000
/** A turn ends after this many decisions, too: a large problem may go long without a conflict. */
const MOST_DECISIONS = 4_000

/**
 * A prover for schedules shorter than `upper`; `lower` is proved already, `known` guides its first decisions.
 * Undefined = too large for learning.
 */
export function prover(given: Problem, lower: number, upper: number, known?: ArrayLike<number>): Prover | undefined {
  const problem = withEnd(given)
  const domain = openDomain(problem, upper - 1)
  if (!domain) return undefined
  const d = domain
  const end = problem.count - 1
  const tail = tails(problem)
  const c = noClauses(d)
  const heap = activityHeap(d.count * d.width)
  const { learn } = analysis()
  // Last side of each bound: the best schedule's at first, then that of the last assignment.
  const phase = new Uint8Array(d.count * d.width)
  const best = new Int32Array(given.count)
  let has = false
  let top = upper
  let conflicts = 0
  let closed = lower >= upper
  let restarts = 0
  let left = 0
  let allowed = FIRST_CLAUSES
  let bottomUp = true
  const remember = (start: ArrayLike<number>) => {
    for (let i = 0; i < given.count; i++)
      for (let t = 0; t < d.width; t++) phase[i * d.width + t] = (start[i] ?? 0) >= t ? 1 : 0
  }
  if (known) remember(known)
  const freed = (side: number, from: number, to: number): void => {
    const base = (side >> 1) * d.width
    // Bounds of the low side that were true are "≥", of the high side "<".
    for (let t = from + 1; t <= to; t++) {
      if (!bottomUp) phase[base + t] = (side & 1) === 0 ? 1 : 0
      heap.restore(base + t)
    }
  }
  const bump = (literal: number): void => heap.bump(literal >> 1)

  /** At the root: everything must end before `top`. */
  function tighten(): boolean {
    for (let i = 0; i < d.count; i++) {
      const latest = top - 1 - tail[i]!
      if (latest < d.low[i]!) return false
      reduce(d, i, latest, DECIDED, 0)
    }
    return true
  }

  function solved(): void {
    has = true
    best.set(d.low.subarray(0, given.count))
    top = d.low[end]!
    remember(best)
    closeLevels(d, 0, freed)
    if (top <= d.low[end]! || !tighten() || !propagate(d, c)) closed = true
  }

  function decide(): void {
    openLevel(d)
    if (d.trailAt.length === 1 && bottomUp && d.low[end]! < d.high[end]!) {
      assert(d, atMost(d, end, d.low[end]!), DECIDED, 0)
      return
    }
    for (;;) {
      const item = heap.take()
      if (item < 0) break
      const literal = item << 1
      if (isTrue(d, literal) || isFalse(d, literal)) continue
      assert(d, phase[item] === 1 ? literal : literal | 1, DECIDED, 0)
      return
    }
    // Nothing active is open: the activity that can start first starts then.
    let next = -1
    for (let i = 0; i < d.count; i++)
      if (
        d.low[i]! < d.high[i]! &&
        (next < 0 || d.low[i]! < d.low[next]! || (d.low[i] === d.low[next] && d.high[i]! < d.high[next]!))
      )
        next = i
    assert(d, atMost(d, next, d.low[next]!), DECIDED, 0)
  }

  const settled = (): boolean => {
    for (let i = 0; i < d.count; i++) if (d.low[i]! < d.high[i]!) return false
    return true
  }

  function backjump(): void {
    const learned = learn(d, c, bump)
    conflicts++
    left--
    heap.decay()
    c.bump /= 0.999
    if (!learned) {
      closed = true
      return
    }
    closeLevels(d, learned.level, freed)
    const [literal] = learned.literals
    if (learned.literals.length === 1) assert(d, literal!, DECIDED, 0)
    else assert(d, literal!, BY_CLAUSE, addClause(c, learned.literals, learned.spread))
  }

  function restart(): void {
    closeLevels(d, 0, freed)
    restarts++
    left = RESTART * luby(restarts)
    bottomUp = restarts % 4 !== 0
    if (c.live > allowed) {
      forget(c, d)
      allowed = Math.round(allowed * 1.05)
    }
    if (c.bump > 1e100) {
      for (let k = 0; k < c.activity.length; k++) c.activity[k] = c.activity[k]! * 1e-100
      c.bump *= 1e-100
    }
  }

  return {
    run(more) {
      const until = conflicts + more
      let decisions = MOST_DECISIONS
      if (!closed && conflicts === 0) {
        if (d.high.some((h, i) => h < d.low[i]!) || !propagate(d, c)) closed = true
        else if (lower > d.low[end]!) closed = !assert(d, atMost(d, end, lower - 1) ^ 1, DECIDED, 0)
      }
      while (!closed && conflicts < until && decisions > 0) {
        if (!propagate(d, c)) {
          backjump()
          continue
        }
        if (left <= 0) {
          restart()
          continue
        }
        if (settled()) solved()
        else {
          decisions--
          decide()
        }
      }
    },
    lower: () => (closed ? top : Math.max(lower, rootLow())),
    upper: () => top,
    found: () => (has ? best : undefined),
    conflicts: () => conflicts,
    shorten(makespan, start) {
      if (makespan >= top || closed) return
      top = makespan
      has = false
      remember(start)
      closeLevels(d, 0, freed)
      if (top <= Math.max(lower, d.low[end]!) || !tighten()) closed = true
    },
  }

  /** The end's earliest time without any decision. */
  function rootLow(): number {
    let at = d.lastOf[end << 1]!
    let low = d.low[end]!
    while (at >= 0 && d.levelAt[at]! > 0) {
      low = d.before[at]!
      at = d.earlier[at]!
    }
    return low
  }
}

/** The problem with one more activity, without duration, that follows all others. */
function withEnd(problem: Problem): Problem {
  const { count, resources, duration, demand, capacity, successors } = problem
  const outcome = buildProblem({
    duration: [...duration, 0],
    capacity: [...capacity],
    demand: Array.from({ length: count + 1 }, (_, i) => [...demand.subarray(i * resources, (i + 1) * resources)]),
    successors: Array.from({ length: count + 1 }, (_, i) => {
      if (i === count) return []
      const row = [...successors.list.subarray(successors.first[i], successors.first[i + 1])]
      return row.length > 0 ? row : [count]
    }),
  })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.problem
}

/** 1 1 2 1 1 2 4 …: restarts that are never far from the best schedule of restarts. */
function luby(i: number): number {
  let size = 1
  while (size < i + 1) size = 2 * size + 1
  let at = i
  while (size - 1 !== at) {
    size = (size - 1) >> 1
    at %= size
  }
  return (size + 1) >> 1
}
