// 任务: the rows of a plan, their links, resources and assignments. Columns hold what people filter and report on;
// `more` keeps the rest of the engine's Task (segments, baselines, costs, file numbers) so that an import loses nothing; nobody
// is granted it: a plan is opened as a whole, by those who may know its costs with them (costs.ts).
import { allow, calendar, entity, f, table } from '@yingzao/kernel/entity'

const readers = [
  allow('pmo', 'read export'),
  allow('project_manager', 'read export'),
  allow('planner', 'read export'),
  allow('boss', 'read export'),
  allow('department_head', 'read'),
  allow('technical_lead', 'read'),
  allow('cost_engineer', 'read'),
  allow('engineer', 'read'),
  allow('foreman', 'read'),
  allow('quality_officer', 'read'),
  allow('safety_officer', 'read'),
  allow('observer', 'read'),
]
const planners = ['pmo', 'project_manager', 'planner']
const keptInPlan = { plan: 'read', name: 'read', kind: 'read', max_units: 'read', skill: 'read' } as const
const inPlan = {
  plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true, indexed: true, onDelete: 'with' }),
  project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
  company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
} as const
const place = { company: 'company', project: 'project' } as const

export const task = entity('task', {
  label: { zh: '任务', en: 'Task' },
  title: 'name',
  fields: {
    ...inPlan,
    parent: f.ref('task', { zh: '上级任务', en: 'Summary' }),
    /** Order within the plan. */
    position: f.integer({ zh: '行序', en: 'Order' }, { system: true, quiet: true }),
    code: f.text({ zh: '代码', en: 'Code' }, { max: 100 }),
    name: f.text({ zh: '任务名称', en: 'Name' }, { required: true, max: 500 }),
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        task: { zh: '任务', en: 'Task' },
        resource_dependent: { zh: '资源驱动', en: 'Resource dependent' },
        milestone: { zh: '里程碑', en: 'Milestone' },
        start_milestone: { zh: '开始里程碑', en: 'Start milestone' },
        summary: { zh: '摘要', en: 'Summary' },
        level_of_effort: { zh: '支持作业', en: 'Level of effort' },
        wbs_summary: { zh: 'WBS 摘要', en: 'WBS summary' },
      },
      { required: true, default: 'task' },
    ),
    duration: f.duration({ zh: '工期', en: 'Duration' }, { required: true, default: 0 }),
    constraint_type: f.text({ zh: '限制条件', en: 'Constraint' }, { max: 40 }),
    constraint_at: f.integer({ zh: '限制时间', en: 'Constraint time' }, { quiet: true }),
    deadline_at: f.integer({ zh: '截止时间', en: 'Deadline' }, { quiet: true }),
    percent_complete: f.number({ zh: '完成百分比', en: '% complete' }, { scale: 2 }),
    actual_start_at: f.integer({ zh: '实际开始', en: 'Actual start' }, { quiet: true }),
    /** Indexed: what was finished last is the history that durations and delays are learned from (history.service.ts). */
    actual_finish_at: f.integer({ zh: '实际完成', en: 'Actual finish' }, { quiet: true, indexed: true }),
    work_calendar: f.text({ zh: '任务日历', en: 'Task calendar' }, { quiet: true }),
    responsible: f.user({ zh: '负责人', en: 'Responsible' }, { indexed: true }),
    notes: f.longText({ zh: '备注', en: 'Notes' }),
    more: f.json({ zh: '其他属性', en: 'More' }, { quiet: true, group: 'sealed' }),
    // computed by the engine
    start_on: f.date({ zh: '开始', en: 'Start' }, { projected: true, indexed: true }),
    finish_on: f.date({ zh: '完成', en: 'Finish' }, { projected: true, indexed: true }),
    total_float: f.duration({ zh: '总浮动时间', en: 'Total float' }, { projected: true }),
    critical: f.flag({ zh: '关键', en: 'Critical' }, { projected: true }),
    /** What its oldest baseline promised (promise.ts); empty for inactive and external tasks. */
    promised_on: f.date({ zh: '承诺完成', en: 'Promised' }, { projected: true }),
    slip_days: f.integer(
      { zh: '承诺偏差（天）', en: 'Slip against the promise (days)' },
      {
        projected: true,
        hint: {
          zh: '完成日期减承诺完成，负数为提前；未完成的按预计完成计',
          en: 'Finish less promise, negative when early; of open tasks the forecast finish',
        },
      },
    ),
  },
  place: { ...place, owner: ['responsible'] },
  indexes: [['plan', 'position']],
  tree: 'parent',
  access: readers,
  views: {
    list: table(
      'code name plan project kind start_on finish_on duration total_float critical percent_complete promised_on slip_days responsible',
      { sort: 'start_on' },
    ),
    calendar: calendar('start_on', 'finish_on'),
  },
})

