// 成本预计: what the cost engineer expects beside the books, where it is not what is left of the target: what is still to be bound (W).
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const costForecast = entity('cost_forecast', {
  label: { zh: '成本预计', en: 'Cost forecast' },
  title: 'item',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    item: f.ref(
      'cost_item',
      { zh: '成本科目', en: 'Cost item' },
      { required: true, indexed: true, where: 'leaf and active' },
    ),
    /** Of rows made before expected changes were documents: carried over by expected.jobs.ts, empty since. */
    change_amount: f.money(
      { zh: '预计变更', en: 'Changes expected' },
      { system: true, quiet: true, group: 'commercial' },
    ),
    uncommitted_amount: f.money(
      { zh: '待签约', en: 'Still to be bound' },
      {
        ...{ min: '0', group: 'commercial' },
        hint: { zh: '留空按目标成本余额计', en: 'Empty: what is left of the target' },
      },
    ),
    reason: f.longText({ zh: '依据', en: 'Why' }, { required: true, max: 1000 }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['project', 'item']],
  access: [
    allow('cost_engineer', 'read create update delete export import', { fields: { commercial: 'edit' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('project item uncommitted_amount reason updated_at', { sort: 'project' }),
    form: form('project item uncommitted_amount reason'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    cost_forecast: typeof costForecast
  }
}
