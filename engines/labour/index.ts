// The labour engine: days of work with overtime, their amounts, sharing of piece work, wages from gross to net.
export { equivalentUnitCost, type UnitCost } from './equivalent-cost.ts'
export { pieceShares } from './piece-share.ts'
export { type NetWage, netWage, wageAccountShare } from './wage.ts'
export { type Overtime, workAmount, workDays } from './work-days.ts'