export const taskLink = entity('task_link', {
  label: { zh: '搭接关系', en: 'Link' },
  internal: true,
  fields: {
    ...inPlan,
    from_task: f.ref('task', { zh: '紧前任务', en: 'Predecessor' }, { required: true, indexed: true }),
    to_task: f.ref('task', { zh: '紧后任务', en: 'Successor' }, { required: true, indexed: true }),
    type: f.choice(
      { zh: '类型', en: 'Type' },
      {
        FS: { zh: '完成-开始', en: 'FS' },
        SS: { zh: '开始-开始', en: 'SS' },
        FF: { zh: '完成-完成', en: 'FF' },
        SF: { zh: '开始-完成', en: 'SF' },
      },
      { required: true, default: 'FS' },
    ),
    lag: f.json({ zh: '延隔', en: 'Lag' }, { required: true }),
    lag_unit: f.text({ zh: '单位', en: 'Unit' }, { max: 4 }),
  },
  place,
  access: readers,
})

export const planResource = entity('plan_resource', {
  label: { zh: '计划资源', en: 'Resource' },
  title: 'name',
  fields: {
    ...inPlan,
    position: f.integer({ zh: '行序', en: 'Order' }, { system: true, quiet: true }),
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 300 }),
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        work: { zh: '人工/机械', en: 'Work' },
        material: { zh: '材料', en: 'Material' },
        cost: { zh: '费用', en: 'Cost' },
      },
      { required: true, default: 'work' },
    ),
    /** The one thing said of a resource outside its plan: whose work it is, so that several plans' work adds up. */
    user: f.user({ zh: '对应人员', en: 'Person' }, { indexed: true }),
    max_units: f.number({ zh: '最大单位', en: 'Max units' }, { scale: 4 }),
    /** What a person or crew can do, parted by commas: whom levelling may choose for an assignment that asks for a skill. */
    skill: f.text(
      { zh: '工种、技能', en: 'Trades, skills' },
      {
        max: 300,
        hint: {
          zh: '多项用逗号分开；分配写工种时，资源平衡从会做的人里选',
          en: 'Several parted by commas; where a trade is assigned, levelling chooses among those who have it',
        },
      },
    ),
    more: f.json({ zh: '其他属性', en: 'More' }, { quiet: true, group: 'sealed' }),
  },
  place,
  // Planners say whose work it is; the rest is changed in the plan, where it can be undone.
  access: readers.map(grant =>
    planners.includes(grant.role) ? allow(grant.role, 'read export update', { fields: keptInPlan }) : grant,
  ),
  views: { list: table('name kind skill plan project user max_units') },
})

export const taskAssignment = entity('task_assignment', {
  label: { zh: '资源分配', en: 'Assignment' },
  internal: true,
  title: 'task',
  fields: {
    ...inPlan,
    task: f.ref('task', { zh: '任务', en: 'Task' }, { required: true, indexed: true }),
    resource: f.ref('plan_resource', { zh: '资源', en: 'Resource' }, { required: true, indexed: true }),
    units: f.number({ zh: '单位', en: 'Units' }, { required: true, scale: 4, default: '1' }),
    work: f.duration({ zh: '工时', en: 'Work' }),
    more: f.json({ zh: '其他属性', en: 'More' }, { quiet: true, group: 'sealed' }),
  },
  place,
  access: readers,
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    task: typeof task
    task_link: typeof taskLink
    plan_resource: typeof planResource
    task_assignment: typeof taskAssignment
  }
}
