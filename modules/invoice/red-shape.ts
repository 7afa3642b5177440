// A line of an invoice and what no red invoice took back of it, as the invoice was entered (gross or net).
import type { Decimal } from '@yingzao/kernel/entity'

export interface LineLeft {
  readonly id: string
  readonly name: string
  readonly spec: string | null
  readonly amount: Decimal
  readonly left: Decimal
}
