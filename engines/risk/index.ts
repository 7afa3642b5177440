// The risk engine's door: how likely is each finish and cost of a plan. Pure and deterministic: same seed, same bytes.
export { type Correlation, eigenSymmetric, type Matrix, MOST_PAIRED, nearestPositive } from './correlation.ts'
export { type Distribution, type DistributionProblem, trigenEnds } from './distribution.ts'
export type {
  Branch,
  Control,
  RiskError,
  RiskEvent,
  RiskImpact,
  RiskModel,
  SimulationOptions,
  TaskCost,
  Uncertainty,
  Weather,
} from './model.ts'
export { costsFromPlan } from './plan-costs.ts'
export {
  type CostAt,
  type DateAt,
  type EventFinding,
  type Findings,
  jointConfidence,
  jointFrontier,
  type MergePoint,
  type TaskIndices,
  type TornadoBar,
} from './result.ts'
export {
  type FromThread,
  type SharedInput,
  simulateShared,
  type Thread,
  type Threads,
  type ToThread,
  threadSide,
} from './shared-run.ts'
export { MOST_ITERATIONS, openSimulation, type Simulation, type SimulationOutcome, simulate } from './simulate.ts'
export type { Tally } from './tally.ts'
