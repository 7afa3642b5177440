// The time–cost engine's door: what finishing earlier costs. Pure: values in, values out.
export { type Alternative, alternativeInUse, sameAlternative, type Units } from './alternative.ts'
export {
  type CrashError,
  type CrashLink,
  type CrashOutcome,
  type CrashPoint,
  type CrashTask,
  cheapest,
  crashAt,
  crashCurve,
} from './crash.ts'
export type { Milp, MilpAnswer, SolveMilp } from './milp.ts'
export {
  type CrashChoice,
  type CrashTerms,
  type Cut,
  type PlanCrash,
  type PlanCrashOutcome,
  type ProveOptions,
  planCrash,
  provenCrash,
  type Switch,
  type TimeTerms,
} from './plan-crash.ts'
export { crashEdits } from './plan-edits.ts'
export { type LeftOut, type PlanModel, type PlanModelOutcome, planModel, type Shortening } from './plan-model.ts'
