// What became of each invoice of the files that were chosen.
import type { Decimal } from '@yingzao/kernel/entity'

export interface IntakeRow {
  /** Of the file, with the path inside an archive. */
  readonly name: string
  /** draft: to be looked at and submitted. red: taken off its original. refused: with the reason. */
  readonly outcome: 'draft' | 'red' | 'refused'
  /** The invoice that was made. */
  readonly id: string | null
  readonly invoice_no: string | null
  readonly issued_on: string | null
  readonly direction: 'in' | 'out' | null
  /** The other side. */
  readonly party: string | null
  readonly gross_amount: Decimal | null
  readonly reason: string | null
}
export interface Intake {
  readonly rows: readonly IntakeRow[]
}
