// The arithmetic of formulas: one set of rules for JavaScript and SQL (see sql.ts for the same rules as text).
//
// - A number is below 10^200; a result beyond that is null, as is a division by zero.
// - Sums and differences are exact; products, quotients and powers are kept to 30 places, half-up on magnitude.
// - Wherever a number leaves arithmetic (compared, passed to a function, given as the result) it is rounded to 20 places,
//   so that 1 / 3 * 3 is 1. Only then it is rounded to the scale of the field that stores it.
import { type Decimal, Exact, exact, quotient, toDecimal } from '../money/decimal.ts'

/** Places a product, quotient or power is kept to. */
export const WORKING_SCALE = 30
/** Places of a value. */
export const VALUE_SCALE = 20
/** Digits before the point, at most, of any number in a formula. */
export const RANGE_DIGITS = 200
/** Digits before the point, at most, of a field or literal. */
export const NUMBER_DIGITS = 30
/** Places, at most, of a field or literal. */
export const LITERAL_SCALE = 20
/** Largest exponent, positive or negative. */
export const MAX_EXPONENT = 10_000

const RANGE = new Exact(`1e${RANGE_DIGITS}`)

/** Null when the number is too large to work with. */
export const inRange = (value: Exact): Exact | null => (value.abs().lessThan(RANGE) ? value : null)

export const times = (a: Exact, b: Exact): Exact => roundTo(a.times(b), WORKING_SCALE)

export const over = (a: Exact, b: Exact): Exact | null => (b.isZero() ? null : quotient(a, b, WORKING_SCALE))

/** Half-up on magnitude; a negative scale rounds tens, hundreds … before the point. */
export function roundTo(value: Exact, scale: number): Exact {
  if (scale >= 0) return value.toDecimalPlaces(scale)
  const unit = new Exact(`1e${-scale}`)
  return value.div(unit).toDecimalPlaces(0).times(unit)
}

/** base ** exponent by squaring, every product kept to 30 places. Null for a fractional or huge exponent, and for 0 ** -1. */
export function power(base: Exact, exponent: Exact): Exact | null {
  if (!exponent.isInteger() || exponent.abs().greaterThan(MAX_EXPONENT)) return null
  let [result, square] = [new Exact(1), base]
  for (let rest = exponent.abs().toNumber(); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = times(result, square)
    if (rest >= 2) square = times(square, square)
    if (!inRange(result) || !inRange(square)) return null
  }
  return exponent.isNegative() ? over(new Exact(1), result) : result
}

/**
 * What a field stores: the value rounded half-up to the field's scale and printed with exactly that many places.
 * Money is rounded here, once. Null stays null.
 */
export const assign = (value: Decimal | null, field: { scale: number }): Decimal | null =>
  value === null ? null : toDecimal(exact(value), field.scale)
