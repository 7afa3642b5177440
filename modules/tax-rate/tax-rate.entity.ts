// 税率: rates with the days they hold. A rate that changes gets another period; what was entered before keeps its own.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const writes = 'read create update delete export import'

export const taxRate = entity('tax_rate', {
  label: { zh: '税率', en: 'Tax rate' },
  title: { zh: 'name', en: 'name_en' },
  fields: {
    code: f.text(
      { zh: '代码', en: 'Code' },
      { required: true, unique: true, max: 40, pattern: '^[A-Z][A-Z0-9_-]*$', indexed: true },
    ),
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100 }),
    name_en: f.text({ zh: '英文名称', en: 'Name (English)' }, { required: true, max: 100 }),
    tax: f.choice(
      { zh: '税种', en: 'Tax' },
      { vat: { zh: '增值税', en: 'VAT' }, prepayment: { zh: '增值税预缴', en: 'VAT prepayment' } },
      { required: true, default: 'vat' },
    ),
    method: f.choice(
      { zh: '计税方法', en: 'Method' },
      {
        general: { zh: '一般计税', en: 'General' },
        simplified: { zh: '简易计税', en: 'Simplified' },
        exempt: { zh: '免税', en: 'Exempt' },
      },
      { required: true, default: 'general' },
    ),
    /** Of the period that holds today; kept by a hook and every morning. */
    rate: f.percent({ zh: '现行税率', en: 'Rate today' }, { system: true }),
    periods: f.lines('tax_rate_period', { zh: '有效期', en: 'Periods' }, { required: true, min: 1, max: 100 }),
    active: f.flag({ zh: '启用', en: 'In use' }, { default: true }),
    basis: f.longText({ zh: '依据', en: 'Legal basis' }, { max: 1000 }),
  },
  access: [
    allow('finance', writes),
    allow('pmo', 'read export'),
    allow('boss', 'read export'),
    allow('member', 'read'),
  ],
  views: {
    list: table('code name tax method rate active basis', { sort: 'code' }),
    form: form('code name name_en tax method active rate', {
      label: { zh: '税率与有效期', en: 'Rates and when they hold' },
      fields: 'periods basis',
    }),
  },
})

export const taxRatePeriod = entity('tax_rate_period', {
  kind: 'line',
  label: { zh: '有效期', en: 'Period' },
  fields: {
    rate: f.percent({ zh: '税率', en: 'Rate' }, { required: true, min: '0', max: '1' }),
    from_on: f.date({ zh: '起', en: 'From' }, { required: true }),
    to_on: f.date({ zh: '止', en: 'To' }, { hint: { zh: '留空为仍有效', en: 'Empty: it still holds' } }),
  },
  rules: {
    period: {
      check: 'to_on = null or to_on >= from_on',
      message: { zh: '截止日期不能早于起始日期，请检查', en: 'The end lies before the beginning: check both dates' },
    },
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    tax_rate: typeof taxRate
    tax_rate_period: typeof taxRatePeriod
  }
}
