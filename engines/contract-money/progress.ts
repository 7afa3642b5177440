// 进度款: one application for payment, from cumulative figures. What is paid is the difference to what was paid before.
import { add, compare, type Decimal, multiply, r2, subtract } from '../money/index.ts'
import { type AdvanceRecovery, advanceRecovered } from './advance.ts'

export interface ProgressTerms {
  /** 进度款比例 as a fraction: 80 % is `'0.8'`. */
  readonly progressShare: Decimal
  readonly advance: { readonly amount: Decimal; readonly recovery: AdvanceRecovery } | null
  readonly retention: {
    /** Held back with each payment, only at settlement, or not at all. */
    readonly mode: 'none' | 'each_period' | 'at_settlement'
    readonly share: Decimal
  }
  /** 最低签发额: less than this is carried to the next application. */
  readonly minimum?: Decimal
}

/** All amounts 含税 (gross) and cumulative. */
export interface ProgressStanding {
  /** Number of this application, from 1. */
  readonly period: number
  /** The sum that the recovery of the advance refers to: original or current, as the contract says. */
  readonly recoverySum: Decimal
  /** Original sum and effective changes. */
  readonly currentSum: Decimal
  /** M: measured, with measured changes. */
  readonly measured: Decimal
  /** F: fines, client's material, water and power, paid on behalf; less rewards. */
  readonly deductions: Decimal
  /** Kpaid: earlier effective progress applications, wages paid for the subcontractor included, the advance not. */
  readonly paid: Decimal
  /** Of the retention held back so far, what was already released. */
  readonly retentionReleased?: Decimal
}

export interface Application {
  /** P: measured × progress share. */
  readonly earned: Decimal
  /** Dn. */
  readonly recovered: Decimal
  /** R: held back so far; zero unless the mode is `each_period`. */
  readonly retained: Decimal
  /** F. */
  readonly deductions: Decimal
  /** K = P − Dn − R − F. */
  readonly due: Decimal
  /** K − Kpaid before it is cut: below zero when an audit took back more than this period earned. */
  readonly balance: Decimal
  /** 本期应付: what is paid now, never negative. */
  readonly payable: Decimal
  /** What goes into the next application: a negative balance, or one below the minimum. */
  readonly carried: Decimal
  /** By how much K + A exceeds the current sum less the retention held: such an application is refused. Zero when it does not. */
  readonly excess: Decimal
}

/**
 * Steps 1 to 5 of the progress payment.
 *
 * @throws RangeError when the terms of the advance are none (see `recoveryProblems`)
 */
export function progressApplication(terms: ProgressTerms, at: ProgressStanding): Application {
  const earned = r2(multiply(at.measured, terms.progressShare))
  const advance = r2(terms.advance?.amount ?? '0')
  const recovered = terms.advance
    ? advanceRecovered(at.recoverySum, advance, at.measured, terms.advance.recovery, at.period)
    : '0.00'
  const retained =
    terms.retention.mode === 'each_period' ? r2(multiply(at.measured, terms.retention.share)) : ('0.00' as const)
  const deductions = r2(at.deductions)
  const due = subtract(subtract(subtract(earned, recovered), retained), deductions)
  const balance = subtract(due, r2(at.paid))
  const pays = compare(balance, '0') > 0 && compare(balance, terms.minimum ?? '0') >= 0
  const held = subtract(retained, r2(at.retentionReleased ?? '0'))
  const excess = subtract(add(due, advance), subtract(r2(at.currentSum), held))
  return {
    earned,
    recovered,
    retained,
    deductions,
    due,
    balance,
    payable: pays ? balance : '0.00',
    carried: pays ? '0.00' : balance,
    excess: compare(excess, '0') > 0 ? excess : '0.00',
  }
}
