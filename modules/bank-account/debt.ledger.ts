// 往来台账: what is owed outside contracts, by whom to whom: taken over, borrowed, lent, and lent between own companies and projects.
import { type Label, type Limit, ledger, metric } from '@yingzao/kernel/entity'

export const debtKinds = {
  receivable: { zh: '应收往来', en: 'Receivable' },
  payable: { zh: '应付往来', en: 'Payable' },
  borrowed: { zh: '借入款', en: 'Borrowed' },
  lent: { zh: '借出款', en: 'Lent' },
} as const satisfies Readonly<Record<string, Label>>
/** 内部借款 has no counterparty: what own companies and projects lent each other adds up to nothing. */
export type DebtKind = keyof typeof debtKinds | 'internal'

export const debtLedger = ledger('debt_ledger', {
  label: { zh: '往来台账', en: 'Ledger of debts' },
  dims: {
    counterparty: 'counterparty',
    /** One of `DebtKind`. */
    kind: 'text',
    /** Of what arises: when it is to be settled. */
    due_on: 'date',
    /** On whose terms; empty: it earns no interest. */
    loan: 'loan',
  },
  measures: {
    arisen: 2,
    /** Asked to be paid back. */
    asked: 2,
    settled: 2,
    /** Interest paid or received of it; no part of the principal. */
    interest: 2,
    /** 内部借款: owed to, or less than nothing by, own companies and projects. */
    internal: 2,
  },
  balance: ['company', 'counterparty', 'kind'],
})

const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: debtLedger.name, outcome, check, message },
})

export const debtLimits: readonly Limit[] = [
  limit('debt_over_asked', 'block', 'asked_change <= 0 or asked_used <= arisen', {
    zh: '申请偿还的金额超过尚欠的往来或借款，请核对',
    en: 'More is to be paid back than is owed: check the amount',
  }),
  limit('debt_over_settled', 'block', 'settled_change <= 0 or settled_used <= arisen', {
    zh: '收回或偿还的金额超过尚欠的往来或借款，请核对',
    en: 'More is settled than is owed: check the amount',
  }),
  limit('debt_settled_already', 'block', 'arisen_change >= 0 or (settled_used <= arisen and asked_used <= arisen)', {
    zh: '该往来或借款已申请或已偿还，请先红冲后面的单据',
    en: 'Of this debt something is settled or asked for already: reverse what came after it first',
  }),
]

/** For whoever sees the balances of accounts. */
export const debtMetrics = [
  metric(debtLedger, 'debt.arisen', {
    label: { zh: '往来发生', en: 'Arisen' },
    says: { zh: '期初接管、借入、借出，不含合同', en: 'Taken over, borrowed or lent; contracts aside' },
    ...{ value: 'arisen', unit: 'money', seen: 'bank_account.opening_amount' },
  }),
  metric(debtLedger, 'debt.internal', {
    label: { zh: '内部借款', en: 'Internal loans' },
    says: {
      zh: '调拨给其他公司或项目减从其他公司或项目调入',
      en: 'Transferred to own companies and projects less what came from them',
    },
    ...{ value: 'internal', unit: 'money', seen: 'bank_account.opening_amount' },
  }),
  metric(debtLedger, 'debt.settled', {
    label: { zh: '往来已清', en: 'Settled' },
    says: { zh: '已收回或已偿还', en: 'Collected or paid back' },
    ...{ value: 'settled', unit: 'money', seen: 'bank_account.opening_amount' },
  }),
  metric(debtLedger, 'debt.interest', {
    label: { zh: '借款利息', en: 'Interest of loans' },
    says: { zh: '已付或已收的利息，不含本金', en: 'Interest paid or received, without principal' },
    ...{ value: 'interest', unit: 'money', seen: 'bank_account.opening_amount' },
  }),
] as const
