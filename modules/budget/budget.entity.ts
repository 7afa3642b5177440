// 目标成本: what a project may cost, by cost item on cost basis, in versions of which one is effective.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { budgetLedger } from './budget.ledger.ts'

export const budget = entity('budget', {
  kind: 'document',
  label: { zh: '目标成本', en: 'Target cost' },
  title: 'name',
  number: 'MB-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      {
        initial: { zh: '编制', en: 'First version' },
        adjust: { zh: '调整', en: 'Adjustment' },
        transfer: { zh: '调剂', en: 'Transfer' },
      },
      { system: true, default: 'initial' },
    ),
    version_no: f.integer({ zh: '版本', en: 'Version' }, { system: true, min: 1 }),
    /** The version it takes the place of: effective still when this one is approved. */
    base: f.ref('budget', { zh: '上一版本', en: 'Takes the place of' }, { system: true }),
    reason: f.longText({ zh: '编制或调整说明', en: 'Why' }, { max: 2000 }),
    lines: f.lines('budget_line', { zh: '明细', en: 'Lines' }, { required: true, min: 1, max: 2000 }),
    total_amount: f.money(
      { zh: '目标成本（成本口径）', en: 'Target (cost basis)' },
      { formula: 'sum(lines.amount)', group: 'commercial', indexed: true },
    ),
    previous_total_amount: f.money(
      { zh: '上一版本', en: 'Version before' },
      { formula: 'sum(lines.previous_amount)', group: 'commercial' },
    ),
    change_amount: f.money(
      { zh: '增减', en: 'Change' },
      { formula: 'sum(lines.amount) - sum(lines.previous_amount)', group: 'commercial' },
    ),
  },
  place: { company: 'company', project: 'project' },
  unique: [['project', 'version_no']],
  rules: {
    transfer_keeps_total: {
      check: 'kind != "transfer" or total_amount = previous_total_amount',
      message: {
        zh: '调剂不改变目标成本总额，请让调入与调出相等；要改总额请用“调整”',
        en: 'A transfer keeps the total: what comes in must equal what goes out. To change the total make an adjustment',
      },
    },
    says_why: {
      check: 'kind = "initial" or reason != null',
      message: { zh: '调整或调剂必须写明原因', en: 'Say why it is adjusted or transferred' },
    },
  },
  verbs: {
    adjust: { label: { zh: '调整', en: 'Adjust' }, when: 'state = "effective"' },
    // `transfer` is 转交 of an approval.
    reallocate: { label: { zh: '调剂', en: 'Transfer between items' }, when: 'state = "effective"' },
  },
  approval: 'budget',
  posting: [
    post(budgetLedger, {
      each: 'lines',
      dims: { item: 'item' },
      measures: { target: 'amount - previous_amount' },
      reserve: true,
    }),
  ],
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export import adjust reallocate', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name project kind version_no state total_amount change_amount effective_at', {
      sort: '-created_at',
      // A sum over versions that took each other's place would say nothing.
      where: 'state != "closed"',
    }),
    form: form(
      { label: { zh: '目标成本', en: 'Target cost' }, fields: 'name project kind version_no base reason' },
      { label: { zh: '明细', en: 'Lines' }, fields: 'lines' },
      { label: { zh: '合计', en: 'Totals' }, fields: 'total_amount previous_total_amount change_amount' },
    ),
  },
})

export const budgetLine = entity('budget_line', {
  kind: 'line',
  label: { zh: '目标成本明细', en: 'Line' },
  fields: {
    /** A leaf, or a branch whose leaves share one target: what is bound uses the nearest above it. */
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { required: true, where: 'active' }),
    unit: f.text({ zh: '单位', en: 'Unit' }, { max: 20 }),
    qty: f.number({ zh: '数量', en: 'Quantity' }, { required: true, scale: 4, min: '0', default: '1' }),
    price: f.number(
      { zh: '单价（成本口径）', en: 'Price (cost basis)' },
      { required: true, scale: 6, min: '0', group: 'commercial' },
    ),
    amount: f.money({ zh: '金额', en: 'Amount' }, { formula: 'round(qty * price, 2)', group: 'commercial' }),
    /** Of the version before: what is posted is the difference. */
    previous_amount: f.money(
      { zh: '上一版本', en: 'Version before' },
      { system: true, default: '0', group: 'commercial' },
    ),
    responsible: f.user({ zh: '责任人', en: 'Responsible' }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    budget: typeof budget
    budget_line: typeof budgetLine
  }
}
