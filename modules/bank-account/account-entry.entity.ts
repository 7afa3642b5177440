// 账户收支单: what the bank itself puts in or takes out: interest, fees, and what belongs to no contract and no claim.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { cashLedger } from './cash.ledger.ts'

const comesIn = 'kind = "interest" or kind = "other_in"'

export const accountEntry = entity('account_entry', {
  kind: 'document',
  label: { zh: '账户收支单', en: 'Account entry' },
  title: 'reason',
  number: 'ZHSZ-{yyyy}{mm}-{seq:4}',
  fields: {
    account: f.ref(
      'bank_account',
      { zh: '资金账户', en: 'Account' },
      { required: true, indexed: true, where: 'active' },
    ),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      {
        interest: { zh: '利息收入', en: 'Interest', tone: 'good' },
        fee: { zh: '手续费', en: 'Bank fee', tone: 'info' },
        other_in: { zh: '其他收入', en: 'Other income', tone: 'good' },
        other_out: { zh: '其他支出', en: 'Other expense', tone: 'info' },
      },
      { required: true, default: 'fee', indexed: true },
    ),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'balance', indexed: true }),
    entered_on: f.date({ zh: '入账日期', en: 'Booked on' }, { required: true, default: '=today()', indexed: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Counterparty' }),
    bank_ref: f.text({ zh: '银行流水号', en: 'Bank reference' }, { max: 60 }),
    reason: f.text({ zh: '摘要', en: 'What for' }, { required: true, max: 200, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project' },
  rules: {
    not_in_future: {
      check: 'entered_on <= today()',
      message: { zh: '入账日期不能晚于今天', en: 'It is booked in the future: check the date' },
    },
  },
  approval: 'account_entry',
  posting: [
    post(cashLedger, {
      dims: { account: 'account', counterparty: 'counterparty', purpose: 'kind', on: 'entered_on' },
      measures: { received: `if ${comesIn} then amount else 0`, paid: `if ${comesIn} then 0 else amount` },
      reserve: true,
    }),
  ],
  reversal: { negate: ['amount'] },
  access: [
    allow('cashier', 'read create update delete submit withdraw export import', { fields: { balance: 'edit' } }),
    allow('finance', 'read create update delete submit withdraw export import reverse', {
      fields: { balance: 'edit' },
    }),
    allow('boss', 'read export', { fields: { balance: 'read' } }),
  ],
  views: {
    list: table('number account kind amount entered_on counterparty reason state', { sort: '-created_at' }),
    form: form('account kind amount entered_on counterparty bank_ref reason'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    account_entry: typeof accountEntry
  }
}
