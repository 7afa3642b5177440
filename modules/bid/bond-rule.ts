// What the law allows of a bid bond, by the day it is in force, and where a bond stands on a day.
import { bondCap } from '@yingzao/engines/contract-money'
import { compare, type Decimal } from '@yingzao/engines/money'

/** 招标投标法实施条例 §26: no more than 2 % of the estimate. Newest first. */
const caps: readonly { readonly from: string; readonly share: Decimal }[] = [{ from: '2012-02-01', share: '0.02' }]

export const capOn = (estimate: Decimal, day: string): Decimal | null => {
  const rule = caps.find(({ from }) => from <= day)
  return rule ? bondCap(estimate, rule.share) : null
}

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
