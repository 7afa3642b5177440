// 工作项: stories, defects and tasks of a backlog, the epics above them, and the dated log of what became of each.
import { allow, board, entity, f, form, table } from '@yingzao/kernel/entity'

const moves = 'make_ready begin send_to_review finish reopen set_aside cancel'
const open = ['backlog', 'ready', 'doing', 'review'] as const

/** Stages in the order of work; a cancelled item is off the board. */
export const workStages = {
  backlog: { label: { zh: '待办', en: 'Backlog' } },
  ready: { label: { zh: '就绪', en: 'Ready' }, tone: 'info' },
  doing: { label: { zh: '进行中', en: 'In progress' }, tone: 'info' },
  review: { label: { zh: '评审', en: 'In review' }, tone: 'warn' },
  done: { label: { zh: '完成', en: 'Done' }, tone: 'good' },
  cancelled: { label: { zh: '已取消', en: 'Cancelled' } },
} as const

export const workItem = entity('work_item', {
  label: { zh: '工作项', en: 'Work item' },
  title: 'title',
  number: 'GZ-{seq:4}',
  fields: {
    code: f.serial({ zh: '编号', en: 'No.' }),
    title: f.text({ zh: '标题', en: 'Title' }, { required: true, max: 300 }),
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        story: { zh: '故事', en: 'Story', tone: 'info' },
        defect: { zh: '缺陷', en: 'Defect', tone: 'bad' },
        task: { zh: '任务', en: 'Task' },
        epic: { zh: '史诗', en: 'Epic', tone: 'good' },
      },
      { required: true, default: 'story' },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    parent: f.ref(
      'work_item',
      { zh: '所属史诗', en: 'Epic' },
      { where: 'kind = "epic"', same: 'project', indexed: true, onDelete: 'clear' },
    ),
    estimate: f.number(
      { zh: '估算', en: 'Estimate' },
      {
        scale: 1,
        min: '0',
        max: '999',
        unit: { zh: '点', en: 'pt' },
        hint: { zh: '相对大小：1、2、3、5、8、13', en: 'Relative size: 1, 2, 3, 5, 8, 13' },
      },
    ),
    assignee: f.user({ zh: '负责人', en: 'Assignee' }, { indexed: true }),
    sprint: f.ref(
      'sprint',
      { zh: '迭代', en: 'Sprint' },
      { indexed: true, onDelete: 'clear', where: 'stage != "closed"', same: 'project' },
    ),
    acceptance: f.longText({ zh: '验收标准', en: 'Acceptance criteria' }),
    description: f.longText({ zh: '说明', en: 'Description' }),
    blocked: f.flag({ zh: '受阻', en: 'Blocked' }),
    blocked_reason: f.text({ zh: '受阻原因', en: 'Blocked by' }, { max: 300, when: 'blocked = true' }),
    tags: f.text({ zh: '标签', en: 'Tags' }, { max: 200 }),
    /** Order in the backlog; written by `agile.rank` only. */
    rank: f.integer({ zh: '次序', en: 'Rank' }, { system: true, quiet: true }),
    /** Task of the current plan that an epic stands for. */
    plan_task: f.ref(
      'task',
      { zh: '对应计划任务', en: 'Task of the plan' },
      { quiet: true, onDelete: 'clear', when: 'kind = "epic"' },
    ),
  },
  place: { company: 'company', project: 'project', owner: ['assignee'] },
  indexes: [['project', 'stage'], ['project', 'rank'], ['rank']],
  rules: {
    epic_of_project: {
      check: 'parent = null or (parent.project = project and parent.kind = "epic")',
      message: {
        zh: '上级须是同一项目的史诗，请重新选择',
        en: 'The epic must belong to the same project: choose another one',
      },
    },
    sprint_of_project: {
      check: 'sprint = null or sprint.project = project',
      message: {
        zh: '迭代须属于同一项目，请重新选择',
        en: 'The sprint must belong to the same project: choose another one',
      },
    },
    blocked_why: {
      check: 'blocked = false or blocked_reason != null',
      message: { zh: '请写明受阻原因', en: 'Say what blocks it' },
    },
    epic_alone: {
      check: 'kind != "epic" or (parent = null and sprint = null)',
      message: {
        zh: '史诗不进迭代，也没有上级：请先清空这两项',
        en: 'An epic is in no sprint and under no other epic: empty both first',
      },
    },
  },
  stages: workStages,
  transitions: [
    { from: ['backlog', 'doing'], to: 'ready', action: 'make_ready', label: { zh: '就绪', en: 'Ready' } },
    { from: ['backlog', 'ready', 'review'], to: 'doing', action: 'begin', label: { zh: '开始', en: 'Begin' } },
    { from: ['doing'], to: 'review', action: 'send_to_review', label: { zh: '送审', en: 'Send to review' } },
    { from: ['doing', 'review'], to: 'done', action: 'finish', label: { zh: '完成', en: 'Finish' } },
    { from: ['done', 'cancelled'], to: 'ready', action: 'reopen', label: { zh: '重新打开', en: 'Reopen' } },
    {
      from: ['ready', 'doing', 'review'],
      to: 'backlog',
      action: 'set_aside',
      label: { zh: '放回待办', en: 'Back to backlog' },
    },
    { from: open, to: 'cancelled', action: 'cancel', label: { zh: '取消', en: 'Cancel' } },
  ],
  tells: {
    assigned: {
      label: { zh: '工作项交给我负责', en: 'A work item was assigned to me' },
      to: 'assignee',
      text: { zh: '由您负责：{title}（{project}）', en: 'Yours now: {title} ({project})' },
    },
  },
  access: [
    allow('pmo', `read create update delete export import ${moves}`),
    allow('project_manager', `read create update delete export import ${moves}`),
    allow('technical_lead', `read create update export ${moves}`),
    allow('engineer', `read create update ${moves}`),
    allow('quality_officer', `read create update ${moves}`),
    allow('planner', 'read export'),
    allow('boss', 'read export'),
    allow('department_head', 'read'),
    allow('cost_engineer', 'read'),
    allow('foreman', 'read'),
    allow('observer', 'read'),
  ],
  views: {
    list: table('code title kind stage estimate assignee sprint parent project blocked', { sort: 'rank' }),
    board: board('stage'),
    form: form(
      'title kind project parent sprint estimate assignee tags',
      { label: { zh: '内容', en: 'Content' }, fields: 'description acceptance' },
      { label: { zh: '受阻', en: 'Blocked' }, fields: 'blocked blocked_reason' },
      { label: { zh: '主计划', en: 'Master plan' }, fields: 'plan_task' },
    ),
  },
})

