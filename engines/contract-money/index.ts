// The money of construction contracts: progress payment, advance, retention, settlement, quantity deviation, bonds, late interest.
export { type AdvanceRecovery, advanceRecovered, recoveryProblems, recoveryThreshold } from './advance.ts'
export { type BondStanding, bondCap, bondStanding } from './bond.ts'
export { lateInterest } from './late-interest.ts'
export { type Application, type ProgressStanding, type ProgressTerms, progressApplication } from './progress.ts'
export { type Deviation, type DeviationClause, deviatedAmount } from './quantity-deviation.ts'
export { type Release, releasableRetention, retentionDueOn } from './retention.ts'
export { type Settlement, settle } from './settlement.ts'
