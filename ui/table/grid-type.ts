// What a grid shows and how it answers: columns, rows, the active cell.
import type { ReactNode } from 'react'

export interface GridColumn<R> {
  readonly key: string
  /** Plain words: for screen readers and tooltips. */
  readonly title: string
  readonly head?: ReactNode
  readonly width: number
  readonly figure?: boolean
  readonly sortable?: boolean
  readonly sorted?: 'ascending' | 'descending' | undefined
  readonly render: (row: R) => ReactNode
  readonly editable?: (row: R) => boolean
  /** What is wrong with the cell; said by its tooltip and to screen readers. */
  readonly invalid?: (row: R) => string | undefined
}
/** A row of sums. */
export interface GridFoot {
  readonly key: string
  /** Where the first column has no sum. */
  readonly label?: ReactNode
  readonly cells: Readonly<Record<string, ReactNode>>
}
export type GridRow<R> =
  | { readonly kind: 'row'; readonly key: string; readonly row: R; readonly depth?: number }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly title: ReactNode
      readonly open: boolean
      readonly cells: Readonly<Record<string, ReactNode>>
    }
export interface CellAt {
  readonly row: number
  readonly column: number
}
/** Where to go after a cell was edited. */
export type Step = 'down' | 'right' | 'left'

export interface Selection<R> {
  readonly keys: ReadonlySet<string>
  readonly rowLabel: (row: R) => string
  readonly allLabel: string
  readonly set: (keys: ReadonlySet<string>) => void
}
/** Rows that open and close: arrows right and left do it, and rows tell their level. */
export interface TreeControl<R> {
  readonly isOpen: (row: R) => boolean
  readonly toggle: (row: R) => void
}

export const pickWidth = 36

/** Left offsets of the pinned columns, beside the tick boxes. */
export function pinnedOffsets(widths: readonly number[], pinned: number, picks: boolean): readonly (number | null)[] {
  let left = picks ? pickWidth : 0
  return widths.map((width, at) => {
    if (at >= pinned) return null
    const own = left
    left += width
    return own
  })
}
