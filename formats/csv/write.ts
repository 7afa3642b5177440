// Writes CSV: every text quoted and guarded against evaluation, numbers plain, UTF-8 with mark or GB18030.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import iconv from 'iconv-lite'
import type { CellValue, Column } from '../cell.ts'
import { Refused } from '../limit.ts'
import { guardText } from './guard.ts'

export interface CsvWriteOptions {
  /** UTF-8 with byte-order mark by default: Excel takes unmarked files for the local code page. */
  encoding?: 'utf-8' | 'gb18030'
  mark?: boolean
  signal?: AbortSignal
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** A plain decimal, which no spreadsheet evaluates as a formula. */
const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

function field(value: CellValue, column: Column): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : quoted(String(value))
  if (column.kind === 'number' && isNumber(value)) return value
  if (column.kind === 'instant') return quoted(guardText(value.replace('T', ' ')))
  return quoted(guardText(value))
}

/** Writes a header line and the rows to `stream`, which is ended when all is written. */
export async function writeCsv(
  stream: Writable,
  columns: readonly Column[],
  rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>,
  options: CsvWriteOptions = {},
): Promise<{ rows: number }> {
  const { encoding = 'utf-8', mark = encoding === 'utf-8', signal } = options
  let pending = mark && encoding === 'utf-8' ? '\ufeff' : ''
  const flush = async (): Promise<void> => {
    const bytes = encoding === 'utf-8' ? Buffer.from(pending, 'utf8') : iconv.encode(pending, encoding)
    pending = ''
    if (!stream.write(bytes)) await once(stream, 'drain')
  }
  pending += `${columns.map(c => quoted(guardText(c.header))).join(',')}\r\n`
  let count = 0
  for await (const values of rows) {
    if (signal?.aborted) throw new Refused('format.cancelled')
    pending += `${columns.map((column, i) => field(values[i], column)).join(',')}\r\n`
    count++
    if (pending.length > 65536) await flush()
  }
  await flush()
  await new Promise<void>(resolve => stream.end(resolve))
  return { rows: count }
}
