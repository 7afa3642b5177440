// The plan: one model that file formats read into, the engine computes and the Gantt shows.
//
// Time is an integer count of minutes since 1970-01-01T00:00 of *naive local* time: no zone, no daylight saving.
// Durations are working minutes unless `elapsed` is set (then 24 × 7 minutes). Work is person-minutes.
// Ids are strings, unique within their own list; formats keep the file's own numbers in `uid` and `row`.

/** Minutes since 1970-01-01T00:00, naive local time. */
export type Minute = number

/** Microsoft Project's rules or Primavera P6's (see docs/guide: how dates are computed). */
export type Mode = 'ms' | 'p6'

/** Half-open working interval within a day: 480–720 is 08:00–12:00. `to` may be 1440 (= 24:00), never beyond. */
export interface Shift {
  from: number
  to: number
}

/** The working time of one weekday or of an exception; no shifts = non-working. */
export type DayPattern = readonly Shift[]

/** How an exception repeats; the fields follow MSPDI's exception types. Absent = every day of the range. */
export type Recurrence =
  | { kind: 'daily'; every: number }
  | { kind: 'weekly'; every: number; days: readonly number[] /* 0 = Sunday */ }
  | { kind: 'monthly_day'; every: number; day: number }
  | { kind: 'monthly_position'; every: number; position: 1 | 2 | 3 | 4 | 5 /* 5 = last */; weekday: number }
  | { kind: 'yearly_day'; every: number; month: number; day: number }
  | { kind: 'yearly_position'; every: number; month: number; position: 1 | 2 | 3 | 4 | 5; weekday: number }

/** Filled fields of the file that nothing here interprets; kept so that the same format can be written back whole. */
export type Extra = Readonly<Record<string, string>>

export interface CalendarException {
  name: string
  /** First and last day, as days since 1970-01-01, both included. */
  fromDay: number
  toDay: number
  shifts: DayPattern
  recurrence?: Recurrence
  /** End after this many occurrences, when the file says so. */
  occurrences?: number
}

/** Another week for a range of dates (MSPDI WorkWeek): weekdays left undefined fall through to the default week. */
export interface WorkWeek {
  name: string
  fromDay: number
  toDay: number
  days: readonly (DayPattern | undefined)[]
}

export interface Calendar {
  id: string
  uid?: number
  name: string
  /** Calendar that weekdays left undefined and other days fall back to. */
  parent?: string
  /** Sunday first; undefined = inherit from the parent (or, without a parent, non-working). */
  week: readonly (DayPattern | undefined)[]
  workWeeks: readonly WorkWeek[]
  exceptions: readonly CalendarException[]
  /** Primavera: hours per day, week, month, year of this calendar, in minutes; display units only. */
  minutesPerDay?: number
  minutesPerWeek?: number
  minutesPerMonth?: number
  minutesPerYear?: number
  resourceOwned?: boolean
  extra?: Extra
}

export type TaskKind =
  | 'task' /* ordinary; Primavera: task dependent */
  | 'resource_dependent'
  | 'milestone' /* Microsoft: any milestone; Primavera: finish milestone */
  | 'start_milestone'
  | 'summary' /* has children; dates roll up */
  | 'level_of_effort'
  | 'wbs_summary'

export type ConstraintType =
  | 'asap'
  | 'alap'
  | 'must_start_on'
  | 'must_finish_on'
  | 'start_no_earlier_than'
  | 'start_no_later_than'
  | 'finish_no_earlier_than'
  | 'finish_no_later_than'
  /** Primavera only: both an early and a late bound (MS's "must" overrides logic; these do not). */
  | 'start_on'
  | 'finish_on'
  | 'expected_finish'

export interface Constraint {
  type: ConstraintType
  /** Absent only for asap and alap. */
  at?: Minute
}

export type LinkType = 'FS' | 'SS' | 'FF' | 'SF'

export type Lag =
  | { kind: 'working'; minutes: number }
  | { kind: 'elapsed'; minutes: number }
  /** Percent of the predecessor's duration; 50 = half. */
  | { kind: 'percent'; percent: number }
  | { kind: 'elapsed_percent'; percent: number }

export interface Link {
  id: string
  from: string
  to: string
  type: LinkType
  lag: Lag
  /** What the file showed the lag in (display only). */
  lagUnit?: DurationUnit
}

export type DurationUnit = 'm' | 'h' | 'd' | 'w' | 'mo' | 'y'

