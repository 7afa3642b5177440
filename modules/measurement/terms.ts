// The terms of payment of a contract as the money engine reads them.
import { type AdvanceRecovery, type ProgressTerms, recoveryProblems } from '@yingzao/engines/contract-money'
import { compare, type Decimal } from '@yingzao/engines/money'
import type { Contract } from './facts.ts'
import type { Standing } from './standing.ts'

function recoveryOf(of: Contract): AdvanceRecovery | null {
  switch (of.recovery) {
    case 'threshold':
      return of.material_share === null ? null : { mode: 'threshold', materialShare: of.material_share }
    case 'linear':
      return of.recovery_from === null || of.recovery_to === null
        ? null
        : { mode: 'linear', from: of.recovery_from, to: of.recovery_to }
    case 'fixed':
      return of.recovery_each === null ? null : { mode: 'fixed', each: of.recovery_each }
    default:
      return null
  }
}

/** The sum that recovery refers to: as first agreed, or with its changes. */
export const recoverySumOf = (of: Contract, { sum }: Pick<Standing, 'sum'>): Decimal =>
  of.recovery_base === 'current' ? sum : (of.gross_amount ?? '0')

/** What was given as advance is what is taken back. Null: the contract says no usable way to recover it. */
export function termsOf(of: Contract, at: Pick<Standing, 'advanced' | 'sum'>): ProgressTerms | null {
  const retention = { mode: of.retention_mode, share: of.retention_share ?? '0' }
  const own = { progressShare: of.progress_share, retention, minimum: of.minimum_amount ?? ('0' as const) }
  if (compare(at.advanced, '0') <= 0) return { ...own, advance: null }
  const recovery = recoveryOf(of)
  if (!recovery || recoveryProblems(recoverySumOf(of, at), at.advanced, recovery).length > 0) return null
  return { ...own, advance: { amount: at.advanced, recovery } }
}

/** 结算时扣留: the share held back at settlement, whichever way it was held before. */
export const retentionShareOf = (of: Contract): Decimal =>
  of.retention_mode === 'none' ? '0' : (of.retention_share ?? '0')
