// The scheduling engine's door: a plan in, dates with their reasons out. Pure: no clock, no I/O, same input same output.
import type { Mode, Plan } from './plan.ts'
import { openPlan } from './prepare.ts'
import type { ScheduleOutcome } from './result.ts'

export { type CalendarClock, type CalendarClockOutcome, calendarClock, splitShift } from './calendar.ts'
export * from './civil.ts'
export {
  applyEdits,
  type EditChange,
  type EditError,
  type EditOutcome as AppliedEdits,
  type PlanEdit,
  readEdits,
} from './edit.ts'
export { type MergeConflict, type Merged, type MergedThing, type MergeSide, mergePlans } from './merge.ts'
export * from './plan.ts'
export { type PlanDifference, planDifference } from './plan-difference.ts'
export {
  type HolidayRange,
  PRC_FIRST_YEAR,
  PRC_LAST_YEAR,
  type PrcHoliday,
  prcCalendar,
  prcHolidays,
} from './prc-holidays.ts'
export { type FollowOutcome, type PlanEngine, type PrepareOutcome, prepare } from './prepare.ts'
export { MOST_OCCURRENCES, markRecurring, occurrenceDays, recurringEdits, ruleOf } from './recurring.ts'
export * from './result.ts'
export * from './stored-check.ts'

/**
 * Computes a plan from its inputs alone (stored dates are ignored). Minutes in, minutes out.
 * Errors: a cycle (its tasks in order), a reference to nothing, a calendar without work, dates outside 1900–2500.
 */
export function compute(plan: Plan, mode: Mode = plan.mode): ScheduleOutcome {
  const opened = openPlan(plan, mode)
  if (!opened.ok) return opened
  const error = opened.compiled.run()
  return error ? { ok: false, error } : opened.compiled.read()
}
