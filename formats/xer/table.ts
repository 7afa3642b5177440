// The XER container: a header line, then tables of tab-separated rows (%T name, %F columns, %R row, %E end).
import { pushTo } from '../group.ts'
import { type ReadLimits, Refused } from '../limit.ts'

export interface XerTable {
  name: string
  columns: readonly string[]
  /** Rows as they stand in the file, without `%R`: cut into fields when asked for, so that a large file stays small. */
  rows: string[]
  /** Positions of rows by the value of a column, made when first asked for. */
  index: Map<string, Map<string, number[]>>
}

export type XerRow = ReadonlyMap<string, string>

export interface XerFile {
  /** Version of Primavera that wrote it (`20.12`), date, user, currency. */
  header: readonly string[]
  tables: ReadonlyMap<string, XerTable>
}

const maxColumns = 500

/** P6 writes line breaks inside a field as DEL DEL. */
const lineBreak = /\x7f\x7f|\x7f/g

/** Splits the text of an XER file; throws `Refused` when it is none or exceeds a limit. */
export function* parseXer(text: string, limits: ReadLimits): Generator<void, XerFile, void> {
  const tables = new Map<string, XerTable>()
  let header: readonly string[] | undefined
  let table: XerTable | undefined
  let isRow = false
  let records = 0
  for (let at = 0; at < text.length; ) {
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const last = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end
    const line = text.slice(at, last)
    at = end + 1
    if (line.length > limits.fieldLength) throw new Refused('format.field_too_long', { limit: limits.fieldLength })
    if (header === undefined) {
      const first = line.replace(/^\ufeff/, '')
      if (first.trim() === '') continue
      if (!first.startsWith('ERMHDR')) throw new Refused('xer.no_header')
      header = first.split('\t').map(t => t.trim())
      continue
    }
    const mark = line.slice(0, 2)
    if (mark === '%R') {
      if (!table) throw new Refused('xer.row_without_table')
      if (++records > limits.records) throw new Refused('format.too_many', { what: 'records', limit: limits.records })
      if (table.name === 'TASK' && table.rows.length >= limits.tasks)
        throw new Refused('format.too_many', { what: 'tasks', limit: limits.tasks })
      table.rows.push(line.slice(3))
      isRow = true
      if (records % 20_000 === 0) yield
    } else if (mark === '%F') {
      if (!table) throw new Refused('xer.row_without_table')
      table.columns = line
        .slice(3)
        .split('\t', maxColumns)
        .map(t => t.trim())
    } else if (mark === '%T') {
      const name = line.slice(3).trim()
      table = tables.get(name) ?? { name, columns: [], rows: [], index: new Map() }
      tables.set(name, table)
      isRow = false
    } else if (mark === '%E') return { header, tables }
    // A raw line break inside a field: the rest of the record goes on here.
    else if (isRow && table && line !== '') table.rows.push(`${table.rows.pop()}\n${line}`)
  }
  throw new Refused(header === undefined ? 'xer.no_header' : 'xer.truncated')
}

/** Rows as maps from column to text; empty fields are left out. */
export function* rowsOf(file: XerFile, name: string): Generator<XerRow> {
  const table = file.tables.get(name)
  if (table) for (const line of table.rows) yield rowOf(table, line)
}

/** Rows whose column has that value, in file order. */
export function* rowsWith(file: XerFile, name: string, column: string, value: string): Generator<XerRow> {
  const table = file.tables.get(name)
  if (!table) return
  let index = table.index.get(column)
  if (!index) {
    index = new Map()
    table.index.set(column, index)
    const at = table.columns.indexOf(column)
    for (const [position, line] of table.rows.entries())
      pushTo(index, at < 0 ? '' : (line.split('\t', at + 1)[at] ?? ''), position)
  }
  for (const position of index.get(value) ?? []) {
    const line = table.rows[position]
    if (line !== undefined) yield rowOf(table, line)
  }
}

function rowOf(table: XerTable, line: string): XerRow {
  const fields = new Map<string, string>()
  for (const [i, value] of line.split('\t', table.columns.length).entries())
    if (value !== '')
      fields.set(table.columns[i] ?? '', value.includes('\x7f') ? value.replace(lineBreak, '\n') : value)
  return fields
}

/** Text of an XER file from its tables, with CR LF as P6 writes it. */
export function formatXer(
  header: readonly string[],
  tables: readonly { name: string; columns: readonly string[]; rows: readonly (readonly (string | undefined)[])[] }[],
): string {
  const out: string[] = [header.join('\t')]
  for (const table of tables) {
    if (table.rows.length === 0) continue
    out.push(`%T\t${table.name}`, `%F\t${table.columns.join('\t')}`)
    for (const row of table.rows) out.push(`%R\t${row.map(v => fieldText(v ?? '')).join('\t')}`)
  }
  out.push('%E', '')
  return out.join('\r\n')
}

/** A value as one field of a row: no tabs, line breaks as P6 writes them. */
export const fieldText = (value: string): string =>
  /[\t\r\n]/.test(value) ? value.replaceAll('\t', ' ').replace(/\r\n|\r|\n/g, '\x7f\x7f') : value
