// The time–cost engine's door: what finishing earlier costs. Pure: values in, values out.
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
