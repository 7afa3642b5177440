// Which value holds on a day for a company, and whether two claim the same day. Pure.
import type { Decimal } from '@yingzao/kernel/entity'

export interface Dated {
  readonly value: Decimal
  readonly from_on: string
  readonly to_on: string | null
  readonly company: string | null
}

const holds = ({ from_on, to_on }: Dated, on: string) => from_on <= on && (to_on === null || on <= to_on)

/** That of the company goes before that of every company; both ends count. */
export function valueIn(values: readonly Dated[], on: string, company: string | null): Decimal | null {
  const there = values.filter(each => holds(each, on))
  const own = company === null ? undefined : there.find(each => each.company === company)
  return (own ?? there.find(each => each.company === null))?.value ?? null
}

/** The index of a value that overlaps another of the same company; null when none does. */
export function overlapping(values: readonly Dated[]): number | null {
  for (const [at, each] of values.entries())
    for (const other of values.slice(0, at))
      if (
        other.company === each.company &&
        other.from_on <= (each.to_on ?? '9') &&
        each.from_on <= (other.to_on ?? '9')
      )
        return at
  return null
}
