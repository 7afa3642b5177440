// 月租: rent from entry to exit, both days counted, with days of rest taken out or at a standby rate.
import { dateOfDay, dayNumber, monthEnd, partsOf } from '../formula/plain-date.ts'
import { add, type Decimal, exact, quotient, r2, sum, toDecimal } from '../money/index.ts'

/** `calendar`: a month has the days it has; `thirty`: every day is a thirtieth. */
export type MonthMode = 'calendar' | 'thirty'
export interface RentalTerms {
  readonly monthly: Decimal
  readonly mode: MonthMode
  /** A month's rent while standing by; zero when rest is free. */
  readonly standbyMonthly?: Decimal
}
export interface RentalMonth {
  /** 'YYYY-MM'. */
  readonly period: string
  readonly days: number
  readonly restDays: number
  readonly amount: Decimal
}

/** Fifty years: what is longer is a typing error. */
const MOST_DAYS = 18_263

/**
 * @param rests 报停, 春节免租: first and last day, both counted; they may overlap and reach beyond the rental
 * @throws RangeError when a date is none, the exit lies before the entry or the rental lasts more than fifty years
 */
export function rentalByMonth(
  terms: RentalTerms,
  entry: string,
  exit: string,
  rests: readonly (readonly [string, string])[] = [],
): { months: RentalMonth[]; total: Decimal } {
  const [first, last] = [dayNumber(entry), dayNumber(exit)]
  if (last < first) throw new RangeError('the exit lies before the entry')
  if (last - first > MOST_DAYS) throw new RangeError('a rental of more than fifty years')
  const resting = new Set<number>()
  for (const [from, to] of rests)
    for (let day = Math.max(first, dayNumber(from)); day <= Math.min(last, dayNumber(to)); day++) resting.add(day)
  const months: RentalMonth[] = []
  for (let day = first; day <= last; ) {
    const date = dateOfDay(day) ?? exit
    const end = monthEnd(date)
    const until = Math.min(last, dayNumber(end))
    let rest = 0
    for (let each = day; each <= until; each++) if (resting.has(each)) rest++
    const days = until - day + 1 - rest
    const base = terms.mode === 'thirty' ? 30 : (partsOf(end)?.day ?? 30)
    const part = (rent: Decimal, count: number) => toDecimal(quotient(exact(rent).times(count), exact(`${base}`), 2), 2)
    const amount = add(part(terms.monthly, days), part(terms.standbyMonthly ?? '0', rest))
    months.push({ period: date.slice(0, 7), days, restDays: rest, amount })
    day = until + 1
  }
  return { months, total: r2(sum(months.map(month => month.amount))) }
}
