// 预缴增值税: what is prepaid where a building service is done away from home, or on an advance (增值税预缴税款管理办法).
import { add, compare, type Decimal, exact, quotient, r2, subtract, toDecimal } from '../money/index.ts'

/** Both rates are effective-dated data: general 9 % and 2 %, simplified 3 % and 3 %. Fractions. */
export interface VatMethod {
  readonly rate: Decimal
  readonly prepaid: Decimal
}
/** Of one project in one month, gross. */
export interface PrepaymentMonth {
  readonly received: Decimal
  /** Paid to subcontractors against an invoice. */
  readonly subcontracted: Decimal
}
export interface Prepayment {
  /** What the tax was reckoned on, gross: received − subcontracted + what was carried; zero when that is negative. */
  readonly base: Decimal
  readonly tax: Decimal
  /** Zero, or the negative rest that the next month starts with. */
  readonly carried: Decimal
}

/**
 * (received − subcontracted) ÷ (1 + rate) × prepaid rate, month after month of one project; what is negative is carried
 * forward.
 *
 * @param carried from before the first month; not above zero
 * @throws RangeError when the rate is −100 % or less, or `carried` is positive
 */
export function prepayments(
  months: readonly PrepaymentMonth[],
  { rate, prepaid }: VatMethod,
  carried: Decimal = '0.00',
): Prepayment[] {
  const divisor = exact(add('1', rate))
  if (!divisor.greaterThan(0)) throw new RangeError('a tax rate of -100 % or less leaves no net amount')
  if (compare(carried, '0') > 0) throw new RangeError('only a negative rest is carried forward')
  let rest = r2(carried)
  return months.map(({ received, subcontracted }) => {
    const base = add(subtract(r2(received), r2(subcontracted)), rest)
    const negative = compare(base, '0') < 0
    rest = negative ? base : '0.00'
    const taxed: Decimal = negative ? '0.00' : base
    // One quotient, rounded once.
    return { base: taxed, tax: toDecimal(quotient(exact(taxed).times(exact(prepaid)), divisor, 2), 2), carried: rest }
  })
}
