// 工日: days of work from ordinary time and overtime, kept to two places, and what they are worth.
import { add, type Decimal, exact, multiply, quotient, r2, toDecimal } from '../money/index.ts'

export type Overtime =
  /** Hours ÷ hours of a day × factor. */
  | { readonly mode: 'hours'; readonly hours: Decimal; readonly hoursPerDay: Decimal; readonly factor: Decimal }
  /**
   * By when work ended: the first band that reaches it, else the last (the whole night). Minutes since midnight of the work
   * day: 22:30 is 1350, 02:00 of the next day 1560.
   */
  | {
      readonly mode: 'bands'
      readonly ended: number
      readonly bands: readonly { readonly until: number; readonly days: Decimal }[]
      readonly allNight: Decimal
    }

/**
 * Ordinary days and overtime as days of work, r2 once.
 *
 * @throws RangeError when a day has no hours
 */
export function workDays(ordinary: Decimal, overtime: Overtime | null): Decimal {
  if (overtime === null) return r2(ordinary)
  if (overtime.mode === 'bands') {
    const band = [...overtime.bands].sort((a, b) => a.until - b.until).find(({ until }) => overtime.ended <= until)
    return r2(add(ordinary, band ? band.days : overtime.allNight))
  }
  const perDay = exact(overtime.hoursPerDay)
  if (!perDay.greaterThan(0)) throw new RangeError('a day has more than no hours')
  // One quotient over the whole, so that it is rounded once.
  const hours = exact(ordinary)
    .times(perDay)
    .plus(exact(overtime.hours).times(exact(overtime.factor)))
  return toDecimal(quotient(hours, perDay, 2), 2)
}

/** r2(days × rate). */
export const workAmount = (days: Decimal, rate: Decimal): Decimal => r2(multiply(days, rate))
