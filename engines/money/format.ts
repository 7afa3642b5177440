// How numbers are shown (domain brief §14): thousands, 万元, percent, quantities, in Chinese and English.
import { type Decimal, Exact, exact, quotient, toDecimal } from './decimal.ts'

export type Locale = 'zh' | 'en'

/** Shown for a value that is not there; never for zero. */
export const EMPTY = '—'

/** 12345678.9 → `12,345,678.90`; negative with a true minus (U+2212). The screen paints negatives red. */
export function formatAmount(value: Decimal | null | undefined, scale = 2): string {
  return value === null || value === undefined ? EMPTY : grouped(exact(value), scale)
}

/** With its currency: zh `¥12,345,678.90`, en `CNY 12,345,678.90`. */
export function formatMoney(value: Decimal | null | undefined, locale: Locale): string {
  if (value === null || value === undefined) return EMPTY
  const amount = grouped(exact(value).abs(), 2)
  const sign = exact(value).toDecimalPlaces(2).lessThan(0) ? '\u2212' : ''
  return locale === 'zh' ? `${sign}¥${amount}` : `${sign}CNY ${amount}`
}

/**
 * The short form of a large amount: zh in 万元 (`1,234.57万元`), en in millions (`12.35 million`).
 * For display only: rounded short forms are never added up.
 */
export function formatLarge(value: Decimal | null | undefined, locale: Locale): string {
  if (value === null || value === undefined) return EMPTY
  return locale === 'zh'
    ? `${grouped(quotient(exact(value), new Exact(10_000), 2), 2)}万元`
    : `${grouped(quotient(exact(value), new Exact(1_000_000), 2), 2)} million`
}

/** A ratio as percent with two places: `0.09` → `9.00%`. */
export const formatPercent = (ratio: Decimal | null | undefined): string =>
  ratio === null || ratio === undefined ? EMPTY : `${grouped(exact(ratio).times(100), 2)}%`

/** A quantity: thousands, at most four places, trailing zeros dropped: `1234.5000` → `1,234.5`. */
export function formatQuantity(value: Decimal | null | undefined): string {
  if (value === null || value === undefined) return EMPTY
  const rounded = exact(value).toDecimalPlaces(4)
  return grouped(rounded, rounded.decimalPlaces())
}

function grouped(value: Exact, scale: number): string {
  const text = toDecimal(value, scale)
  const [whole = '0', fraction] = text.replace('-', '').split('.')
  // Cut from the right in threes; a regex with look-ahead would be quadratic on long numbers.
  const groups: string[] = []
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end))
  return `${text.startsWith('-') ? '\u2212' : ''}${groups.join(',')}${fraction === undefined ? '' : `.${fraction}`}`
}
