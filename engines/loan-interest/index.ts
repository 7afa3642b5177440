// Interest of loans: accrued over a principal and a rate that change, and what falls due on which day. Simple interest.
export { type Accrual, accruedInterest, type DayCount, type Move, type RateFrom } from './accrued.ts'
export { type InterestDue, interestDues, type Paying } from './due.ts'
