// Accrued interest: each day's principal at that day's rate, over 360 or 365 days a year, rounded once at the end.
import { dayNumber } from '../formula/plain-date.ts'
import { type Decimal, Exact, exact, quotient, toDecimal } from '../money/index.ts'

/** Actual days over a year of 360 days (banks: 年利率÷360) or of 365. */
export type DayCount = 'ACT/360' | 'ACT/365'

export interface Move {
  /** 'YYYY-MM-DD': from this day on the principal is higher by the amount. */
  readonly on: string
  /** Drawn above zero, paid back below. */
  readonly amount: Decimal
}
export interface RateFrom {
  readonly from: string
  /** A year's interest as a fraction: 4.35 % is `'0.0435'`. */
  readonly rate: Decimal
}
export interface Accrual {
  readonly moves: readonly Move[]
  /** Before the first one nothing accrues. */
  readonly rates: readonly RateFrom[]
  readonly dayCount: DayCount
}

/**
 * Interest of every day before `until`: the day of drawing counts, that of paying back does not (算头不算尾). In fen, half up.
 * Below zero where more was paid back than drawn.
 *
 * @throws RangeError when a date is none
 */
export function accruedInterest({ moves, rates, dayCount }: Accrual, until: string): Decimal {
  const end = dayNumber(until)
  const steps = [
    ...moves.map(({ on, amount }) => ({ day: dayNumber(on), amount: exact(amount), rate: null })),
    ...rates.map(({ from, rate }) => ({ day: dayNumber(from), amount: new Exact(0), rate: exact(rate) })),
  ].sort((a, b) => a.day - b.day)
  let [principal, rate, interest] = [new Exact(0), new Exact(0), new Exact(0)]
  for (const [at, step] of steps.entries()) {
    if (step.day >= end) break
    principal = principal.plus(step.amount)
    rate = step.rate ?? rate
    const next = Math.min(end, steps[at + 1]?.day ?? end)
    interest = interest.plus(principal.times(rate).times(next - step.day))
  }
  return toDecimal(quotient(interest, new Exact(dayCount === 'ACT/360' ? 360 : 365), 2), 2)
}
