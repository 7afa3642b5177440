// 抵账: what a counterparty owes us on one contract and we owe him on another is set against each other; no money moves. Both
// contracts stand as paid and received, never beyond what is due on either.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'

export const netting = entity('netting', {
  kind: 'document',
  label: { zh: '抵账', en: 'Netting' },
  title: 'name',
  number: 'DZ-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text(
      { zh: '抵账事由', en: 'What is netted' },
      { max: 200, indexed: true, hint: { zh: '留空取对方单位名称', en: 'Empty: the name of the counterparty' } },
    ),
    income_contract: f.ref(
      'contract',
      { zh: '应收合同', en: 'Owed to us on' },
      { required: true, indexed: true, where: 'direction = "income" and state = "effective"' },
    ),
    expense_contract: f.ref(
      'contract',
      { zh: '应付合同', en: 'Owed by us on' },
      { required: true, indexed: true, where: 'direction = "expense" and state = "effective"' },
    ),
    amount: f.money(
      { zh: '抵账金额', en: 'Amount' },
      { required: true, min: '0.01', group: 'commercial', indexed: true },
    ),
    agreed_on: f.date({ zh: '抵账日期', en: 'Agreed on' }, { required: true, default: '=today()', indexed: true }),
    agreement: f.file(
      { zh: '抵账协议', en: 'Agreement' },
      { max: 5, hint: { zh: '双方盖章的协议', en: 'Signed by both sides' } },
    ),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Counterparty' }, { system: true, indexed: true }),
    /** 先票后款: the contract on which we owe pays against invoices. */
    against_invoice: f.flag({ zh: '先票后款', en: 'Against invoice' }, { system: true, quiet: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true }),
    project: f.ref('project', { zh: '应付项目', en: 'Project that owes' }, { system: true, indexed: true }),
    income_project: f.ref('project', { zh: '应收项目', en: 'Project that is owed' }, { system: true, indexed: true }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project', beside: { project: 'income_project' } },
  rules: {
    not_in_future: {
      check: 'agreed_on <= today()',
      message: { zh: '抵账日期不能晚于今天', en: 'It is agreed in the future: check the date' },
    },
  },
  amount: 'amount',
  approval: 'netting',
  posting: [
    post(contractLedger, {
      dims: { contract: 'expense_contract', direction: '"expense"', on: 'agreed_on' },
      measures: {
        ...{ requested: 'amount', paid: 'amount', netted: 'amount' },
        against_invoice: 'if against_invoice then amount else 0',
      },
      reserve: true,
    }),
    post(contractLedger, {
      dims: { contract: 'income_contract', direction: '"income"', project: 'income_project', on: 'agreed_on' },
      measures: { paid: 'amount', netted: 'amount' },
      reserve: true,
    }),
  ],
  reversal: { negate: ['amount'], approval: 'netting' },
  access: [
    allow('finance', 'read create update delete submit withdraw export reverse', { fields: { commercial: 'edit' } }),
    allow('cost_engineer', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('cashier', 'read export', { fields: { commercial: 'read' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name counterparty income_contract expense_contract amount agreed_on state', {
      sort: '-created_at',
    }),
    form: form(
      {
        label: { zh: '抵账', en: 'Netting' },
        fields: 'income_contract expense_contract amount agreed_on agreement name',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'counterparty company income_project project note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    netting: typeof netting
  }
}
