// 质保金释放: what was held back is due after the defects liability, less repairs; in one or several parts.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'

const money = { group: 'commercial' } as const

export const retentionRelease = entity('retention_release', {
  kind: 'document',
  label: { zh: '质保金释放', en: 'Release of retention' },
  title: 'name',
  apart: 'direction',
  number: 'ZBJ-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 260, indexed: true, quiet: true }),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      { required: true, indexed: true, where: 'state = "effective"' },
    ),
    settlement: f.ref('settlement', { zh: '结算', en: 'Settlement' }, { system: true, indexed: true }),
    released_on: f.date({ zh: '释放日期', en: 'Released on' }, { required: true, default: '=today()', indexed: true }),
    due_on: f.date({ zh: '到期日', en: 'Due on' }, { system: true, indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { system: true, indexed: true }),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '收回', en: 'To us', tone: 'good' }, expense: { zh: '支付', en: 'By us', tone: 'info' } },
      { system: true, indexed: true },
    ),
    held_amount: f.money({ zh: '扣留余额', en: 'Held' }, { system: true, default: '0', ...money }),
    repair_amount: f.money({ zh: '返修扣款', en: 'Repairs deducted' }, { min: '0', default: '0', ...money }),
    amount: f.money({ zh: '释放金额', en: 'Released' }, { required: true, min: '0', indexed: true, ...money }),
    /** 以保函替代质保金. */
    guarantee: f.ref(
      'guarantee',
      { zh: '替代的质量保函', en: 'Guarantee instead' },
      {
        where: 'replaces_retention',
        hint: { zh: '有效的质量保函可提前释放', en: 'A valid one allows an early release' },
      },
    ),
    left_amount: f.money(
      { zh: '释放后余额', en: 'Left' },
      { formula: 'held_amount - repair_amount - amount', ...money },
    ),
    reason: f.longText(
      { zh: '说明', en: 'Note' },
      { max: 2000, hint: { zh: '到期前释放须写明原因', en: 'Say why when it is before its day' } },
    ),
  },
  place: { company: 'company', project: 'project' },
  rules: {
    says_why: {
      check: 'due_on = null or released_on >= due_on or reason != null or guarantee != null',
      message: {
        zh: '还没有到期，请选择替代的质量保函，或写明提前释放的原因',
        en: 'It is not due yet: choose the guarantee that stands instead, or say why it is released early',
      },
    },
  },
  amount: 'amount',
  approval: 'retention_release',
  posting: [
    post(contractLedger, {
      dims: { contract: 'contract', direction: 'direction', on: 'released_on' },
      measures: { due: 'amount', retained: '0 - amount - repair_amount', deducted: 'repair_amount' },
      reserve: true,
    }),
  ],
  reversal: { negate: ['amount', 'repair_amount'] },
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export import', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export reverse void', { fields: { commercial: 'read' } }),
    allow('finance', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number contract direction counterparty project state held_amount repair_amount amount left_amount due_on released_on',
      {
        sort: '-released_on',
      },
    ),
    form: form(
      'contract released_on due_on direction counterparty held_amount repair_amount amount left_amount guarantee reason',
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    retention_release: typeof retentionRelease
  }
}
