// 内部调拨: money from one own account to another. Neither income nor expense; between companies or projects it is a loan.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { debtLedger } from '../bank-account/debt.ledger.ts'

export const transfer = entity('transfer', {
  kind: 'document',
  label: { zh: '内部调拨', en: 'Transfer' },
  title: 'name',
  number: 'NBDB-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '调拨事由', en: 'What for' }, { required: true, max: 200, indexed: true }),
    from_account: f.ref(
      'bank_account',
      { zh: '调出账户', en: 'From' },
      { required: true, indexed: true, where: 'active' },
    ),
    to_account: f.ref('bank_account', { zh: '调入账户', en: 'To' }, { required: true, indexed: true, where: 'active' }),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial', indexed: true }),
    moved_on: f.date({ zh: '调拨日期', en: 'Moved on' }, { required: true, default: '=today()', indexed: true }),
    labour_share: f.flag(
      { zh: '人工费拨付', en: 'Labour share' },
      { hint: { zh: '拨入农民工工资专户时必选', en: 'To a wage account nothing else goes' } },
    ),
    /** 内部借款: between companies or projects. */
    loan: f.flag({ zh: '内部借款', en: 'Internal loan' }, { system: true, indexed: true }),
    kind: f.text({ zh: '用途', en: 'Kind' }, { system: true, max: 40, quiet: true }),
    bank_ref: f.text({ zh: '银行流水号', en: 'Bank reference' }, { max: 60, open: true }),
    company: f.orgUnit({ zh: '调出公司', en: 'From company' }, { system: true }),
    project: f.ref('project', { zh: '调出项目', en: 'From project' }, { system: true, quiet: true }),
    to_company: f.orgUnit({ zh: '调入公司', en: 'To company' }, { system: true }),
    to_project: f.ref('project', { zh: '调入项目', en: 'To project' }, { system: true, quiet: true }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project', beside: { company: 'to_company', project: 'to_project' } },
  rules: {
    two_accounts: {
      check: 'from_account != to_account',
      message: { zh: '调出与调入不能是同一账户', en: 'It goes from one account to another: choose two' },
    },
    not_in_future: {
      check: 'moved_on <= today()',
      message: { zh: '调拨日期不能晚于今天', en: 'It is moved in the future: check the date' },
    },
  },
  approval: 'transfer',
  posting: [
    post(cashLedger, {
      dims: { account: 'from_account', purpose: 'kind', on: 'moved_on' },
      measures: { paid: 'amount' },
      reserve: true,
    }),
    post(cashLedger, {
      dims: {
        ...{ account: 'to_account', company: 'to_company', project: 'to_project' },
        ...{ purpose: 'kind', on: 'moved_on' },
      },
      measures: { received: 'amount' },
    }),
    // What one owes, the other is owed: over all of them it is nothing.
    post(debtLedger, {
      when: 'loan',
      dims: { kind: '"internal"', on: 'moved_on' },
      measures: { internal: 'amount' },
    }),
    post(debtLedger, {
      when: 'loan',
      dims: { kind: '"internal"', company: 'to_company', project: 'to_project', on: 'moved_on' },
      measures: { internal: '0 - amount' },
    }),
  ],
  reversal: { negate: ['amount'] },
  access: [
    allow('cashier', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('finance', 'read create update delete submit withdraw export import reverse', {
      fields: { commercial: 'edit' },
    }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name from_account to_account amount moved_on loan state', { sort: '-created_at' }),
    form: form(
      'name from_account to_account amount moved_on labour_share bank_ref note loan company project to_company to_project',
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    transfer: typeof transfer
  }
}
