// 敏捷看板: what a project's team agreed on for its board: limits of work in progress, and what happens beyond them.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const limit = (zh: string, en: string) =>
  f.integer({ zh, en }, { min: 1, max: 999, hint: { zh: '留空为不限', en: 'Empty = no limit' } })

export const agileBoard = entity('agile_board', {
  label: { zh: '敏捷看板', en: 'Agile board' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    ready_limit: limit('“就绪”上限', 'Limit of “Ready”'),
    doing_limit: limit('“进行中”上限', 'Limit of “In progress”'),
    review_limit: limit('“评审”上限', 'Limit of “In review”'),
    beyond_limit: f.choice(
      { zh: '超过上限时', en: 'Beyond a limit' },
      {
        warn: { zh: '提醒', en: 'Warn', tone: 'warn' },
        refuse: { zh: '不允许', en: 'Refuse', tone: 'bad' },
      },
      { required: true, default: 'warn' },
    ),
    calendar: f.ref(
      'calendar',
      { zh: '工作日历', en: 'Work calendar' },
      {
        onDelete: 'clear',
        hint: { zh: '留空为周一至周五、法定节假日休息', en: 'Empty = Monday to Friday with PRC public holidays' },
      },
    ),
  },
  place: { company: 'company', project: 'project' },
  unique: [['project']],
  access: [
    allow('pmo', 'read create update delete export'),
    allow('project_manager', 'read create update delete export'),
    allow('technical_lead', 'read update'),
    ...[
      'engineer',
      'quality_officer',
      'planner',
      'boss',
      'department_head',
      'cost_engineer',
      'foreman',
      'observer',
    ].map(role => allow(role, 'read')),
  ],
  views: {
    list: table('name project ready_limit doing_limit review_limit beyond_limit', { sort: 'name' }),
    form: form('name project calendar', {
      label: { zh: '在制品上限', en: 'Limits of work in progress' },
      fields: 'ready_limit doing_limit review_limit beyond_limit',
    }),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    agile_board: typeof agileBoard
  }
}
