// The levelling engine's door: a problem of activities and scarce resources in, the best schedule found and its bound out.
export * from './check.ts'
export * from './level.ts'
export { type LowerBound, lowerBound } from './lower-bound.ts'
export * from './plan/accept.ts'
export type { Disruption } from './plan/cost.ts'
export type { Difference, DifferenceReason, Elsewhere } from './plan/difference.ts'
export {
  type LevelledPlan,
  type LevelPlanError,
  type LevelPlanOptions,
  type LevelPlanOutcome,
  levelPlan,
  levelPlanSteps,
} from './plan/level-plan.ts'
export {
  type LevelledPlans,
  type LevelPlansOptions,
  type LevelPlansOutcome,
  levelPlans,
  levelPlansSteps,
  type ProjectPlan,
  type Standing,
} from './plan/level-plans.ts'
export * from './plan/load.ts'
export { type Overload, overloads } from './plan/overload.ts'
export type { LevelProgress } from './plan/search.ts'
export { type DatedPlan, type SharedOverload, type SharedResource, sharedOverloads } from './plan/shared.ts'
export { choicesOf, skillsOf } from './plan/skill.ts'
export {
  buildProblem,
  criticalPathLength,
  type Problem,
  type ProblemError,
  type ProblemInput,
  type ProblemOutcome,
} from './problem.ts'
export * from './smooth.ts'
