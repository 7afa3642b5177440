// Cards of the funds center on the home page: money at hand and what 30 days bring, accounts, what is due in 7 and 30 days.
import type { Card } from '@yingzao/kernel/entity'

const center = { module: 'funds-center', page: 'overview' } as const
const reads = 'funds_center.cards'
const none = {
  zh: '还没有资金账户：先在“资金账户”登记账户与期初。',
  en: 'No account yet: enter one, with its opening balance, under Bank accounts.',
}

export const fundsCards: readonly Card[] = [
  {
    name: 'funds.cash',
    label: { zh: '资金与 30 天预测', en: 'Cash, and the next 30 days' },
    says: {
      zh: '可见账户余额；本月收付不含内部调拨与期初；预测按合同条款与计划，含逾期',
      en: 'Accounts you see; in and out of this month without transfers and openings; forecast from contract terms and plans, overdue included',
    },
    ...{ needs: 'bank_account:read', home: { boss: 20, finance: 20 }, size: 12, opens: center, reads, empty: none },
  },
  {
    name: 'funds.due',
    label: { zh: '7 天、30 天内到期', en: 'Due within 7 and 30 days' },
    says: { zh: '合同到期应收应付，含税，含逾期', en: 'Due on contracts, gross, overdue included' },
    ...{ needs: 'bank_account:read', home: { finance: 30 }, size: 6, opens: center, reads },
    empty: {
      zh: '30 天内没有到期的应收应付。',
      en: 'Nothing is due within 30 days.',
    },
  },
  {
    name: 'funds.accounts',
    label: { zh: '账户余额', en: 'Balances' },
    says: { zh: '启用的账户，余额大的在前', en: 'Accounts in use, the largest first' },
    ...{ needs: 'bank_account:read', home: { finance: 32 }, size: 6, reads, empty: none },
    opens: { module: 'bank-account', page: 'cash' },
  },
  {
    name: 'funds.plan',
    label: { zh: '本月资金计划执行', en: 'This month’s funds plan' },
    says: { zh: '已批准的资金计划：计划支出、已申请、已付', en: 'Approved funds plans: planned out, asked for, paid' },
    ...{ needs: 'bank_account:read', home: { finance: 34 }, size: 6, reads },
    opens: { entity: 'funds_plan' },
    empty: {
      zh: '本月没有已批准的资金计划：项目编制、公司核定后在这里看执行。',
      en: 'No funds plan of this month is approved yet: once one is, its execution shows here.',
    },
  },
]
