// Levelling with a budget: the best schedule found, how far it can be from the best there is, and why.
import { evolution, populationFor } from './evolve.ts'
import { type LowerBound, lowerBound } from './lower-bound.ts'
import { criticalPathLength, type Problem } from './problem.ts'

/** Either a number of schedules (the same answer on every machine) or a time by the caller's clock in milliseconds. */
export type Budget = { readonly schedules: number } | { readonly seconds: number; readonly now: () => number }

export interface LevelProgress {
  /** Share of the budget used, 0 to 1. */
  readonly share: number
  readonly schedules: number
  readonly makespan: number
  readonly lowerBound: number
}

export interface LevelOptions {
  readonly budget: Budget
  readonly seed?: number
  /** Called now and then, at least once; a worker thread posts it on. */
  readonly onProgress?: (progress: LevelProgress) => void
  /** Asked now and then; true ends the search with the best found so far. */
  readonly cancelled?: () => boolean
}

export interface Levelled {
  readonly makespan: number
  readonly criticalPathLength: number
  /** No schedule is shorter. */
  readonly lowerBound: number
  /** The schedule is one of the shortest. */
  readonly proved: boolean
  /** (makespan − lower bound) / lower bound. */
  readonly gap: number
  /** The resource whose work alone binds the makespan most, when one is needed more than the relations need time. */
  readonly bottleneck?: number
  /** Decoded schedules, abandoned ones included. */
  readonly schedules: number
  readonly cancelled: boolean
  /** One start an activity, in the order of the problem. */
  readonly start: Int32Array
}

/** Share of a time budget, and the schedules at least, spent to learn how fast this problem is. */
const TRIAL_SHARE = 0.015
const TRIAL = 100
/** Milliseconds between two looks at the clock, the progress and the cancel flag. */
const LOOK = 20

/**
 * The best schedule within the budget. With a number of schedules the same seed gives the same answer everywhere;
 * with a time the answer depends on the machine's speed.
 */
export function level(problem: Problem, options: LevelOptions): Levelled {
  const { budget, seed = 1, onProgress, cancelled = () => false } = options
  const bound = lowerBound(problem)
  const effort = 'schedules' in budget ? countedEffort(budget.schedules) : timedEffort(budget.seconds, budget.now)
  const start = new Int32Array(problem.count)
  let makespan = Number.POSITIVE_INFINITY
  let spent = 0
  let stopped = false
  // Successive searches: one whose population has nothing more to give makes room for a larger one.
  for (let round = 0; !effort.used(spent) && makespan > bound.value && !stopped; round++) {
    const trial = effort.trial && round === 0
    const larger = 2 ** Math.min(effort.trial ? round - 1 : round, 3)
    const size = trial ? 10 : Math.min(2_000, populationFor(effort.schedules(spent)) * larger)
    const search = evolution(problem, seed + 7_919 * round, size, bound.value)
    let stale = 0
    const before = spent
    const over = () => effort.used(spent) || (trial && effort.share(spent) > TRIAL_SHARE)
    while (!over() && search.best() > bound.value && stale < 3 && !stopped) {
      search.run(effort.portion(spent))
      spent = before + search.spent()
      if (search.best() < makespan) {
        makespan = search.best()
        start.set(search.start)
      }
      stale = search.accepted() === 0 ? stale + 1 : 0
      onProgress?.({ share: effort.share(spent), schedules: spent, makespan, lowerBound: bound.value })
      stopped = cancelled()
    }
  }
  return {
    makespan,
    criticalPathLength: criticalPathLength(problem),
    lowerBound: bound.value,
    proved: makespan === bound.value,
    gap: bound.value > 0 ? (makespan - bound.value) / bound.value : 0,
    ...(bound.resource === undefined ? {} : { bottleneck: bound.resource }),
    schedules: spent,
    cancelled: stopped,
    start,
  }
}

interface Effort {
  /** The first search only measures the speed. */
  readonly trial: boolean
  readonly used: (spent: number) => boolean
  readonly share: (spent: number) => number
  /** Schedules the whole budget is good for, as far as is known. */
  readonly schedules: (spent: number) => number
  /** Schedules to decode before looking up again. */
  readonly portion: (spent: number) => number
}

function countedEffort(most: number): Effort {
  return {
    trial: false,
    used: spent => spent >= most,
    share: spent => Math.min(1, spent / Math.max(1, most)),
    schedules: () => most,
    portion: spent => Math.min(500, most - spent),
  }
}

function timedEffort(seconds: number, now: () => number): Effort {
  const began = now()
  const passed = () => Math.max(0.01, now() - began)
  return {
    trial: true,
    used: spent => spent > 0 && passed() >= seconds * 1000,
    share: () => Math.min(1, passed() / Math.max(1, seconds * 1000)),
    schedules: spent => (spent === 0 ? TRIAL : (spent / passed()) * seconds * 1000),
    portion: spent => (spent === 0 ? TRIAL : Math.max(1, Math.min(2_000, Math.round((spent / passed()) * LOOK)))),
  }
}
