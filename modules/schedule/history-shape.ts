// What `schedule.history` answers: finished work of the plans that the reader may see, newest first.

export interface FinishedWork {
  readonly id: string
  readonly plan: string
  readonly name: string
  /** Name of its summary. */
  readonly parent: string | null
  /** Names of the people, crews and machines that did it. */
  readonly resources: readonly string[]
  /** Actual start and finish, minutes of the plan. */
  readonly start: number
  readonly finish: number
  /** Days of work in its own calendar, and days of the calendar, between them. */
  readonly workDays: number
  readonly calendarDays: number
  /** Its duration as the oldest baseline promised it ÷ what it took; null without a baseline. */
  readonly ratio: number | null
  /** What the oldest baseline promised. */
  readonly promised: { readonly start: number; readonly finish: number } | null
  readonly responsible: string | null
  /** Tasks it waited for; how many waited for it. */
  readonly before: readonly string[]
  readonly after: number
  /** Was it held by a constraint with a date? */
  readonly constrained: boolean
}

export interface HistoryPlan {
  readonly name: string
  readonly project: string
  /** Null where the reader does not see the project. */
  readonly projectName: string | null
  readonly type: string | null
  /** Is all or nearly all of its work finished and in this history? Only then its shares can be compared. */
  readonly whole: boolean
}

export interface History {
  readonly tasks: readonly FinishedWork[]
  readonly plans: Readonly<Record<string, HistoryPlan>>
  /** Is there older finished work that was left out? */
  readonly more: boolean
}
