// 资金计划台账: by project, month and line what may be paid and what should come in, what payment requests took of it, and what
// was paid and received.
import { type Label, type Limit, ledger } from '@yingzao/kernel/entity'

export const fundsPlanLedger = ledger('funds_plan_ledger', {
  label: { zh: '资金计划台账', en: 'Funds plan ledger' },
  dims: {
    /** "2026-11". */
    month: 'text',
    /** What stands for itself in a plan: the id of a contract or counterparty, or a kind of money. */
    plan_line: 'text',
    contract: 'contract',
    counterparty: 'counterparty',
  },
  measures: {
    /** 核定: approved to be paid, and expected to come in. */
    planned_out: 2,
    planned_in: 2,
    /** Paid in the month, and approved requests that stand in it and are not paid yet. */
    used: 2,
    paid: 2,
    received: 2,
    /** Of `used` what is warned of, and what asks one more person, beyond the plan. */
    warned: 2,
    asked: 2,
  },
  balance: ['project', 'month', 'plan_line'],
  words: {
    month: { zh: '月份', en: 'Month' },
    plan_line: { zh: '计划行', en: 'Line' },
    contract: { zh: '合同', en: 'Contract' },
    counterparty: { zh: '往来单位', en: 'Counterparty' },
    planned_out: { zh: '核定支出', en: 'Approved out' },
    planned_in: { zh: '核定收入', en: 'Approved in' },
    used: { zh: '已用', en: 'Used' },
    paid: { zh: '已付', en: 'Paid' },
    received: { zh: '已收', en: 'Received' },
  },
})

const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: fundsPlanLedger.name, outcome, check, message },
})

/** Whether a project warns, asks or lets pass is dated data (funds_rule); the document brings it in `warned` or `asked`. */
export const fundsPlanLimits: readonly Limit[] = [
  limit('funds_plan_exceeded', 'warn', 'warned_change <= 0 or used_used <= planned_out', {
    zh: '超出本月资金计划，请追加计划或调整付款时间',
    en: 'More than the funds plan of the month allows: add to the plan, or pay later',
  }),
  limit('funds_plan_asks', 'escalate', 'asked_change <= 0 or used_used <= planned_out', {
    zh: '超出本月资金计划，须加签审批；也可先追加计划',
    en: 'Beyond the funds plan of the month: one more person is asked, or add to the plan first',
  }),
  limit('funds_plan_in_use', 'block', 'planned_out_change >= 0 or planned_out >= used_used', {
    zh: '计划行已被付款申请占用，不能红冲；请先处理这些申请',
    en: 'Payment requests use lines of this plan: undo those first',
  }),
]
