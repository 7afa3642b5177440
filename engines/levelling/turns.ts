// The two searches that share a budget: breeding schedules, and learning clauses about their bounds.
import type { Effort } from './effort.ts'
import { type Evolution, evolution, populationFor } from './evolve.ts'
import { type Prover, prover } from './learn/prove.ts'
import type { Problem } from './problem.ts'

export interface Breeder {
  readonly turn: () => void
  readonly best: () => number
  readonly start: Int32Array
  /** A schedule found elsewhere. */
  readonly adopt: (start: ArrayLike<number>, makespan: number) => void
  readonly raise: (lower: number) => void
}

/** Share of a time budget spent to learn how fast this problem is before the population's size is chosen. */
const TRIAL_SHARE = 0.015
const TRIAL = 100
/** Looks in a row without an accepted child after which a population has nothing more to give. */
const STALE = 3

/** Successive populations: one that has nothing more to give makes room for a larger one. */
export function breeder(problem: Problem, seed: number, lowest: number, effort: Effort): Breeder {
  const start = new Int32Array(problem.count)
  let best = Number.POSITIVE_INFINITY
  let lower = lowest
  let rounds = 0
  let stale = 0
  let trial = effort.now() !== 0
  let perSchedule = 1
  let search: Evolution = open()

  function open(): Evolution {
    stale = 0
    const larger = 2 ** Math.min(rounds, 3)
    const size = trial ? 10 : Math.min(2_000, populationFor(effort.capacity(perSchedule)) * larger)
    return evolution(problem, seed + 7_919 * rounds++, size, lower)
  }

  return {
    turn() {
      if (stale >= STALE || (trial && effort.spent() >= TRIAL && effort.share() > TRIAL_SHARE)) {
        if (trial) rounds = 0
        trial = false
        search = open()
      }
      const began = effort.now()
      const before = search.spent()
      search.run(effort.portion(perSchedule))
      const done = search.spent() - before
      effort.spend(done)
      // The first turns run before the machine is warm: the newest speed counts most.
      if (done > 0) perSchedule = Math.max(1e-6, (effort.now() - began) / done)
      stale = search.accepted() === 0 ? stale + 1 : 0
      if (search.best() < best) {
        best = search.best()
        start.set(search.start)
      }
    },
    best: () => best,
    start,
    adopt(given, makespan) {
      if (makespan >= best) return
      best = makespan
      for (let i = 0; i < problem.count; i++) start[i] = given[i]!
      search.adopt(start, makespan)
    },
    raise(proved) {
      lower = Math.max(lower, proved)
      search.raise(lower)
    },
  }
}

export interface Learner {
  /** It is its turn. */
  readonly due: () => boolean
  readonly turn: () => void
  readonly lower: () => number
  readonly conflicts: () => number
}

/** Share of the budget after which learning begins: then the breeder has found a makespan worth beating. */
const FIRST = 0.2
/** What learning may use of the rest, small problems first: there it closes nearly everything. */
const parts: readonly (readonly [activities: number, share: number])[] = [
  [45, 0.7],
  [75, 0.4],
  [160, 0.08],
  [Number.POSITIVE_INFINITY, 0.04],
]
/** Added to that share whenever a turn raises the bound or shortens the schedule. */
const REWARD = 0.1

/** Raises the lower bound of the breeder's schedules, and hands over shorter ones it finds on the way. */
export function learner(problem: Problem, breeding: Breeder, lowest: number, effort: Effort): Learner {
  let lower = lowest
  let proving: Prover | undefined
  let impossible = false
  let allowance = parts.find(([activities]) => problem.count <= activities)?.[1] ?? 0
  let used = 0
  let perConflict = 1
  return {
    due: () => !impossible && effort.share() >= FIRST && used < allowance * (effort.share() - FIRST) + 0.005,
    turn() {
      const upper = breeding.best()
      if (!proving) proving = prover(problem, lower, upper, breeding.start)
      if (!proving) {
        impossible = true
        return
      }
      if (upper < proving.upper()) proving.shorten(upper, breeding.start)
      const share = effort.share()
      const began = effort.now()
      const before = proving.conflicts()
      proving.run(Math.max(1, Math.min(effort.portion(perConflict), effort.capacity(perConflict) >> 7)))
      const done = Math.max(1, proving.conflicts() - before)
      effort.spend(done)
      perConflict = Math.max(1e-6, (effort.now() - began) / done)
      used += effort.share() - share
      const found = proving.found()
      if (proving.lower() > lower || (found && proving.upper() < upper)) allowance += REWARD
      if (found) breeding.adopt(found, proving.upper())
      lower = proving.lower()
      breeding.raise(lower)
    },
    lower: () => lower,
    conflicts: () => proving?.conflicts() ?? 0,
  }
}
