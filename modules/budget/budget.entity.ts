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
    /** 动用原因: why contingency is drawn. */
    draw_cause: f.choice(
      { zh: '动用不可预见费的原因', en: 'Why contingency is drawn' },
      {
        risk: { zh: '风险发生', en: 'A risk happened' },
        variation: { zh: '变更签证', en: 'A variation' },
        omission: { zh: '漏项', en: 'Omitted from the target' },
        price: { zh: '价格上涨', en: 'Prices' },
        quantity: { zh: '工程量增加', en: 'Quantities' },
        other: { zh: '其他', en: 'Other' },
      },
      {
        when: 'kind != "initial"',
        hint: { zh: '不可预见费减少时必填', en: 'Needed where contingency becomes less' },
      },
    ),
    /** Of the risk register of the plan, by its name there. */
    draw_risk: f.text(
      { zh: '风险事件', en: 'Risk' },
      {
        ...{ max: 200, when: 'draw_cause = "risk"', required: true },
        hint: { zh: '按计划“工期风险”中的名称', en: 'By its name among the risks of the plan' },
      },
    ),
    /** By its number: contracts stand on targets, not targets on contracts. */
    draw_variation: f.text(
      { zh: '变更编号', en: 'Variation no.' },
      { max: 60, when: 'draw_cause = "variation"', required: true },
    ),
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
    /** 其中不可预见费, and what this version takes out of it. */
    contingency_amount: f.money(
      { zh: '其中不可预见费', en: 'Of it contingency' },
      { system: true, group: 'commercial' },
    ),
    drawn_amount: f.money({ zh: '动用不可预见费', en: 'Contingency drawn' }, { system: true, group: 'commercial' }),
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
  amount: 'total_amount',
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
      {
        label: { zh: '目标成本', en: 'Target cost' },
        fields: 'name project kind version_no base reason draw_cause draw_risk draw_variation',
      },
      { label: { zh: '明细', en: 'Lines' }, fields: 'lines' },
      {
        label: { zh: '合计', en: 'Totals' },
        fields: 'total_amount previous_total_amount change_amount contingency_amount drawn_amount',
      },
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
