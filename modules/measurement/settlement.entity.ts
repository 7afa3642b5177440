// 结算: what a contract comes to in the end. Sum, measured and cost become what was approved; what is left is due, or given back.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { billLedger } from './bill.ledger.ts'

const money = { group: 'commercial' } as const
const figure = { system: true, default: '0', ...money } as const

export const settlement = entity('settlement', {
  kind: 'document',
  label: { zh: '结算', en: 'Settlement' },
  title: 'name',
  apart: 'direction',
  number: 'JS-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 260, indexed: true, quiet: true }),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      { required: true, indexed: true, where: 'state = "effective"' },
    ),
    ends: f.choice(
      { zh: '结算类型', en: 'Kind' },
      {
        completion: { zh: '竣工结算', en: 'On completion' },
        /** 解除: what was done is settled, the rest of the contract is free again. */
        termination: { zh: '解除结算', en: 'On termination', tone: 'bad' },
      },
      { required: true, default: 'completion' },
    ),
    termination_reason: f.longText(
      { zh: '解除原因', en: 'Why it is terminated' },
      { required: true, max: 2000, when: 'ends = "termination"' },
    ),
    settled_on: f.date({ zh: '结算日期', en: 'Settled on' }, { required: true, default: '=today()', indexed: true }),
    accepted_on: f.date(
      { zh: '竣工验收日期', en: 'Accepted on' },
      { hint: { zh: '质保期由此起算', en: 'Defects liability runs from here' } },
    ),
    /** Of the balance; where too much was paid, the day by which it goes back. */
    due_on: f.date({ zh: '应付（退）日期', en: 'Due on' }, { system: true, indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { system: true, indexed: true }),
    handler: f.user({ zh: '合同经办人', en: 'Contract handled by' }, { system: true }),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '收入', en: 'Income', tone: 'good' }, expense: { zh: '支出', en: 'Expense', tone: 'info' } },
      { system: true, indexed: true },
    ),
    basis: f.text({ zh: '产值口径', en: 'Kind of output' }, { system: true, quiet: true, max: 20 }),
    deductible: f.flag({ zh: '进项可抵扣', en: 'Input VAT deductible' }, { system: true, quiet: true }),
    lines: f.lines('settlement_line', { zh: '结算明细', en: 'Lines' }, { required: true, min: 1, max: 500 }),
    submitted_amount: f.money(
      { zh: '送审金额', en: 'Submitted' },
      { formula: 'sum(lines.submitted_amount)', ...money },
    ),
    approved_amount: f.money(
      { zh: '审定金额', en: 'Approved' },
      { formula: 'sum(lines.approved_amount)', indexed: true, ...money },
    ),
    cut_amount: f.money(
      { zh: '核减金额', en: 'Cut' },
      { formula: 'sum(lines.submitted_amount) - sum(lines.approved_amount)', ...money },
    ),
    cut_share: f.percent(
      { zh: '核减率', en: 'Cut, share' },
      {
        formula:
          'if sum(lines.submitted_amount) = 0 then null else (sum(lines.submitted_amount) - sum(lines.approved_amount)) / sum(lines.submitted_amount)',
        ...money,
      },
    ),
    deduction_amount: f.money(
      { zh: '结算扣款', en: 'Deducted at settlement' },
      {
        min: '0',
        default: '0',
        ...money,
        hint: { zh: '此前未扣的罚款、水电等', en: 'Fines and the like not deducted before' },
      },
    ),
    contract_amount: f.money({ zh: '结算前合同额', en: 'Sum before' }, figure),
    deducted_total: f.money({ zh: '累计扣款', en: 'Deducted in all' }, figure),
    paid_before: f.money({ zh: '进度款累计应付', en: 'Progress claims' }, figure),
    advanced_total: f.money({ zh: '预付款', en: 'Advance' }, figure),
    retention_amount: f.money({ zh: '质保金金额', en: 'Retention held' }, figure),
    balance_amount: f.money({ zh: '结算应付', en: 'Balance' }, { ...figure, indexed: true }),
    payable_amount: f.money({ zh: '结算尾款', en: 'Final payment' }, figure),
    refund_amount: f.money({ zh: '应退', en: 'To be given back' }, figure),
    retention_due_on: f.date({ zh: '质保金到期日', en: 'Retention due on' }, { system: true, indexed: true }),
    retention_state: f.choice(
      { zh: '质保金状态', en: 'State of the retention' },
      {
        none: { zh: '无', en: 'None' },
        held: { zh: '扣留中', en: 'Held', tone: 'info' },
        due: { zh: '已到期', en: 'Due', tone: 'warn' },
        released: { zh: '已释放', en: 'Released', tone: 'good' },
      },
      { system: true, open: true, default: 'none', indexed: true },
    ),
    sum_change: f.money({ zh: '合同额变化', en: 'Change of the sum' }, { ...figure, quiet: true }),
    sum_net_change: f.money({ zh: '合同额变化（不含税）', en: 'Change of the sum (net)' }, { ...figure, quiet: true }),
    measured_change: f.money({ zh: '计量变化', en: 'Change of measured' }, { ...figure, quiet: true }),
    measured_net_change: f.money(
      { zh: '计量变化（不含税）', en: 'Change of measured (net)' },
      { ...figure, quiet: true },
    ),
    retained_change: f.money({ zh: '质保金变化', en: 'Change of retention' }, { ...figure, quiet: true }),
    recovered_change: f.money({ zh: '扣回变化', en: 'Change of recovered' }, { ...figure, quiet: true }),
    deducted_change: f.money({ zh: '扣款变化', en: 'Change of deducted' }, { ...figure, quiet: true }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  verbs: { concerns: { label: { zh: '结算检查', en: 'What to look at' }, reads: true } },
  amount: 'approved_amount',
  approval: 'settlement',
  posting: [
    // Judged when it takes effect: until then neither the sum nor what is measured is that of the settlement.
    post(contractLedger, {
      dims: { contract: 'contract', direction: 'direction', on: 'settled_on', due_on: 'due_on' },
      measures: {
        sum: 'sum_change',
        sum_net: 'sum_net_change',
        measured: 'measured_change',
        measured_net: 'measured_net_change',
        due: 'balance_amount',
        retained: 'retained_change',
        recovered: 'recovered_change',
        deducted: 'deducted_change',
        refundable: 'refund_amount',
      },
    }),
    post(billLedger, {
      each: 'lines',
      dims: {
        contract: 'doc.contract',
        basis: 'doc.basis',
        counted: '"settlement"',
        item: 'item',
        on: 'doc.settled_on',
      },
      measures: { gross: 'gross_change', net: 'net_change' },
    }),
    post(costLedger, {
      each: 'lines',
      when: 'doc.direction = "expense"',
      dims: {
        ...{ item: 'item', contract: 'doc.contract', counterparty: 'doc.counterparty', task: 'task' },
        on: 'doc.settled_on',
      },
      measures: { amount: 'if doc.deductible then net_change else gross_change' },
    }),
    post(budgetLedger, {
      each: 'lines',
      when: 'doc.direction = "expense"',
      dims: { item: 'budget_item', spent_on: 'item', task: 'task', on: 'doc.settled_on' },
      // What was signed stays C; what the settlement makes of it is a change.
      measures: { committed: 'committed_change', changed: 'committed_change' },
      reserve: true,
    }),
  ],
  reversal: {
    negate: [
      ...[
        'sum_change',
        'sum_net_change',
        'measured_change',
        'measured_net_change',
        'balance_amount',
        'retained_change',
      ],
      ...['recovered_change', 'deducted_change', 'refund_amount', 'payable_amount', 'deduction_amount'],
      ...['lines.submitted_amount', 'lines.approved_amount', 'lines.gross_change', 'lines.net_change'],
      'lines.committed_change',
    ],
  },
  tells: {
    retention_due: {
      label: { zh: '我经办的合同质保金到期', en: 'Retention of a contract I handle falls due' },
      to: 'handler',
      when: 'retention_state = "due"',
      text: {
        zh: '“{title}”的质保金于 {retention_due_on} 到期，请核对返修后办理释放',
        en: 'The retention of {title} is due on {retention_due_on}: check for repairs and release it',
      },
    },
  },
  guests: {
    shows: [
      ...['contract', 'settled_on', 'accepted_on', 'due_on', 'project', 'counterparty', 'direction', 'note', 'lines'],
      ...['submitted_amount', 'approved_amount', 'cut_amount', 'cut_share', 'deduction_amount', 'contract_amount'],
      ...['deducted_total', 'paid_before', 'advanced_total', 'retention_amount', 'payable_amount', 'refund_amount'],
      ...['retention_due_on', 'lines.what', 'lines.submitted_amount', 'lines.approved_amount', 'lines.note'],
    ],
    party: { field: 'counterparty', contact: 'contact', mail: 'email', phone: 'phone' },
    confirm: { label: { zh: '会签结算', en: 'Countersign the settlement' }, before: 'submit' },
  },
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export import invite', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export invite', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export reverse void', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number contract ends direction approved_amount submitted_amount cut_share balance_amount state retention_state retention_due_on counterparty project',
      { sort: '-settled_on' },
    ),
    form: form(
      {
        label: { zh: '结算', en: 'Settlement' },
        fields: 'contract ends termination_reason settled_on accepted_on direction counterparty',
      },
      { label: { zh: '明细', en: 'Lines' }, fields: 'lines' },
      { label: { zh: '审定', en: 'Approved' }, fields: 'submitted_amount approved_amount cut_amount cut_share' },
      {
        label: { zh: '结算款', en: 'Final payment' },
        fields:
          'contract_amount retention_amount deduction_amount deducted_total paid_before advanced_total payable_amount refund_amount due_on retention_state retention_due_on',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

export const settlementLine = entity('settlement_line', {
  kind: 'line',
  label: { zh: '结算明细', en: 'Line' },
  fields: {
    what: f.text({ zh: '内容', en: 'What' }, { required: true, max: 200 }),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { where: 'leaf and active' }),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { required: true, min: '0', max: '1', default: '0.09' }),
    submitted_amount: f.money({ zh: '送审（含税）', en: 'Submitted (gross)' }, { required: true, ...money }),
    approved_amount: f.money({ zh: '审定（含税）', en: 'Approved (gross)' }, { required: true, ...money }),
    measured_amount: f.money({ zh: '已计量', en: 'Measured' }, { ...figure }),
    gross_change: f.money({ zh: '计量变化', en: 'Change of measured' }, { ...figure, quiet: true }),
    net_change: f.money({ zh: '计量变化（不含税）', en: 'Change of measured (net)' }, { ...figure, quiet: true }),
    committed_change: f.money({ zh: '签约变化', en: 'Change of committed' }, { ...figure, quiet: true }),
    note: f.text({ zh: '备注', en: 'Note' }, { max: 200 }),
    /** That of the contract line. */
    task: f.ref('task', { zh: '计划任务', en: 'Task' }, { system: true, quiet: true }),
    /** The item whose target it uses. */
    budget_item: f.ref('cost_item', { zh: '控制科目', en: 'Target of' }, { system: true, quiet: true }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    settlement: typeof settlement
    settlement_line: typeof settlementLine
  }
}
