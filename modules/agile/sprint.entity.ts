// 迭代: a stretch of work with a goal, its daily notes, and what its retrospective found.
import { allow, calendar, entity, f, form, table } from '@yingzao/kernel/entity'

const readers = ['planner', 'boss', 'department_head', 'cost_engineer', 'foreman', 'observer'].map(role =>
  allow(role, 'read'),
)
const placed = {
  project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
  company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
} as const
const place = { company: 'company', project: 'project' } as const

export const sprint = entity('sprint', {
  label: { zh: '迭代', en: 'Sprint' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    goal: f.longText({ zh: '目标', en: 'Goal' }),
    start_on: f.date({ zh: '开始', en: 'Start' }, { required: true }),
    finish_on: f.date({ zh: '结束', en: 'End' }, { required: true }),
    capacity: f.number({ zh: '容量', en: 'Capacity' }, { scale: 1, min: '0', unit: { zh: '点', en: 'pt' } }),
    started_at: f.instant({ zh: '实际开始', en: 'Started' }, { system: true }),
    closed_at: f.instant({ zh: '关闭', en: 'Closed' }, { system: true }),
    committed: f.number({ zh: '承诺', en: 'Committed' }, { scale: 1, system: true, unit: { zh: '点', en: 'pt' } }),
    completed: f.number({ zh: '完成', en: 'Completed' }, { scale: 1, system: true, unit: { zh: '点', en: 'pt' } }),
    review_notes: f.longText({ zh: '评审记录', en: 'Review notes' }),
    plan_task: f.ref('task', { zh: '对应计划任务', en: 'Task of the plan' }, { quiet: true, onDelete: 'clear' }),
  },
  place,
  unique: [['project', 'name']],
  indexes: [['project', 'start_on'], ['start_on']],
  rules: {
    period: {
      check: 'finish_on >= start_on',
      message: { zh: '结束日期不能早于开始日期', en: 'The end lies before the start' },
    },
  },
  stages: {
    planned: { label: { zh: '计划中', en: 'Planned' } },
    running: { label: { zh: '进行中', en: 'Running' }, tone: 'good' },
    closed: { label: { zh: '已关闭', en: 'Closed' } },
  },
  transitions: [
    { from: ['planned'], to: 'running', action: 'start', label: { zh: '开始迭代', en: 'Start sprint' } },
    { from: ['running'], to: 'closed', action: 'close', label: { zh: '关闭迭代', en: 'Close sprint' } },
  ],
  verbs: {
    close: {
      label: { zh: '关闭迭代', en: 'Close sprint' },
      input: {
        to: f.ref(
          'sprint',
          { zh: '未完成的移到', en: 'Unfinished items go to' },
          { where: 'stage = "planned"', hint: { zh: '留空则放回待办列表', en: 'Empty = back to the backlog' } },
        ),
      },
    },
    burn: { label: { zh: '燃尽数据', en: 'Burn-down figures' }, reads: true },
  },
  access: [
    allow('pmo', 'read create update delete export start close'),
    allow('project_manager', 'read create update delete export start close'),
    allow('technical_lead', 'read create update start close'),
    allow('engineer', 'read'),
    allow('quality_officer', 'read'),
    ...readers,
  ],
  views: {
    list: table('name project stage start_on finish_on capacity committed completed goal', { sort: '-start_on' }),
    calendar: calendar('start_on', 'finish_on'),
    form: form(
      'name project start_on finish_on capacity goal',
      { label: { zh: '主计划', en: 'Master plan' }, fields: 'plan_task' },
      { label: { zh: '评审', en: 'Review' }, fields: 'review_notes' },
    ),
  },
})

const team = 'read create update delete'
const notes = [
  allow('pmo', team),
  allow('project_manager', team),
  allow('technical_lead', team),
  allow('engineer', 'read create'),
  allow('engineer', 'update delete', { scope: 'own' }),
  allow('quality_officer', 'read create'),
  allow('quality_officer', 'update delete', { scope: 'own' }),
  ...readers,
]

export const standUp = entity('stand_up', {
  label: { zh: '站会记录', en: 'Stand-up note' },
  title: 'done_text',
  fields: {
    sprint: f.ref('sprint', { zh: '迭代', en: 'Sprint' }, { required: true, indexed: true, onDelete: 'with' }),
    ...placed,
    user: f.user({ zh: '人员', en: 'Person' }, { required: true }),
    held_on: f.date({ zh: '日期', en: 'Day' }, { required: true, default: '=today()' }),
    done_text: f.text({ zh: '上次以来做了', en: 'Done since last time' }, { max: 500 }),
    next_text: f.text({ zh: '接下来做', en: 'Next' }, { max: 500 }),
    blocked_text: f.text({ zh: '受阻', en: 'Blocked' }, { max: 500 }),
  },
  place: { ...place, owner: ['user'] },
  unique: [['sprint', 'user', 'held_on']],
  indexes: [['held_on']],
  discussion: false,
  access: notes,
  views: { list: table('held_on user done_text next_text blocked_text sprint', { sort: '-held_on' }) },
})

export const retroItem = entity('retro_item', {
  label: { zh: '回顾条目', en: 'Retrospective item' },
  title: 'text',
  fields: {
    sprint: f.ref('sprint', { zh: '迭代', en: 'Sprint' }, { required: true, indexed: true, onDelete: 'with' }),
    ...placed,
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        good: { zh: '做得好', en: 'Went well', tone: 'good' },
        bad: { zh: '要改进', en: 'To improve', tone: 'warn' },
        idea: { zh: '想法', en: 'Idea', tone: 'info' },
      },
      { required: true, default: 'bad' },
    ),
    text: f.text({ zh: '内容', en: 'What' }, { required: true, max: 500 }),
    action: f.ref('work_item', { zh: '行动项', en: 'Action item' }, { system: true, onDelete: 'clear' }),
  },
  place,
  verbs: {
    take_up: {
      label: { zh: '转为行动项', en: 'Make it an action item' },
      when: 'action = null',
      input: {
        title: f.text({ zh: '行动', en: 'Action' }, { required: true, max: 300 }),
        assignee: f.user({ zh: '负责人', en: 'Assignee' }),
      },
    },
  },
  discussion: false,
  access: [
    ...notes,
    ...['pmo', 'project_manager', 'technical_lead', 'engineer', 'quality_officer'].map(role => allow(role, 'take_up')),
  ],
  views: { list: table('kind text action sprint', { sort: 'created_at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    sprint: typeof sprint
    stand_up: typeof standUp
    retro_item: typeof retroItem
  }
}
