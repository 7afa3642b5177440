// 限额与参数: limits and rates that law or the company sets, each with the days it holds; what was judged on an older day stays as it was.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const parameter = entity('parameter', {
  label: { zh: '限额与参数', en: 'Limit' },
  title: { zh: 'name', en: 'name_en' },
  fields: {
    code: f.text({ zh: '代码', en: 'Code' }, { system: true, unique: true, max: 40, indexed: true }),
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true }),
    name_en: f.text({ zh: '英文名称', en: 'Name (English)' }, { required: true, max: 100 }),
    unit: f.choice(
      { zh: '单位', en: 'Unit' },
      {
        money: { zh: '元', en: 'CNY' },
        share: { zh: '比例', en: 'Share' },
        day_rate: { zh: '日利率', en: 'A day' },
        year_rate: { zh: '年利率', en: 'A year' },
        days: { zh: '天', en: 'Days' },
        months: { zh: '个月', en: 'Months' },
      },
      { system: true },
    ),
    /** Of every company, today; kept by a hook and every morning. */
    value: f.number({ zh: '现行值', en: 'Today' }, { system: true, scale: 6 }),
    values: f.lines(
      'parameter_value',
      { zh: '取值与有效期', en: 'Values' },
      { max: 200, hint: { zh: '没有取值：不限、不要求', en: 'Without a value nothing is limited or asked for' } },
    ),
    basis: f.longText({ zh: '依据', en: 'Basis' }, { max: 1000 }),
  },
  access: [
    allow('administrator', 'read update export'),
    allow('finance', 'read update export'),
    allow('boss', 'read export'),
    allow('pmo', 'read export'),
    allow('member', 'read'),
  ],
  views: {
    list: table('name name_en value unit code', { sort: 'code' }),
    form: form('name name_en code unit value', {
      label: { zh: '取值与有效期', en: 'Values and when they hold' },
      fields: 'values basis',
    }),
  },
})

export const parameterValue = entity('parameter_value', {
  kind: 'line',
  label: { zh: '取值', en: 'Value' },
  fields: {
    value: f.number({ zh: '取值', en: 'Value' }, { required: true, min: '0', scale: 6 }),
    from_on: f.date({ zh: '起', en: 'From' }, { required: true }),
    to_on: f.date({ zh: '止', en: 'To' }, { hint: { zh: '留空为仍有效', en: 'Empty: it still holds' } }),
    company: f.orgUnit(
      { zh: '仅适用公司', en: 'Of this company only' },
      { type: 'company', hint: { zh: '留空为全部公司', en: 'Empty: every company' } },
    ),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
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
    parameter: typeof parameter
    parameter_value: typeof parameterValue
  }
}
