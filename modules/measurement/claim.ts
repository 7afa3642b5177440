// The figures of a progress claim, from where its contract stands: M, P, Dn, R, F, K and what is due now.
import { progressApplication } from '@yingzao/engines/contract-money'
import { add, type Decimal, subtract } from '@yingzao/engines/money'
import type { RecordOf } from '@yingzao/kernel/entity'
import type { Contract } from './facts.ts'
import type { progressClaim } from './progress-claim.entity.ts'
import type { Standing } from './standing.ts'
import { recoverySumOf, termsOf } from './terms.ts'

export type Claim = RecordOf<typeof progressClaim>
export interface Figures {
  readonly contract_amount: Decimal
  readonly measured_amount: Decimal
  readonly progress_share: Decimal
  readonly earned_amount: Decimal
  readonly recovered_total: Decimal
  readonly retained_total: Decimal
  readonly deducted_total: Decimal
  readonly due_total: Decimal
  readonly paid_before: Decimal
  readonly advanced_total: Decimal
  readonly payable_amount: Decimal
  readonly carried_amount: Decimal
  readonly recovered_change: Decimal
  readonly retained_change: Decimal
  readonly deducted_change: Decimal
  readonly advanced_change: Decimal
}

/**
 * Before settlement what is due is advances and progress, so Kpaid is the rest of it.
 *
 * @param period number of this progress claim, from 1
 * @returns null when the contract says no usable way to take its advance back
 */
export function progressFigures(of: Contract, at: Standing, deducted: Decimal, period: number): Figures | null {
  const terms = termsOf(of, at)
  if (!terms) return null
  const paid = subtract(at.due, at.advanced)
  const deductions = add(at.deducted, deducted)
  const found = progressApplication(terms, {
    ...{ period, recoverySum: recoverySumOf(of, at), currentSum: at.sum, measured: at.measured, deductions, paid },
  })
  return {
    contract_amount: at.sum,
    measured_amount: at.measured,
    progress_share: of.progress_share,
    earned_amount: found.earned,
    recovered_total: found.recovered,
    retained_total: found.retained,
    deducted_total: found.deductions,
    due_total: found.due,
    paid_before: paid,
    advanced_total: at.advanced,
    payable_amount: found.payable,
    carried_amount: found.carried,
    recovered_change: subtract(found.recovered, at.recovered),
    retained_change: subtract(found.retained, at.retained),
    deducted_change: deducted,
    advanced_change: '0.00',
  }
}

/** An advance is due as it is asked for; recovery begins with the claims after it. */
export const advanceFigures = (of: Contract, at: Standing, amount: Decimal): Figures => ({
  contract_amount: at.sum,
  measured_amount: at.measured,
  progress_share: of.progress_share,
  earned_amount: '0.00',
  recovered_total: at.recovered,
  retained_total: at.retained,
  deducted_total: at.deducted,
  due_total: add(at.due, amount),
  paid_before: subtract(at.due, at.advanced),
  advanced_total: add(at.advanced, amount),
  payable_amount: amount,
  carried_amount: '0.00',
  recovered_change: '0.00',
  retained_change: '0.00',
  deducted_change: '0.00',
  advanced_change: amount,
})

/** Where the contract stood before this claim was posted. */
export const standingBefore = (now: Standing, claim: Claim): Standing => {
  const less = (name: keyof Standing, by: Decimal | null): Decimal => subtract(now[name], by ?? '0')
  return {
    ...now,
    due: less('due', claim.payable_amount),
    advanced: less('advanced', claim.advanced_change),
    recovered: less('recovered', claim.recovered_change),
    retained: less('retained', claim.retained_change),
    deducted: less('deducted', claim.deducted_change),
  }
}
