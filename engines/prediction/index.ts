// The prediction engine's door: how likely a task is late, calibrated, in contributions, or that history cannot tell.
export { type BoostingOptions, trainBoosting, usualBoosting } from './boosting.ts'
export {
  areaUnderCurve,
  type Calibration,
  type Evaluation,
  evaluate,
  isotonicCalibration,
  type Outcome,
  plattCalibration,
} from './calibration.ts'
export { type DelayForecast, type DelayReason, type DelayRisk, forecastDelays } from './delay.ts'
export { baseRate, type Example, type Scored, type Scorer } from './example.ts'
export { trainLogistic } from './logistic.ts'
export {
  LEAST_LABELLED,
  type Method,
  type Prediction,
  type Predictor,
  type TrainOutcome,
  trainPredictor,
} from './predict.ts'
export {
  type DelayFeature,
  delayFeatures,
  FURTHEST_LEAD,
  outcomeOf,
  type SnapshotWorld,
  snapshotWorld,
  TOLERANCE,
  type WatchedTask,
} from './snapshot.ts'
