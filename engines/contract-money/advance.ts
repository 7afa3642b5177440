// 预付款扣回: how much of an advance has been taken back when so much is measured. Cumulative, so that rounding never drifts.
import {
  compare,
  type Decimal,
  type Exact,
  exact,
  multiply,
  quotient,
  r2,
  subtract,
  toDecimal,
} from '../money/index.ts'

/** How an advance is taken back from progress payments. Shares are fractions: 62.5 % is `'0.625'`. */
export type AdvanceRecovery =
  /** 起扣点: from T0 = C − A/N on, the material in every further yuan is what the advance paid for. N = 主材比重. */
  | { readonly mode: 'threshold'; readonly materialShare: Decimal }
  /** In proportion while the measured share of C goes `from` → `to`. */
  | { readonly mode: 'linear'; readonly from: Decimal; readonly to: Decimal }
  /** The same amount with each application; what is left when all is measured goes with that one. */
  | { readonly mode: 'fixed'; readonly each: Decimal }

export type RecoveryProblem =
  | 'contract_money.contract_sum_not_positive'
  | 'contract_money.advance_negative'
  | 'contract_money.material_share_out_of_range'
  /** A/N > C: the advance would be taken back before anything is measured. */
  | 'contract_money.threshold_below_zero'
  | 'contract_money.linear_range'
  | 'contract_money.fixed_not_positive'

/** What is wrong with the terms of an advance; empty when they can be used. */
export function recoveryProblems(contractSum: Decimal, advance: Decimal, recovery: AdvanceRecovery): RecoveryProblem[] {
  const problems: RecoveryProblem[] = []
  const positive = compare(contractSum, '0') > 0
  if (!positive) problems.push('contract_money.contract_sum_not_positive')
  if (compare(advance, '0') < 0) problems.push('contract_money.advance_negative')
  if (recovery.mode === 'threshold') {
    const share = recovery.materialShare
    if (compare(share, '0') <= 0 || compare(share, '1') > 0) problems.push('contract_money.material_share_out_of_range')
    else if (positive && compare(advance, multiply(contractSum, share)) > 0)
      problems.push('contract_money.threshold_below_zero')
  }
  if (recovery.mode === 'linear') {
    const { from, to } = recovery
    if (compare(from, '0') < 0 || compare(to, '1') > 0 || compare(from, to) >= 0)
      problems.push('contract_money.linear_range')
  }
  if (recovery.mode === 'fixed' && compare(recovery.each, '0') <= 0) problems.push('contract_money.fixed_not_positive')
  return problems
}

/** 起扣点 T0 = C − A/N, in fen. */
export const recoveryThreshold = (contractSum: Decimal, advance: Decimal, materialShare: Decimal): Decimal =>
  subtract(r2(contractSum), toDecimal(quotient(exact(advance), exact(materialShare), 2), 2))

/**
 * Cumulative recovery Dn, within [0, advance]; when the whole contract sum is measured it is the whole advance.
 *
 * @param contractSum C, original or current as the contract says, gross
 * @param measured M, cumulative, with measured changes, gross
 * @param period number of this application, from 1 (only `fixed` looks at it)
 * @throws RangeError with a code of `recoveryProblems` when the terms are none
 */
export function advanceRecovered(
  contractSum: Decimal,
  advance: Decimal,
  measured: Decimal,
  recovery: AdvanceRecovery,
  period: number,
): Decimal {
  const [problem] = recoveryProblems(contractSum, advance, recovery)
  if (problem) throw new RangeError(problem)
  const whole = r2(advance)
  if (compare(measured, contractSum) >= 0) return whole
  return within(dueBack(exact(contractSum), exact(advance), exact(measured), recovery, period), whole)
}

function dueBack(sum: Exact, advance: Exact, measured: Exact, recovery: AdvanceRecovery, period: number): Exact {
  switch (recovery.mode) {
    case 'threshold':
      // (M − T0)·N with T0 = C − A/N, without the quotient: (M − C)·N + A.
      return measured.minus(sum).times(exact(recovery.materialShare)).plus(advance)
    case 'linear': {
      const start = sum.times(exact(recovery.from))
      const span = sum.times(exact(recovery.to)).minus(start)
      return quotient(advance.times(measured.minus(start)), span, 2)
    }
    case 'fixed':
      return exact(recovery.each).times(period)
  }
}

function within(value: Exact, most: Decimal): Decimal {
  const rounded = toDecimal(value, 2)
  if (compare(rounded, '0') <= 0) return '0.00'
  return compare(rounded, most) > 0 ? most : rounded
}
