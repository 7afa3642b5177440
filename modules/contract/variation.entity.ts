// 变更与签证: what a contract is changed by. Of an expense contract it counts when approved; of an income contract it is claimed
// until the client answers.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { expectedLedger } from '../budget/expected-change.ledger.ts'
import { contractLedger } from './contract.ledger.ts'

const income = 'direction = "income"'

export const variation = entity('variation', {
  kind: 'document',
  label: { zh: '变更签证', en: 'Variation' },
  title: 'name',
  apart: 'direction',
  number: '{kind:change=BG,site=QZ}-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '事由', en: 'Subject' }, { required: true, max: 200, indexed: true }),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      { change: { zh: '变更', en: 'Change' }, site: { zh: '签证', en: 'Site instruction' } },
      { required: true, default: 'change', indexed: true },
    ),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      { required: true, indexed: true, where: 'form != "framework" and form != "supplement"' },
    ),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '收入', en: 'Income', tone: 'good' }, expense: { zh: '支出', en: 'Expense', tone: 'info' } },
      { system: true, indexed: true },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { system: true }),
    price_mode: f.choice(
      { zh: '金额口径', en: 'Amounts are' },
      { gross: { zh: '含税', en: 'Gross' }, net: { zh: '不含税', en: 'Net' } },
      { system: true, default: 'gross' },
    ),
    deductible: f.flag({ zh: '进项可抵扣', en: 'Input VAT deductible' }, { system: true, quiet: true }),
    happened_on: f.date({ zh: '发生日期', en: 'Happened on' }, { required: true, default: '=today()' }),
    handler: f.user({ zh: '经办人', en: 'Handled by' }, { default: '=current_user()', indexed: true }),
    cause: f.choice(
      { zh: '原因', en: 'Cause' },
      {
        design: { zh: '设计变更', en: 'Design' },
        client: { zh: '甲方要求', en: 'Asked by the client' },
        ground: { zh: '地质与现场条件', en: 'Ground and site conditions' },
        bill: { zh: '清单缺项错项', en: 'Missing or wrong in the bill' },
        scheme: { zh: '方案调整', en: 'Method' },
        price: { zh: '价格与政策调整', en: 'Prices and regulations' },
        rework: { zh: '返工', en: 'Rework' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'design' },
    ),
    borne_by: f.choice(
      { zh: '费用承担', en: 'Borne by' },
      {
        client: { zh: '建设单位', en: 'The client' },
        self: { zh: '本单位', en: 'Ourselves' },
        subcontractor: { zh: '分包单位', en: 'The subcontractor' },
      },
      { required: true, default: 'client' },
    ),
    /** 对应的收入签证: what is claimed of the client for what a subcontractor is paid. */
    income_variation: f.ref(
      'variation',
      { zh: '对应收入变更', en: 'Claimed from the client by' },
      { when: 'direction = "expense" and borne_by = "client"', where: income, indexed: true },
    ),
    description: f.longText(
      { zh: '内容与依据', en: 'What and why' },
      {
        max: 4000,
        hint: { zh: '图纸、会议纪要、照片请附在“附件”', en: 'Drawings, minutes and photos go to the attachments' },
      },
    ),
    time_days: f.integer({ zh: '工期影响（天）', en: 'Days of delay' }, { min: -3650, max: 3650, default: 0 }),
    lines: f.lines('variation_line', { zh: '明细', en: 'Lines' }, { required: true, min: 1, max: 500 }),
    gross_amount: f.money(
      { zh: '金额（含税）', en: 'Amount (gross)' },
      { formula: 'sum(lines.gross_amount)', group: 'commercial', indexed: true },
    ),
    net_amount: f.money(
      { zh: '金额（不含税）', en: 'Amount (net)' },
      { formula: 'sum(lines.net_amount)', group: 'commercial' },
    ),
    /** Of an income contract: what the client answered. */
    answer: f.choice(
      { zh: '批复', en: 'Answer' },
      {
        waiting: { zh: '待批复', en: 'Waiting', tone: 'warn' },
        partly: { zh: '部分批复', en: 'In part', tone: 'info' },
        answered: { zh: '已批复', en: 'Answered', tone: 'good' },
      },
      { system: true },
    ),
    approved_amount: f.money(
      { zh: '批复金额（含税）', en: 'Approved (gross)' },
      { formula: 'sum(lines.approved_amount)', group: 'commercial' },
    ),
  },
  place: { company: 'company', project: 'project', owner: ['handler'] },
  verbs: {
    // Makes the answer with every line still open, to be changed and submitted.
    answer: {
      label: { zh: '登记批复', en: 'Record the answer' },
      when: `state = "effective" and ${income} and answer != "answered"`,
      tone: 'primary',
    },
    concerns: { label: { zh: '变更检查', en: 'What to look at' }, reads: true },
  },
  guests: {
    shows: [
      ...['name', 'kind', 'contract', 'project', 'counterparty', 'happened_on', 'cause', 'borne_by', 'description'],
      ...['time_days', 'price_mode', 'gross_amount', 'net_amount', 'lines'],
      ...['lines.code', 'lines.name', 'lines.feature', 'lines.unit', 'lines.qty', 'lines.price', 'lines.gross_amount'],
    ],
    party: { field: 'counterparty', contact: 'contact', mail: 'email', phone: 'phone' },
    confirm: {
      label: { zh: '确认变更签证', en: 'Confirm the variation' },
      before: 'submit',
      when: 'direction = "expense"',
    },
    // Taken over as a draft of the answer (variation-guest.hooks.ts), which whoever may record answers checks and submits.
    answer: {
      label: { zh: '批复变更签证', en: 'Answer the variation' },
      verb: 'answer',
      fields: {
        letter_no: f.text({ zh: '批复文号', en: 'Letter no.' }, { max: 60 }),
        note: f.longText({ zh: '批复意见', en: 'Opinion' }, { max: 2000 }),
      },
      lines: {
        of: 'lines',
        fields: {
          qty: f.number({ zh: '批复数量', en: 'Approved quantity' }, { required: true, scale: 4 }),
          price: f.number({ zh: '批复单价', en: 'Approved price' }, { required: true, scale: 6 }),
        },
      },
    },
  },
  amount: 'gross_amount',
  approval: 'variation',
  reversal: { negate: ['lines.qty'], approval: 'variation' },
  posting: [
    post(contractLedger, {
      each: 'lines',
      when: 'doc.direction = "expense"',
      dims: { contract: 'doc.contract', direction: 'doc.direction' },
      measures: { sum: 'gross_amount', sum_net: 'net_amount', changed: 'abs(gross_amount) * sign' },
      reserve: true,
    }),
    post(contractLedger, {
      each: 'lines',
      when: 'doc.direction = "income"',
      dims: { contract: 'doc.contract', direction: 'doc.direction' },
      measures: { claimed: 'gross_amount' },
    }),
    post(budgetLedger, {
      each: 'lines',
      when: 'doc.direction = "expense"',
      dims: { item: 'budget_item', spent_on: 'item', task: 'task' },
      measures: {
        committed: 'if doc.deductible then net_amount else gross_amount',
        changed: 'if doc.deductible then net_amount else gross_amount',
        // What was expected is expected no more: the gate counts the difference.
        estimated: '0 - expected_amount',
      },
      reserve: true,
    }),
    post(expectedLedger, {
      each: 'lines',
      when: 'expected != null and doc.direction = "expense"',
      dims: { expected: 'expected' },
      measures: { open: 'if doc.reverses = null then 0 - abs(expected_amount) else abs(expected_amount)' },
      reserve: true,
    }),
  ],
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export import answer reverse void invite', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read create update delete submit withdraw export invite', {
      fields: { commercial: 'edit' },
    }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export void', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'name number kind direction contract gross_amount approved_amount state answer counterparty borne_by project time_days happened_on',
      { sort: '-created_at' },
    ),
    form: form(
      {
        label: { zh: '基本信息', en: 'Basics' },
        fields: 'name kind contract direction project counterparty happened_on handler',
      },
      { label: { zh: '原因', en: 'Why' }, fields: 'cause borne_by income_variation time_days description' },
      { label: { zh: '明细', en: 'Lines' }, fields: 'price_mode lines' },
      { label: { zh: '合计', en: 'Totals' }, fields: 'gross_amount net_amount answer approved_amount' },
    ),
  },
})

