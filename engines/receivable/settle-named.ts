// 指定冲抵: money that names a day settles what is due that day; only the rest goes to the oldest.
import { add, compare, type Decimal, isZero, negate, subtract, sum } from '../money/index.ts'
import type { Due } from './settle-oldest.ts'

export interface Paid {
  /** All of it, also what names a day. */
  readonly money: Decimal
  readonly named: readonly { readonly dueOn: string; readonly amount: Decimal }[]
}

/**
 * What is left of the dues, and the money that is left for the oldest of them; beyond what is due on its day, named money
 * settles like any other. More went back than came: that is owed again, from `asOf`.
 */
export function settleNamed(
  dues: readonly Due[],
  { money, named }: Paid,
  asOf: string,
): { dues: readonly Due[]; money: Decimal } {
  const days = new Map<string, Decimal>()
  for (const { dueOn, amount } of named) days.set(dueOn, add(days.get(dueOn) ?? '0', amount))
  if ([...days.values()].every(isZero) && compare(money, '0') >= 0) return { dues, money }
  let rest = subtract(money, sum([...days.values()]))
  const left = dues.map((each): Due => {
    const paid = days.get(each.dueOn) ?? '0'
    if (compare(paid, '0') <= 0 || compare(each.amount, '0') <= 0) return each
    const settled = compare(paid, each.amount) < 0 ? paid : each.amount
    days.set(each.dueOn, subtract(paid, settled))
    return { ...each, amount: subtract(each.amount, settled) }
  })
  rest = add(rest, sum([...days.values()]))
  if (compare(rest, '0') >= 0) return { dues: left, money: rest }
  return { dues: [...left, { id: 'refund', dueOn: asOf, amount: negate(rest) }], money: '0' }
}
