// 投标统计: how many bids were won, by number and by amount, and which bonds are still out.
import type { Decimal } from '@yingzao/kernel/entity'

export type BidRate = {
  /** Decided: won, lost. Failed and dropped tenders say nothing about us. */
  readonly decided: number
  readonly won: number
  readonly decided_amount: Decimal
  readonly won_amount: Decimal
  /** Fractions to six places; null where nothing was decided. */
  readonly by_count: Decimal | null
  readonly by_amount: Decimal | null
}
export type BidReport = {
  readonly from: string | null
  readonly to: string | null
  readonly rate: BidRate
  readonly open: number
  readonly failed: number
  readonly dropped: number
  readonly bonds: readonly {
    readonly id: string
    readonly number: string | null
    readonly name: string
    readonly amount: Decimal
    readonly outstanding: Decimal
    readonly due_back_on: string | null
    readonly alert: 'none' | 'due' | 'overdue'
  }[]
  readonly outstanding: Decimal
}
export type BondConcern = {
  readonly code: 'over_cap' | 'overdue'
  readonly values: Readonly<Record<string, string>>
}
