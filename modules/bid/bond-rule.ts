// Where a bond stands on a day.
import { compare, type Decimal } from '@yingzao/engines/money'

const soon = 7
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Of cash that is still out: due within a week, or overdue. */
export function alertOf(
  of: { readonly state: string; readonly outstanding_amount: Decimal | null; readonly due_back_on: string | null },
  today: string,
): 'none' | 'due' | 'overdue' {
  if (of.state !== 'effective' || of.due_back_on === null || compare(of.outstanding_amount ?? '0', '0') <= 0)
    return 'none'
  if (of.due_back_on < today) return 'overdue'
  return of.due_back_on <= dayAfter(today, soon) ? 'due' : 'none'
}
