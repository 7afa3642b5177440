// Which period of a rate holds on a day, and whether two of them claim the same one. Pure.
import type { Decimal, PlainDate } from '@yingzao/kernel/entity'

export interface Period {
  readonly rate: Decimal
  readonly from_on: PlainDate
  readonly to_on: PlainDate | null
}

/** The period that holds on the day; both ends count. */
export const periodOn = <P extends Period>(periods: readonly P[], on: PlainDate): P | null =>
  periods.find(each => each.from_on <= on && (each.to_on === null || on <= each.to_on)) ?? null

/** The index of a period that overlaps an earlier one, in the order given; null when none does. */
export function overlapping(periods: readonly Period[]): number | null {
  const order = periods
    .map((period, index) => ({ period, index }))
    .sort((a, b) => (a.period.from_on < b.period.from_on ? -1 : 1))
  for (const [at, { period, index }] of order.entries()) {
    const before = order[at - 1]
    if (!before) continue
    if (before.period.to_on === null || before.period.to_on >= period.from_on) return Math.max(index, before.index)
  }
  return null
}
