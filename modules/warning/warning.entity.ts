// 预警: late work of one department that will hit a task of another. Found and kept in step by a job; people say what they
// do about it. It lies between the two projects: both sides see it, and of the other side's plan no more than they may.
import { allow, board, entity, f, table } from '@yingzao/kernel/entity'

const all = 'read acknowledge assign dismiss reopen export'

export const warning = entity('warning', {
  label: { zh: '预警', en: 'Early warning' },
  title: 'code',
  number: 'YJ-{yyyy}{mm}-{seq:4}',
  fields: {
    code: f.serial({ zh: '编号', en: 'No.' }),
    handling: f.choice(
      { zh: '处理', en: 'Handling' },
      {
        raised: { zh: '待确认', en: 'To acknowledge', tone: 'bad' },
        acknowledged: { zh: '已确认', en: 'Acknowledged', tone: 'warn' },
        assigned: { zh: '已派人', en: 'Assigned', tone: 'info' },
        dismissed: { zh: '不处理', en: 'Dismissed', tone: 'neutral' },
        closed: { zh: '已消除', en: 'Gone', tone: 'good' },
      },
      { system: true, required: true, default: 'raised', indexed: true },
    ),
    /** What is hit: it goes to the recycle bin with its task. */
    hit_task: f.ref('task', { zh: '受影响任务', en: 'Task hit' }, { system: true, indexed: true, onDelete: 'with' }),
    days: f.number(
      { zh: '推迟（工作日）', en: 'Delay (working days)' },
      { system: true, scale: 1, indexed: true, hint: { zh: '0 表示还有余量', en: '0 while room is left' } },
    ),
    room: f.number({ zh: '余量（工作日）', en: 'Room left (working days)' }, { system: true, scale: 1, quiet: true }),
    needed_on: f.date({ zh: '本应在', en: 'Was due on' }, { system: true, indexed: true }),
    expected_on: f.date({ zh: '预计在', en: 'Expected on' }, { system: true }),
    cause_task: f.ref('task', { zh: '起因任务', en: 'Cause' }, { system: true, indexed: true, onDelete: 'clear' }),
    responsible: f.user({ zh: '须处理人', en: 'Who must act' }, { system: true, indexed: true }),
    assignee: f.user({ zh: '处理人', en: 'Assigned to' }, { system: true, indexed: true }),
    due_on: f.date({ zh: '处理期限', en: 'Act by' }, { system: true }),
    note: f.longText({ zh: '处理意见', en: 'What is done about it' }, { system: true }),
    level: f.choice(
      { zh: '升级', en: 'Escalation' },
      {
        none: { zh: '未升级', en: 'Not escalated' },
        manager: { zh: '项目经理、部门负责人', en: 'Project manager, head of department', tone: 'warn' },
        boss: { zh: '公司领导', en: 'Management', tone: 'bad' },
      },
      { system: true, required: true, default: 'none', indexed: true },
    ),
    escalated_to: f.multiRef('user', { zh: '已报', en: 'Told' }, { system: true }),
    raised_on: f.date({ zh: '发出', en: 'Raised' }, { system: true, indexed: true }),
    answered_on: f.date({ zh: '答复', en: 'Answered' }, { system: true, quiet: true }),
    closed_on: f.date({ zh: '消除', en: 'Gone since' }, { system: true, quiet: true }),
    plan: f.ref('plan', { zh: '受影响计划', en: 'Plan hit' }, { system: true, indexed: true, onDelete: 'clear' }),
    project: f.ref(
      'project',
      { zh: '受影响项目', en: 'Project hit' },
      { system: true, indexed: true, onDelete: 'clear' },
    ),
    department: f.orgUnit({ zh: '受影响部门', en: 'Department hit' }, { system: true, quiet: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    cause_plan: f.ref(
      'plan',
      { zh: '起因计划', en: 'Plan of the cause' },
      { system: true, indexed: true, onDelete: 'clear' },
    ),
    cause_project: f.ref(
      'project',
      { zh: '起因项目', en: 'Project of the cause' },
      { system: true, indexed: true, onDelete: 'clear' },
    ),
    cause_department: f.orgUnit({ zh: '起因部门', en: 'Department of the cause' }, { system: true, quiet: true }),
    cause_company: f.orgUnit({ zh: '起因公司', en: 'Company of the cause' }, { system: true, quiet: true }),
    /** Chain, consequence and ways out, of both plans: nobody is granted it, `open` gives each reader his part (detail.ts). */
    detail: f.json({ zh: '详情', en: 'Detail' }, { system: true, quiet: true, group: 'sealed' }),
    dismissed_days: f.number(
      { zh: '不处理时推迟', en: 'Delay when dismissed' },
      { system: true, quiet: true, scale: 1 },
    ),
  },
  place: {
    ...{ company: 'company', department: 'department', project: 'project', owner: ['responsible', 'assignee'] },
    beside: { company: 'cause_company', department: 'cause_department', project: 'cause_project' },
  },
  unique: [['cause_task', 'hit_task']],
  verbs: {
    open: { label: { zh: '打开', en: 'Open' }, reads: true },
    acknowledge: {
      label: { zh: '确认收到', en: 'Acknowledge' },
      when: 'handling = "raised"',
      tone: 'primary',
      input: { note: f.longText({ zh: '处理意见', en: 'What is done about it' }) },
    },
    assign: {
      label: { zh: '派人处理', en: 'Assign' },
      when: 'handling = "raised" or handling = "acknowledged" or handling = "assigned"',
      input: {
        assignee: f.user({ zh: '处理人', en: 'Assigned to' }, { required: true }),
        due_on: f.date({ zh: '处理期限', en: 'Act by' }, { required: true }),
        note: f.longText({ zh: '要求', en: 'What is asked' }),
      },
    },
    dismiss: {
      label: { zh: '不处理', en: 'Dismiss' },
      when: 'handling = "raised" or handling = "acknowledged" or handling = "assigned"',
      tone: 'danger',
      input: { reason: f.longText({ zh: '理由', en: 'Reason' }, { required: true }) },
    },
    reopen: { label: { zh: '重新处理', en: 'Reopen' }, when: 'handling = "dismissed"' },
  },
  tells: {
    must_act: {
      label: { zh: '有预警须我处理', en: 'A warning that I must act on' },
      to: 'responsible',
      when: 'handling = "raised"',
      text: {
        zh: '“{cause_task}”预计 {expected_on}（本应 {needed_on}），将使 {project} 的“{hit_task}”推迟 {days} 个工作日',
        en: '“{cause_task}” is expected on {expected_on} (due {needed_on}) and will delay “{hit_task}” of {project} by {days} working days',
      },
    },
    assigned: {
      label: { zh: '派我处理预警', en: 'A warning was assigned to me' },
      to: 'assignee',
      when: 'handling = "assigned"',
      // Two working days.
      escalate: { hours: 16 },
      text: {
        zh: '请在 {due_on} 前处理预警 {code}：“{cause_task}”将影响“{hit_task}”。{note}',
        en: 'Please deal with warning {code} by {due_on}: “{cause_task}” will hit “{hit_task}”. {note}',
      },
    },
    escalated: {
      label: { zh: '预警无人处理，已升级', en: 'A warning nobody answered' },
      to: 'escalated_to',
      urgent: true,
      text: {
        zh: '预警 {code} 至今无人处理：“{cause_task}”将使 {project} 的“{hit_task}”推迟 {days} 个工作日，须处理人 {responsible}',
        en: 'Nobody has answered warning {code}: “{cause_task}” will delay “{hit_task}” of {project} by {days} working days; {responsible} must act',
      },
    },
  },
  access: [
    allow('pmo', all),
    allow('project_manager', all),
    allow('planner', all),
    allow('department_head', all),
    allow('boss', 'read assign export'),
    allow('technical_lead', 'read acknowledge'),
    allow('cost_engineer', 'read'),
    allow('engineer', 'read'),
    allow('foreman', 'read'),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('observer', 'read'),
    // Whoever must act, or was asked to, sees it and answers wherever he works.
    allow('member', 'read acknowledge', { scope: 'own' }),
  ],
  views: {
    list: table(
      'code handling hit_task project days needed_on expected_on cause_task cause_project responsible level raised_on',
      {
        sort: '-raised_on',
      },
    ),
    board: board('handling'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    warning: typeof warning
  }
}
