// Decimals: exact arithmetic on decimal strings, the one door over decimal.js. No float is ever made of an amount.
import { Decimal as DecimalJs } from 'decimal.js'

/**
 * A plain decimal number as text: `'91743.12'`, `'-0.05'`. No exponent, no thousands separator, no leading `+`.
 * This is how amounts, quantities, prices and rates travel in records, JSON and the API.
 */
export type Decimal = `${number}`

/**
 * The arithmetic behind every decimal of the system: 600 significant digits, so that sums and products of amounts are
 * exact, and half-up on magnitude (四舍五入, −0.005 → −0.01), the rule of `round(numeric)` in PostgreSQL.
 * Its own constructor: a library that changes decimal.js globally cannot change our money.
 */
export const Exact = DecimalJs.clone({
  precision: 600,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -1e6,
  toExpPos: 1e6,
})
export type Exact = DecimalJs

const PLAIN = /^-?\d{1,300}(\.\d{1,100})?$/

/** Is this text a plain decimal (the shape of `Decimal`)? */
export const isDecimal = (text: string): text is Decimal => text.length < 410 && PLAIN.test(text)

/** The number behind a decimal string. Throws a RangeError on anything else ('1e5', '0x1F', '', '1,000'). */
export function exact(value: Decimal): Exact {
  if (!isDecimal(value)) throw new RangeError(`not a decimal: ${JSON.stringify(String(value).slice(0, 40))}`)
  return new Exact(value)
}

/** The text of a number: all its digits, or exactly `scale` places (rounded half-up). Never `-0`. */
export function toDecimal(value: Exact, scale?: number): Decimal {
  const rounded = scale === undefined ? value : value.toDecimalPlaces(scale)
  // abs() of zero: decimal.js would print the sign of −0.
  const text = (rounded.isZero() ? rounded.abs() : rounded).toFixed(scale)
  if (!isDecimal(text)) throw new RangeError(`out of range: ${text.slice(0, 40)}`)
  return text
}

/**
 * What a person typed or a spreadsheet cell held, as a decimal: spaces around, thousands commas (in threes), a typographic
 * minus and full-width digits are accepted. `undefined` when it is no number.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > 400) return undefined
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/^\+/, '')
  const ungrouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
  return isDecimal(ungrouped) ? toDecimal(new Exact(ungrouped), scaleOf(ungrouped)) : undefined
}

/** Places after the point as written: `scaleOf('1.50')` is 2. */
export function scaleOf(value: Decimal): number {
  const point = value.indexOf('.')
  return point < 0 ? 0 : value.length - point - 1
}

/** Half-up on magnitude to `scale` places, printed with exactly that many: `round('-0.005', 2)` is `'-0.01'`. */
export const round = (value: Decimal, scale: number): Decimal => toDecimal(exact(value), scale)

/** An amount in fen (domain rule 0.1): half-up on magnitude to two places. */
export const r2 = (value: Decimal): Decimal => round(value, 2)

/** Exact sum; keeps the longest scale of its parts, so fen stay fen. The sum of nothing is `'0'`. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = new Exact(0)
  let scale = 0
  for (const value of values) {
    total = total.plus(exact(value))
    scale = Math.max(scale, scaleOf(value))
  }
  return toDecimal(total, scale)
}

export const add = (a: Decimal, b: Decimal): Decimal => sum([a, b])
export const subtract = (a: Decimal, b: Decimal): Decimal => sum([a, negate(b)])
export const negate = (a: Decimal): Decimal => toDecimal(exact(a).neg(), scaleOf(a))
export const absolute = (a: Decimal): Decimal => toDecimal(exact(a).abs(), scaleOf(a))

/** Exact product, without trailing zeros; round it once, where it becomes an amount. */
export const multiply = (a: Decimal, b: Decimal): Decimal => toDecimal(exact(a).times(exact(b)))

/** a ÷ b, half-up to `scale` places. `undefined` when b is zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal | undefined {
  const divisor = exact(b)
  return divisor.isZero() ? undefined : toDecimal(quotient(exact(a), divisor, scale))
}

/**
 * a ÷ b rounded half-up to `scale` places, never twice: the digits are cut one place further and the last one decides.
 * b must not be zero.
 */
export function quotient(a: Exact, b: Exact, scale: number): Exact {
  const shift = new Exact(`1e${scale + 1}`)
  return a.times(shift).divToInt(b).div(shift).toDecimalPlaces(scale)
}

/** −1, 0 or 1 as a is below, equal to or above b; `'1.50'` equals `'1.5'`. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const order = exact(a).comparedTo(exact(b))
  return order < 0 ? -1 : order > 0 ? 1 : 0
}

export const isZero = (value: Decimal): boolean => exact(value).isZero()