/** A piece of a split task: worked, then a gap until the next segment. */
export interface Segment {
  start: Minute
  finish: Minute
}

/** Dates and floats as the source file stored them: never inputs of a computation, kept as imported baseline and for `plan check`. */
export interface StoredDates {
  start?: Minute
  finish?: Minute
  earlyStart?: Minute
  earlyFinish?: Minute
  lateStart?: Minute
  lateFinish?: Minute
  /** Working minutes. */
  totalFloat?: number
  freeFloat?: number
  startFloat?: number
  finishFloat?: number
  critical?: boolean
}

/** A task that comes again: a weekly meeting, a monthly report. Kept on the summary of its occurrences. */
export interface TaskRecurrence {
  rule: Recurrence
  /** First day it may fall on, as days since 1970-01-01. */
  fromDay: number
  /** Last day it may fall on; or how many times. At least one of both. */
  toDay?: number
  count?: number
  /** Minute of the day at which it begins. */
  at: number
  /** Working minutes of one occurrence. */
  duration: number
  /** On a day off: the next working day, or not at all. */
  dayOff: 'next' | 'skip'
}

export interface TaskBaseline {
  /** 0 = the baseline, 1–10 = Baseline1–10. */
  number: number
  start?: Minute
  finish?: Minute
  duration?: number
  work?: number
  /** Decimal string in the plan's currency. */
  cost?: string
}

export interface Task {
  id: string
  uid?: number
  /** Row number shown to people (MS: ID; P6: none). */
  row?: number
  /** The user's own code: MS WBS, P6 activity id. */
  code?: string
  name: string
  notes?: string
  /** Who answers for it: an id that the computation ignores and files do not carry. */
  responsible?: string
  /** Enclosing summary; tasks stand in outline order in `Plan.tasks`, parents before children. */
  parent?: string
  kind: TaskKind
  /** Working minutes (elapsed minutes when `elapsed`). Summaries: what the file stored, ignored. */
  duration: number
  elapsed?: boolean
  /** Unit and "estimated" mark for display. */
  durationUnit?: DurationUnit
  estimated?: boolean
  /** Task calendar; absent = the project's. */
  calendar?: string
  ignoreResourceCalendar?: boolean
  constraint: Constraint
  /** Primavera's second constraint (late side only). */
  constraint2?: Constraint
  deadline?: Minute
  /** Manually scheduled: keeps `manualStart`/`manualFinish`/`manualDuration`. */
  manual?: boolean
  manualStart?: Minute
  manualFinish?: Minute
  manualDuration?: number
  /** Manual row whose dates or duration nobody has entered yet: it stands where it stands, but is never critical. */
  placeholder?: boolean
  /** Inactive tasks are ignored by the computation. */
  inactive?: boolean
  /** Stands for a task of another plan: its stored dates are fixed and drive successors. */
  external?: boolean
  externalProject?: string
  milestone?: boolean
  /** Occurrence of a recurring task, or the summary of its occurrences: not critical (but see RECURRING), outside the checks. */
  recurring?: boolean
  /** How it comes again; absent on occurrences and when a file does not say. */
  recurrence?: TaskRecurrence
  /** The row that stands for the whole project (MS: ID 0), parent of all others. */
  projectSummary?: boolean

  // progress
  percentComplete?: number
  percentWorkComplete?: number
  physicalPercentComplete?: number
  actualStart?: Minute
  actualFinish?: Minute
  actualDuration?: number
  remainingDuration?: number
  suspend?: Minute
  resume?: Minute
  segments?: readonly Segment[]

  // effort
  effort?: 'fixed_units' | 'fixed_duration' | 'fixed_work' | 'fixed_duration_and_units'
  effortDriven?: boolean
  work?: number
  actualWork?: number
  remainingWork?: number
  /** 0–1000, 500 usual, 1000 = never levelled. */
  priority?: number
  /** Elapsed minutes of levelling delay. */
  levelingDelay?: number
  levelingCanSplit?: boolean
  fixedCost?: string
  cost?: string

  // Primavera: early/late dates imposed from other projects
  externalEarlyStart?: Minute
  externalLateFinish?: Minute

  stored?: StoredDates
  baselines?: readonly TaskBaseline[]
  /** Custom fields by their display name. */
  custom?: Custom
  extra?: Extra
}

/** Values of custom fields; dates as `2024-03-01T08:00`, durations as ISO 8601 working time (`PT8H0M0S`). */
export type Custom = Readonly<Record<string, string | number | boolean>>

