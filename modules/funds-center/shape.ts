// What the funds center tells: money at hand, what is due, and what will come and go.
import type { ForecastMonth } from '@yingzao/engines/cash-forecast'
import type { Decimal } from '@yingzao/engines/money'

export interface AccountLine {
  readonly account: string
  readonly name: string
  readonly type: string
  readonly balance: Decimal
  readonly receivedToday: Decimal
  readonly paidToday: Decimal
}
/** A flow of a contract that is expected. */
export interface ExpectedFlow {
  readonly contract: string
  readonly name: string
  readonly project: string | null
  readonly direction: 'income' | 'expense'
  readonly on: string
  readonly amount: Decimal
  readonly why: 'due' | 'plan' | 'progress' | 'settlement' | 'retention'
}
export interface ProjectCash {
  readonly project: string
  readonly name: string
  readonly received: Decimal
  readonly paid: Decimal
  /** Received − paid: below zero the project lives on the company's money. */
  readonly occupied: Decimal
}
export interface Funds {
  readonly accounts: readonly AccountLine[]
  readonly balance: Decimal
  readonly receivedToday: Decimal
  readonly paidToday: Decimal
  readonly receivable: Decimal
  readonly payable: Decimal
  /** Due within so many days from today, overdue included. */
  readonly due: readonly { readonly days: number; readonly in: Decimal; readonly out: Decimal }[]
  readonly forecast: {
    readonly months: readonly ForecastMonth[]
    readonly peak: Decimal
    readonly lowest: string | null
    /** Beyond the months shown. */
    readonly later: { readonly in: Decimal; readonly out: Decimal }
  }
  /** Largest first, at most fifty, of the months shown. */
  readonly flows: readonly ExpectedFlow[]
  readonly projects: readonly ProjectCash[]
}
