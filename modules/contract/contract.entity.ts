// 合同: what was agreed with whom, for how much and on which terms. Income and expense alike; lines say which cost item it is for.
import { allow, entity, f, form, type Label, post, table } from '@yingzao/kernel/entity'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { contractLedger } from './contract.ledger.ts'

const expense = 'direction = "expense"'
/** Settled, whatever came after. */
export const settledStages: readonly string[] = ['settled', 'warranty', 'finished', 'terminated']
export const isSettled = settledStages.map(each => `stage = "${each}"`).join(' or ')
const deviates = 'deviation_threshold != null'
const hasAdvance = 'advance_amount != null and advance_amount > 0'
const recovers = (mode: string) => `recovery = "${mode}"`
const at = (from: readonly string[], to: string, action: string, label: Label) => ({
  ...{ from, to, action, label },
  when: 'state = "effective"',
})

export const contract = entity('contract', {
  kind: 'document',
  label: { zh: '合同', en: 'Contract' },
  title: 'name',
  apart: 'direction',
  number: '{direction:income=SR,expense=ZC}-{yyyy}{mm}-{seq:4}',
  amount: 'gross_amount',
  fields: {
    name: f.text({ zh: '合同名称', en: 'Name' }, { required: true, max: 200, indexed: true }),
    contract_no: f.text(
      { zh: '合同编号', en: 'Contract no.' },
      {
        ...{ max: 60, indexed: true, open: true },
        hint: {
          zh: '双方签署文本上的编号，公司内唯一；留空则以系统编号为准',
          en: 'As it stands on the signed paper, unique in the company; empty: the number given here counts',
        },
      },
    ),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '收入', en: 'Income', tone: 'good' }, expense: { zh: '支出', en: 'Expense', tone: 'info' } },
      { required: true, default: 'expense', indexed: true },
    ),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      {
        works: { zh: '施工承包', en: 'Works' },
        subcontract: { zh: '专业分包', en: 'Subcontract' },
        labour: { zh: '劳务分包', en: 'Labour' },
        purchase: { zh: '采购', en: 'Purchase' },
        rental: { zh: '租赁', en: 'Rental' },
        service: { zh: '服务', en: 'Services' },
      },
      { required: true, default: 'subcontract', indexed: true },
    ),
    form: f.choice(
      { zh: '形式', en: 'Form' },
      {
        single: { zh: '单份合同', en: 'Single' },
        framework: { zh: '框架合同', en: 'Framework' },
        order: { zh: '框架下订单', en: 'Order under a framework' },
        supplement: { zh: '补充协议', en: 'Supplement' },
      },
      { required: true, default: 'single', indexed: true },
    ),
    /** Of an order its framework; of a supplement the contract whose sum it moves. */
    parent: f.ref(
      'contract',
      { zh: '所属合同', en: 'Belongs to' },
      {
        when: 'form = "order" or form = "supplement"',
        ...{ required: true, indexed: true, where: 'state = "effective"' },
      },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { required: true, indexed: true }),
    handler: f.user({ zh: '经办人', en: 'Handled by' }, { default: '=current_user()', indexed: true }),
    /** Whether the company has a counsel, who is asked beside finance: known when it is submitted. */
    legal_review: f.flag({ zh: '法务会签', en: 'Reviewed by counsel' }, { system: true, quiet: true }),
    signed_on: f.date({ zh: '签订日期', en: 'Signed on' }),
    start_on: f.date({ zh: '开工日期', en: 'Starts on' }),
    finish_on: f.date({ zh: '完工日期', en: 'Finishes on' }),
    pricing: f.choice(
      { zh: '计价方式', en: 'Pricing' },
      {
        unit: { zh: '单价合同', en: 'Unit prices' },
        lump: { zh: '总价合同', en: 'Lump sum' },
        cost_plus: { zh: '成本加酬金', en: 'Cost plus fee' },
      },
      { required: true, default: 'unit' },
    ),
    /** 含税录入 or 不含税录入: lines and bill are entered in it, and never recomputed in the other. */
    price_mode: f.choice(
      { zh: '金额口径', en: 'Amounts are' },
      { gross: { zh: '含税', en: 'Gross' }, net: { zh: '不含税', en: 'Net' } },
      { required: true, default: 'gross' },
    ),
    pricing_standard: f.choice(
      { zh: '计价标准', en: 'Pricing standard' },
      {
        gb2024: { zh: 'GB/T 50500-2024', en: 'GB/T 50500-2024' },
        gb2013: { zh: 'GB 50500-2013', en: 'GB 50500-2013' },
        none: { zh: '不适用', en: 'None' },
      },
      {
        ...{ required: true, default: 'none', open: true },
        hint: { zh: '第一次计量后不能更改', en: 'Stands once something is measured' },
      },
    ),
    /** 工程量偏差: what the parties agreed. The standards differ, so nothing is assumed where nothing is entered. */
    deviation_threshold: f.percent(
      { zh: '工程量偏差幅度', en: 'Quantity deviation beyond' },
      {
        ...{ min: '0', max: '1', when: 'pricing = "unit"' },
        hint: { zh: '如 15%；合同未约定则留空', en: 'Such as 15 %; empty where nothing was agreed' },
      },
    ),
    deviation_scope: f.choice(
      { zh: '偏差调价范围', en: 'New price applies to' },
      {
        segment: { zh: '仅超出部分', en: 'What is beyond' },
        full: { zh: '全部工程量', en: 'The whole quantity' },
      },
      { when: deviates, required: true },
    ),
    deviation_factor_above: f.number(
      { zh: '超出时单价系数', en: 'Price factor above' },
      { when: deviates, required: true, scale: 4, min: '0', max: '9', hint: { zh: '如 0.9', en: 'Such as 0.9' } },
    ),
    deviation_factor_below: f.number(
      { zh: '减少时单价系数', en: 'Price factor below' },
      { when: deviates, required: true, scale: 4, min: '0', max: '9', hint: { zh: '如 1.1', en: 'Such as 1.1' } },
    ),
    invoice_type: f.choice(
      { zh: '约定发票', en: 'Invoices agreed' },
      {
        special: { zh: '专用发票', en: 'Special VAT invoices' },
        plain: { zh: '普通发票', en: 'Plain invoices' },
      },
      {
        ...{ required: true, default: 'special', when: expense },
        hint: {
          zh: '项目一般计税且开专票的可抵扣，按不含税计入成本；否则按含税',
          en: 'Special ones of a project under the general method are deducted and cost counts net; else gross',
        },
      },
    ),
    /** Input VAT can be deducted: cost counts net (general method and a special invoice), else gross. */
    deductible: f.flag({ zh: '进项可抵扣', en: 'Input VAT deductible' }, { system: true, when: expense }),
    lines: f.lines('contract_line', { zh: '合同明细', en: 'Lines' }, { max: 500 }),
    plan: f.lines('contract_due', { zh: '收付款计划', en: 'Payment plan' }, { max: 100 }),
    planned_amount: f.money(
      { zh: '计划合计', en: 'Planned in all' },
      { formula: 'sum(plan.planned_amount)', group: 'commercial', quiet: true },
    ),
    ceiling_amount: f.money(
      { zh: '框架金额上限', en: 'Ceiling' },
      { when: 'form = "framework"', min: '0', group: 'commercial' },
    ),
    gross_amount: f.money(
      { zh: '合同额（含税）', en: 'Sum (gross)' },
      { formula: 'sum(lines.gross_amount)', group: 'commercial', indexed: true },
    ),
    net_amount: f.money(
      { zh: '合同额（不含税）', en: 'Sum (net)' },
      { formula: 'sum(lines.net_amount)', group: 'commercial' },
    ),
    tax_amount: f.money({ zh: '税额', en: 'VAT' }, { formula: 'sum(lines.tax_amount)', group: 'commercial' }),
    provisional_amount: f.money(
      { zh: '其中暂列金额', en: 'Of it provisional sums' },
      { min: '0', group: 'commercial' },
    ),
    advance_amount: f.money({ zh: '预付款', en: 'Advance' }, { min: '0', group: 'commercial' }),
    recovery: f.choice(
      { zh: '预付款扣回', en: 'Advance recovered' },
      {
        threshold: { zh: '起扣点（主材比重）', en: 'From a threshold (share of material)' },
        linear: { zh: '按完成比例线性', en: 'In proportion to progress' },
        fixed: { zh: '每期固定', en: 'The same each period' },
      },
      { when: hasAdvance, required: true },
    ),
    recovery_base: f.choice(
      { zh: '扣回基数', en: 'Recovery refers to' },
      { original: { zh: '原合同额', en: 'Original sum' }, current: { zh: '现合同额', en: 'Current sum' } },
      { when: hasAdvance, default: 'original', required: true },
    ),
    material_share: f.percent(
      { zh: '主材比重', en: 'Share of material' },
      { when: recovers('threshold'), min: '0', max: '1' },
    ),
    recovery_from: f.percent(
      { zh: '起扣进度', en: 'Recovered from' },
      { when: recovers('linear'), min: '0', max: '1' },
    ),
    recovery_to: f.percent({ zh: '扣完进度', en: 'Recovered by' }, { when: recovers('linear'), min: '0', max: '1' }),
    recovery_each: f.money(
      { zh: '每期扣回', en: 'Recovered each period' },
      { when: recovers('fixed'), min: '0', group: 'commercial' },
    ),
    progress_share: f.percent(
      { zh: '进度款比例', en: 'Progress payment' },
      { required: true, min: '0', max: '1', default: '0.8' },
    ),
    /** 最低签发额: less than this is carried to the next claim. */
    minimum_amount: f.money(
      { zh: '最低签发额', en: 'Minimum certificate' },
      {
        ...{ min: '0', group: 'commercial' },
        hint: { zh: '本期应付低于此数时结转下期；没有约定则留空', en: 'Less than this is carried to the next claim' },
      },
    ),
    retention_mode: f.choice(
      { zh: '质保金扣留', en: 'Retention' },
      {
        none: { zh: '不扣', en: 'None' },
        each_period: { zh: '每期扣', en: 'With each payment' },
        at_settlement: { zh: '结算时扣', en: 'At settlement' },
      },
      { required: true, default: 'at_settlement' },
    ),
    retention_share: f.percent(
      { zh: '质保金比例', en: 'Retention share' },
      { when: 'retention_mode != "none"', required: true, min: '0', max: '1', default: '0.03' },
    ),
    warranty_months: f.integer(
      { zh: '缺陷责任期（月）', en: 'Defects liability (months)' },
      { when: 'retention_mode != "none"', min: 0, max: 120, default: 12 },
    ),
    performance_bond_amount: f.money({ zh: '履约保证金', en: 'Performance bond' }, { min: '0', group: 'commercial' }),
    /** 政府机关、事业单位、国有企业: 财建〔2022〕183号 asks for progress payments of 80 % and more. */
    public_client: f.flag(
      { zh: '建设单位为政府、事业单位或国企', en: 'The client is public' },
      { when: 'direction = "income"' },
    ),
    pay_days: f.integer({ zh: '付款期限（天）', en: 'Paid within (days)' }, { min: 0, max: 3650, default: 28 }),
    /** 先票后款. */
    invoice_first: f.flag({ zh: '先票后款', en: 'Invoice before payment' }, { default: true, when: expense }),
    note: f.longText({ zh: '备注', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project', owner: ['handler'] },
  unique: [['company', 'contract_no']],
  rules: {
    finish_after_start: {
      check: 'start_on = null or finish_on = null or finish_on >= start_on',
      message: { zh: '完工日期不能早于开工日期，请检查', en: 'It finishes before it starts: check both dates' },
    },
  },
  stages: {
    to_sign: { label: { zh: '待签', en: 'To sign' } },
    signed: { label: { zh: '履行中', en: 'In force' }, tone: 'good' },
    suspended: { label: { zh: '中止', en: 'Suspended' }, tone: 'warn' },
    completed: { label: { zh: '已完工', en: 'Completed' }, tone: 'info' },
    settling: { label: { zh: '结算中', en: 'Settling' }, tone: 'info' },
    settled: { label: { zh: '已结算', en: 'Settled' }, tone: 'info' },
    warranty: { label: { zh: '质保中', en: 'In warranty' }, tone: 'info' },
    finished: { label: { zh: '履行完毕', en: 'Finished' } },
    terminated: { label: { zh: '解除', en: 'Terminated' }, tone: 'bad' },
  },
  transitions: [
    at(['to_sign'], 'signed', 'sign', { zh: '签订', en: 'Sign' }),
    at(['signed'], 'suspended', 'suspend', { zh: '中止', en: 'Suspend' }),
    at(['suspended'], 'signed', 'resume', { zh: '恢复履行', en: 'Resume' }),
    at(['signed'], 'completed', 'complete', { zh: '完工', en: 'Complete' }),
    at(['signed', 'completed'], 'settling', 'open_settlement', { zh: '进入结算', en: 'Open the settlement' }),
    // Granted to nobody: an approved settlement does it.
    at(['signed', 'completed', 'settling'], 'settled', 'settle', { zh: '结算', en: 'Settle' }),
    // Granted to nobody: a settlement that is taken back does it.
    at(['settled', 'warranty'], 'completed', 'reopen', { zh: '撤销结算', en: 'Undo the settlement' }),
    at(['settled'], 'warranty', 'enter_warranty', { zh: '进入质保', en: 'Enter warranty' }),
    at(['settled', 'warranty'], 'finished', 'finish', { zh: '履行完毕', en: 'Finish' }),
    // Granted to nobody: an approved settlement on termination does it, and is taken back by its mirror.
    at(['signed', 'suspended', 'completed', 'settling'], 'terminated', 'terminate', { zh: '解除', en: 'Terminate' }),
    at(['terminated'], 'signed', 'reinstate', { zh: '撤销解除', en: 'Undo the termination' }),
  ],
  verbs: {
    // With the transition of the same name.
    sign: {
      label: { zh: '签订', en: 'Sign' },
      when: 'state = "effective"',
      tone: 'primary',
      input: {
        signed_on: f.date({ zh: '签订日期', en: 'Signed on' }, { required: true, default: '=today()' }),
        contract_no: f.text({ zh: '合同编号', en: 'Contract no.' }, { max: 60 }),
        start_on: f.date({ zh: '开工日期', en: 'Starts on' }),
        finish_on: f.date({ zh: '完工日期', en: 'Finishes on' }),
      },
    },
    lines_from_bill: {
      label: { zh: '按清单生成明细', en: 'Make the lines from the bill' },
      when: 'state = "draft" or state = "rejected"',
      confirm: {
        zh: '现有明细将被清单按成本科目与税率的合计取代。',
        en: 'The lines there are will be replaced by the sums of the bill, by cost item and VAT rate.',
      },
    },
    concerns: { label: { zh: '合同检查', en: 'What to look at' }, reads: true },
    figures: { label: { zh: '合同金额', en: 'Figures' }, reads: true },
  },
  approval: 'contract',
  posting: [
    post(contractLedger, {
      each: 'lines',
      // A supplement moves the sum of the contract it belongs to; an order stands by itself.
      dims: {
        contract: 'if doc.form = "supplement" then doc.parent else doc.id',
        direction: 'doc.direction',
      },
      measures: {
        sum: 'gross_amount',
        sum_net: 'net_amount',
        original: 'if doc.form = "supplement" then 0 else gross_amount',
      },
    }),
    post(budgetLedger, {
      each: 'lines',
      when: 'doc.direction = "expense"',
      dims: { item: 'budget_item', spent_on: 'item', task: 'task' },
      measures: { committed: 'if doc.deductible then net_amount else gross_amount' },
      reserve: true,
    }),
  ],
  access: [
    allow(
      'cost_engineer',
      'read create update delete submit withdraw export import sign suspend resume complete open_settlement lines_from_bill enter_warranty finish',
      { fields: { commercial: 'edit' } },
    ),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export void', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('legal', 'read export', { fields: { commercial: 'read' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('name number direction kind counterparty gross_amount state stage project signed_on form contract_no', {
      sort: '-created_at',
    }),
    form: form(
      {
        label: { zh: '基本信息', en: 'Basics' },
        fields: 'name contract_no direction kind form parent project counterparty handler signed_on start_on finish_on',
      },
      { label: { zh: '明细', en: 'Lines' }, fields: 'price_mode lines' },
      {
        label: { zh: '合同额', en: 'Sum' },
        fields: 'gross_amount net_amount tax_amount provisional_amount ceiling_amount invoice_type deductible',
      },
      {
        label: { zh: '计价', en: 'Pricing' },
        fields:
          'pricing pricing_standard deviation_threshold deviation_scope deviation_factor_above deviation_factor_below',
      },
      {
        label: { zh: '付款条件', en: 'Payment terms' },
        fields:
          'advance_amount recovery recovery_base material_share recovery_from recovery_to recovery_each progress_share minimum_amount retention_mode retention_share warranty_months performance_bond_amount public_client pay_days invoice_first',
      },
      { label: { zh: '收付款计划', en: 'Payment plan' }, fields: 'plan planned_amount' },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    contract: typeof contract
  }
}
