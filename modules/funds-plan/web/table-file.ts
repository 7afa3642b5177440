// A table of a page as a CSV file: text is guarded against evaluation, amounts stay numbers.
import { isDecimal } from '@yingzao/engines/money'
import { guardText } from '@yingzao/formats/csv/guard'

const cell = (value: string) => (isDecimal(value) ? value : `"${guardText(value).replaceAll('"', '""')}"`)

/** Marked: Excel takes unmarked files for the local code page. */
export const tableFile = (rows: readonly (readonly string[])[]): Blob =>
  new Blob([`\ufeff${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`], { type: 'text/csv' })
