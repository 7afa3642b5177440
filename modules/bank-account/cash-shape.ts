// What the pages of cash show: accounts over a period, and their entries with the balance after each.
import type { Decimal } from '@yingzao/engines/money'

export interface AccountDay {
  readonly account: string
  readonly name: string
  readonly type: string
  readonly company: string
  readonly ending: string | null
  readonly active: boolean
  readonly opening: Decimal
  readonly received: Decimal
  readonly paid: Decimal
  readonly closing: Decimal
  /** Kept by payments and transfers that wait for approval. */
  readonly reserved: Decimal
}
export interface CashDay {
  readonly from: string
  readonly to: string
  readonly accounts: readonly AccountDay[]
  readonly total: Pick<AccountDay, 'opening' | 'received' | 'paid' | 'closing' | 'reserved'>
}

export interface BookRow {
  readonly id: string
  readonly on: string
  readonly account: string
  readonly account_name: string
  readonly purpose: string
  readonly counterparty: string | null
  readonly received: Decimal
  readonly paid: Decimal
  /** Of the account, after this entry, in the order of posting. */
  readonly balance: Decimal
  readonly entity: string
  readonly document: string
  readonly number: string | null
}
export interface CashBook {
  readonly rows: readonly BookRow[]
  /** Pass as `after` for the older ones. */
  readonly next: string | null
  /** Of all that match, not only of this page. */
  readonly received: Decimal
  readonly paid: Decimal
}
