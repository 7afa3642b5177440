// Cells of spreadsheets and CSV files: what a reader found, typed, and what a writer is given.

export type Cell =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  /** `text` is the shortest decimal that is this number, for exact money. */
  | { kind: 'number'; number: number; text: string }
  /** `2024-03-01`, `2024-03-01T08:30:00`, or `08:30:00` for a time without a day; no zone. */
  | { kind: 'date'; iso: string }
  | { kind: 'flag'; flag: boolean }
  /** What the spreadsheet shows instead of a value: `#N/A`, `#DIV/0!`. */
  | { kind: 'error'; error: string }

export interface Row {
  /** As people count: the first line is 1; blank lines are counted but not given. */
  number: number
  /** Without trailing empty cells. */
  cells: readonly Cell[]
}

export const emptyCell: Cell = { kind: 'empty' }

/** Any cell as text, the way its value would be typed. */
export function cellText(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case 'text':
    case 'number':
      return cell.text
    case 'date':
      return cell.iso.replace('T', ' ')
    case 'flag':
      return cell.flag ? 'TRUE' : 'FALSE'
    case 'error':
      return cell.error
    default:
      return ''
  }
}

export interface Column {
  header: string
  /**
   * - `number`: numbers or decimal strings; a decimal that a spreadsheet cannot hold exactly is written as text
   * - `date`: `2024-03-01`; `instant`: `2024-03-01T08:30:00`, naive
   */
  kind: 'text' | 'number' | 'date' | 'instant' | 'flag'
  /** In characters. */
  width?: number
  /** Digits after the point shown; undefined = as they come. */
  decimals?: number
  /** Offered as a drop-down list (spreadsheets only). */
  choices?: readonly string[]
  /** Marked in the header. */
  required?: boolean
  /** Shown as a comment on the header (spreadsheets only). */
  note?: string
}

export type CellValue = string | number | boolean | null | undefined
