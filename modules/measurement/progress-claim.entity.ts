// 进度款: what is due for what was measured, from cumulative figures; and the advance, once the contract is signed.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'

const money = { group: 'commercial' } as const
const figure = { system: true, default: '0', ...money } as const

export const progressClaim = entity('progress_claim', {
  kind: 'document',
  label: { zh: '进度款申请', en: 'Progress claim' },
  title: 'name',
  apart: 'direction',
  number: 'JDK-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 260, indexed: true, quiet: true }),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      { required: true, indexed: true, where: 'state = "effective"' },
    ),
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      { progress: { zh: '进度款', en: 'Progress' }, advance: { zh: '预付款', en: 'Advance', tone: 'info' } },
      { required: true, default: 'progress', indexed: true },
    ),
    claimed_on: f.date({ zh: '申请日期', en: 'Claimed on' }, { required: true, default: '=today()', indexed: true }),
    due_on: f.date({ zh: '应付日期', en: 'Due on' }, { system: true, indexed: true }),
    period_no: f.integer({ zh: '期次', en: 'No.' }, { system: true, min: 1 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { system: true, indexed: true }),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '应收', en: 'Receivable', tone: 'good' }, expense: { zh: '应付', en: 'Payable', tone: 'info' } },
      { system: true, indexed: true },
    ),
    advance_amount: f.money(
      { zh: '本次预付款', en: 'Advance' },
      { when: 'kind = "advance"', required: true, min: '0.01', ...money },
    ),
    lines: f.lines('progress_claim_line', { zh: '扣款与奖励', en: 'Deductions and rewards' }, { max: 200 }),
    /** M, P, Dn, R, F, K: cumulative, as of this claim. */
    contract_amount: f.money({ zh: '现合同额', en: 'Contract sum now' }, figure),
    measured_amount: f.money({ zh: '累计完成', en: 'Measured in all' }, figure),
    measured_before: f.money({ zh: '上期末累计完成', en: 'Measured before' }, figure),
    progress_share: f.percent({ zh: '进度款比例', en: 'Progress payment' }, { system: true, ...money }),
    earned_amount: f.money({ zh: '按比例应计', en: 'Earned in all' }, figure),
    recovered_total: f.money({ zh: '累计扣回预付款', en: 'Advance recovered in all' }, figure),
    retained_total: f.money({ zh: '累计扣质保金', en: 'Retained in all' }, figure),
    deducted_total: f.money({ zh: '累计其他扣款', en: 'Deducted in all' }, figure),
    due_total: f.money({ zh: '累计应付', en: 'Due in all' }, figure),
    paid_before: f.money({ zh: '以前各期应付', en: 'Earlier claims' }, figure),
    advanced_total: f.money({ zh: '已付预付款', en: 'Advance given' }, figure),
    payable_amount: f.money({ zh: '本期应付', en: 'Due now' }, { ...figure, indexed: true }),
    carried_amount: f.money({ zh: '结转下期', en: 'Carried' }, figure),
    /** What this claim adds to each. */
    measured_change: f.money({ zh: '本期完成', en: 'Measured this period' }, figure),
    recovered_change: f.money({ zh: '本期扣回预付款', en: 'Advance recovered now' }, figure),
    retained_change: f.money({ zh: '本期扣质保金', en: 'Retained now' }, figure),
    deducted_change: f.money({ zh: '本期其他扣款', en: 'Deducted now' }, figure),
    advanced_change: f.money({ zh: '本期预付', en: 'Advanced now' }, figure),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  amount: 'payable_amount',
  approval: 'progress_claim',
  posting: [
    post(contractLedger, {
      dims: { contract: 'contract', direction: 'direction', on: 'claimed_on', due_on: 'due_on' },
      measures: {
        due: 'payable_amount',
        advanced: 'advanced_change',
        recovered: 'recovered_change',
        retained: 'retained_change',
        deducted: 'deducted_change',
      },
      reserve: true,
    }),
  ],
  reversal: {
    negate: [
      ...['payable_amount', 'measured_change', 'recovered_change', 'retained_change', 'deducted_change'],
      ...['advanced_change', 'lines.amount'],
    ],
  },
  guests: {
    shows: [
      ...['contract', 'kind', 'claimed_on', 'due_on', 'period_no', 'project', 'direction', 'counterparty', 'note'],
      ...['advance_amount', 'measured_amount', 'progress_share', 'earned_amount', 'recovered_total', 'retained_total'],
      ...['deducted_total', 'due_total', 'paid_before', 'payable_amount', 'carried_amount'],
      ...['lines', 'lines.kind', 'lines.what', 'lines.amount'],
    ],
    party: { field: 'counterparty', contact: 'contact', mail: 'email', phone: 'phone' },
    confirm: { label: { zh: '确认本期应付', en: 'Confirm what is due' }, before: 'submit' },
  },
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export import invite', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export invite', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export reverse void', { fields: { commercial: 'read' } }),
    allow('finance', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number contract kind direction payable_amount measured_amount state due_on counterparty carried_amount project claimed_on',
      { sort: '-claimed_on' },
    ),
    form: form(
      {
        label: { zh: '申请', en: 'Claim' },
        fields: 'contract kind claimed_on due_on period_no direction counterparty advance_amount',
      },
      { label: { zh: '扣款与奖励', en: 'Deductions and rewards' }, fields: 'lines' },
      {
        label: { zh: '计算', en: 'Figures' },
        fields:
          'measured_amount progress_share earned_amount recovered_total retained_total deducted_total due_total paid_before payable_amount carried_amount',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

export const progressClaimLine = entity('progress_claim_line', {
  kind: 'line',
  label: { zh: '扣款', en: 'Deduction' },
  fields: {
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        fine: { zh: '罚款', en: 'Fine' },
        client_material: { zh: '甲供材', en: 'Client’s material' },
        utilities: { zh: '水电', en: 'Water and power' },
        on_behalf: { zh: '代付', en: 'Paid on behalf' },
        reward: { zh: '奖励', en: 'Reward', tone: 'good' },
      },
      { required: true, default: 'fine' },
    ),
    what: f.text({ zh: '事由', en: 'What for' }, { required: true, max: 200 }),
    amount: f.money(
      { zh: '金额', en: 'Amount' },
      { required: true, min: '0', ...money, hint: { zh: '奖励也填正数', en: 'Positive, a reward too' } },
    ),
    signed_amount: f.money(
      { zh: '计入扣款', en: 'Counts as' },
      { formula: 'if kind = "reward" then 0 - amount else amount', ...money },
    ),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    progress_claim: typeof progressClaim
    progress_claim_line: typeof progressClaimLine
  }
}
