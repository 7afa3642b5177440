// What is uncertain about a plan: durations, events, branches, weather and cost, each tied to tasks by their ids.
import type { Decimal } from '../money/index.ts'
import type { Minute, ScheduleError } from '../schedule/index.ts'
import type { CopulaProblem } from './copula.ts'
import type { Correlation } from './correlation.ts'
import type { Distribution, DistributionProblem } from './distribution.ts'

/** A duration's uncertainty: as a factor of what is planned to remain, or as the remaining working minutes themselves. */
export interface Uncertainty {
  of: 'factor' | 'minutes'
  distribution: Distribution
}

/**
 * Something that may happen. When it does, each of its impacts draws one number for all of its tasks: they are delayed
 * together, which correlates them by construction.
 */
export interface RiskEvent {
  id: string
  /** 0–1. */
  probability: number
  impacts: readonly RiskImpact[]
}

export interface RiskImpact {
  /** Finished tasks are not touched. */
  tasks: readonly string[]
  /** Factor on the remaining duration. */
  multiply?: Distribution
  /** Working minutes on top. */
  add?: Distribution
  /** Cost on top of the project, once, in the plan's currency. */
  cost?: Distribution
}

/**
 * Ways to go on of which exactly one is taken: by chance (`weight`), or by how the run has gone so far (`when`). Tasks of the
 * ways not taken cost nothing and last nothing; their links stay.
 */
export interface Branch {
  id: string
  ways: readonly { tasks: readonly string[]; weight?: number }[]
  /** First way when the task finishes after `after`, else the second. The task must precede those of the ways. */
  when?: { task: string; after: Minute }
}

/** Days that weather takes from a calendar: drawn anew in each run, in spells. */
export interface Weather {
  id: string
  calendar: string
  /** Chance that a day of each month, January first, cannot be worked. */
  lostShare: readonly number[]
  /** 0 = every day by itself; .5 = after a lost day the next one is half lost already. */
  persistence?: number
  /** Which of the calendar's tasks stand in the rain; absent = all of them. */
  tasks?: readonly string[]
}

/** Cost of a task: a part that does not depend on time and one per working day of the remaining work. */
export interface TaskCost {
  task: string
  fixed?: Decimal
  perDay?: Decimal
  /** Factor on both, such as unit prices that nobody knows yet. */
  factor?: Distribution
}

export interface RiskModel {
  /** By task id. */
  durations?: Readonly<Record<string, Uncertainty>>
  /** For unfinished tasks without their own: milestones excepted, since nothing takes no time for long. */
  standard?: Uncertainty
  correlation?: Correlation
  events?: readonly RiskEvent[]
  branches?: readonly Branch[]
  weather?: readonly Weather[]
  costs?: readonly TaskCost[]
  /** Site overhead per working day of the project calendar from the plan's start to its finish. */
  overheadPerDay?: Decimal
}

export interface SimulationOptions {
  /** 1–1,000,000. */
  iterations: number
  seed: number
  /** Tasks whose own finish is reported with percentiles; absent = milestones, at most 50. */
  watch?: readonly string[]
  /** Tasks in the tornado. 15 unless given. */
  tornado?: number
}

/** How a caller in a worker thread watches and stops a run. Both are called about every thousandth iteration. */
export interface Control {
  progress?(done: number, total: number): void
  /** True ends the run with `risk.cancelled`. */
  cancelled?(): boolean
}

export type RiskError =
  | ScheduleError
  | CopulaProblem
  | { code: 'risk.cancelled' }
  | { code: 'risk.iterations'; least: number; most: number }
  | { code: 'risk.unknown_task'; task: string; in: string }
  | { code: 'risk.unknown_calendar'; calendar: string; in: string }
  | { code: 'risk.distribution'; in: string; problem: DistributionProblem }
  | { code: 'risk.probability'; in: string; value: number }
  | {
      code: 'risk.branch'
      in: string
      problem: 'no_ways' | 'no_weight' | 'not_before_its_ways' | 'task_in_two_branches'
    }
  | { code: 'risk.amount'; in: string; value: string }
  | { code: 'risk.too_large'; cells: number; most: number }
