// What a contract's page shows of measuring and paying.
import type { Decimal } from '@yingzao/kernel/entity'
import type { Standing } from './standing.ts'

export interface DueRow {
  readonly entity: 'progress_claim' | 'settlement' | 'retention_release'
  readonly id: string
  readonly number: string | null
  readonly kind: 'progress' | 'advance' | 'settlement' | 'retention'
  readonly on: string
  readonly due_on: string
  readonly amount: Decimal
  /** Not paid yet, oldest first. */
  readonly open: Decimal
  /** Days overdue; not positive: still to come. */
  readonly days: number
  /** 逾期利息 by law, where nothing else was agreed. */
  readonly interest: Decimal
}
export interface MeasuredRow {
  readonly id: string
  readonly number: string | null
  readonly period: string
  readonly kind: 'reported' | 'confirmed' | 'subcontract'
  readonly state: string
  readonly gross: Decimal
}
export interface ContractPayment {
  readonly contract: {
    readonly id: string
    readonly direction: 'income' | 'expense'
    readonly stage: string | null
    readonly progress_share: Decimal
  }
  readonly standing: Standing
  readonly pending: Standing
  readonly measured: readonly MeasuredRow[]
  readonly dues: readonly DueRow[]
  readonly open: Decimal
  /** 应退: paid beyond what the settlement left; `days` overdue as above. */
  readonly refund: { readonly amount: Decimal; readonly due_on: string; readonly days: number } | null
  readonly overdue: Decimal
  readonly interest: Decimal
  readonly daily_rate: Decimal
  /** What stands out: retention above 3 %, liability longer than 24 months. */
  readonly notes: readonly ('retention_over_3' | 'warranty_over_24')[]
}
