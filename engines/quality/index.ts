// The quality engine's door: how well a plan is built (DCMA 14 points), as findings with their repair and one score.
export {
  type CheckId,
  type CheckResult,
  checkScore,
  dcmaLimits,
  type Finding,
  type FindingCode,
  type Quality,
  type QualityLimits,
  type Repair,
  type Threshold,
} from './finding.ts'
export { checkQuality, type QualityOutcome } from './quality.ts'
