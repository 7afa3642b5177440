// 借款合同: the terms money is borrowed or lent on. What is drawn, paid back and paid as interest stands in the ledger of debts.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const writes = 'read create update delete export import'

export const loan = entity('loan', {
  label: { zh: '借款合同', en: 'Loan' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, unique: true, max: 200, indexed: true }),
    loan_no: f.text({ zh: '合同编号', en: 'Loan no.' }, { max: 60, indexed: true }),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      { borrowed: { zh: '借入', en: 'Borrowed', tone: 'warn' }, lent: { zh: '借出', en: 'Lent', tone: 'info' } },
      { required: true, default: 'borrowed', indexed: true },
    ),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true, type: 'company', indexed: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { required: true, indexed: true }),
    amount: f.money({ zh: '合同金额', en: 'Amount' }, { min: '0', group: 'commercial' }),
    due_on: f.date({ zh: '到期日', en: 'Due on' }, { required: true, indexed: true }),
    day_count: f.choice(
      { zh: '计息基础', en: 'Day count' },
      { act_360: { zh: '实际天数/360', en: 'ACT/360' }, act_365: { zh: '实际天数/365', en: 'ACT/365' } },
      { required: true, default: 'act_360' },
    ),
    paying: f.choice(
      { zh: '付息方式', en: 'Interest is paid' },
      {
        monthly: { zh: '按月', en: 'Each month' },
        quarterly: { zh: '按季', en: 'Each quarter' },
        at_end: { zh: '到期一次', en: 'At the end' },
      },
      { required: true, default: 'quarterly' },
    ),
    pay_day: f.integer(
      { zh: '付息日', en: 'Day of the month' },
      {
        required: true,
        default: 21,
        min: 1,
        max: 28,
        hint: { zh: '银行多为 20 日结息、21 日付息', en: 'Banks: the 21st' },
      },
    ),
    rates: f.lines('loan_rate', { zh: '利率', en: 'Rates' }, { required: true, min: 1, max: 50 }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company' },
  access: [
    allow('finance', writes, { fields: { commercial: 'edit' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('name kind counterparty company amount due_on day_count paying', { sort: 'due_on' }),
    form: form('name loan_no kind company counterparty amount due_on', {
      label: { zh: '利息', en: 'Interest' },
      fields: 'rates day_count paying pay_day note',
    }),
  },
})

export const loanRate = entity('loan_rate', {
  kind: 'line',
  label: { zh: '利率', en: 'Rate' },
  fields: {
    rate: f.percent({ zh: '年利率', en: 'A year' }, { required: true, min: '0', max: '1', group: 'commercial' }),
    from_on: f.date({ zh: '起', en: 'From' }, { required: true }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200, hint: { zh: '如 LPR 调整', en: 'Such as a new LPR' } }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    loan: typeof loan
    loan_rate: typeof loanRate
  }
}
