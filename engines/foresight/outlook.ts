// What early warning reads and says: the plans of a company with the links between them in, warnings with their chains out.
import type { Lag, LinkType, Minute, Plan } from '../schedule/plan.ts'
import type { ScheduleError } from '../schedule/result.ts'

/** A task of one of the plans. */
export interface TaskAt {
  readonly plan: string
  readonly task: string
}

export interface WatchedPlan {
  readonly id: string
  readonly plan: Plan
  /** What is known of the work is known up to here: the status date, or today. */
  readonly now: Minute
  /** Which department answers for a task; what is not named here belongs to `department`. */
  readonly departments: ReadonlyMap<string, string>
  readonly department: string
  readonly limits: WatchLimits
}

/** Of the plan that would be hit. Days are its working days of `minutesPerDay`; the horizon is calendar days. */
export interface WatchLimits {
  /** Warn while less than this many days of room are left, not only when nothing is left. */
  readonly slackDays: number
  /** A hit of fewer days is not worth a warning. */
  readonly leastDays: number
  /** Hits that were to begin later than this many calendar days from now wait. */
  readonly horizonDays: number
}

export const defaultLimits: WatchLimits = { slackDays: 0, leastDays: 1, horizonDays: 90 }

/** From a task of one plan to a task of another; the lag counts on the calendar of the successor's plan. */
export interface CrossLink {
  readonly id: string
  readonly from: TaskAt
  readonly to: TaskAt
  readonly type: LinkType
  readonly lag: Lag
}

/**
 * Why the cause is late:
 * `not_started` its start has passed and nothing keeps it from starting · `slow` at its observed pace the rest takes longer ·
 * `longer` its duration has grown since the baseline · `later` a constraint or a decision holds it after its baseline ·
 * `behind` finished work before it came late.
 */
export type LateReason = 'not_started' | 'slow' | 'longer' | 'later' | 'behind'

export interface Moved {
  /** If the cause were in time. */
  readonly was: Minute
  /** As it stands. */
  readonly will: Minute
}

export interface ChainStep extends TaskAt {
  /** What leads here from the step before; absent on the cause. */
  readonly link?: { readonly id: string; readonly crosses: boolean; readonly type: LinkType; readonly lag: Lag }
  readonly start: Moved
  readonly finish: Moved
  /** Working minutes of float left to the task in its plan; negative when a bound is missed. */
  readonly float: number
  /** Working minutes of the delay that the room before this task took up. */
  readonly absorbed: number
}

export interface Warning {
  /** Of cause and hit: the same warning has the same key each time. */
  readonly key: string
  readonly cause: TaskAt & {
    readonly reason: LateReason /** Working minutes of its own plan. */
    readonly lateBy: number
  }
  readonly hit: TaskAt
  /** When the hit was to start and when it will (finish, when it has begun). */
  readonly on: Moved
  /** Working minutes of the hit's plan: 0 while room is left. */
  readonly delay: number
  /** The same in its working days, to a tenth. */
  readonly days: number
  /** Days that the cause may slip further before the hit moves; 0 when it moves already. */
  readonly room: number
  /** From the cause to the hit. */
  readonly chain: readonly ChainStep[]
  readonly consequence: {
    /** Of the hit's plan. */
    readonly finish: Moved
    readonly milestones: readonly (Moved & { readonly task: string })[]
  }
}

/**
 * What would take up the delay, as far as the network shows it; `gain` is checked by computing it.
 * `float`: the hit may start late without moving its plan's finish · `lag`: drop the lag of a link · `overlap`: let a task
 * begin before the one before it ends · `shorten`: a task not begun yet done in fewer days · `lend`: a resource of a task
 * in the chain is also held, at the same time, by one that can wait (gain 0: how much faster it goes is not in the network).
 */
export type WayOut = {
  /** Working minutes of the hit's plan, at most the delay. */
  readonly gain: number
  readonly days: number
  /** Takes up the whole delay. */
  readonly whole: boolean
} & (
  | { readonly kind: 'float' }
  | { readonly kind: 'lag'; readonly link: string; readonly to: TaskAt }
  | { readonly kind: 'overlap'; readonly link: string; readonly to: TaskAt; readonly by: number }
  | { readonly kind: 'shorten'; readonly at: TaskAt; readonly by: number }
  | {
      readonly kind: 'lend'
      readonly at: TaskAt
      readonly from: TaskAt
      readonly resource: string
      readonly room: number
    }
)

export interface Foresight {
  /** The worst first. */
  readonly warnings: readonly Warning[]
  /** Plans that could not be computed, and why: they take no part. */
  readonly left: readonly { readonly plan: string; readonly error: ScheduleError }[]
  /** Forecast dates of a task; undefined when it is not there. */
  readonly datesOf: (at: TaskAt) => { readonly start: Minute; readonly finish: Minute } | undefined
  readonly waysOut: (warning: Warning) => readonly WayOut[]
}
