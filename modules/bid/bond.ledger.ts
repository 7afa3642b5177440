// 保证金台账: what was paid for each bond, came back of it, earned interest, and was forfeited.
import { type Label, type Limit, ledger, metric } from '@yingzao/kernel/entity'

export const bondLedger = ledger('bond_ledger', {
  label: { zh: '保证金台账', en: 'Ledger of bonds' },
  dims: {
    bond: 'bid_bond',
    /** cash · guarantee · insurance: only cash is money of ours elsewhere. */
    form: 'text',
  },
  measures: {
    paid: 2,
    returned: 2,
    /** Other income; no part of the bond. */
    interest: 2,
    forfeited: 2,
  },
  balance: ['bond'],
  words: {
    bond: { zh: '投标保证金', en: 'Bid bond' },
    form: { zh: '形式', en: 'Form' },
    paid: { zh: '已缴', en: 'Paid' },
    returned: { zh: '已退', en: 'Returned' },
    interest: { zh: '利息', en: 'Interest' },
    forfeited: { zh: '没收', en: 'Forfeited' },
  },
})

const limit = (name: string, check: string, message: Label): Limit => ({
  ...{ name, ledger: bondLedger.name, outcome: 'block', check, message },
})

export const bondLimits: readonly Limit[] = [
  limit('bond_over_returned', 'returned_change + forfeited_change <= 0 or returned_used + forfeited_used <= paid', {
    zh: '退回与没收合计超过已缴保证金；利息请填在“其中利息”',
    en: 'More comes back or is forfeited than was paid: interest goes into its own field',
  }),
  limit('bond_settled_already', 'paid_change >= 0 or returned_used + forfeited_used <= paid', {
    zh: '保证金已退回或没收，请先红冲退回的收款或没收登记',
    en: 'Of this bond something is returned or forfeited already: reverse that first',
  }),
]

const seen = { unit: 'money', seen: 'bid_bond.amount', where: { form: 'cash' } } as const

export const bondMetrics = [
  metric(bondLedger, 'bond.outstanding', {
    label: { zh: '未退投标保证金', en: 'Bid bonds outstanding' },
    says: { zh: '已缴减已退减没收，仅现金', en: 'Paid less returned less forfeited, cash only' },
    value: 'paid - returned - forfeited',
    ...seen,
  }),
  metric(bondLedger, 'bond.paid', {
    label: { zh: '已缴投标保证金', en: 'Bid bonds paid' },
    says: { zh: '以现金缴纳的', en: 'In cash' },
    value: 'paid',
    ...seen,
  }),
  metric(bondLedger, 'bond.returned', {
    label: { zh: '已退投标保证金', en: 'Bid bonds returned' },
    says: { zh: '以现金退回的，不含利息', en: 'In cash, without interest' },
    value: 'returned',
    ...seen,
  }),
  metric(bondLedger, 'bond.interest', {
    label: { zh: '保证金利息', en: 'Interest of bonds' },
    says: { zh: '随保证金收到的利息，计入其他收益', en: 'Received with bonds: other income' },
    value: 'interest',
    ...seen,
  }),
] as const
