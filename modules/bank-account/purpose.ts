// What money is for, in words. Other modules bring purposes of their own: those are shown as they are.
import type { Label } from '@yingzao/kernel/entity'

export const purposeLabels = {
  opening_: { zh: '期初', en: 'Opening' },
  interest: { zh: '利息', en: 'Interest' },
  fee: { zh: '手续费', en: 'Bank fee' },
  other_in: { zh: '其他收入', en: 'Other income' },
  other_out: { zh: '其他支出', en: 'Other expense' },
  advance: { zh: '预付／预收款', en: 'Advance' },
  progress: { zh: '进度款', en: 'Progress payment' },
  settlement: { zh: '结算款', en: 'Settlement' },
  retention: { zh: '质保金', en: 'Retention' },
  overpaid: { zh: '应退款', en: 'Overpaid, given back' },
  bond: { zh: '保证金', en: 'Bond' },
  wages: { zh: '农民工工资', en: 'Wages' },
  other: { zh: '其他', en: 'Other' },
  claim: { zh: '报销', en: 'Claim' },
  loan: { zh: '借支', en: 'Staff advance' },
  repayment: { zh: '归还借支', en: 'Advance repaid' },
  transfer: { zh: '内部调拨', en: 'Transfer' },
  labour_share: { zh: '人工费拨付', en: 'Labour share' },
  internal_loan: { zh: '内部借款', en: 'Internal loan' },
} satisfies Record<string, Label>
