// What the pages of invoices show: what is not invoiced, VAT by month, prepayments of a project.
import type { Decimal } from '@yingzao/kernel/entity'

export interface GapRow {
  readonly contract: string
  readonly name: string
  readonly counterparty: { readonly id: string; readonly name: string }
  readonly project: string
  readonly direction: 'income' | 'expense'
  /** All gross. */
  readonly sum: Decimal
  readonly measured: Decimal
  readonly due: Decimal
  readonly paid: Decimal
  readonly invoiced: Decimal
  /** 应开未开: due or received and not issued. 未到票: paid and not received. Never below zero. */
  readonly missing: Decimal
}
export interface Gaps {
  readonly rows: readonly GapRow[]
  readonly to_issue: Decimal
  readonly to_receive: Decimal
}

export interface VatMonth {
  /** "2026-11". */
  readonly month: string
  readonly out_net: Decimal
  readonly out_tax: Decimal
  readonly in_net: Decimal
  readonly in_tax: Decimal
  /** Of the deduction period, whenever it was issued. */
  readonly deducted_tax: Decimal
  /** Deductible, issued in this month, and not deducted yet. */
  readonly waiting_tax: Decimal
  /** To be paid by the filing day, after what was carried over and prepaid. */
  readonly payable: Decimal
  /** 期末留抵: input tax that the next month starts with; of a year that of its last month. */
  readonly credit: Decimal
}
export interface Vat {
  readonly months: readonly VatMonth[]
  readonly total: Omit<VatMonth, 'month'>
}

export interface PrepaymentRow {
  readonly month: string
  readonly received: Decimal
  /** Paid to subcontractors as far as they invoiced. */
  readonly subcontracted: Decimal
  readonly base: Decimal
  readonly tax: Decimal
  readonly carried: Decimal
  /** Of documents that are effective. */
  readonly paid: Decimal
}
export interface Prepayments {
  readonly method: 'general' | 'simplified'
  readonly rows: readonly PrepaymentRow[]
  readonly tax: Decimal
  readonly paid: Decimal
  readonly open: Decimal
}
