// 保证金: what of a deposit is still out. Interest received with it is other income and no part of the deposit.
import { compare, type Decimal, multiply, r2, subtract, sum } from '../money/index.ts'

/** The most a bond may be, e.g. 2 % of the estimate (招标投标法实施条例 §26). The share is effective-dated data. */
export const bondCap = (estimate: Decimal, share: Decimal): Decimal => r2(multiply(estimate, share))

export interface BondStanding {
  /** paid = returned + forfeited + outstanding, always. */
  readonly outstanding: Decimal
  /** Of the returns: interest, which is other income. */
  readonly interest: Decimal
  /** More came back or was forfeited than was paid: refused. */
  readonly overdrawn: boolean
}

export function bondStanding(of: {
  readonly paid: Decimal
  readonly returns: readonly { readonly amount: Decimal; readonly interest?: Decimal }[]
  readonly forfeited?: Decimal
}): BondStanding {
  const returned = r2(sum(of.returns.map(each => each.amount)))
  const outstanding = subtract(subtract(r2(of.paid), returned), r2(of.forfeited ?? '0'))
  return {
    outstanding,
    interest: r2(sum(of.returns.map(each => each.interest ?? '0'))),
    overdrawn: compare(outstanding, '0') < 0,
  }
}
