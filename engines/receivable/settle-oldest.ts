// 先进先出: money settles the amounts that fell due first; what is left over is an advance (预收, 预付).
import { add, compare, type Decimal, negate, r2, subtract, sum } from '../money/index.ts'

export interface Due {
  readonly id: string
  /** 'YYYY-MM-DD'. */
  readonly dueOn: string
  /** Negative: a credit (red invoice, mirror document), which settles like money. */
  readonly amount: Decimal
}
export interface Settled extends Due {
  readonly settled: Decimal
  readonly open: Decimal
}

/**
 * Settles by due date, equal dates in the order given. Σ settled + excess = money + credits.
 *
 * @throws RangeError when `money` is negative: what is paid back is no settlement
 */
export function settleOldest(dues: readonly Due[], money: Decimal): { items: Settled[]; excess: Decimal } {
  if (compare(money, '0') < 0) throw new RangeError('a negative amount settles nothing')
  const credits = dues.filter(({ amount }) => compare(amount, '0') < 0)
  let rest = r2(add(money, negate(sum(credits.map(({ amount }) => amount)))))
  const order = dues
    .map((due, index) => ({ due, index }))
    .filter(({ due }) => compare(due.amount, '0') >= 0)
    .sort((a, b) => (a.due.dueOn < b.due.dueOn ? -1 : a.due.dueOn > b.due.dueOn ? 1 : a.index - b.index))
  const items = order.map(({ due }) => {
    const amount = r2(due.amount)
    const settled = compare(amount, rest) <= 0 ? amount : rest
    rest = subtract(rest, settled)
    return { ...due, settled, open: subtract(amount, settled) }
  })
  return { items, excess: rest }
}
