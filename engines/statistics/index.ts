// Statistics that the forecasting engines share: seeded random numbers, the normal distribution, samples.
export { normalCdf, normalDensity, normalQuantile } from './normal.ts'
export { probabilitiesInPlace, scoresInPlace } from './normal-table.ts'
export { blockOf, fillUniform, type StreamName, source, streamName, uniformSource } from './random.ts'
export {
  kendall,
  meanOf,
  orderOf,
  pearson,
  quantileInterval,
  quantileOf,
  ranksOf,
  shareAtMost,
  sortedCopy,
  spearman,
  varianceOf,
} from './sample.ts'