/**
 * 流转事件: what an item was from a moment on — whole, so that any moment can be read without the ones before. Written with the
 * item's own change, in its transaction; a history taken over from another tool says so (ADR 0018).
 */
export const workEvent = entity('work_event', {
  label: { zh: '流转事件', en: 'Flow event' },
  internal: true,
  title: 'stage',
  fields: {
    work_item: f.ref(
      'work_item',
      { zh: '工作项', en: 'Work item' },
      { required: true, indexed: true, onDelete: 'with' },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }),
    at: f.instant({ zh: '时间', en: 'At' }, { required: true }),
    stage: f.text({ zh: '阶段', en: 'Stage' }, { required: true, max: 20 }),
    kind: f.text({ zh: '类别', en: 'Kind' }, { required: true, max: 20 }),
    points: f.number({ zh: '估算', en: 'Estimate' }, { scale: 1 }),
    sprint: f.ref('sprint', { zh: '迭代', en: 'Sprint' }, { indexed: true, onDelete: 'clear' }),
    epic: f.ref('work_item', { zh: '所属史诗', en: 'Epic' }, { onDelete: 'clear' }),
    taken_over: f.flag({ zh: '接管的历史', en: 'Taken over' }),
  },
  place: { company: 'company', project: 'project' },
  indexes: [['project', 'at']],
  access: [
    ...['pmo', 'project_manager', 'technical_lead', 'engineer', 'quality_officer', 'planner', 'boss'].map(role =>
      allow(role, 'read'),
    ),
    ...['department_head', 'cost_engineer', 'foreman', 'observer'].map(role => allow(role, 'read')),
  ],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    work_item: typeof workItem
    work_event: typeof workEvent
  }
}
