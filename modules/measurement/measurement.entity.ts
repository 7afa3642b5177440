// 计量: what was built in a period of a contract and what it is worth. Quantities are entered; worth follows from what stands in all.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { billLedger } from './bill.ledger.ts'

const money = { group: 'commercial' } as const

export const measurement = entity('measurement', {
  kind: 'document',
  label: { zh: '计量', en: 'Measurement' },
  title: 'name',
  apart: 'direction',
  number: 'JL-{yyyy}{mm}-{seq:4}',
  fields: {
    /** Month and contract: written by the hook. */
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 260, indexed: true, quiet: true }),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      { required: true, indexed: true, where: 'state = "effective"' },
    ),
    kind: f.choice(
      { zh: '产值口径', en: 'Kind of output' },
      {
        reported: { zh: '自报产值', en: 'Reported by us', tone: 'neutral' },
        confirmed: { zh: '甲方确认产值', en: 'Confirmed by the client', tone: 'good' },
        subcontract: { zh: '分包产值', en: 'Of a subcontractor', tone: 'info' },
      },
      {
        indexed: true,
        hint: {
          zh: '收入合同：自报或甲方确认，只有甲方确认的才能收款；支出合同：分包产值',
          en: 'Income: reported or confirmed, and only what is confirmed is payable. Expense: of the subcontractor',
        },
      },
    ),
    measured_on: f.date(
      { zh: '计量截止日', en: 'Measured up to' },
      { required: true, default: '=today()', indexed: true },
    ),
    period: f.text({ zh: '期间', en: 'Period' }, { system: true, max: 7, indexed: true }),
    period_no: f.integer({ zh: '期次', en: 'No.' }, { system: true, min: 1 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { system: true, indexed: true }),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '收入', en: 'Income' }, expense: { zh: '支出', en: 'Expense' } },
      { system: true, indexed: true, quiet: true },
    ),
    deductible: f.flag({ zh: '进项可抵扣', en: 'Input VAT deductible' }, { system: true, quiet: true }),
    lines: f.lines('measurement_line', { zh: '明细', en: 'Lines' }, { required: true, min: 1, max: 5000 }),
    gross_amount: f.money(
      { zh: '本期计量（含税）', en: 'This period (gross)' },
      { formula: 'sum(lines.gross_amount)', indexed: true, ...money },
    ),
    net_amount: f.money(
      { zh: '本期计量（不含税）', en: 'This period (net)' },
      { formula: 'sum(lines.net_amount)', ...money },
    ),
    before_amount: f.money({ zh: '上期末累计', en: 'Before' }, { system: true, default: '0', ...money }),
    after_amount: f.money(
      { zh: '本期末累计', en: 'In all' },
      { formula: 'before_amount + sum(lines.gross_amount)', ...money },
    ),
    contract_amount: f.money({ zh: '现合同额', en: 'Contract sum now' }, { system: true, ...money }),
    done_share: f.percent(
      { zh: '累计完成比例', en: 'Done in all' },
      {
        formula:
          'if contract_amount = null or contract_amount = 0 then null else (before_amount + sum(lines.gross_amount)) / contract_amount',
        ...money,
      },
    ),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  amount: 'gross_amount',
  approval: 'measurement',
  posting: [
    post(billLedger, {
      each: 'lines',
      dims: {
        contract: 'doc.contract',
        basis: 'doc.kind',
        counted: 'kind',
        bill_item: 'bill_item',
        item: 'item',
        on: 'doc.measured_on',
      },
      measures: {
        qty: 'if kind = "bill" then qty else 0',
        gross: 'gross_amount',
        net: 'net_amount',
        over_qty: 'over_qty',
        final: 'final_change',
      },
      reserve: true,
    }),
    post(contractLedger, {
      dims: { contract: 'contract', direction: 'direction', on: 'measured_on' },
      measures: {
        reported: 'if kind = "reported" then gross_amount else 0',
        measured: 'if kind = "reported" then 0 else gross_amount',
        measured_net: 'if kind = "reported" then 0 else net_amount',
      },
      reserve: true,
    }),
    post(costLedger, {
      each: 'lines',
      when: 'doc.direction = "expense"',
      dims: {
        item: 'item',
        contract: 'doc.contract',
        counterparty: 'doc.counterparty',
        task: 'task',
        on: 'doc.measured_on',
      },
      measures: { amount: 'if doc.deductible then net_amount else gross_amount' },
    }),
  ],
  reversal: { negate: ['lines.qty', 'lines.amount', 'lines.final_change'] },
  guests: {
    shows: [
      ...['contract', 'kind', 'measured_on', 'period', 'period_no', 'project', 'counterparty', 'note', 'lines'],
      ...['gross_amount', 'net_amount', 'before_amount', 'after_amount', 'contract_amount', 'done_share'],
      ...['lines.bill_item', 'lines.what', 'lines.unit', 'lines.before_qty', 'lines.qty', 'lines.after_qty'],
      ...['lines.price', 'lines.gross_amount'],
    ],
    party: { field: 'counterparty', contact: 'contact', mail: 'email', phone: 'phone' },
    confirm: {
      label: { zh: '确认本期计量', en: 'Confirm this measurement' },
      before: 'submit',
      when: 'kind = "subcontract" or kind = "confirmed"',
    },
  },
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export import invite', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export invite', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export reverse void', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
    // 现场报量: fills in the quantities of a draft, and sees no price.
    allow('foreman', 'read update'),
  ],
  views: {
    list: table(
      'number period contract kind gross_amount after_amount done_share state counterparty project measured_on',
      { sort: '-measured_on' },
    ),
    form: form(
      { label: { zh: '计量', en: 'Measurement' }, fields: 'contract kind measured_on period period_no counterparty' },
      { label: { zh: '明细', en: 'Lines' }, fields: 'lines' },
      {
        label: { zh: '合计', en: 'Totals' },
        fields: 'before_amount gross_amount after_amount contract_amount done_share net_amount',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    measurement: typeof measurement
  }
}
