// 命名基线与发布: the dates of a plan as they were on a day, under a name, as many as people want. A publication is a baseline that
// stays: what readers were told.
import { allow, entity, f } from '@yingzao/kernel/entity'

export const planBaseline = entity('plan_baseline', {
  label: { zh: '计划基线', en: 'Plan baseline' },
  internal: true,
  title: 'name',
  fields: {
    plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true, indexed: true, onDelete: 'with' }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true }),
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 200 }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 2000 }),
    published: f.flag({ zh: '已发布', en: 'Published' }, { system: true }),
    revision: f.integer({ zh: '修订号', en: 'Revision' }, { required: true, system: true, default: 0 }),
    finish_on: f.date({ zh: '完工', en: 'Finish' }, { system: true }),
    task_count: f.integer({ zh: '任务数', en: 'Tasks' }, { system: true }),
    /** By task its start, finish and working minutes (`FrozenDates`): a better computation tomorrow does not move them. */
    dates: f.json({ zh: '各任务日期', en: 'Dates' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project' },
  indexes: [['plan', 'revision']],
  access: [
    allow('pmo', 'read update delete'),
    allow('project_manager', 'read update delete'),
    allow('planner', 'read update delete'),
    allow('boss', 'read'),
    allow('department_head', 'read'),
    allow('technical_lead', 'read'),
    allow('cost_engineer', 'read'),
    allow('engineer', 'read'),
    allow('foreman', 'read'),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('observer', 'read'),
  ],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    plan_baseline: typeof planBaseline
  }
}
