// What both modes offer to the door: a compiled plan that can be run, followed through edits and read.
import type { DateTable } from './date-table.ts'
import type { Plan } from './plan.ts'
import type { ScheduleError, ScheduleOutcome, TaskDates } from './result.ts'

export interface CompiledPlan {
  readonly plan: Plan
  /** Computes everything. */
  run(): ScheduleError | undefined
  /**
   * The edited plan (same mode, same calendars), computed as far as the edit reaches. This one stays as it is, so that a
   * refused edit costs nothing. `changed` tells the rows that read differently.
   */
  follow(
    next: Plan,
  ): { ok: true; compiled: CompiledPlan; changed: () => number[] } | { ok: false; error: ScheduleError }
  read(): ScheduleOutcome
  /** Reads one task's dates, by its position. */
  readTask(task: number): TaskDates
  dates(): DateTable
  finish(): number
}

export type Column = Float64Array | Uint8Array | Int32Array

export type CompileOutcome = { ok: true; compiled: CompiledPlan } | { ok: false; error: ScheduleError }
