// A chart whose dates its host gives: nothing is computed or edited here, and a row may carry more than a task has. So the
// same stage, grid and paper that show one plan also show many projects together.
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { ColumnId } from './column.ts'
import type { Outline, Rows } from './outline.ts'
import type { Texts } from './texts.ts'

export interface Point {
  readonly at: Minute
  readonly kind: 'milestone' | 'published'
  readonly done?: boolean
  readonly late?: boolean
}
export interface RowMarks {
  /** Drawn as a bar of its own dates and share, although other rows stand below it. */
  readonly bar: boolean
  /** Words beside the bar. */
  readonly label: string
  readonly points: readonly Point[]
  /** Lines of the card beside the pointer. */
  readonly about: readonly string[]
}
export interface LinkMarks {
  readonly broken: boolean
  readonly about: readonly string[]
}
export type Sign = 'bar' | 'late' | 'baseline' | 'deadline' | 'published' | 'milestone' | 'link' | 'broken'

export interface Given {
  readonly rows: ReadonlyMap<string, RowMarks>
  readonly links: ReadonlyMap<string, LinkMarks>
  readonly columns: readonly ColumnId[]
  /** What columns are called here. */
  readonly names: Partial<Record<ColumnId, string>>
  /** Rows that are closed when the chart opens. */
  readonly closed: ReadonlySet<string>
  readonly legend: readonly { readonly sign: Sign; readonly label: string }[]
  /** The line below the chart. */
  readonly summary: string
  /** A row is opened: Enter, a double click. */
  readonly open: (task: string) => void
}

/** The chart's words, with the host's names of columns. */
export const wordsOf = (text: Texts, given: Given | undefined): Texts =>
  given ? { ...text, columns: { ...text.columns, ...given.names } } : text

/** Where a link of a task ends on the chart: its own row, or that of the closed one it lies in; −1 when neither shows. */
export function shownAt(outline: Outline, { rowOf }: Rows, task: number): number {
  let at = task
  while (at >= 0 && (rowOf[at] ?? -1) < 0) at = outline.parent[at] ?? -1
  return at
}
