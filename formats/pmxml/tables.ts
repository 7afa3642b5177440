// Gathers rows into the tables of P6's database, as the XER reader takes them.
import type { Texts } from '../field.ts'
import { Refused } from '../limit.ts'
import { fieldText, type XerFile, type XerTable } from '../xer/table.ts'

/** No version of P6 has as many columns in a table; a hostile file may name any number of elements. */
const maxColumns = 500

export interface TableGatherer {
  add(table: string, row: Texts): void
  file(header: readonly string[]): XerFile
}

export function gatherTables(): TableGatherer {
  const tables = new Map<string, { columns: Map<string, number>; rows: string[] }>()
  return {
    add(name, row) {
      let table = tables.get(name)
      if (!table) {
        table = { columns: new Map(), rows: [] }
        tables.set(name, table)
      }
      const values: string[] = []
      for (const [column, value] of Object.entries(row)) {
        if (value === undefined || value === '') continue
        let at = table.columns.get(column)
        if (at === undefined) {
          at = table.columns.size
          if (at >= maxColumns) throw new Refused('format.too_many', { what: 'columns', limit: maxColumns })
          table.columns.set(column, at)
        }
        values[at] = fieldText(value)
      }
      table.rows.push(values.join('\t'))
    },
    file(header) {
      const read = [...tables].map(([name, { columns, rows }]): [string, XerTable] => [
        name,
        { name, columns: [...columns.keys()], rows, index: new Map() },
      ])
      return { header, tables: new Map(read) }
    },
  }
}
