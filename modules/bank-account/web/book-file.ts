// The cash book as a CSV file: what is text is guarded against evaluation, amounts stay numbers.
import { guardText } from '@yingzao/formats/csv/guard'
import type { BookRow } from '../cash-shape.ts'

const quoted = (text: string) => `"${guardText(text).replaceAll('"', '""')}"`

export function bookFile(
  headers: readonly string[],
  rows: readonly BookRow[],
  word: (purpose: string) => string,
): Blob {
  const lines = rows.map(row =>
    [
      ...[row.on, row.account_name, word(row.purpose), row.counterparty ?? ''].map(quoted),
      ...[row.received, row.paid, row.balance],
      quoted(row.number ?? ''),
    ].join(','),
  )
  // Marked: Excel takes unmarked files for the local code page.
  return new Blob([`\ufeff${[headers.map(quoted).join(','), ...lines].join('\r\n')}\r\n`], { type: 'text/csv' })
}
