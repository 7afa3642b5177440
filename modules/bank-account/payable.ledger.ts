// 待付台账: what an approved document lets the cashier pay, how much of it was paid, and what was given back: document by
// document, whatever its kind, so that nobody pays more than was approved, also two at once.
import { type Label, type Limit, ledger, type Stage, type Transition } from '@yingzao/kernel/entity'

export const payableLedger = ledger('payable_ledger', {
  label: { zh: '待付台账', en: 'Payable ledger' },
  dims: {
    /** Id of the payment request, claim or advance. */
    payable: 'text',
    counterparty: 'counterparty',
    contract: 'contract',
    person: 'user',
  },
  measures: {
    approved: 2,
    paid: 2,
    /** Of it what no contract stands behind. */
    uncontracted: 2,
    /** Of that what is beyond the limit of its day, document by document. */
    over_limit: 2,
  },
  balance: ['company', 'payable'],
})

const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: payableLedger.name, outcome, check, message },
})

export const payableLimits: readonly Limit[] = [
  limit('payable_over_paid', 'block', 'paid_change <= 0 or paid_used <= approved', {
    zh: '付款超过已批准的金额，请核对剩余待付金额',
    en: 'More is paid than was approved: look at what is left to pay',
  }),
  limit('payable_paid_already', 'block', 'approved_change >= 0 or paid_used <= approved', {
    zh: '已付的部分不能收回，只能关闭未付余额；付错请办理退款',
    en: 'What is paid is not taken back: close the rest, or enter a refund',
  }),
  limit('payable_over_refunded', 'block', 'paid_change >= 0 or paid_used >= 0', {
    zh: '退款超过已付金额，请核对',
    en: 'More is refunded than was paid: check the amount',
  }),
  /** 无合同付款限额: larger amounts ask one more person. */
  limit('payable_without_contract', 'escalate', 'over_limit_change <= 0', {
    zh: '无合同付款超过限额，须加签审批（见“限额与参数”）',
    en: 'More is paid without a contract than the limit allows: one more person is asked (see “Limits”)',
  }),
]

/** How far a payable document is paid: its stages, moved by payments and by closing only, so granted to nobody. */
export const payStages = {
  to_pay: { label: { zh: '待付', en: 'To pay' }, tone: 'warn' },
  part_paid: { label: { zh: '部分付', en: 'Partly paid' }, tone: 'info' },
  paid: { label: { zh: '已付', en: 'Paid' }, tone: 'good' },
  closed: { label: { zh: '已关闭', en: 'Closed' } },
} as const satisfies Readonly<Record<string, Stage>>

export type PayStage = keyof typeof payStages

export const payTransitions: readonly Transition[] = (['to_pay', 'part_paid', 'paid', 'closed'] as const).map(to => ({
  from: Object.keys(payStages).filter(each => each !== to),
  to,
  action: `mark_${to}`,
  label: payStages[to].label,
}))
