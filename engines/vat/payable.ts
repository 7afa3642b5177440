// 应纳增值税 month by month of one taxpayer: input tax beyond output tax is carried over (留抵, 增值税法 §21), and so is what was
// prepaid beyond what is due.
import { add, compare, type Decimal, negate, r2, subtract } from '../money/index.ts'

export interface VatMonthTax {
  /** Output tax under the general method; red invoices lessen it. */
  readonly general: Decimal
  /** Tax under the simplified method: no input tax is set against it. */
  readonly simplified: Decimal
  /** Input tax deducted in the month. */
  readonly deducted: Decimal
  /** 已预缴 of the month's receipts. */
  readonly prepaid: Decimal
}
export interface VatPayable {
  /** What is to be paid by the filing day; never below zero. */
  readonly payable: Decimal
  /** 期末留抵: input tax that the next month starts with. */
  readonly credit: Decimal
  /** 未抵减的预缴: prepaid, or overpaid by red invoices, and not used yet. */
  readonly prepaid_left: Decimal
}

/** Σ payable − Σ (general + simplified − deducted − prepaid) = the credit and what is left of prepayments at the end. */
export function vatPayable(months: readonly VatMonthTax[]): VatPayable[] {
  let credit: Decimal = '0.00'
  let pool: Decimal = '0.00'
  return months.map(({ general, simplified, deducted, prepaid }) => {
    const net = subtract(subtract(r2(general), r2(deducted)), credit)
    credit = above(negate(net))
    const due = add(above(net), r2(simplified))
    const paid = add(pool, r2(prepaid))
    const payable = above(subtract(due, paid))
    pool = add(subtract(paid, due), payable)
    return { payable, credit, prepaid_left: pool }
  })
}

const above = (amount: Decimal): Decimal => (compare(amount, '0') > 0 ? r2(amount) : '0.00')
