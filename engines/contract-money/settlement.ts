// 结算: what the audit cut, what stays back as retention and what is still to pay, or to give back.
import { add, compare, type Decimal, divide, multiply, negate, r2, subtract } from '../money/index.ts'

export interface Settlement {
  /** 核减 = 送审 − 审定. */
  readonly cut: Decimal
  /** 核减率, a fraction to six places; undefined when nothing was submitted. */
  readonly cutRatio: Decimal | undefined
  readonly retention: Decimal
  /** 审定 − retention − F − (Kpaid + A): below zero is owed back. */
  readonly balance: Decimal
  readonly payable: Decimal
  /** 应退: a receivable. */
  readonly refundable: Decimal
}

/**
 * Step 6. All amounts gross; `retentionShare` is zero where nothing is held back, whichever way it was held before.
 *
 * @param paid Kpaid: effective progress applications, the advance not
 */
export function settle(of: {
  readonly submitted: Decimal
  readonly approved: Decimal
  readonly retentionShare: Decimal
  readonly deductions: Decimal
  readonly paid: Decimal
  readonly advance: Decimal
}): Settlement {
  const approved = r2(of.approved)
  const cut = subtract(r2(of.submitted), approved)
  const retention = r2(multiply(approved, of.retentionShare))
  const balance = subtract(subtract(subtract(approved, retention), r2(of.deductions)), add(r2(of.paid), r2(of.advance)))
  const owed = compare(balance, '0') > 0
  return {
    cut,
    cutRatio: divide(cut, of.submitted, 6),
    retention,
    balance,
    payable: owed ? balance : '0.00',
    refundable: owed ? '0.00' : negate(balance),
  }
}