export const variationLine = entity('variation_line', {
  kind: 'line',
  label: { zh: '变更明细', en: 'Line' },
  fields: {
    /** More or less of what the bill has. Of what it has not, the effective variation makes a bill item, which stands here then. */
    bill: f.ref(
      'bill_item',
      { zh: '清单项', en: 'Bill item' },
      {
        hint: { zh: '已有清单项的增减；新增项留空', en: 'More or less of what the bill has; empty for something new' },
      },
    ),
    code: f.text({ zh: '项目编码', en: 'Code' }, { max: 40, hint: { zh: '新增项留空则自动编号', en: 'Empty: given' } }),
    name: f.text({ zh: '名称', en: 'Name' }, { max: 200 }),
    feature: f.text({ zh: '项目特征', en: 'Description' }, { max: 2000 }),
    unit: f.text({ zh: '单位', en: 'Unit' }, { max: 20, hint: { zh: '总额项填“项”', en: 'A lump sum is one item' } }),
    /** ± */
    qty: f.number({ zh: '增减数量', en: 'More or less by' }, { required: true, scale: 4, default: '1' }),
    price: f.number({ zh: '单价', en: 'Unit price' }, { scale: 6, group: 'commercial' }),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { required: true, min: '0', max: '1', default: '0.09' }),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { where: 'leaf and active' }),
    task: f.ref('task', { zh: '计划任务', en: 'Task' }),
    amount: f.money(
      { zh: '金额', en: 'Amount' },
      { formula: 'round(qty * coalesce(price, 0), 2)', group: 'commercial' },
    ),
    net_amount: f.money(
      { zh: '不含税金额', en: 'Net' },
      {
        formula:
          'if doc.price_mode = "net" then round(qty * coalesce(price, 0), 2) else round(round(qty * coalesce(price, 0), 2) / (1 + tax_rate), 2)',
        group: 'commercial',
      },
    ),
    gross_amount: f.money(
      { zh: '含税金额', en: 'Gross' },
      {
        formula:
          'if doc.price_mode = "net" then round(qty * coalesce(price, 0), 2) + round(round(qty * coalesce(price, 0), 2) * tax_rate, 2) else round(qty * coalesce(price, 0), 2)',
        group: 'commercial',
      },
    ),
    approved_qty: f.number({ zh: '批复数量', en: 'Approved quantity' }, { system: true, scale: 4 }),
    approved_amount: f.money({ zh: '批复金额', en: 'Approved' }, { system: true, group: 'commercial' }),
    budget_item: f.ref('cost_item', { zh: '控制科目', en: 'Target of' }, { system: true, quiet: true }),
    /** Of an expense contract: what had been expected (E) and comes with this line. */
    expected: f.ref(
      'expected_change',
      { zh: '落实预计变更', en: 'Was expected as' },
      {
        indexed: true,
        where: 'state = "effective" and reverses = null',
        hint: { zh: '选了就不再重复计入动态成本', en: 'So that it counts once in dynamic cost' },
      },
    ),
    /** Of one unit, so that a mirror of part of the line gives back part of it. */
    expected_unit: f.number(
      { zh: '落实单价', en: 'Expected of one unit' },
      { system: true, quiet: true, scale: 10, group: 'commercial' },
    ),
    expected_amount: f.money(
      { zh: '落实金额', en: 'Of it expected' },
      {
        ...{ formula: 'round(qty * coalesce(expected_unit, 0), 2)', group: 'commercial' },
        hint: { zh: '成本口径', en: 'On cost basis' },
      },
    ),
    /** 1; −1 in a mirror document, whose size is taken back. */
    sign: f.integer({ zh: '正负', en: 'Sign' }, { quiet: true, min: -1, max: 1, default: 1 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    variation: typeof variation
    variation_line: typeof variationLine
  }
}
