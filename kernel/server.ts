// SERVE: the door for *.service.ts, *.hooks.ts and *.jobs.ts.
export type { Ctx, Principal } from './context.ts'
export { leftToReverse } from './documents/remaining.ts'
export { type LaterOptions, later } from './jobs/later.ts'
export { cancelJob, type JobStatus, jobStatus } from './jobs/status.ts'
export { closeMonths, isMonth, monthAfter, monthsClosed } from './ledgers/period.ts'
export { metricEntries, metricMeta } from './metrics/entries.ts'
export { metrics } from './metrics/read.ts'
export * from './records.ts'
export { Refusal, refuse, refuseInput } from './refuse.ts'
export {
  type Report,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
  type ReportSection,
  type ReportValue,
  report,
  wordsIn,
} from './report.ts'
export {
  act,
  type Handler,
  type Hooks,
  handle,
  hooks,
  type Input,
  type Job,
  type JobProgress,
  job,
  powerTable,
  type Registration,
  workTime,
} from './serve.ts'
export { asSystem } from './system.ts'
