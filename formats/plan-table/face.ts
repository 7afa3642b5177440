// Where in a sheet the plan stands: the row of headers, what each column is, and an example of what is in it.
import { cellText, type Row } from '../cell.ts'
import { type ColumnKey, guessColumns } from './column.ts'

export interface Column {
  readonly header: string
  /** Place in the rows' cells. */
  readonly at: number
  /** Null: kept as a field of its own with each task. */
  readonly key: ColumnKey | null
  /** The first value in it, as text. */
  readonly example: string
}

/** Headers may stand below a title and the name of the site. */
const searched = 20

/** The header row is the one among the first that names the most columns; null when none names the tasks. */
export function faceOf(
  rows: readonly Row[],
  said: Readonly<Record<string, ColumnKey | null>> = {},
): { readonly columns: readonly Column[]; readonly body: readonly Row[] } | null {
  let best: { at: number; keys: readonly (ColumnKey | null)[]; count: number } | null = null
  for (const [at, row] of rows.slice(0, searched).entries()) {
    const keys = guessColumns(row.cells.map(cellText), said)
    const count = keys.filter(key => key !== null).length
    if (keys.includes('name') && count > (best?.count ?? 0)) best = { at, keys, count }
  }
  if (best === null) return null
  const body = rows.slice(best.at + 1)
  const headers = rows[best.at]?.cells ?? []
  const { keys } = best
  const columns = headers.flatMap((cell, at): Column[] => {
    const header = cellText(cell).trim()
    const filled = body.find(row => cellText(row.cells[at]).trim() !== '')
    return header === ''
      ? []
      : [{ header, at, key: keys[at] ?? null, example: cellText(filled?.cells[at]).trim().slice(0, 60) }]
  })
  return { columns, body }
}

/** For choosing by hand where no header names the tasks: the first row that has several texts. */
export function unnamedFace(rows: readonly Row[]): {
  readonly columns: readonly Column[]
  readonly body: readonly Row[]
} {
  const at = Math.max(
    0,
    rows.findIndex(row => row.cells.filter(cell => cell.kind === 'text').length >= 2),
  )
  const body = rows.slice(at + 1)
  const columns = (rows[at]?.cells ?? []).flatMap((cell, place): Column[] => {
    const header = cellText(cell).trim()
    return header === ''
      ? []
      : [{ header, at: place, key: null, example: cellText(body[0]?.cells[place]).trim().slice(0, 60) }]
  })
  return { columns, body }
}
