// 账龄: how long what is owed has been overdue, by due date, settled first in first out.
import { dayNumber } from '../formula/plain-date.ts'
import { type Decimal, isZero, r2, sum } from '../money/index.ts'
import { type Due, type Settled, settleOldest } from './settle-oldest.ts'

export interface AgeingOptions {
  /** Last day of each bucket, rising; the last bucket is open. Shipped: 30, 60, 90, 180, 365. */
  readonly edges?: readonly number[]
}
export interface Bucket {
  /** Days overdue, both counted; null: not due (`to` null besides: open end). */
  readonly from: number | null
  readonly to: number | null
  readonly amount: Decimal
}
export interface Aged {
  /** Not yet due first, then from young to old. */
  readonly buckets: readonly Bucket[]
  /** What is still open, oldest first, with its days overdue (negative: still to come). */
  readonly items: readonly (Settled & { readonly days: number })[]
  readonly open: Decimal
  /** Money beyond everything due. */
  readonly excess: Decimal
}

/** Days are `asOf − due`: due today is not overdue. Σ buckets = open. */
export function ageing(
  dues: readonly Due[],
  received: Decimal,
  asOf: string,
  { edges = [30, 60, 90, 180, 365] }: AgeingOptions = {},
): Aged {
  const today = dayNumber(asOf)
  const { items, excess } = settleOldest(dues, received)
  const open = items.filter(item => !isZero(item.open)).map(item => ({ ...item, days: today - dayNumber(item.dueOn) }))
  const bounds: readonly (readonly [number | null, number | null])[] = [
    [null, 0],
    ...edges.map((edge, index) => [(edges[index - 1] ?? 0) + 1, edge] as const),
    [(edges.at(-1) ?? 0) + 1, null],
  ]
  return {
    buckets: bounds.map(([from, to]) => ({
      from,
      to,
      amount: r2(
        sum(
          open
            .filter(({ days }) => (from === null || days >= from) && (to === null || days <= to))
            .map(item => item.open),
        ),
      ),
    })),
    items: open,
    open: r2(sum(open.map(item => item.open))),
    excess,
  }
}
