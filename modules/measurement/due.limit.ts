// 应付限额: what is due of a contract stays within its sum, what was asked for or paid within what is due.
import type { Label, Limit } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'

const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: contractLedger.name, outcome, check, message },
})

export const dueLimits: readonly Limit[] = [
  // B of the progress payment: K + A > current sum − unreleased retention.
  limit('contract_over_due', 'block', 'due_change <= 0 or due_used + retained_used <= sum', {
    zh: '累计应付（含预付款）超过合同额减未释放的质保金，请先办理变更或核对扣款',
    en: 'More would be due than the contract sum less what is retained: agree a variation, or check the deductions',
  }),
  limit(
    'contract_due_below_requested',
    'block',
    // Paid already, it is to be given back (应退).
    'direction = "income" or due_change >= 0 or requested_used <= due_used or requested_used <= paid_used',
    {
      zh: '应付会低于已申请的付款，请先关闭或退回付款申请',
      en: 'Less would be due than payment was asked for: close or take back the requests first',
    },
  ),
  limit('contract_retained_below_zero', 'block', 'retained_change >= 0 or retained_used >= 0', {
    zh: '释放超过扣留的质保金',
    en: 'More retention is released than is held',
  }),
  // 建质〔2017〕138号 §7: at most 3 % of the settlement.
  limit('retention_high', 'warn', 'retained_change <= 0 or retained_used <= sum * 0.03', {
    zh: '质保金超过合同额的 3%（建质〔2017〕138号）',
    en: 'More than 3 % of the sum is retained (Jianzhi [2017] 138)',
  }),
]
