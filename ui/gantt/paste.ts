// Pasting rows from Excel: existing rows below the active cell are filled, further ones become new tasks.

import { emptyDates } from '@yingzao/engines/schedule/date-table'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import { applyEdits } from '@yingzao/engines/schedule/edit'
import { cellEdits, editOf } from './cell-edit.ts'
import { readPaste } from './clipboard.ts'
import type { ColumnId, Sheet } from './column.ts'
import { newTask } from './intent.ts'
import { outlineOf, type Rows, rowNumber } from './outline.ts'
import { NEW_ROW } from './ui-state.ts'

export type PasteOutcome = { ok: true; edits: PlanEdit[] } | { ok: false; message: string }

/**
 * Turns pasted text into edits. Links and dates are read after all rows exist, so that a pasted plan may refer to its own
 * rows; the first cell that is not understood refuses the whole paste and says where it is.
 */
export function pasteEdits(
  sheet: Sheet,
  rows: Rows,
  active: { task: string; column: ColumnId },
  shown: readonly ColumnId[],
  text: string,
  newId: () => string,
): PasteOutcome {
  const pasted = readPaste(text, active.column, shown)
  if (!pasted) return { ok: true, edits: [] }
  const { outline } = sheet
  const start = active.task === NEW_ROW ? rows.tasks.length : (rows.rowOf[outline.index.get(active.task) ?? -1] ?? 0)
  const adds: PlanEdit[] = []
  const nameColumn = pasted.columns.indexOf('name')
  const under = outline.plan.tasks[outline.count - 1]?.parent
  // Names indented in Excel make an outline of the new rows.
  const above: { readonly indent: number; readonly id: string }[] = []
  const targets = pasted.rows.map((cells, i) => {
    const at = rows.tasks[start + i]
    if (at !== undefined) return outline.plan.tasks[at]!.id
    const id = newId()
    const text = nameColumn < 0 ? '' : (cells[nameColumn] ?? '')
    const indent = indentOf(text)
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop()
    const parent = above.at(-1)?.id ?? under
    above.push({ indent, id })
    const name = text.trim() || sheet.text.new_task
    adds.push({ kind: 'task.add', task: newTask(outline.plan, id, name, parent, sheet.dates.projectStart) })
    return id
  })

  let current = sheet
  const edits: PlanEdit[] = []
  /** Keeps the edits and shows their plan to the cells read next; dates are those known so far. */
  const take = (next: readonly PlanEdit[]): string | undefined => {
    const outcome = applyEdits(current.outline.plan, next)
    if (!outcome.ok) return outcome.error.code
    edits.push(...next)
    if (outcome.plan === current.outline.plan) return undefined
    const changed = outlineOf(outcome.plan)
    const dates = changed.count === current.outline.count ? current.dates : withRoom(current, changed.count)
    current = { ...current, outline: changed, dates }
    return undefined
  }
  const failed = take(adds)
  if (failed) return { ok: false, message: failed }
  // Names and durations first, then what refers to other rows.
  const late: ColumnId[] = ['predecessors', 'successors', 'start', 'finish', 'percent', 'actual_start', 'actual_finish']
  for (const second of [false, true]) {
    for (const [i, cells] of pasted.rows.entries()) {
      for (const [c, column] of pasted.columns.entries()) {
        if (column === undefined || late.includes(column) !== second) continue
        const value = cells[c] ?? ''
        const at = current.outline.index.get(targets[i]!)!
        if (editOf(current, at, column) === undefined || (value.trim() === '' && column !== 'predecessors')) continue
        const outcome = cellEdits(current, at, column, value, newId)
        const message = outcome.ok ? take(outcome.edits) : outcome.message
        if (message) {
          return {
            ok: false,
            message: sheet.text.paste_refused(rowNumber(current.outline, at), sheet.text.columns[column], message),
          }
        }
      }
    }
  }
  return { ok: true, edits }
}

/** Spaces in front of a name; a wide one (U+3000) counts as two. */
function indentOf(text: string): number {
  let indent = 0
  for (const char of text) {
    if (char.trim() !== '') return indent
    indent += char === '\u3000' ? 2 : 1
  }
  return 0
}

function withRoom(sheet: Sheet, count: number) {
  const dates = emptyDates(count)
  dates.start.fill(sheet.dates.projectStart)
  dates.finish.fill(sheet.dates.projectStart)
  dates.start.set(sheet.dates.start.subarray(0, Math.min(count, sheet.dates.start.length)))
  dates.finish.set(sheet.dates.finish.subarray(0, Math.min(count, sheet.dates.finish.length)))
  return dates
}
