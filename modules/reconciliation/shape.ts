// What the page of a reconciliation shows: lines of the bank, own entries, what is on one side only, and that both agree.
import type { Decimal } from '@yingzao/engines/money'

export interface SideRow {
  readonly id: string
  readonly on: string
  readonly received: Decimal
  readonly paid: Decimal
  readonly name: string | null
  readonly note: string | null
  readonly ref: string | null
  /** Of an entry: the document behind it. */
  readonly entity: string | null
  readonly document: string | null
}
export interface Matched {
  readonly line: SideRow
  readonly entries: readonly SideRow[]
}
export interface Reconciliation {
  readonly from: string
  readonly to: string
  /** 银行对账单余额, 账面余额. */
  readonly bank: Decimal
  readonly book: Decimal
  /** 银行已收企业未收、银行已付企业未付、企业已收银行未收、企业已付银行未付. */
  readonly only: {
    readonly bank_in: Decimal
    readonly bank_out: Decimal
    readonly book_in: Decimal
    readonly book_out: Decimal
  }
  readonly adjusted_bank: Decimal
  readonly adjusted_book: Decimal
  /** Adjusted bank less adjusted book: nothing, when they agree. */
  readonly difference: Decimal
  /** The bank's opening less what the book held on the day before: what went wrong before the first statement. */
  readonly opening_difference: Decimal
  readonly lines: readonly SideRow[]
  readonly entries: readonly SideRow[]
  readonly matched: readonly Matched[]
  readonly proposals: readonly { readonly line: string; readonly entries: readonly string[] }[]
}
export interface ImportedStatement {
  readonly statement: string | null
  readonly headers: readonly string[]
  readonly mapping: Readonly<Record<string, number>>
  readonly lines: number
  /** There already, by reference, day and amount. */
  readonly known: number
  readonly bad: readonly { readonly row: number; readonly reason: string }[]
  readonly from: string | null
  readonly to: string | null
  readonly opening: Decimal | null
  readonly closing: Decimal | null
}
