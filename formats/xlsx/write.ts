// Writes one sheet as .xlsx, streaming; texts are typed as text, so that no spreadsheet ever evaluates them.
import type { Writable } from 'node:stream'
import { parseMinute } from '@yingzao/engines/schedule/civil'
import ExcelJS from 'exceljs'
import type { CellValue, Column } from '../cell.ts'
import { Refused } from '../limit.ts'
import { illegal } from '../xml/character.ts'

export interface SheetWriteOptions {
  sheet?: string
  signal?: AbortSignal
  author?: string
}

/** Excel holds no more in one cell. */
const maxText = 32_767
/** Rows of a template that offer the choices of their column. */
const choiceRows = 10_000

const unsafe = new RegExp(`\\r|\\x7f|${illegal}|_(?=x[0-9A-Fa-f]{4}_)`, 'g')

/** Characters that XML cannot hold, written the way spreadsheets read them back. */
const escapeText = (text: string): string =>
  text.replace(unsafe, c => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

/** Sheet names: 31 characters, none of `[]:*?/\`, no apostrophe at either end. */
export const sheetName = (wanted: string): string =>
  wanted
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31) || 'Sheet1'

/**
 * Writes a header row and the given rows to `stream`, which is ended when all is written.
 *
 * @returns number of rows written, and how many texts were cut to the 32,767 characters that a cell can hold
 */
export async function writeSheet(
  stream: Writable,
  columns: readonly Column[],
  rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>,
  options: SheetWriteOptions = {},
): Promise<{ rows: number; cut: number }> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  workbook.creator = options.author ?? 'Yingzao'
  const sheet = workbook.addWorksheet(sheetName(options.sheet ?? 'Sheet1'), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  sheet.columns = columns.map(column => ({ width: column.width ?? 16, style: { numFmt: numberFormat(column) } }))
  writeHeader(sheet, columns)
  let count = 0
  let cut = 0
  for await (const values of rows) {
    if (options.signal?.aborted) throw new Refused('format.cancelled')
    const row = sheet.addRow([])
    columns.forEach((column, i) => {
      const value = values[i]
      if (value === undefined || value === null || value === '') return
      if (typeof value === 'string' && value.length > maxText) cut++
      row.getCell(i + 1).value = excelValue(value, column)
    })
    row.commit()
    // The writer buffers: give the stream a chance to drain, and others a turn.
    if (++count % 500 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  sheet.commit()
  await workbook.commit()
  return { rows: count, cut }
}

function writeHeader(sheet: ExcelJS.Worksheet, columns: readonly Column[]): void {
  const header = sheet.addRow(columns.map(() => ''))
  columns.forEach((column, i) => {
    const cell = header.getCell(i + 1)
    cell.value = richText(column.header)
    cell.numFmt = '@'
    cell.font = { bold: true, ...(column.required && { color: { argb: 'FFC00000' } }) }
    if (column.note) cell.note = column.note
    const list = column.choices?.map(c => c.replaceAll('"', '""')).join(',')
    // A list written into the cell is limited to 255 characters; choices with commas cannot be told apart.
    if (!list || list.length > 255 || column.choices?.some(c => c.includes(','))) return
    const letter = header.getCell(i + 1).address.replace(/\d+$/, '')
    dataValidations(sheet)?.add(`${letter}2:${letter}${choiceRows}`, {
      type: 'list',
      allowBlank: true,
      formulae: [`"${list}"`],
    })
  })
  header.commit()
}

interface Validations {
  add(range: string, validation: ExcelJS.DataValidation): void
}

/** exceljs has range validations on its sheets but not in its types. */
function dataValidations(sheet: ExcelJS.Worksheet): Validations | undefined {
  const found: unknown = Reflect.get(sheet, 'dataValidations')
  return isValidations(found) ? found : undefined
}

const isValidations = (value: unknown): value is Validations =>
  typeof value === 'object' && value !== null && 'add' in value && typeof value.add === 'function'

function numberFormat(column: Column): string {
  switch (column.kind) {
    case 'date':
      return 'yyyy-mm-dd'
    case 'instant':
      return 'yyyy-mm-dd hh:mm:ss'
    case 'number':
      return column.decimals === undefined
        ? 'General'
        : `#,##0${column.decimals > 0 ? `.${'0'.repeat(column.decimals)}` : ''}`
    case 'text':
      return '@'
    default:
      return 'General'
  }
}

export const richText = (text: string): ExcelJS.CellRichTextValue => ({
  richText: [{ text: escapeText(text.slice(0, maxText)) }],
})

export function excelValue(value: string | number | boolean, column: Column): ExcelJS.CellValue {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : richText(String(value))
  if (column.kind === 'number' && isExact(value)) return Number(value)
  if (column.kind === 'date' || column.kind === 'instant') {
    const seconds = /:\d\d:(\d\d)$/.exec(value)?.[1]
    const at = parseMinute(seconds === undefined ? value : value.slice(0, -3))
    // Before March 1900 the serial numbers of Excel count a day that never was.
    if (at !== undefined && at >= -25508 * 1440) return new Date(at * 60_000 + Number(seconds ?? 0) * 1000)
  }
  return richText(value)
}

/** A decimal that a spreadsheet's binary number gives back unchanged: at most 15 significant digits. */
const isExact = (text: string): boolean =>
  /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15
