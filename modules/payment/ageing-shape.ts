// What the page of receivables and payables shows: contracts with what is open of them, by how long it is overdue.
import type { Decimal } from '@yingzao/engines/money'

export interface AgedContract {
  readonly contract: string
  readonly name: string
  readonly number: string | null
  readonly project: string | null
  readonly counterparty: string | null
  readonly counterparty_id: string | null
  /** 应退 of a settled contract of the other direction: overpaid by the one, owed by the other. */
  readonly refund: boolean
  readonly due: Decimal
  readonly paid: Decimal
  readonly open: Decimal
  /** Beyond everything due: 预收 or 预付. */
  readonly excess: Decimal
  /** In the order of `edges`, not due first. */
  readonly buckets: readonly Decimal[]
  readonly items: readonly {
    readonly due_on: string
    readonly days: number
    readonly open: Decimal
    /** Of a payable past its day, where nothing was agreed; zero of a receivable. */
    readonly interest: Decimal
    readonly entity: string | null
    readonly document: string | null
  }[]
}
export interface Ageing {
  /** A day's late interest as a fraction (保障中小企业款项支付条例 §17), of payables. */
  readonly late_rate: Decimal
  readonly as_of: string
  /** Days overdue of each bucket: null to null is not due. */
  readonly edges: readonly { readonly from: number | null; readonly to: number | null }[]
  readonly contracts: readonly AgedContract[]
}
