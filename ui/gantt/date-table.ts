// Tables of computed dates on their way from the worker to the screen.
import { type DateTable, emptyDates } from '@yingzao/engines/schedule/date-table'
import type { Minute } from '@yingzao/engines/schedule/plan'

const dates = (table: DateTable) => [
  table.start,
  table.finish,
  table.earlyStart,
  table.earlyFinish,
  table.lateStart,
  table.lateFinish,
]
const minutes = (table: DateTable) => [table.totalFloat, table.freeFloat, table.duration]

/** A plan whose dates are still being computed: NaN, which no cell shows and no bar is drawn for. */
export function unknownDates(count: number, projectStart: Minute): DateTable {
  const table = emptyDates(count)
  for (const column of [...dates(table), ...minutes(table)]) column.fill(Number.NaN)
  table.projectStart = projectStart
  table.projectFinish = projectStart
  return table
}

/** The dates of rows in another order: row i was row `was(i)`, undefined where it is new and stands at the project's start. */
export function reorderedDates(from: DateTable, count: number, was: (row: number) => number | undefined): DateTable {
  const next = emptyDates(count)
  next.projectStart = from.projectStart
  next.projectFinish = from.projectFinish
  const columns = (table: DateTable) => [...dates(table), ...minutes(table), table.flags]
  const old = columns(from)
  const dated = dates(next).length
  columns(next).forEach((column, k) => {
    for (let i = 0; i < count; i++) {
      const row = was(i)
      column[i] = row === undefined ? (k < dated ? from.projectStart : 0) : old[k]![row]!
    }
  })
  for (let i = 0; from.pieces.size > 0 && i < count; i++) {
    const pieces = from.pieces.get(was(i) ?? -1)
    if (pieces) next.pieces.set(i, pieces)
  }
  return next
}

/** The buffers to hand over (not copy) when the table crosses a worker's border. */
export const buffersOf = (table: DateTable): ArrayBufferLike[] =>
  [...dates(table), ...minutes(table), table.flags].map(column => column.buffer)

/** Whether two tables of the same tasks say the same. */
export function sameDates(a: DateTable, b: DateTable): boolean {
  const columns = (table: DateTable) => [...dates(table), ...minutes(table), table.flags]
  const others = columns(b)
  if (a === b) return true
  return (
    a.projectStart === b.projectStart &&
    a.projectFinish === b.projectFinish &&
    a.pieces.size === 0 &&
    b.pieces.size === 0 &&
    columns(a).every((column, k) => column.every((value, i) => value === others[k]![i]))
  )
}
