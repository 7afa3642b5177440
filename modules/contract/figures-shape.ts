// What has become of a contract, in money: the figures of its ledger as its page and the register show them.
import type { Decimal } from '@yingzao/kernel/entity'

/** All gross. */
export type Figures = {
  readonly original: Decimal
  /** Effective changes and supplements: sum − original; after settlement what it changed. */
  readonly changes: Decimal
  /** Current sum. */
  readonly sum: Decimal
  /** Changes in approval; asked of the client and not answered. */
  readonly pending: Decimal
  readonly claimed: Decimal
  readonly measured: Decimal
  readonly due: Decimal
  readonly requested: Decimal
  readonly paid: Decimal
  readonly invoiced: Decimal
  readonly retained: Decimal
  /** due − paid; of a settled contract never below zero. */
  readonly unpaid: Decimal
  /** 应退 of a settled contract: paid − due. */
  readonly refundable: Decimal
}

export interface RegisterRow extends Figures {
  readonly id: string
  readonly number: string | null
  readonly contract_no: string | null
  readonly name: string
  readonly direction: 'income' | 'expense'
  readonly kind: string
  readonly form: string
  readonly stage: string
  readonly project: string
  readonly project_name: string
  readonly counterparty: string
  readonly signed_on: string | null
}
export interface Register {
  readonly rows: readonly RegisterRow[]
  readonly totals: { readonly income: Figures; readonly expense: Figures }
}

/** Something to look at before a contract is submitted. It stops nothing. */
export type Concern = {
  readonly code:
    | 'retention_share'
    | 'warranty'
    | 'performance_bond'
    | 'progress_share'
    | 'plan_sum'
    | 'bill'
    | 'no_deviation_clause'
    | 'qualification'
    | 'ceiling'
  readonly values: Readonly<Record<string, string | number>>
}
export type VariationConcern = {
  readonly code: 'no_income_claim' | 'much_changed'
  readonly values: Readonly<Record<string, string | number>>
}
export type Checked = {
  readonly concerns: readonly Concern[]
  readonly differences: readonly {
    readonly item: string | null
    readonly title: string
    readonly bill: Decimal
    readonly lines: Decimal
    readonly difference: Decimal
  }[]
}
