// 借款台账: what a person was lent out of the company's money and has not settled by claims or paid back.
import { type Label, type Limit, ledger, metric } from '@yingzao/kernel/entity'

export const advanceLedger = ledger('advance_ledger', {
  label: { zh: '借款台账', en: 'Ledger of advances' },
  dims: {
    person: 'user',
    /** Of what was lent: when it is to be settled. */
    due_on: 'date',
  },
  measures: {
    /** Approved, paid out or not. */
    granted: 2,
    /** Paid out. */
    lent: 2,
    /** By claims and by paying back. */
    settled: 2,
    /** Approved while something older was overdue. */
    while_overdue: 2,
    /** What one person may owe, by the limit of the day: each advance posts that it was judged by. */
    allowed: 2,
  },
  balance: ['person'],
})

const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: advanceLedger.name, outcome, check, message },
})

export const advanceLimits: readonly Limit[] = [
  limit('advance_over_settled', 'block', 'settled_change <= 0 or settled_used <= lent', {
    zh: '冲抵或归还超过尚欠的借支，请核对',
    en: 'More is settled than is owed: check the amount',
  }),
  limit('advance_settled_already', 'block', 'lent_change >= 0 or settled_used <= lent', {
    zh: '这笔借支已冲抵或归还，请先红冲后面的单据',
    en: 'Of this advance something is settled already: reverse what settled it first',
  }),
  limit(
    'advance_too_much',
    'escalate',
    'granted_change <= 0 or allowed_change <= 0 or granted_used - settled <= allowed_change',
    {
      zh: '个人借支累计超过限额，须加签审批（见“限额与参数”）',
      en: 'One person would owe more than the limit: one more person is asked (see “Limits”)',
    },
  ),
  limit('advance_overdue', 'escalate', 'while_overdue_change <= 0', {
    zh: '有逾期未还的借支，须加签审批；请先报销冲抵或归还',
    en: 'An older advance is overdue: settle it first, or one more person is asked',
  }),
]

/** 借款台账: for whoever sees what others were lent. */
export const advanceMetrics = [
  metric(advanceLedger, 'advance.lent', {
    label: { zh: '个人借支', en: 'Lent to staff' },
    says: { zh: '已付出的借支与备用金，含期初', en: 'Advances paid out, opening included' },
    ...{ value: 'lent', unit: 'money', seen: 'advance.amount' },
  }),
  metric(advanceLedger, 'advance.settled', {
    label: { zh: '已冲抵归还', en: 'Settled' },
    says: { zh: '报销冲抵与归还', en: 'By claims and by paying back' },
    ...{ value: 'settled', unit: 'money', seen: 'advance.amount' },
  }),
] as const
