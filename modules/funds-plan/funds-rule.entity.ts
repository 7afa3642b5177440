// 资金控制: how strictly a company or project keeps to its funds plans, and the balance it does not want to fall below.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const fundsRule = entity('funds_rule', {
  label: { zh: '资金控制', en: 'Funds rule' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true, type: 'company', indexed: true }),
    project: f.ref(
      'project',
      { zh: '项目', en: 'Project' },
      { indexed: true, hint: { zh: '留空适用于公司全部项目', en: 'Empty: all projects of the company' } },
    ),
    gate: f.choice(
      { zh: '超计划付款', en: 'Payments beyond the plan' },
      {
        off: { zh: '不控制', en: 'Pass' },
        warn: { zh: '提醒', en: 'Are warned of', tone: 'warn' },
        escalate: { zh: '加签审批', en: 'Ask one more person', tone: 'bad' },
      },
      { required: true, default: 'warn' },
    ),
    safety_amount: f.money(
      { zh: '安全存量', en: 'Safety line' },
      {
        min: '0',
        group: 'commercial',
        hint: {
          zh: '预测余额低于此数时提示；只在公司一级填写',
          en: 'Forecasts below it are marked; of the company only',
        },
        when: 'project = null',
      },
    ),
    /** What it is for, so that there is one. */
    scope: f.text({ zh: '适用于', en: 'For' }, { system: true, quiet: true, unique: true, max: 40 }),
  },
  place: { company: 'company', project: 'project' },
  access: [
    allow('finance', 'read create update delete export', { fields: { commercial: 'edit' } }),
    allow('boss', 'read create update export', { fields: { commercial: 'edit' } }),
    allow('project_manager', 'read', { fields: { commercial: 'read' } }),
    allow('cost_engineer', 'read', { fields: { commercial: 'read' } }),
    allow('pmo', 'read', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('name company project gate safety_amount', { sort: 'name' }),
    form: form({ label: { zh: '资金控制', en: 'Funds rule' }, fields: 'name company project gate safety_amount' }),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    funds_rule: typeof fundsRule
  }
}
