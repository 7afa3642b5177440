// What the server and its printing thread say to each other.
import type { Block, Cell, Page, Sheet } from '@yingzao/formats/pdf'

export type Portion = readonly (readonly Cell[])[]
type Table = Extract<Block, { is: 'table' }>
/** A sheet as it crosses: rows as arrays, or `follow` when they come portion by portion. */
export type SentSheet = Omit<Sheet, 'blocks' | 'foot'> & {
  readonly foot: string
  readonly blocks: readonly (
    | Exclude<Block, Table>
    | (Omit<Table, 'rows' | 'totals'> & {
        readonly rows: readonly Portion[] | 'follow'
        readonly totals?: readonly string[]
      })
  )[]
}
/** What is known only when all rows have been read. */
export interface Ending {
  readonly totals?: readonly string[]
  readonly foot?: string
}
export type ToThread =
  | { readonly do: 'print' | 'pages'; readonly id: string; readonly sheet: SentSheet }
  | { readonly do: 'rows'; readonly id: string; readonly rows: Portion }
  | ({ readonly do: 'end'; readonly id: string } & Ending)
  | { readonly do: 'give_up'; readonly id: string }
export type FromThread =
  | { readonly is: 'done'; readonly id: string; readonly pdf: Uint8Array; readonly pages: number }
  | { readonly is: 'pages'; readonly id: string; readonly pages: readonly Page[] }
  | { readonly is: 'failed'; readonly id: string; readonly message: string }
  | { readonly is: 'more'; readonly id: string }
  | { readonly is: 'page'; readonly id: string; readonly count: number }
