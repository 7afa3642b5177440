// The flow engine's door: agile metrics from the event log, and when the open work will be done with a forecast that keeps score.
export { type FlowError, type FlowEvent, type Item, type ItemsOutcome, itemsAt, type Stage } from './event.ts'
export {
  type Board,
  conformalFactor,
  drawWeeks,
  type ForecastOptions,
  forecastDone,
  LEAST_JUDGED,
  LEVELS,
  type LevelForecast,
  type PastForecast,
  pastForecasts,
} from './forecast.ts'
export {
  type FlowMetrics,
  type FlowSeries,
  flowMetrics,
  flowSeries,
  idealLine,
  type LittleCheck,
  type MetricsOutcome,
  type SeriesOutcome,
  type Spread,
} from './metric.ts'
