// 质保金: when it falls due and how much of it may be released.
import { addMonths } from '../formula/plain-date.ts'
import { compare, type Decimal, r2, subtract, sum } from '../money/index.ts'

/**
 * The day on which retention falls due: `months` after acceptance, clamped to the end of the month
 * (2024-02-29 + 12 → 2025-02-28). Null when the date is none or the result lies outside the years 0001–9999.
 */
export const retentionDueOn = (acceptedOn: string, months: number): string | null => addMonths(acceptedOn, months)

export interface Release {
  /** Held less repairs less what was released before; never negative. */
  readonly releasable: Decimal
  /** Repairs beyond what was still held: a claim of its own. */
  readonly shortfall: Decimal
}

/** How much of the retention may be released now, in one or several parts. */
export function releasableRetention(of: {
  readonly held: Decimal
  readonly repairs: readonly Decimal[]
  readonly released: readonly Decimal[]
}): Release {
  const left = subtract(subtract(r2(of.held), r2(sum(of.repairs))), r2(sum(of.released)))
  return compare(left, '0') >= 0
    ? { releasable: left, shortfall: '0.00' }
    : { releasable: '0.00', shortfall: subtract('0.00', left) }
}
