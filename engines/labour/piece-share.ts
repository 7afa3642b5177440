// 计件分配: one amount shared over people by their days and coefficients, by largest remainder.
import { allocate, type Decimal, multiply } from '../money/index.ts'

/** @throws RangeError when nobody worked, or a weight is negative */
export const pieceShares = (
  amount: Decimal,
  people: readonly { readonly days: Decimal; readonly coefficient?: Decimal }[],
): Decimal[] =>
  allocate(
    amount,
    people.map(({ days, coefficient = '1' }) => multiply(days, coefficient)),
  )
