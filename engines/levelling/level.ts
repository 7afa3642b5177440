// Levelling with a budget: the best schedule found, how far it can be from the best there is, and why.
import { countedEffort, timedEffort } from './effort.ts'
import { lowerBound } from './lower-bound.ts'
import { criticalPathLength, type Problem } from './problem.ts'
import { breeder, learner } from './turns.ts'

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
  /** Decoded schedules, abandoned ones included, and conflicts of the clause learning: each counts one. */
  readonly schedules: number
  /** Of those, conflicts of the clause learning. */
  readonly conflicts: number
  readonly cancelled: boolean
  /** One start an activity, in the order of the problem. */
  readonly start: Int32Array
}

/** Milliseconds between two looks at the clock, the progress and the cancel flag. */
const LOOK = 20

/**
 * The best schedule within the budget. With a number of schedules the same seed gives the same answer everywhere;
 * with a time the answer depends on the machine's speed.
 *
 * Two searches take turns: the genetic algorithm shortens the schedule, clause learning raises the bound and often closes
 * the gap at once. Clause learning gets a small part of the budget, and more whenever it achieves something.
 */
export function level(problem: Problem, options: LevelOptions): Levelled {
  const { budget, seed = 1, onProgress, cancelled = () => false } = options
  const bound = lowerBound(problem)
  const effort = 'schedules' in budget ? countedEffort(budget.schedules) : timedEffort(budget.seconds, budget.now, LOOK)
  const breeding = breeder(problem, seed, bound.value, effort)
  const learning = learner(problem, breeding, bound.value, effort)
  let stopped = false
  while (!effort.used() && breeding.best() > learning.lower() && !stopped) {
    if (learning.due()) learning.turn()
    else breeding.turn()
    onProgress?.({
      share: effort.share(),
      schedules: effort.spent(),
      makespan: breeding.best(),
      lowerBound: learning.lower(),
    })
    stopped = cancelled()
  }
  const makespan = breeding.best()
  const lower = learning.lower()
  return {
    makespan,
    criticalPathLength: criticalPathLength(problem),
    lowerBound: lower,
    proved: makespan === lower,
    gap: lower > 0 ? (makespan - lower) / lower : 0,
    ...(bound.resource === undefined ? {} : { bottleneck: bound.resource }),
    schedules: effort.spent(),
    conflicts: learning.conflicts(),
    cancelled: stopped,
    start: breeding.start,
  }
}
