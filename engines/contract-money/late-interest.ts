// 逾期利息: simple interest by the day on what was not paid in time (保障中小企业款项支付条例 §17 where nothing was agreed).
import { dayNumber } from '../formula/plain-date.ts'
import { type Decimal, multiply, r2 } from '../money/index.ts'

/**
 * Interest from the day after `dueOn` to `until`, both as 'YYYY-MM-DD'; zero when paid in time.
 *
 * @param dailyRate as a fraction: 0.05 % a day is `'0.0005'`
 * @throws RangeError when a date is none
 */
export function lateInterest(amount: Decimal, dueOn: string, until: string, dailyRate: Decimal): Decimal {
  const days = Math.max(0, dayNumber(until) - dayNumber(dueOn))
  return r2(multiply(multiply(amount, dailyRate), `${days}`))
}
