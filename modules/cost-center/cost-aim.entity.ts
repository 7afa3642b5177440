// 成本控制线: from where on a project wants to be warned. Without one the defaults hold.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const usualAim = { warn: '0', escalate: '0.05', contract: '0.9', contingency: '0.1' } as const

export const costAim = entity('cost_aim', {
  label: { zh: '成本控制线', en: 'Cost limits' },
  title: 'project',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, unique: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    warn_share: f.percent(
      { zh: '超目标提醒', en: 'Warn beyond the target by' },
      {
        required: true,
        min: '-0.5',
        max: '1',
        default: usualAim.warn,
        hint: { zh: '可为负：未超先提醒', en: 'Negative: before it is exceeded' },
      },
    ),
    escalate_share: f.percent(
      { zh: '超目标上报', en: 'Report to management beyond by' },
      { required: true, min: '-0.5', max: '1', default: usualAim.escalate },
    ),
    contract_share: f.percent(
      { zh: '合同使用提醒', en: 'Warn of contracts used beyond' },
      { required: true, min: '0.1', max: '1', default: usualAim.contract },
    ),
    contingency_share: f.percent(
      { zh: '不可预见费超前提醒', en: 'Warn of contingency ahead by' },
      {
        ...{ min: '0', max: '1', default: usualAim.contingency },
        hint: {
          zh: '已动用比例减形象进度；用尽而工程未完即上报',
          en: 'Share drawn less progress; used up early is serious',
        },
      },
    ),
    margin_share: f.percent(
      { zh: '目标毛利率', en: 'Margin aimed at' },
      { min: '-1', max: '1', group: 'commercial', hint: { zh: '留空不提醒', en: 'Empty: no warning' } },
    ),
  },
  place: { company: 'company', project: 'project' },
  rules: {
    in_order: {
      check: 'escalate_share >= warn_share',
      message: { zh: '上报线不能低于提醒线', en: 'Management is told beyond the warning, not before it' },
    },
  },
  access: [
    allow('cost_engineer', 'read create update delete export', { fields: { commercial: 'edit' } }),
    allow('boss', 'read create update delete export', { fields: { commercial: 'edit' } }),
    allow('project_manager', 'read', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('project warn_share escalate_share contract_share contingency_share margin_share'),
    form: form('project warn_share escalate_share contract_share contingency_share margin_share'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    cost_aim: typeof costAim
  }
}
