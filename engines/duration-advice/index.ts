// The duration-advice engine's door: what finished work of the same kind says about the durations of a plan. Pure.
export {
  type Advice,
  type AdviceBasis,
  type AdviceLevel,
  type AskedTask,
  advise,
  adviserOf,
  type FinishedTask,
  LEAST_EVIDENCE,
} from './advice.ts'
export { durationByNorm, type NormInput } from './norm.ts'
export { type ShareFinding, shareFindings, type WorkedPlan } from './share.ts'
export { wordsOf } from './words.ts'
export { type WorkClass, workClasses, workClassOf } from './work-class.ts'
