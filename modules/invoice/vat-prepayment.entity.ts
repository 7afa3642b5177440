// 增值税预缴: what was prepaid of a project for a month, with the figures it was reckoned from as they were then.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const money = { system: true, group: 'commercial' } as const

export const vatPrepayment = entity('vat_prepayment', {
  kind: 'document',
  label: { zh: '增值税预缴', en: 'VAT prepayment' },
  title: 'month',
  number: 'YJSK-{yyyy}{mm}-{seq:4}',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    month: f.text(
      { zh: '所属期', en: 'Month' },
      {
        required: true,
        max: 7,
        pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
        indexed: true,
        hint: { zh: '如 2026-11', en: 'Such as 2026-11' },
      },
    ),
    method: f.choice(
      { zh: '计税方法', en: 'VAT method' },
      { general: { zh: '一般计税', en: 'General' }, simplified: { zh: '简易计税', en: 'Simplified' } },
      { system: true },
    ),
    received_amount: f.money({ zh: '收款（含税）', en: 'Received (gross)' }, money),
    subcontracted_amount: f.money({ zh: '带票分包款（含税）', en: 'Invoiced subcontracts paid (gross)' }, money),
    base_amount: f.money({ zh: '计税收入（含税）', en: 'Reckoned on (gross)' }, money),
    tax_amount: f.money({ zh: '应预缴', en: 'To be prepaid' }, money),
    carried_amount: f.money({ zh: '结转下期', en: 'Carried on' }, money),
    paid_amount: f.money({ zh: '实缴', en: 'Prepaid' }, { required: true, min: '0', group: 'commercial' }),
    paid_on: f.date({ zh: '缴纳日期', en: 'Paid on' }, { required: true }),
    voucher_no: f.text({ zh: '完税凭证号', en: 'Tax receipt no.' }, { max: 60, indexed: true }),
    voucher: f.file({ zh: '完税凭证', en: 'Tax receipt' }, { max: 10, open: true }),
    note: f.longText({ zh: '备注', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  amount: 'tax_amount',
  approval: 'vat_prepayment',
  access: [
    allow('finance', 'read create update delete submit withdraw export import void', {
      fields: { commercial: 'edit' },
    }),
    allow('cost_engineer', 'read export', { fields: { commercial: 'read' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number project month method base_amount tax_amount paid_amount paid_on voucher_no state', {
      sort: '-month',
    }),
    form: form(
      { label: { zh: '预缴', en: 'Prepayment' }, fields: 'project month paid_amount paid_on voucher_no voucher' },
      {
        label: { zh: '计算', en: 'How it comes about' },
        fields: 'method received_amount subcontracted_amount base_amount tax_amount carried_amount',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    vat_prepayment: typeof vatPrepayment
  }
}
