// Reads a sheet of an .xlsx workbook row by row: shared strings and styles in memory, the sheet itself streamed.
import { type Cell, emptyCell, type Row } from '../cell.ts'
import { defaultLimits, type ReadLimits, type ReadOptions, Refused } from '../limit.ts'
import { parseXml } from '../xml/events.ts'
import { openPackage } from './package.ts'
import { isoOfSerial } from './serial.ts'
import { readWorkbook, unescapeText, type Workbook } from './workbook.ts'

export interface SheetReadOptions extends ReadOptions {
  /** Name, or position from 0; the first visible sheet when absent. */
  sheet?: string | number
  /** Cells further right are refused; a spreadsheet has at most 16,384. */
  columns?: number
}

const maxColumns = 16_384

/** Names of the sheets that hold cells, in order; hidden ones are marked. Throws `Refused`. */
export async function listSheets(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<{ name: string; hidden: boolean }[]> {
  const limits: ReadLimits = { ...defaultLimits, ...options.limits }
  const pack = await openPackage(bytes, limits, options.signal)
  try {
    const { sheets } = await readWorkbook(pack, limits)
    return sheets.map(({ name, hidden }) => ({ name, hidden }))
  } finally {
    pack.close()
  }
}

/**
 * Rows of one sheet, in file order; blank rows are skipped. Formulas give their stored result.
 *
 * Throws `Refused`: `xlsx.*` (no workbook, encrypted, old format, no such sheet, damaged), `xml.*`, `format.*` (a limit).
 */
export async function* readSheet(bytes: Uint8Array, options: SheetReadOptions = {}): AsyncGenerator<Row> {
  const limits: ReadLimits = { ...defaultLimits, ...options.limits }
  const pack = await openPackage(bytes, limits, options.signal)
  try {
    const workbook = await readWorkbook(pack, limits)
    const { sheet: wanted } = options
    const sheet =
      wanted === undefined
        ? (workbook.sheets.find(s => !s.hidden) ?? workbook.sheets[0])
        : typeof wanted === 'number'
          ? workbook.sheets[wanted]
          : workbook.sheets.find(s => s.name === wanted)
    const part = sheet && pack.part(sheet.part)
    if (!part) throw new Refused('xlsx.no_such_sheet', { sheet: wanted ?? '' })
    const rows: Row[] = []
    const parsing = parseXml(
      part,
      sheetEvents(workbook, rows, Math.min(options.columns ?? maxColumns, maxColumns), limits),
      limits,
    )
    for await (const _ of parsing) {
      for (const row of rows) yield row
      rows.length = 0
    }
  } finally {
    pack.close()
  }
}

function sheetEvents(workbook: Workbook, rows: Row[], columns: number, limits: ReadLimits) {
  let cells: Cell[] = []
  let rowNumber = 0
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let inline = ''
  let hasInline = false
  let phonetic = 0
  let taking: 'value' | 'inline' | undefined
  let count = 0

  return {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      switch (name) {
        case 'row': {
          const given = Number(attributes.r)
          rowNumber = Number.isInteger(given) && given > 0 ? given : rowNumber + 1
          cells = []
          column = -1
          break
        }
        case 'c':
          column = attributes.r === undefined ? column + 1 : (columnOf(attributes.r) ?? column + 1)
          if (column >= columns) throw new Refused('format.too_many', { what: 'columns', limit: columns })
          type = attributes.t ?? 'n'
          style = Number(attributes.s ?? 0)
          value = ''
          inline = ''
          hasInline = false
          break
        case 'v':
          taking = 'value'
          break
        case 'is':
          hasInline = true
          break
        case 'rPh':
          phonetic++
          break
        case 't':
          if (hasInline && phonetic === 0) taking = 'inline'
          break
      }
    },
    text(text: string): void {
      if (taking === 'value') value += text
      else if (taking === 'inline') inline += text
    },
    close(name: string): void {
      switch (name) {
        case 'v':
        case 't':
          taking = undefined
          break
        case 'rPh':
          phonetic--
          break
        case 'c': {
          const cell = hasInline && value === '' ? textCell(unescapeText(inline)) : cellOf(type, value, style, workbook)
          if (cell.kind === 'empty') break
          while (cells.length < column) cells.push(emptyCell)
          cells[column] = cell
          break
        }
        case 'row':
          if (cells.length === 0) break
          count += cells.length
          if (count > limits.records * 10)
            throw new Refused('format.too_many', { what: 'cells', limit: limits.records * 10 })
          rows.push({ number: rowNumber, cells })
          break
      }
    },
  }
}

const textCell = (text: string): Cell => (text === '' ? emptyCell : { kind: 'text', text })

function cellOf(type: string, value: string, style: number, workbook: Workbook): Cell {
  switch (type) {
    case 's':
      return textCell(workbook.strings[Number(value)] ?? '')
    case 'str':
    case 'inlineStr':
      return textCell(unescapeText(value))
    case 'b':
      return value === '' ? emptyCell : { kind: 'flag', flag: value === '1' || value === 'true' }
    case 'e':
      return { kind: 'error', error: value }
    case 'd':
      return isoCell(value)
    default:
      return value === '' ? emptyCell : numberCell(value, style, workbook)
  }
}

function numberCell(value: string, style: number, workbook: Workbook): Cell {
  const number = Number(value)
  if (!Number.isFinite(number)) return textCell(value)
  const parts = workbook.dateStyles[style]
  const iso = parts && isoOfSerial(number, parts, workbook.date1904)
  return iso === undefined ? { kind: 'number', number, text: plainNumber(number) } : { kind: 'date', iso }
}

/** ISO 8601 dates of strict workbooks; midnight means the day. */
function isoCell(value: string): Cell {
  const match = /^(\d{4}-\d\d-\d\d)?(?:T?(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/.exec(value.trim())
  const [, day, time] = match ?? []
  if (day === undefined && time === undefined) return textCell(value)
  const full = time !== undefined && time.length === 5 ? `${time}:00` : time
  if (day === undefined) return { kind: 'date', iso: full ?? '' }
  return { kind: 'date', iso: full === undefined || full === '00:00:00' ? day : `${day}T${full}` }
}

/** Digits without exponent where that is short enough to read: 1e21 and 1e-7 stay as they are. */
function plainNumber(n: number): string {
  const text = String(n)
  const match = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text)
  if (!match) return text
  const [, sign = '', first = '', rest = '', exponent = '0'] = match
  return Number(exponent) > 20 ? text : `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`
}

/** `AB12` → 27; undefined when it is no reference. */
function columnOf(reference: string): number | undefined {
  let column = 0
  let i = 0
  for (; i < reference.length && i < 4; i++) {
    const code = reference.charCodeAt(i) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return i === 0 ? undefined : column - 1
}
