// 跨计划搭接: a task of one plan waits for a task of another. It never moves a date by itself: the successor's planner sees
// what it asks for and takes it over, or not; early warning reads it.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const readers = [
  'boss',
  'department_head',
  'technical_lead',
  'cost_engineer',
  'engineer',
  'foreman',
  'quality_officer',
  'safety_officer',
  'observer',
] as const
const planners = ['pmo', 'project_manager', 'planner'] as const

export const crossLink = entity('cross_link', {
  label: { zh: '跨计划搭接', en: 'Cross-plan link' },
  title: 'to_task',
  fields: {
    /** The successor is whose link it is: it goes to the recycle bin with it and comes back with it. */
    to_task: f.ref('task', { zh: '紧后任务', en: 'Successor' }, { required: true, indexed: true, onDelete: 'with' }),
    /** Empty when it was removed from its plan since. */
    from_task: f.ref('task', { zh: '紧前任务', en: 'Predecessor' }, { indexed: true, onDelete: 'clear' }),
    type: f.choice(
      { zh: '类型', en: 'Type' },
      {
        FS: { zh: '完成-开始', en: 'Finish to start' },
        SS: { zh: '开始-开始', en: 'Start to start' },
        FF: { zh: '完成-完成', en: 'Finish to finish' },
        SF: { zh: '开始-完成', en: 'Start to finish' },
      },
      { required: true, default: 'FS' },
    ),
    lag_days: f.number(
      { zh: '延隔（工作日）', en: 'Lag (working days)' },
      {
        scale: 1,
        min: '-1000',
        max: '1000',
        hint: { zh: '按紧后任务所在计划的日历计', en: 'Counted on the calendar of the successor’s plan' },
      },
    ),
    note: f.text({ zh: '说明', en: 'What is handed over' }, { max: 300 }),
    plan: f.ref('plan', { zh: '紧后计划', en: 'Successor’s plan' }, { system: true, indexed: true, onDelete: 'clear' }),
    project: f.ref('project', { zh: '紧后项目', en: 'Successor’s project' }, { system: true, onDelete: 'clear' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    from_plan: f.ref(
      'plan',
      { zh: '紧前计划', en: 'Predecessor’s plan' },
      { system: true, indexed: true, onDelete: 'clear' },
    ),
    from_project: f.ref(
      'project',
      { zh: '紧前项目', en: 'Predecessor’s project' },
      { system: true, onDelete: 'clear' },
    ),
    from_company: f.orgUnit({ zh: '紧前公司', en: 'Predecessor’s company' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project', beside: { company: 'from_company', project: 'from_project' } },
  unique: [['from_task', 'to_task']],
  access: [
    ...planners.map(role => allow(role, 'read create update delete export')),
    ...readers.map(role => allow(role, 'read')),
  ],
  views: {
    list: table('from_task from_plan type lag_days to_task plan note', { sort: '-created_at' }),
    form: form('from_task to_task type lag_days note'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    cross_link: typeof crossLink
  }
}
