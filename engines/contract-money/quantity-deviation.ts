// 工程量偏差: what a bill line is worth when much more or less was built than the bill said (GB 50500-2013 §9.6.2 and its successors).
import { compare, type Decimal, exact, multiply, r2, toDecimal } from '../money/index.ts'

/** A parameter of the contract: the standards differ and are disputed, so there is no default. */
export interface DeviationClause {
  /** As a fraction: 15 % is `'0.15'`. Exactly at the threshold nothing changes. */
  readonly threshold: Decimal
  /** Which quantity has the new price above it: what is beyond the threshold, or all. */
  readonly scope: 'segment' | 'full'
  /** New unit prices: of what is beyond the threshold, and of all when too little was built. */
  readonly priceAbove: Decimal
  readonly priceBelow: Decimal
}
export interface Deviation {
  readonly amount: Decimal
  readonly hit: 'above' | 'below' | null
}

/** The amount of a line, rounded once. Quantities are not negative. */
export function deviatedAmount(
  line: { readonly planned: Decimal; readonly price: Decimal; readonly built: Decimal },
  clause: DeviationClause,
): Deviation {
  const { planned, price, built } = line
  const most = exact(planned).times(exact('1').plus(exact(clause.threshold)))
  const least = exact(planned).times(exact('1').minus(exact(clause.threshold)))
  const done = exact(built)
  if (done.greaterThan(most)) {
    const amount =
      clause.scope === 'full'
        ? done.times(exact(clause.priceAbove))
        : most.times(exact(price)).plus(done.minus(most).times(exact(clause.priceAbove)))
    return { amount: toDecimal(amount, 2), hit: 'above' }
  }
  if (compare(built, toDecimal(least)) < 0) return { amount: r2(multiply(built, clause.priceBelow)), hit: 'below' }
  return { amount: r2(multiply(built, price)), hit: null }
}
