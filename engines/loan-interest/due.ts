// When interest is to be paid: each month or quarter on a day, or with the principal at the end; what is paid settles the oldest.
import { dayNumber } from '../formula/plain-date.ts'
import { compare, type Decimal, subtract } from '../money/index.ts'
import { type Accrual, accruedInterest } from './accrued.ts'

export type Paying = 'monthly' | 'quarterly' | 'at_end'

export interface InterestDue {
  readonly on: string
  /** Of the period that ends the day before. */
  readonly amount: Decimal
  /** Of it not paid. */
  readonly open: Decimal
}

/**
 * Days of payment from the first drawing to `end`, the last one included, with what each period earned. Sums are taken over
 * the whole and subtracted, so that rounding never drifts: Σ amounts = accrued interest at the end.
 *
 * @param day of the month, 1–28; quarters end in March, June, September and December
 * @throws RangeError when a date or day is none
 */
export function interestDues(
  of: Accrual,
  {
    paying,
    day,
    end,
    paid,
  }: { readonly paying: Paying; readonly day: number; readonly end: string; readonly paid: Decimal },
): InterestDue[] {
  if (!Number.isInteger(day) || day < 1 || day > 28) throw new RangeError('loan_interest.day')
  const [first] = of.moves.map(each => each.on).sort()
  if (first === undefined || dayNumber(end) <= dayNumber(first)) return []
  const days = paying === 'at_end' ? [] : daysBetween(first, end, day, paying === 'monthly' ? 1 : 3)
  let [before, left]: [Decimal, Decimal] = ['0.00', paid]
  return [...days, end].map(on => {
    const whole = accruedInterest(of, on)
    const amount = subtract(whole, before)
    before = whole
    const settled = compare(left, amount) < 0 ? left : amount
    left = subtract(left, settled)
    return { on, amount, open: subtract(amount, settled) }
  })
}

function daysBetween(first: string, end: string, day: number, every: 1 | 3): string[] {
  const days: string[] = []
  const [year = 0, month = 1] = first.split('-').map(Number)
  for (let at = 0; ; at++) {
    const date = new Date(Date.UTC(year, month - 1 + at, day))
    const on = date.toISOString().slice(0, 10)
    if (on >= end) return days
    if (on > first && (date.getUTCMonth() + 1) % every === 0) days.push(on)
  }
}
