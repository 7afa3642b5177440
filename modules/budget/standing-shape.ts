// Where a project's targets stand, item by item.
import type { Decimal } from '@yingzao/kernel/entity'

export interface StandingRow {
  readonly item: string
  readonly title: string
  readonly target: Decimal
  readonly committed: Decimal
  /** Expected and not taken up yet. */
  readonly estimated: Decimal
  readonly direct: Decimal
  /** Reserved by documents in approval. */
  readonly pending: Decimal
  /** target − committed − estimated − direct − pending. */
  readonly available: Decimal
  /** Used ÷ target, a fraction; null without a target. */
  readonly ratio: Decimal | null
  readonly level: 'pass' | 'warn' | 'escalate' | 'block'
}
export interface Standing {
  readonly budget: { readonly id: string; readonly name: string; readonly version_no: number | null } | null
  readonly rows: readonly StandingRow[]
  readonly total: Omit<StandingRow, 'item' | 'title' | 'level'>
}
