// The scheduling engine's door: a plan in, dates with their reasons out. Pure: no clock, no I/O, same input same output.
import { readMicrosoft, runMicrosoft } from './microsoft.ts'
import { compileMicrosoft } from './microsoft-state.ts'
import type { Mode, Plan } from './plan.ts'
import type { ScheduleOutcome } from './result.ts'

export { type CalendarClock, type CalendarClockOutcome, calendarClock, splitShift } from './calendar.ts'
export * from './civil.ts'
export * from './plan.ts'
export * from './result.ts'

/**
 * Computes a plan from its inputs alone (stored dates are ignored). Minutes in, minutes out.
 * Errors: a cycle (its tasks in order), a reference to nothing, a calendar without work, dates outside 1900–2500.
 */
export function compute(plan: Plan, _mode: Mode = plan.mode): ScheduleOutcome {
  const compiled = compileMicrosoft(plan)
  if (!compiled.ok) return compiled
  const error = runMicrosoft(compiled.state)
  return error ? { ok: false, error } : readMicrosoft(compiled.state)
}
