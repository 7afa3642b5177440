// What a computation returns: dates, floats and the reason of every date.
import type { Minute, Mode, Segment } from './plan.ts'

/** Why a date is where it is; `by` names what drives it. Machine-readable: the interface words it in zh and en. */
export type Why =
  | { kind: 'project_start' }
  | { kind: 'project_finish' }
  | { kind: 'link'; link: string; from: string }
  | { kind: 'constraint'; type: string; at?: Minute }
  | { kind: 'deadline'; at: Minute }
  | { kind: 'calendar'; calendar: string; link?: string; from?: string }
  | { kind: 'actual' }
  | { kind: 'status_date' }
  | { kind: 'leveling_delay' }
  | { kind: 'manual' }
  | { kind: 'external' }
  | { kind: 'resource'; resource: string }
  | { kind: 'children'; task?: string }
  | { kind: 'as_late_as_possible' }
  | { kind: 'expected_finish' }
  | { kind: 'inactive' }

export interface TaskDates {
  id: string
  earlyStart: Minute
  earlyFinish: Minute
  lateStart: Minute
  lateFinish: Minute
  /** What is scheduled (equals early dates except for ALAP, manual and started tasks). */
  start: Minute
  finish: Minute
  /** Working minutes; negative = late. */
  totalFloat: number
  freeFloat: number
  startFloat: number
  finishFloat: number
  critical: boolean
  /** Primavera: on the longest path. */
  longestPath: boolean
  /** Working minutes; summaries: work between start and finish. */
  duration: number
  /** What it is worked in, when it rests in between: a split task, or begun work until it is resumed. */
  pieces?: readonly Segment[]
  why: { start: Why; finish: Why; late: Why }
}

export interface Warning {
  code: string
  task?: string
  link?: string
  values?: Readonly<Record<string, string | number>>
}

export interface Schedule {
  mode: Mode
  start: Minute
  finish: Minute
  statusDate?: Minute
  /** In plan order. */
  tasks: readonly TaskDates[]
  warnings: readonly Warning[]
}

/** Errors are values: a cycle names its tasks in order; bad input names what is wrong. */
export type ScheduleError =
  | { code: 'schedule.cycle'; tasks: readonly string[] }
  | { code: 'schedule.unknown_reference'; what: 'task' | 'calendar' | 'resource' | 'parent'; id: string; in: string }
  | { code: 'schedule.calendar_without_work'; calendar: string }
  | { code: 'schedule.calendar_cycle'; calendars: readonly string[] }
  | { code: 'schedule.out_of_range'; task: string }

export type ScheduleOutcome = { ok: true; schedule: Schedule } | { ok: false; error: ScheduleError }
