// A table: column widths from what stands in them, a header on every page, figures never broken, a line of totals at the end.
import type { Frame, GridCell } from './frame.ts'
import { pad } from './frame.ts'
import type { Block, Cell, Column, Measure } from './sheet.ts'
import { wrap } from './wrap.ts'

type Table = Extract<Block, { is: 'table' }>

/** From comfortable to the smallest that can be read. */
const sizes = [8.5, 7.5, 6.5, 5.5]
const longest = 200
const gap = 2 * pad.x + 1

const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text
const isStrong = ([first]: readonly Cell[]): boolean => typeof first === 'object' && first.strong === true
const indentOf = (cell: Cell | undefined): number => (typeof cell === 'object' ? (cell.indent ?? 0) : 0)
const isNegative = (text: string): boolean => /^[−-][\d,.]*[1-9]/.test(text)

export async function drawTable(frame: Frame, table: Table, pause: () => Promise<void> | null): Promise<void> {
  const { columns, totals, none } = table
  if (columns.length === 0) return
  let widths: readonly number[] | null = null
  let size = sizes[0] ?? 8
  let at: readonly number[] = []
  let any = false

  const cellOf = (column: number, cell: Cell | undefined, more: Partial<GridCell>): GridCell => {
    const figure = columns[column]?.figure === true
    const [x, w] = [at[column] ?? 0, widths?.[column] ?? 0]
    const text = textOf(cell)
    const { strong = false, bad = false, indent = 0, picture } = typeof cell === 'object' ? cell : {}
    const bold = more.bold ?? strong
    const space = w - 2 * pad.x - indent + 0.01
    const one = figure && !more.shaded
    const wide = one ? frame.measure(text, size, bold) : 0
    return {
      ...{ x, w, align: figure ? 'right' : 'left' },
      // A figure is never cut or broken: one that is longer than those seen first is set smaller.
      size: one && wide > space ? size * (space / wide) : size,
      lines: one ? [text] : wrap(text, space, size, frame.measure, bold),
      ...(bad || (figure && isNegative(text)) ? { tone: 'bad' } : {}),
      ...(picture === undefined ? {} : { picture }),
      ...(indent === 0 ? {} : { indent }),
      ...(strong ? { bold, shaded: true } : {}),
      ...more,
    }
  }
  const header = () =>
    frame.row(
      columns.map((column, i) =>
        cellOf(i, column.label, { shaded: true, bold: true, align: column.figure ? 'right' : 'left' }),
      ),
    )
  const begin = (sample: readonly (readonly Cell[])[]) => {
    const fit = fitColumns(columns, [...sample, ...(Array.isArray(totals) ? [totals] : [])], frame.width, frame.measure)
    widths = fit.widths
    size = fit.size
    at = starts(frame.left, fit.widths)
    frame.need(70)
    header()
    frame.repeat(header)
  }

  for await (const portion of table.rows) {
    if (portion.length === 0) continue
    if (widths === null) begin(portion)
    any = true
    for (const row of portion) {
      // A group stands with what is in it.
      if (isStrong(row)) frame.need(48)
      frame.row(columns.map((_, i) => cellOf(i, row[i], {})))
      const rest = pause()
      if (rest) await rest
    }
  }
  if (widths === null) begin([])
  if (!any && none !== undefined)
    frame.row([{ x: frame.left, w: frame.width, lines: [none], size, align: 'center', tone: 'soft' }])
  const last = typeof totals === 'function' ? totals() : totals
  if (last && any) frame.row(columns.map((_, i) => cellOf(i, last[i] ?? '', { bold: true })))
  frame.repeat(null)
}

const starts = (left: number, widths: readonly number[]): number[] => {
  let x = left
  return widths.map(width => {
    const at = x
    x += width
    return at
  })
}

/** Widths that sum up to the space, and the size of letters at which that is possible without breaking words or figures. */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  space: number,
  measure: Measure,
): { readonly widths: readonly number[]; readonly size: number } {
  for (const [turn, size] of sizes.entries()) {
    const wishes = columns.map((column, i) => wishOf(column, i, rows, size, measure))
    const least = wishes.reduce((sum, wish) => sum + wish.least, 0)
    if (least > space && turn < sizes.length - 1) continue
    if (least > space) return { widths: wishes.map(wish => (wish.least * space) / least), size }
    const shares = columns.reduce((sum, column) => sum + (column.share ?? 0), 0)
    if (shares > 0 && columns.every(column => column.share !== undefined)) {
      const wanted = columns.map((column, i) => Math.max(wishes[i]?.least ?? 0, (space * (column.share ?? 0)) / shares))
      const sum = wanted.reduce((total, width) => total + width, 0)
      const over = sum - space
      const give = wanted.map((width, i) => width - (wishes[i]?.least ?? 0))
      const all = give.reduce((total, each) => total + each, 0)
      return { widths: wanted.map((width, i) => width - (all > 0 ? (over * (give[i] ?? 0)) / all : 0)), size }
    }
    const spare = space - least
    const more = wishes.map(wish => wish.full - wish.least)
    const asked = more.reduce((sum, each) => sum + each, 0)
    if (asked > spare) return { widths: wishes.map((wish, i) => wish.least + (spare * (more[i] ?? 0)) / asked), size }
    // What is over goes to columns of text: figures stay close to what they belong to.
    const over = spare - asked
    const texts = wishes.reduce((sum, wish, i) => sum + (columns[i]?.figure ? 0 : wish.full), 0)
    const share = (i: number, full: number) =>
      texts === 0 ? over / columns.length : columns[i]?.figure ? 0 : (over * full) / texts
    return { widths: wishes.map((wish, i) => wish.full + share(i, wish.full)), size }
  }
  throw new RangeError('a table without sizes')
}

/** The least that breaks no figure and no short word, and what it would take to break nothing at all. */
function wishOf(column: Column, at: number, rows: readonly (readonly Cell[])[], size: number, measure: Measure) {
  const label = measure(column.label, size, true)
  let full = Math.min(label, longest)
  let least = Math.min(label, size * 4)
  for (const row of rows) {
    const text = textOf(row[at])
    const wide = measure(column.summed ? `${text}0,000` : text, size, column.figure) + indentOf(row[at])
    full = Math.max(full, Math.min(wide, longest))
    least = Math.max(least, column.figure ? wide : Math.min(wide, size * 4.2))
  }
  return { least: least + gap, full: Math.max(full, least) + gap }
}
