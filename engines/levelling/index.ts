// The levelling engine's door: a problem of activities and scarce resources in, the best schedule found and its bound out.
export * from './check.ts'
export * from './level.ts'
export { type LowerBound, lowerBound } from './lower-bound.ts'
export {
  buildProblem,
  criticalPathLength,
  type Problem,
  type ProblemError,
  type ProblemInput,
  type ProblemOutcome,
} from './problem.ts'
