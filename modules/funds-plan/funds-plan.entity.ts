// 资金计划: what a project expects to receive and asks to pay in a month, line by line; the company decides how much of it.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { fundsPlanLedger } from './funds-plan.ledger.ts'

const money = { group: 'commercial' } as const
const planner = 'read create update delete submit withdraw export import generate supplement'

export const fundsPlan = entity('funds_plan', {
  kind: 'document',
  label: { zh: '资金计划', en: 'Funds plan' },
  title: 'name',
  number: 'ZJJH-{yyyy}{mm}-{seq:4}',
  amount: 'out_amount',
  fields: {
    name: f.text(
      { zh: '名称', en: 'Name' },
      { max: 200, indexed: true, hint: { zh: '留空取项目与月份', en: 'Empty: project and month' } },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    month: f.text(
      { zh: '计划月份', en: 'Month' },
      {
        required: true,
        max: 7,
        pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$',
        indexed: true,
        hint: { zh: '如 2026-11', en: 'Such as 2026-11' },
      },
    ),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      { initial: { zh: '月度计划', en: 'Plan of the month' }, supplement: { zh: '追加计划', en: 'Supplement' } },
      { system: true, default: 'initial' },
    ),
    base: f.ref('funds_plan', { zh: '追加到', en: 'Adds to' }, { system: true }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
    lines: f.lines('funds_plan_line', { zh: '收支明细', en: 'Lines' }, { max: 1000 }),
    in_amount: f.money({ zh: '申报收入', en: 'In, asked' }, { formula: 'sum(lines.in_amount)', ...money }),
    expected_amount: f.money(
      { zh: '预计到账', en: 'In, expected' },
      { formula: 'sum(lines.expected_amount)', ...money },
    ),
    out_amount: f.money({ zh: '申报支出', en: 'Out, asked' }, { formula: 'sum(lines.out_amount)', ...money }),
    approved_in_amount: f.money(
      { zh: '核定收入', en: 'In, approved' },
      { formula: 'sum(lines.approved_in_amount)', ...money },
    ),
    approved_out_amount: f.money(
      { zh: '核定支出', en: 'Out, approved' },
      { formula: 'sum(lines.approved_out_amount)', ...money },
    ),
  },
  place: { company: 'company', project: 'project' },
  verbs: {
    generate: {
      label: { zh: '按合同与进度生成', en: 'Propose from contracts and progress' },
      when: 'state = "draft" and kind = "initial"',
    },
    decide: {
      label: { zh: '核定金额', en: 'Decide amounts' },
      when: 'state = "pending"',
      input: { amounts: f.json({ zh: '核定', en: 'Amounts' }, { required: true }) },
    },
    supplement: { label: { zh: '追加计划', en: 'Supplement' }, when: 'state = "effective"' },
  },
  approval: 'funds_plan',
  posting: [
    post(fundsPlanLedger, {
      each: 'lines',
      dims: { month: 'doc.month', plan_line: 'key', contract: 'contract', counterparty: 'counterparty' },
      measures: { planned_out: 'approved_out_amount', planned_in: 'approved_in_amount' },
    }),
    // 上月未付: an approved request that was not paid stands in the month of the new plan from now on.
    post(fundsPlanLedger, {
      each: 'lines',
      when: 'carried_from != null',
      dims: { month: 'doc.month', plan_line: 'key', contract: 'contract', counterparty: 'counterparty' },
      measures: { used: 'carried_amount' },
    }),
    post(fundsPlanLedger, {
      each: 'lines',
      when: 'carried_from != null',
      dims: { month: 'carried_from', plan_line: 'key', contract: 'contract', counterparty: 'counterparty' },
      measures: { used: '0 - carried_amount' },
    }),
  ],
  reversal: { negate: ['lines.amount', 'lines.approved_amount'] },
  tells: {
    decided: {
      label: { zh: '我的资金计划已核定', en: 'My funds plan was decided' },
      to: 'created_by',
      when: 'state = "effective" and reverses = null',
      text: {
        zh: '资金计划“{title}”已核定，支出 {approved_out_amount}',
        en: '{title} was decided: out {approved_out_amount}',
      },
    },
    rejected: {
      label: { zh: '我的资金计划被驳回', en: 'My funds plan was rejected' },
      to: 'created_by',
      when: 'state = "rejected"',
      text: { zh: '资金计划“{title}”被驳回，请修改后重新提交', en: '{title} was rejected: change it and submit again' },
    },
  },
  access: [
    allow('project_manager', planner, { fields: { commercial: 'edit' } }),
    allow('cost_engineer', planner, { fields: { commercial: 'edit' } }),
    allow('finance', `${planner} decide close reverse`, { fields: { commercial: 'edit' } }),
    allow('boss', 'read export decide', { fields: { commercial: 'read' } }),
    allow('cashier', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number name month kind project in_amount out_amount approved_in_amount approved_out_amount state effective_at',
      { sort: '-month' },
    ),
    form: form(
      { label: { zh: '资金计划', en: 'Funds plan' }, fields: 'project month name kind base note' },
      { label: { zh: '收支明细', en: 'Lines' }, fields: 'lines' },
      {
        label: { zh: '合计', en: 'Totals' },
        fields: 'in_amount expected_amount out_amount approved_in_amount approved_out_amount',
      },
    ),
  },
})

const side = (direction: 'in' | 'out', amount: string) => `if direction = "${direction}" then ${amount} else 0`

export const fundsPlanLine = entity('funds_plan_line', {
  kind: 'line',
  label: { zh: '收支明细', en: 'Line' },
  fields: {
    direction: f.choice(
      { zh: '收支', en: 'In or out' },
      { out: { zh: '支出', en: 'Out' }, in: { zh: '收入', en: 'In' } },
      { required: true, default: 'out' },
    ),
    kind: f.choice(
      { zh: '款项', en: 'Kind' },
      {
        contract: { zh: '合同款', en: 'On a contract' },
        wages: { zh: '工资', en: 'Wages' },
        tax: { zh: '税费', en: 'Taxes' },
        claim: { zh: '报销与借支', en: 'Claims and advances' },
        bond: { zh: '保证金', en: 'Bonds' },
        loan: { zh: '借款', en: 'Loans' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'contract' },
    ),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { where: 'state = "effective"' }),
    counterparty: f.ref(
      'counterparty',
      { zh: '往来单位', en: 'Counterparty' },
      { hint: { zh: '按合同时自动带出', en: 'Taken from the contract' } },
    ),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { where: 'active' }),
    amount: f.money({ zh: '申报金额', en: 'Asked' }, { required: true, min: '0', ...money }),
    probability: f.percent(
      { zh: '到账把握', en: 'Probability' },
      { min: '0', max: '1', required: true, default: '1', when: 'direction = "in"' },
    ),
    approved_amount: f.money({ zh: '核定金额', en: 'Approved' }, { system: true, ...money }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 300 }),
    /** How it was proposed; empty: written by a person. */
    why: f.text({ zh: '依据', en: 'Why' }, { system: true, max: 300 }),
    in_amount: f.money({ zh: '收入', en: 'In' }, { formula: side('in', 'amount'), quiet: true, ...money }),
    out_amount: f.money({ zh: '支出', en: 'Out' }, { formula: side('out', 'amount'), quiet: true, ...money }),
    expected_amount: f.money(
      { zh: '预计到账', en: 'Expected' },
      {
        formula: side('in', 'round(amount * (if probability = null then 1 else probability), 2)'),
        quiet: true,
        ...money,
      },
    ),
    approved_in_amount: f.money(
      { zh: '核定收入', en: 'In, approved' },
      { formula: side('in', '(if approved_amount = null then 0 else approved_amount)'), quiet: true, ...money },
    ),
    approved_out_amount: f.money(
      { zh: '核定支出', en: 'Out, approved' },
      { formula: side('out', '(if approved_amount = null then 0 else approved_amount)'), quiet: true, ...money },
    ),
    /** The balance of the ledger it counts in. */
    key: f.text({ zh: '计划行', en: 'Key' }, { system: true, quiet: true, max: 40 }),
    /** 上月未付的付款申请: the request, its month and what was open of it. */
    payable: f.text({ zh: '付款申请', en: 'Request' }, { system: true, quiet: true, max: 40 }),
    carried_from: f.text({ zh: '结转自', en: 'Carried from' }, { system: true, max: 7 }),
    carried_amount: f.money({ zh: '结转金额', en: 'Carried' }, { system: true, quiet: true, ...money }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    funds_plan: typeof fundsPlan
    funds_plan_line: typeof fundsPlanLine
  }
}
