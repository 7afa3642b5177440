// Plan files of other programs: one door in, one door out.
export { defaultLimits, type FormatError, type ReadLimits, type ReadOptions } from '../limit.ts'
export type { Loss, LossCode } from '../loss.ts'
export { type Message, refusalMessage } from '../message.ts'
export { type Detected, detectPlanFile, type OtherFormat, type PlanFormat } from './detect.ts'
export { type PlanReading, type PlanReadOptions, readPlanFile } from './read.ts'
export { planExtension, planFormatOf, type WritableFormat, writePlanFile } from './write.ts'
