// Decimals as text: what people type or paste becomes an exact decimal string, never a float.
import { type Decimal, isDecimal } from '@yingzao/kernel/entity'
import { chineseDay, timeUnits } from '../text/spoken.ts'

const fullWidth = /[\uff08\uff09\uff05\uff0b-\uff0e\uff10-\uff19]/g
const half = (text: string) => text.replace(fullWidth, letter => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))

/**
 * Reads a number as people write it: "1,234.50", full-width digits, "−5", "(1,000)" for negative, a currency sign, ".5".
 * Null when it is none. Trailing zeros of the fraction are kept as typed.
 */
export function readDecimal(typed: string): Decimal | null {
  let text = half(typed)
    .replace(/[\s,\u00a5\uffe5$]/g, '')
    .replace(/^[−–—]/, '-')
    .replace(/^\+/, '')
  const accounting = /^\((.+)\)$/.exec(text)
  if (accounting?.[1]) text = `-${accounting[1]}`
  const parts = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (!parts || !(parts[2] || parts[3])) return null
  const whole = (parts[2] ?? '').replace(/^0+(?=\d)/, '') || '0'
  const result = `${parts[1] ?? ''}${whole}${parts[3] ? `.${parts[3]}` : ''}`
  return isDecimal(result) ? result : null
}

/** Moves the decimal point, exactly: shift("0.0912", 2) = "9.12". */
export function shift(value: Decimal, places: number): Decimal {
  const negative = value.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.')
  const digits = whole + fraction
  const point = whole.length + places
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = point <= 0 ? 1 : point
  const text = `${padded.slice(0, at).replace(/^0+(?=\d)/, '')}.${padded.slice(at)}`.replace(/\.?0*$/, '')
  const signed = negative && /[1-9]/.test(text) ? `-${text}` : text
  return isDecimal(signed) ? signed : '0'
}

/** Compares without floats: <0, 0, >0. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0)
  const [x, y] = [BigInt(shift(a, scale)), BigInt(shift(b, scale))]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Exact sum. */
export function addDecimals(values: readonly Decimal[]): Decimal {
  const scale = Math.max(0, ...values.map(value => value.split('.')[1]?.length ?? 0))
  const sum = values.reduce((total, value) => total + BigInt(shift(value, scale)), 0n)
  const text = sum.toString()
  return isDecimal(text) ? shift(text, -scale) : '0'
}

/** Digits after the point. */
export const scaleOf = (value: Decimal): number => value.split('.')[1]?.length ?? 0

/** "2d 4h" (or the same in Chinese) or a bare number of days → minutes (a day is 8 hours). Null when it is none. */
export function readDuration(typed: string): number | null {
  const text = half(typed).trim().toLowerCase()
  if (text === '') return null
  const sign = /^[-−]/.test(text) ? -1 : 1
  const body = text.replace(/^[-−+]/, '')
  if (/^\d+(\.\d+)?$/.test(body)) return sign * Math.round(Number(body) * 480)
  const part = /(\d+(?:\.\d+)?)\s*([a-z\u4e00-\u9fff]+)\s*/gy
  let minutes = 0
  let at = 0
  for (const match of body.matchAll(part)) {
    const unit = timeUnits[match[2] ?? '']
    if (unit === undefined) return null
    minutes += Number(match[1]) * unit
    at = match.index + match[0].length
  }
  return at === body.length && at > 0 ? sign * Math.round(minutes) : null
}

const dayPatterns = [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, chineseDay, /^(\d{4})(\d{2})(\d{2})$/]
/** "2026-3-5", "2026/3/5", "20260305" or the Chinese form → "2026-03-05"; null when it is none. */
export function readDay(typed: string): string | null {
  const text = half(typed).trim()
  for (const pattern of dayPatterns) {
    const match = pattern.exec(text)
    if (match) return `${match[1]}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}`
  }
  return null
}
