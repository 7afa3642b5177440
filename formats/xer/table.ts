// The XER container: a header line, then tables of tab-separated rows (%T name, %F columns, %R row, %E end).
import { type ReadLimits, Refused } from '../limit.ts'

export interface XerTable {
  name: string
  columns: readonly string[]
  rows: string[][]
}

export interface XerFile {
  /** Version of Primavera that wrote it (`20.12`), date, user, currency. */
  header: readonly string[]
  tables: ReadonlyMap<string, XerTable>
}

/** P6 writes line breaks inside a field as DEL DEL. */
const lineBreak = /\x7f\x7f|\x7f/g

/** Splits the text of an XER file; throws `Refused` when it is none or exceeds a limit. */
export function parseXer(text: string, limits: ReadLimits): XerFile {
  const tables = new Map<string, XerTable>()
  let header: readonly string[] | undefined
  let table: XerTable | undefined
  let row: string[] | undefined
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
      row = line.slice(3).split('\t')
      for (let i = 0; i < row.length; i++) {
        const value = row[i]
        if (value?.includes('\x7f')) row[i] = value.replace(lineBreak, '\n')
      }
      table.rows.push(row)
    } else if (mark === '%F') {
      if (!table) throw new Refused('xer.row_without_table')
      table.columns = line
        .slice(3)
        .split('\t')
        .map(t => t.trim())
    } else if (mark === '%T') {
      const name = line.slice(3).trim()
      table = tables.get(name) ?? { name, columns: [], rows: [] }
      tables.set(name, table)
      row = undefined
    } else if (mark === '%E') break
    else if (row && line !== '') {
      // A raw line break inside a field: the rest of the record goes on here.
      const [first = '', ...others] = line.split('\t')
      row[row.length - 1] = `${row[row.length - 1] ?? ''}\n${first}`
      row.push(...others)
    }
  }
  if (header === undefined) throw new Refused('xer.no_header')
  return { header, tables }
}

/** Rows as maps from column to text; empty fields are left out. */
export function* rowsOf(file: XerFile, name: string): Generator<ReadonlyMap<string, string>> {
  const table = file.tables.get(name)
  if (!table) return
  for (const row of table.rows) {
    const fields = new Map<string, string>()
    for (let i = 0; i < table.columns.length; i++) {
      const value = row[i]
      if (value !== undefined && value !== '') fields.set(table.columns[i] ?? '', value)
    }
    yield fields
  }
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

const fieldText = (value: string): string =>
  /[\t\r\n]/.test(value) ? value.replaceAll('\t', ' ').replace(/\r\n|\r|\n/g, '\x7f\x7f') : value
