// 分摊: sharing a total over weights by largest remainder, so that the parts always add up to the total (domain rule 0.1).
import { type Decimal, Exact, exact, toDecimal } from './decimal.ts'

/**
 * Shares `total` over `weights` in units of the last place (fen by default). Each part is cut down, and the units left
 * over go to the largest remainders, ties to the earlier line. A negative total is the mirror of the positive split.
 *
 * @param weights none negative, not all zero
 * @returns one part per weight, each with `scale` places; their sum is `total` rounded to `scale`
 * @throws RangeError when there are no weights, one is negative or all are zero
 */
export function allocate(total: Decimal, weights: readonly Decimal[], scale = 2): Decimal[] {
  const shares = weights.map(exact)
  const whole = shares.reduce((sum, weight) => sum.plus(weight), new Exact(0))
  if (shares.some(weight => weight.isNegative() && !weight.isZero())) throw new RangeError('a weight is negative')
  if (whole.isZero()) throw new RangeError('nothing to allocate over: the weights are all zero')

  const unit = new Exact(`1e${-scale}`)
  const rounded = exact(total).toDecimalPlaces(scale)
  const units = rounded.abs().div(unit)
  const parts = shares.map((weight, index) => {
    const product = units.times(weight)
    const count = product.divToInt(whole)
    // The remainder over `whole` is compared as its numerator: no quotient, no rounding.
    return { index, count, remainder: product.minus(count.times(whole)) }
  })
  let left = parts.reduce((rest, part) => rest.minus(part.count), units).toNumber()
  for (const part of [...parts].sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)) {
    if (left-- <= 0) break
    part.count = part.count.plus(1)
  }
  return parts.map(({ count }) => toDecimal(count.times(unit).times(rounded.isNegative() ? -1 : 1), scale))
}
