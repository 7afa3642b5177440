// Decimals of everyday size as whole numbers: fifteen digits fit a double exactly, and adding them costs a twentieth of what an
// arbitrary one costs. Every function says NaN where a number is too long or no decimal; the exact path then decides.

/** Characters, with sign and point; what they hold is below 2^53. */
const longest = 16
const powers = Array.from({ length: longest }, (_, n) => 10 ** n)
const ZERO = 48
const NINE = 57
const POINT = 46
const MINUS = 45

/** The digits of a plain decimal as one whole number: '-1.50' is −150, and its scale says where the point was. */
export function unitsOf(text: string): number {
  const { length } = text
  if (!(length > 0 && length <= longest)) return Number.NaN
  const negative = text.charCodeAt(0) === MINUS
  let units = 0
  let digits = 0
  let seen = false
  for (let at = negative ? 1 : 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) {
      units = units * 10 + code - ZERO
      digits++
    } else if (code === POINT && !seen && digits > 0) {
      seen = true
      digits = 0
    } else return Number.NaN
  }
  return digits === 0 || !Number.isSafeInteger(units) ? Number.NaN : negative ? -units : units
}

/** The same number in units of another scale: only a longer one is exact. */
export function rescaled(units: number, from: number, to: number): number {
  const found = to === from ? units : units * (powers[to - from] ?? Number.NaN)
  return Number.isSafeInteger(found) ? found : Number.NaN
}

/** Half-up on magnitude to fewer places. */
export function cut(units: number, from: number, to: number): number {
  const size = powers[from - to] ?? Number.NaN
  const magnitude = Math.abs(units)
  const rest = magnitude % size
  const whole = (magnitude - rest) / size + (rest * 2 >= size ? 1 : 0)
  return units < 0 ? -whole : whole
}

/** Digits and point again; never `-0`. */
export function textOf(units: number, scale: number): string {
  if (scale === 0) return units === 0 ? '0' : String(units)
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${units < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}
