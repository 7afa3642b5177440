// What both modes offer to the door: a compiled plan that can be run, changed task by task, and read.
import type { Plan } from './plan.ts'
import type { ScheduleError, ScheduleOutcome, TaskDates } from './result.ts'

export interface CompiledPlan {
  /** Computes everything. */
  run(): ScheduleError | undefined
  /** Takes over tasks whose fields changed (not their place, links or assignments) and recomputes what they reach. */
  update(plan: Plan, tasks: readonly number[]): ScheduleError | undefined
  read(): ScheduleOutcome
  /** Reads one task's dates. */
  readTask(task: number): TaskDates
  finish(): number
  /** The dates and numbers that `readTask` shows, as arrays indexed by task, to find the rows that changed. */
  readonly outputs: readonly Column[]
  /** The reasons likewise; their references mean something within this compilation only. */
  readonly reasons: readonly Reason[]
  /** A reason that can be compared across compilations: its code, or its words when it names a link or a row. */
  reasonKey(task: number, reason: Reason): string | number
}

/** A reason's code and what it refers to, by task. */
export interface Reason {
  readonly code: Uint8Array
  readonly by: Int32Array
}

export type Column = Float64Array | Uint8Array | Int32Array

export type CompileOutcome = { ok: true; compiled: CompiledPlan } | { ok: false; error: ScheduleError }
