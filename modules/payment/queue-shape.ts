// What the cashier's page shows: what waits to be paid, and the accounts it can be paid from.
import type { Decimal } from '@yingzao/engines/money'

export interface QueueRow {
  readonly source: 'request' | 'claim' | 'advance' | 'bond'
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly kind: string
  readonly payee: string
  readonly bank: string | null
  /** Whole or masked, as its reader may see it. */
  readonly account: string | null
  readonly company: string | null
  readonly project: string | null
  readonly due_on: string | null
  readonly approved: Decimal
  readonly paid: Decimal
  readonly rest: Decimal
}
export interface PayAccount {
  readonly id: string
  readonly name: string
  readonly company: string
  readonly wage: boolean
  readonly balance: Decimal
  readonly available: Decimal
}
export interface PayQueue {
  readonly today: string
  readonly rows: readonly QueueRow[]
  readonly accounts: readonly PayAccount[]
}
export interface BankFile {
  readonly name: string
  readonly type: string
  readonly text: string
  readonly total: Decimal
}
