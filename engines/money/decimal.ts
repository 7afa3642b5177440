// Decimals: exact arithmetic on decimal strings, the one door over decimal.js. No float is ever made of an amount.
import { Decimal as DecimalJs } from 'decimal.js'
import { cut, rescaled, textOf, unitsOf } from './small.ts'

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
export function round(value: Decimal, scale: number): Decimal {
  const units = unitsOf(value)
  const from = scaleOf(value)
  const kept = from > scale ? cut(units, from, scale) : rescaled(units, from, scale)
  return (scale < 0 ? undefined : written(kept, scale)) ?? toDecimal(exact(value), scale)
}

/** An amount in fen (domain rule 0.1): half-up on magnitude to two places. */
export const r2 = (value: Decimal): Decimal => round(value, 2)

/** Of whole numbers of their last place; nothing where they are not exact. */
function written(units: number, scale: number): Decimal | undefined {
  if (!Number.isSafeInteger(units)) return undefined
  const text = textOf(units, scale)
  return isDecimal(text) ? text : undefined
}

/** Exact sum; keeps the longest scale of its parts, so fen stay fen. The sum of nothing is `'0'`. */
export function sum(values: Iterable<Decimal>): Decimal {
  let units = 0
  let scale = 0
  let large: Exact | undefined
  for (const value of values) {
    const own = scaleOf(value)
    const wide = Math.max(scale, own)
    if (large === undefined) {
      const next = rescaled(units, scale, wide) + rescaled(unitsOf(value), own, wide)
      if (Number.isSafeInteger(next)) units = next
      else large = new Exact(units).times(`1e-${scale}`)
    }
    if (large !== undefined) large = large.plus(exact(value))
    scale = wide
  }
  return (large === undefined ? written(units, scale) : undefined) ?? toDecimal(large ?? new Exact(units), scale)
}

export const add = (a: Decimal, b: Decimal): Decimal => together(a, b, 1)
export const subtract = (a: Decimal, b: Decimal): Decimal => together(a, b, -1)
function together(a: Decimal, b: Decimal, sign: 1 | -1): Decimal {
  const [own, other] = [scaleOf(a), scaleOf(b)]
  const scale = Math.max(own, other)
  const units = rescaled(unitsOf(a), own, scale) + sign * rescaled(unitsOf(b), other, scale)
  return written(units, scale) ?? toDecimal(exact(a).plus(exact(b).times(sign)), scale)
}
export function negate(a: Decimal): Decimal {
  const scale = scaleOf(a)
  return written(-unitsOf(a), scale) ?? toDecimal(exact(a).neg(), scale)
}
export const absolute = (a: Decimal): Decimal => (compare(a, '0') < 0 ? negate(a) : round(a, scaleOf(a)))

/** Exact product, without trailing zeros; round it once, where it becomes an amount. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  const product = unitsOf(a) * unitsOf(b)
  if (!Number.isSafeInteger(product)) return toDecimal(exact(a).times(exact(b)))
  let [units, scale] = [product, scaleOf(a) + scaleOf(b)]
  for (; scale > 0 && units % 10 === 0; scale--) units /= 10
  return written(units, scale) ?? toDecimal(new Exact(units))
}

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
  const [own, other] = [scaleOf(a), scaleOf(b)]
  const scale = Math.max(own, other)
  const difference = rescaled(unitsOf(a), own, scale) - rescaled(unitsOf(b), other, scale)
  const order = Number.isNaN(difference) ? exact(a).comparedTo(exact(b)) : difference
  return order < 0 ? -1 : order > 0 ? 1 : 0
}

export function isZero(value: Decimal): boolean {
  const units = unitsOf(value)
  return Number.isNaN(units) ? exact(value).isZero() : units === 0
}
