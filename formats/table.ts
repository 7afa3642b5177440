// One door for tables: recognises a workbook or a CSV file by its bytes and reads its rows.

import type { Row } from './cell.ts'
import { type CsvReadOptions, readCsv } from './csv/read.ts'
import { Refused } from './limit.ts'
import { readSheet, type SheetReadOptions } from './xlsx/read.ts'

export type { Cell, CellValue, Column, Row } from './cell.ts'
export { cellText } from './cell.ts'
export { type FormatError, Refused } from './limit.ts'
export { type Message, refusalMessage } from './message.ts'

export type TableOptions = SheetReadOptions & CsvReadOptions

/** `xlsx` also for old and encrypted workbooks, whose reading then says what is wrong. */
export function detectTable(bytes: Uint8Array): 'xlsx' | 'csv' | undefined {
  const [a, b, c, d] = bytes
  if ((a === 0x50 && b === 0x4b) || (a === 0xd0 && b === 0xcf)) return 'xlsx'
  if (a === 0x25 && b === 0x50 && c === 0x44 && d === 0x46) return undefined
  // UTF-16 has zero bytes and a mark; anything else with zero bytes is no text.
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  return marked || !bytes.subarray(0, 4096).includes(0) ? 'csv' : undefined
}

/** Rows of a workbook's sheet or of a CSV file. Throws `Refused`. */
export function readTable(bytes: Uint8Array, options: TableOptions = {}): AsyncGenerator<Row> {
  const kind = detectTable(bytes)
  if (kind === undefined) throw new Refused('table.unknown')
  return kind === 'xlsx' ? readSheet(bytes, options) : readCsv(bytes, options)
}
