// 报销: money a person spent for the company. Approved, it is cost, settles what he was lent, and the rest is paid to him.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { payableLedger, payStages, payTransitions } from '../bank-account/payable.ledger.ts'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { paperLedger } from '../invoice/paper.ledger.ts'
import { advanceLedger } from './advance.ledger.ts'
import { closeRest, payTo, whose } from './own.ts'

export const claim = entity('claim', {
  kind: 'document',
  label: { zh: '报销单', en: 'Claim' },
  title: 'name',
  number: 'BX-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text(
      { zh: '报销事由', en: 'What for' },
      {
        required: true,
        max: 200,
        indexed: true,
        hint: { zh: '如 赴甲方开会差旅', en: 'Such as “Meeting at the client”' },
      },
    ),
    project: f.ref(
      'project',
      { zh: '项目', en: 'Project' },
      { indexed: true, hint: { zh: '公司费用留空', en: 'Empty: expense of the company' } },
    ),
    lines: f.lines('claim_line', { zh: '费用明细', en: 'Expenses' }, { required: true, min: 1, max: 100 }),
    total_amount: f.money(
      { zh: '报销金额', en: 'Claimed' },
      { formula: 'sum(lines.amount)', group: 'commercial', indexed: true },
    ),
    offset: f.flag({ zh: '冲抵借支', en: 'Settle my advance' }, { default: true }),
    offset_amount: f.money(
      { zh: '冲抵金额', en: 'Settled by it' },
      { system: true, default: '0', group: 'commercial' },
    ),
    pay_amount: f.money(
      { zh: '应付金额', en: 'To be paid' },
      { formula: 'sum(lines.amount) - offset_amount', group: 'commercial' },
    ),
    ...payTo,
    ...whose,
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', department: 'department', project: 'project', owner: ['person'] },
  stages: payStages,
  transitions: payTransitions,
  verbs: { close_rest: closeRest },
  amount: 'total_amount',
  approval: 'claim',
  posting: [
    post(budgetLedger, {
      each: 'lines',
      when: 'doc.project != null',
      dims: { item: 'budget_item', spent_on: 'item', task: 'task' },
      measures: { direct: 'cost_amount' },
      reserve: true,
    }),
    post(costLedger, { each: 'lines', dims: { item: 'item', task: 'task' }, measures: { amount: 'cost_amount' } }),
    post(paperLedger, {
      each: 'lines',
      when: 'invoice_no != null',
      dims: { paper: 'invoice_no' },
      measures: { used: 'amount' },
      reserve: true,
    }),
    post(advanceLedger, { dims: { person: 'person' }, measures: { settled: 'offset_amount' }, reserve: true }),
    post(payableLedger, {
      dims: { payable: 'payable', person: 'person' },
      measures: { approved: 'pay_amount' },
      reserve: true,
    }),
  ],
  reversal: { negate: ['lines.amount', 'lines.tax_amount', 'offset_amount'] },
  tells: {
    rejected: {
      label: { zh: '我的报销被驳回', en: 'A claim of mine was rejected' },
      to: 'person',
      when: 'state = "rejected"',
      text: { zh: '报销“{title}”被驳回，请修改后重新提交', en: '{title} was rejected: change it and submit again' },
    },
    paid: {
      label: { zh: '我的报销已付款', en: 'A claim of mine was paid' },
      to: 'person',
      when: 'stage = "paid"',
      text: { zh: '报销“{title}”已付款', en: '{title} is paid' },
    },
  },
  access: [
    allow('member', 'read create update delete submit withdraw', {
      scope: 'own',
      fields: { commercial: 'edit', bank: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read export', { scope: 'department_below', fields: { commercial: 'read' } }),
    allow('finance', 'read export reverse void close_rest', { fields: { commercial: 'read', bank: 'read' } }),
    allow('cashier', 'read export', { fields: { commercial: 'read', bank: 'read' } }),
    allow('cost_engineer', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export unmask', { fields: { commercial: 'read', bank: 'masked' } }),
  ],
  views: {
    list: table('number name person project total_amount offset_amount pay_amount state stage created_at', {
      sort: '-created_at',
    }),
    form: form(
      { label: { zh: '报销', en: 'Claim' }, fields: 'name project' },
      { label: { zh: '费用', en: 'Expenses' }, fields: 'lines' },
      {
        label: { zh: '付款', en: 'Payment' },
        fields: 'total_amount offset offset_amount pay_amount pay_bank pay_number',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'person note' },
    ),
  },
})

export const claimLine = entity('claim_line', {
  kind: 'line',
  label: { zh: '费用', en: 'Expense' },
  fields: {
    expense_item: f.ref(
      'expense_item',
      { zh: '费用科目', en: 'Expense item' },
      { required: true, where: 'leaf and active' },
    ),
    amount: f.money({ zh: '金额（含税）', en: 'Amount (gross)' }, { required: true, min: '0.01', group: 'commercial' }),
    spent_on: f.date({ zh: '发生日期', en: 'Spent on' }),
    invoice_no: f.text(
      { zh: '发票号码', en: 'Invoice no.' },
      { max: 40, hint: { zh: '数电票 20 位号码；旧票为 代码-号码', en: '20 digits; older ones code-number' } },
    ),
    tax_amount: f.money(
      { zh: '可抵扣税额', en: 'Deductible VAT' },
      {
        min: '0',
        group: 'commercial',
        hint: { zh: '专票等可抵扣凭证上的税额', en: 'On a voucher that is deductible' },
      },
    ),
    /** 计入成本: net where input VAT is deductible. */
    cost_amount: f.money(
      { zh: '计入成本', en: 'Cost' },
      { formula: 'amount - (if tax_amount = null then 0 else tax_amount)', group: 'commercial' },
    ),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { system: true }),
    task: f.ref('task', { zh: '计划任务', en: 'Task' }, { hint: { zh: '项目费用可归到任务', en: 'Of a project' } }),
    /** The item whose target it uses: its own, or the nearest above that has one. */
    budget_item: f.ref('cost_item', { zh: '控制科目', en: 'Target of' }, { system: true, quiet: true }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  rules: {
    tax_within: {
      // As a share: a mirror has both negated.
      check: 'tax_amount = null or tax_amount / amount < 1',
      message: { zh: '税额应小于金额，请核对', en: 'The VAT is less than the amount: check both' },
    },
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    claim: typeof claim
    claim_line: typeof claimLine
  }
}
