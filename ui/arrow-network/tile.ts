// A network too large for one sheet cut into windows of time and rows, even ones; a window in which nothing is drawn is left out.
import type { Diagram } from '@yingzao/engines/arrow-network'
import type { Minute } from '@yingzao/engines/schedule/plan'

/** What a sheet holds: pixels across, rows down. */
export interface Room {
  readonly width: number
  readonly rows: number
}

export interface Place {
  readonly from: number
  readonly width: number
  readonly firstRow: number
  readonly rows: number
  /** Number among the sheets, from 1. */
  readonly number: number
  readonly count: number
  /** Which row of sheets and which of that row, from 1; how many rows there are. */
  readonly down: number
  readonly across: number
  readonly bands: number
}

/** Sheets from left to right, one row of them below the other. `x` gives pixels from the left edge, `whole` is the width. */
export function windowsOf(diagram: Diagram, x: (time: Minute) => number, whole: number, room: Room): Place[] {
  const columns = Math.max(1, Math.ceil(whole / room.width))
  const bands = Math.max(1, Math.ceil(diagram.rows / room.rows))
  const width = Math.min(whole, room.width)
  const rows = Math.ceil(Math.max(1, diagram.rows) / bands)
  const spans = spansOf(diagram, x)
  const found: Omit<Place, 'number' | 'count'>[] = []
  for (let band = 0; band < bands; band++)
    for (let column = 0; column < columns; column++) {
      const [from, firstRow] = [column * width, band * rows]
      const drawn = spans.some(
        span => span.from < from + width && span.to >= from && span.first < firstRow + rows && span.last >= firstRow,
      )
      if (drawn) found.push({ from, width, firstRow, rows, down: band + 1, across: column + 1, bands })
    }
  return found.map((place, at) => ({ ...place, number: at + 1, count: found.length }))
}

interface Span {
  readonly from: number
  readonly to: number
  readonly first: number
  readonly last: number
}

/** What each arrow and dummy covers. */
function spansOf({ nodes, arrows, dummies }: Diagram, x: (time: Minute) => number): Span[] {
  const between = (from: number, to: number, rows: readonly number[]): Span[] => {
    const [a, b] = [nodes[from - 1], nodes[to - 1]]
    if (!a || !b) return []
    const all = [a.row, b.row, ...rows]
    return [{ from: x(a.time), to: x(b.time), first: Math.min(...all), last: Math.max(...all) }]
  }
  return [
    ...arrows.flatMap(each => between(each.from, each.to, [each.row])),
    ...dummies.flatMap(each => between(each.from, each.to, [])),
  ]
}
