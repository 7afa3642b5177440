// The terms of a contract judged by the money engine: what makes no sense, field by field, before it is ever submitted.
import { type AdvanceRecovery, recoveryProblems } from '@yingzao/engines/contract-money'
import { compare } from '@yingzao/engines/money'
import type { RecordOf } from '@yingzao/kernel/entity'
import type { contract } from './contract.entity.ts'

export type Contract = RecordOf<typeof contract>
export interface TermError {
  readonly path: string
  readonly code: string
}

/** How the advance is taken back, for `engines/contract-money`; null without an advance or while it is not said. */
export function recoveryOf(
  of: Pick<Contract, 'recovery' | 'material_share' | 'recovery_from' | 'recovery_to' | 'recovery_each'>,
): AdvanceRecovery | null {
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

const fields: Readonly<Record<string, string>> = {
  contract_sum_not_positive: 'lines',
  advance_negative: 'advance_amount',
  material_share_out_of_range: 'material_share',
  threshold_below_zero: 'advance_amount',
  linear_range: 'recovery_to',
  fixed_not_positive: 'recovery_each',
}

export function termErrors(of: Contract): TermError[] {
  const { advance_amount, gross_amount, recovery } = of
  const errors: TermError[] = []
  const say = (path: string, code: string) => errors.push({ path, code: `contract.${code}` })
  if (advance_amount === null || compare(advance_amount, '0') <= 0) return errors
  if (recovery === 'threshold' && of.material_share === null) say('material_share', 'recovery_missing')
  if (recovery === 'linear' && of.recovery_from === null) say('recovery_from', 'recovery_missing')
  if (recovery === 'linear' && of.recovery_to === null) say('recovery_to', 'recovery_missing')
  if (recovery === 'fixed' && of.recovery_each === null) say('recovery_each', 'recovery_missing')
  if (compare(advance_amount, gross_amount ?? '0') > 0) say('advance_amount', 'advance_over_sum')
  const terms = recoveryOf(of)
  if (terms)
    for (const problem of recoveryProblems(gross_amount ?? '0', advance_amount, terms)) {
      const code = problem.replace('contract_money.', '')
      say(fields[code] ?? 'recovery', code)
    }
  return errors
}
