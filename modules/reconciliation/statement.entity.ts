// 银行对账单: what the bank says went through an account, line by line, and which of our own entries each line is.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const access = [
  allow('cashier', 'read create update delete export', { fields: { balance: 'edit' } }),
  allow('finance', 'read create update delete export', { fields: { balance: 'edit' } }),
  allow('boss', 'read export', { fields: { balance: 'read' } }),
]
const account = f.ref(
  'bank_account',
  { zh: '资金账户', en: 'Account' },
  { required: true, indexed: true, onDelete: 'refuse' },
)
const company = f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true })
const project = f.ref('project', { zh: '项目', en: 'Project' }, { system: true, quiet: true })

export const bankStatement = entity('bank_statement', {
  label: { zh: '银行对账单', en: 'Bank statement' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 200, indexed: true }),
    account,
    from_on: f.date({ zh: '起始日期', en: 'From' }, { required: true, indexed: true }),
    to_on: f.date({ zh: '截止日期', en: 'To' }, { required: true, indexed: true }),
    opening_amount: f.money({ zh: '期初余额', en: 'Opening' }, { required: true, group: 'balance' }),
    closing_amount: f.money({ zh: '期末余额', en: 'Closing' }, { required: true, group: 'balance' }),
    company,
    project,
  },
  place: { company: 'company', project: 'project' },
  rules: {
    period: {
      check: 'to_on >= from_on',
      message: { zh: '截止日期不能早于起始日期', en: 'It ends before it begins: check both dates' },
    },
  },
  access,
  views: {
    list: table('name account from_on to_on opening_amount closing_amount', { sort: '-to_on' }),
    form: form('name account from_on to_on opening_amount closing_amount'),
  },
})

export const bankStatementLine = entity('bank_statement_line', {
  label: { zh: '对账单明细', en: 'Statement line' },
  title: 'summary',
  fields: {
    statement: f.ref(
      'bank_statement',
      { zh: '对账单', en: 'Statement' },
      { required: true, indexed: true, onDelete: 'with' },
    ),
    on: f.date({ zh: '交易日期', en: 'Date' }, { required: true, indexed: true }),
    received: f.money({ zh: '收入', en: 'In' }, { required: true, default: '0', group: 'balance' }),
    paid: f.money({ zh: '支出', en: 'Out' }, { required: true, default: '0', group: 'balance' }),
    counter_name: f.text({ zh: '对方户名', en: 'Counterparty' }, { max: 200 }),
    summary: f.text({ zh: '摘要', en: 'Text' }, { max: 200 }),
    bank_ref: f.text({ zh: '流水号', en: 'Reference' }, { max: 60, indexed: true }),
    account: f.ref('bank_account', { zh: '资金账户', en: 'Account' }, { system: true, indexed: true }),
    matched: f.flag({ zh: '已勾对', en: 'Matched' }, { system: true, indexed: true }),
    company,
    project,
  },
  place: { company: 'company', project: 'project' },
  access,
  views: {
    list: table('statement on received paid counter_name summary bank_ref matched', { sort: '-on' }),
    form: form('statement on received paid counter_name summary bank_ref'),
  },
})

/** One entry of the cash ledger that a line stands for; an entry stands behind one line at most. */
export const bankMatch = entity('bank_match', {
  label: { zh: '勾对', en: 'Match' },
  internal: true,
  fields: {
    line: f.ref(
      'bank_statement_line',
      { zh: '对账单明细', en: 'Line' },
      { required: true, indexed: true, onDelete: 'with' },
    ),
    entry: f.text({ zh: '流水', en: 'Entry' }, { required: true, unique: true, max: 36 }),
    account: f.ref('bank_account', { zh: '资金账户', en: 'Account' }, { required: true, indexed: true }),
  },
  title: 'entry',
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bank_statement: typeof bankStatement
    bank_statement_line: typeof bankStatementLine
    bank_match: typeof bankMatch
  }
}
