// Copying rows to and from Excel: tab-separated text with the names of columns understood in both languages.

import { editorText } from './cell-edit.ts'
import { type ColumnId, columns, type Sheet } from './column.ts'
import { texts } from './texts.ts'

/** Columns that a pasted block may fill, in the order they are assumed without a heading row. */
const PASTEABLE: readonly ColumnId[] = [
  'name',
  'duration',
  'start',
  'finish',
  'predecessors',
  'responsible',
  'resources',
  'percent',
  'code',
  'deadline',
  'leveling_delay',
]

/** Rows as tab-separated text with a heading row; names are indented so that Excel shows the outline. */
export function copyRows(sheet: Sheet, tasks: readonly number[], shown: readonly ColumnId[]): string {
  const ids = shown.filter(id => id !== 'flags')
  const head = ids.map(id => sheet.text.columns[id]).join('\t')
  const lines = tasks.map(at =>
    ids
      .map(id => {
        const task = sheet.outline.plan.tasks[at]!
        const value = id === 'name' ? '  '.repeat(sheet.outline.level[at]!) + task.name : plainCell(sheet, at, id)
        return /["\t\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
      })
      .join('\t'),
  )
  return [head, ...lines].join('\n')
}

const plainCell = (sheet: Sheet, at: number, id: ColumnId): string =>
  id === 'start' || id === 'finish'
    ? editorText(sheet, at, id)
    : columns[id].value(sheet, sheet.outline.plan.tasks[at]!, at)

/** Tab-separated text as Excel puts it on the clipboard: quotes around cells that hold tabs, quotes or line breaks. */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === '\t' || char === '\n') {
      rows[rows.length - 1]!.push(cell.replace(/\r$/, ''))
      cell = ''
      if (char === '\n') rows.push([])
    } else cell += char
  }
  rows[rows.length - 1]!.push(cell.replace(/\r$/, ''))
  return rows.filter(row => row.some(value => value.trim() !== ''))
}

export interface PastedRows {
  columns: (ColumnId | undefined)[]
  rows: string[][]
}

/** Finds out which column is which: by a heading row, else from the column where the paste begins. */
export function readPaste(text: string, from: ColumnId, shown: readonly ColumnId[]): PastedRows | undefined {
  const table = parseTable(text)
  const width = Math.max(0, ...table.map(row => row.length))
  if (table.length === 0 || width === 0) return undefined
  const headings = table[0]!.map(heading => columnNamed(heading))
  if (headings.filter(id => id !== undefined).length >= Math.min(2, width) && table.length > 1) {
    return { columns: headings.map(id => (id && PASTEABLE.includes(id) ? id : undefined)), rows: table.slice(1) }
  }
  const editable = shown.filter(id => columns[id].edit !== undefined)
  const start = Math.max(0, editable.indexOf(from))
  return { columns: Array.from({ length: width }, (_, i) => editable[start + i]), rows: table }
}

function columnNamed(heading: string): ColumnId | undefined {
  const wanted = heading.trim().toLowerCase()
  return wanted === ''
    ? undefined
    : PASTEABLE.find(id => [texts.zh, texts.en].some(words => words.columns[id].toLowerCase() === wanted))
}
