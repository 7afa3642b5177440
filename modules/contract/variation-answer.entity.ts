// 变更批复: what the client allowed of a variation that was claimed, line by line; only this counts in the contract's sum.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { contractLedger } from './contract.ledger.ts'

export const variationAnswer = entity('variation_answer', {
  kind: 'document',
  label: { zh: '变更批复', en: 'Answer to a variation' },
  title: 'name',
  number: 'PF-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '事由', en: 'Subject' }, { required: true, max: 200, indexed: true }),
    variation: f.ref(
      'variation',
      { zh: '变更签证', en: 'Variation' },
      { required: true, indexed: true, where: 'direction = "income"' },
    ),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { system: true, indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    price_mode: f.choice(
      { zh: '金额口径', en: 'Amounts are' },
      { gross: { zh: '含税', en: 'Gross' }, net: { zh: '不含税', en: 'Net' } },
      { system: true, default: 'gross' },
    ),
    answered_on: f.date({ zh: '批复日期', en: 'Answered on' }, { required: true, default: '=today()' }),
    letter_no: f.text({ zh: '批复文号', en: 'Letter no.' }, { max: 60 }),
    note: f.longText({ zh: '批复意见', en: 'What they said' }, { max: 2000 }),
    lines: f.lines('variation_answer_line', { zh: '明细', en: 'Lines' }, { required: true, min: 1, max: 500 }),
    claimed_amount: f.money(
      { zh: '申报金额（含税）', en: 'Claimed (gross)' },
      { formula: 'sum(lines.claimed_amount)', group: 'commercial' },
    ),
    gross_amount: f.money(
      { zh: '批复金额（含税）', en: 'Approved (gross)' },
      { formula: 'sum(lines.gross_amount)', group: 'commercial', indexed: true },
    ),
    reduced_amount: f.money(
      { zh: '核减金额', en: 'Reduced by' },
      { formula: 'sum(lines.claimed_amount) - sum(lines.gross_amount)', group: 'commercial' },
    ),
  },
  place: { company: 'company', project: 'project' },
  amount: 'gross_amount',
  approval: 'variation_answer',
  posting: [
    post(contractLedger, {
      each: 'lines',
      dims: { contract: 'doc.contract', direction: '"income"' },
      measures: {
        ...{ sum: 'gross_amount', sum_net: 'net_amount' },
        ...{ changed: 'abs(gross_amount)', claimed: '0 - claimed_amount' },
      },
    }),
  ],
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export void', { fields: { commercial: 'edit' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export void', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number name variation contract project answered_on letter_no state claimed_amount gross_amount reduced_amount',
      { sort: '-created_at' },
    ),
    form: form(
      { label: { zh: '批复', en: 'Answer' }, fields: 'name variation contract project answered_on letter_no note' },
      { label: { zh: '明细', en: 'Lines' }, fields: 'price_mode lines' },
      { label: { zh: '合计', en: 'Totals' }, fields: 'claimed_amount gross_amount reduced_amount' },
    ),
  },
})

export const variationAnswerLine = entity('variation_answer_line', {
  kind: 'line',
  label: { zh: '批复明细', en: 'Line' },
  fields: {
    /** Position of the line in the variation: what it answers. */
    line_no: f.integer({ zh: '变更行号', en: 'Line of the variation' }, { required: true, min: 1, max: 500 }),
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 200 }),
    claimed_qty: f.number({ zh: '申报数量', en: 'Claimed quantity' }, { system: true, scale: 4 }),
    qty: f.number({ zh: '批复数量', en: 'Approved quantity' }, { required: true, scale: 4 }),
    price: f.number({ zh: '批复单价', en: 'Approved price' }, { required: true, scale: 6, group: 'commercial' }),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { system: true, default: '0.09' }),
    claimed_amount: f.money({ zh: '申报金额（含税）', en: 'Claimed (gross)' }, { system: true, group: 'commercial' }),
    gross_amount: f.money(
      { zh: '批复金额（含税）', en: 'Approved (gross)' },
      {
        formula:
          'if doc.price_mode = "net" then round(qty * price, 2) + round(round(qty * price, 2) * tax_rate, 2) else round(qty * price, 2)',
        group: 'commercial',
      },
    ),
    net_amount: f.money(
      { zh: '批复金额（不含税）', en: 'Approved (net)' },
      {
        formula:
          'if doc.price_mode = "net" then round(qty * price, 2) else round(round(qty * price, 2) / (1 + tax_rate), 2)',
        group: 'commercial',
      },
    ),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    variation_answer: typeof variationAnswer
    variation_answer_line: typeof variationAnswerLine
  }
}
