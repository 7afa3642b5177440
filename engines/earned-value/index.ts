// The earned-value engine's door: where a project stands in money and time, and where it will end. Money is decimal, never float.
export { type BudgetedTask, type Curves, type Profile, plannedCurves, profileShare } from './curve.ts'
export {
  adherence,
  type DurationMethod,
  durationForecasts,
  type EarnedSchedule,
  earnedDuration,
  earnedSchedule,
  earnedTime,
  neededPace,
  type PlannedCurve,
  plannedAt,
  plannedDuration,
  smoothedPace,
  type TrackedPeriod,
} from './earned-schedule.ts'
export {
  classRatio,
  type DurationEstimate,
  estimateDuration,
  LEAST_PROJECTS,
  type ReferenceClass,
  type ReferenceProject,
} from './estimate.ts'
export { type LookBack, lookBack } from './look-back.ts'
export {
  earnedValues,
  type MeasuredTask,
  type MeasureError,
  type MeasurementRule,
  type MeasureOutcome,
} from './measure.ts'
export { type Amounts, type CostHistory, type CostMethod, type Performance, performance } from './performance.ts'
export { type PlanStanding, planStanding, type StandingOutcome, type TaskStanding, WEEK } from './plan-standing.ts'
export { recordedCosts } from './recorded-costs.ts'
