// Values as invoices write them: amounts with signs and commas, rates as fractions or percent, dates in two ways.
import { type Decimal, divide, parseDecimal, r2, round } from '@yingzao/engines/money'
import { Refused } from '../limit.ts'
import type { EInvoice } from './invoice.ts'

/** Fen; what is no number is refused. */
export function amountOf(text: string | null, what: string): Decimal {
  const value = text === null ? undefined : parseDecimal(text.replace(/^[¥￥]\s*/, ''))
  if (value === undefined) throw new Refused('e_invoice.value', { what, text: (text ?? '').slice(0, 40) })
  return r2(value)
}

/** Null where it is empty or no number: quantities and prices are for information. */
export function numberOf(text: string | null, scale: number): Decimal | null {
  const value = text === null ? undefined : parseDecimal(text)
  return value === undefined ? null : round(value, scale)
}

/** 0.09, 9% or 9; 免税, 不征税, 零税率 and stars are zero. */
export function rateOf(text: string | null): Decimal {
  if (text === null || /^(免税|不征税|出口零税率|普通零税率|零税率|\*+)$/.test(text)) return '0'
  const percent = text.endsWith('%')
  const value = parseDecimal(text.replace(/%$/, ''))
  if (value === undefined || value.startsWith('-'))
    throw new Refused('e_invoice.value', { what: 'TaxRate', text: text.slice(0, 40) })
  const rate = percent || Number(value) >= 1 ? (divide(value, '100', 6) ?? '0') : value
  if (Number(rate) > 1) throw new Refused('e_invoice.value', { what: 'TaxRate', text: text.slice(0, 40) })
  return rate
}

/** 2026-11-05, 2026-11-05 10:11:12, 20261105 or 2026年11月05日. */
export function dayOf(text: string | null): EInvoice['issuedOn'] {
  const [, year, month, day] = /^(\d{4})[-年/.]?(\d{1,2})[-月/.]?(\d{1,2})/.exec(text ?? '') ?? []
  const found = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  if (
    !isDay(found) ||
    Number.isNaN(Date.parse(`${found}T00:00:00Z`)) ||
    new Date(`${found}T00:00:00Z`).toISOString().slice(0, 10) !== found
  )
    throw new Refused('e_invoice.value', { what: 'IssueDate', text: (text ?? '').slice(0, 40) })
  return found
}

const isDay = (text: string): text is EInvoice['issuedOn'] => /^\d{4}-\d{2}-\d{2}$/.test(text)