/** A custom field in use: what it is called here and which field of the source it is. */
export interface CustomField {
  of: 'task' | 'resource' | 'assignment'
  /** Key in `custom`. */
  name: string
  kind: 'text' | 'number' | 'flag' | 'date' | 'duration' | 'money' | 'code'
  /** The source's own name: MS `Text1`, P6 UDF or activity code type. */
  source?: string
  /** Values to pick from, when the source lists them. */
  values?: readonly { value: string; label?: string }[]
}

export interface RateEntry {
  /** MS cost rate table: 0 = A … 4 = E; absent = A. */
  table?: number
  from?: Minute
  to?: Minute
  /** Decimal string per hour. */
  perHour?: string
  overtimePerHour?: string
  perUse?: string
}

export interface Availability {
  from?: Minute
  to?: Minute
  /** 1 = 100 %. */
  units: number
}

export interface Resource {
  id: string
  uid?: number
  name: string
  kind: 'work' | 'material' | 'cost'
  /** 1 = 100 %. */
  maxUnits?: number
  availability?: readonly Availability[]
  calendar?: string
  group?: string
  email?: string
  /** Material: label of the unit. */
  unitLabel?: string
  rates?: readonly RateEntry[]
  notes?: string
  generic?: boolean
  inactive?: boolean
  code?: string
  custom?: Custom
  extra?: Extra
}

export interface Assignment {
  id: string
  uid?: number
  task: string
  resource: string
  /** 1 = 100 %. */
  units: number
  work?: number
  actualWork?: number
  remainingWork?: number
  /** Parts of work and actual work done in overtime: they take no time of the calendar. */
  overtimeWork?: number
  actualOvertimeWork?: number
  /** Assignment delay in working minutes after the task's start. */
  delay?: number
  contour?:
    | 'flat'
    | 'back_loaded'
    | 'front_loaded'
    | 'double_peak'
    | 'early_peak'
    | 'late_peak'
    | 'bell'
    | 'turtle'
    | 'contoured'
  start?: Minute
  finish?: Minute
  actualStart?: Minute
  actualFinish?: Minute
  cost?: string
  /** MS cost rate table: 0 = A … 4 = E; absent = A. */
  rateTable?: number
  baselines?: readonly TaskBaseline[]
  custom?: Custom
  extra?: Extra
}

export interface PlanOptions {
  scheduleFrom: 'start' | 'finish'
  start: Minute
  /** MS: project finish when scheduled from finish. P6: must-finish-by. */
  finish?: Minute
  /** MS status date or P6 data date. */
  statusDate?: Minute
  calendar: string
  minutesPerDay: number
  minutesPerWeek: number
  daysPerMonth: number
  /** Tasks with total float ≤ this many working minutes are critical. */
  criticalSlackLimit: number
  defaultStart: number
  defaultFinish: number
  // Microsoft
  honorConstraints: boolean
  splitsInProgressTasks: boolean
  multipleCriticalPaths: boolean
  newTasksManual: boolean
  // Primavera
  lagCalendar: 'predecessor' | 'successor' | 'project' | '24h'
  progressMode: 'retained_logic' | 'progress_override' | 'actual_dates'
  floatType: 'start' | 'finish' | 'smallest'
  criticalBy: 'float' | 'longest_path'
  openEndsCritical: boolean
  useExpectedFinish: boolean
  currency?: string
}

export interface Plan {
  name: string
  title?: string
  author?: string
  company?: string
  /** Which rules the source followed. */
  mode: Mode
  options: PlanOptions
  calendars: readonly Calendar[]
  tasks: readonly Task[]
  links: readonly Link[]
  resources: readonly Resource[]
  assignments: readonly Assignment[]
  customFields?: readonly CustomField[]
  extra?: Extra
}

/** The options a new plan starts with (Microsoft Project's own defaults). */
export const defaultOptions: PlanOptions = {
  scheduleFrom: 'start',
  start: 0,
  calendar: '',
  minutesPerDay: 480,
  minutesPerWeek: 2400,
  daysPerMonth: 20,
  criticalSlackLimit: 0,
  defaultStart: 480,
  defaultFinish: 1020,
  honorConstraints: true,
  splitsInProgressTasks: true,
  multipleCriticalPaths: false,
  newTasksManual: false,
  lagCalendar: 'predecessor',
  progressMode: 'retained_logic',
  floatType: 'finish',
  criticalBy: 'float',
  openEndsCritical: false,
  useExpectedFinish: false,
}
