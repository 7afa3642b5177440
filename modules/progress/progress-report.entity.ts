// 进度填报: what somebody on the spot says of a task as of a day. It changes no plan by itself: the planner takes it (then
// it becomes an edit of the plan) or returns it. What was said stays beside what was taken.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

/** Why work is behind what was planned or promised; the same list for reports and weekly commitments. */
export const reasons = {
  design: { zh: '设计', en: 'Design' },
  material: { zh: '材料', en: 'Materials' },
  labour: { zh: '劳力', en: 'Labour' },
  machine: { zh: '机械', en: 'Machinery' },
  weather: { zh: '天气', en: 'Weather' },
  client: { zh: '业主', en: 'Client' },
  approval: { zh: '审批', en: 'Approval' },
  prior_work: { zh: '前置工作', en: 'Prior work' },
  other: { zh: '其他', en: 'Other' },
} as const
export type Reason = keyof typeof reasons

const own = { scope: 'own' } as const
const reporter = 'read create'
const confirms = 'read create export confirm return'

export const progressReport = entity('progress_report', {
  label: { zh: '进度填报', en: 'Progress report' },
  title: 'task',
  fields: {
    task: f.ref('task', { zh: '任务', en: 'Task' }, { required: true, indexed: true }),
    plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { system: true, indexed: true, onDelete: 'with' }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    reported_on: f.date(
      { zh: '截至日期', en: 'As of' },
      {
        required: true,
        default: '=today()',
        indexed: true,
        hint: { zh: '所填进度是这一天收工时的', en: 'The state at the end of work on this day' },
      },
    ),
    reporter: f.user({ zh: '填报人', en: 'Reported by' }, { system: true, indexed: true }),
    responsible: f.user({ zh: '负责人', en: 'Responsible' }, { system: true, quiet: true, indexed: true }),
    // said
    percent: f.percent({ zh: '完成百分比', en: '% complete' }, { min: '0', max: '1' }),
    remaining: f.duration({ zh: '剩余工期', en: 'Remaining' }, { min: 0 }),
    start_on: f.date({ zh: '实际开始', en: 'Actual start' }),
    finish_on: f.date({ zh: '实际完成', en: 'Actual finish' }),
    done_qty: f.number({ zh: '完成工程量', en: 'Quantity done' }, { scale: 3, min: '0' }),
    total_qty: f.number({ zh: '总工程量', en: 'Total quantity' }, { scale: 3, min: '0' }),
    qty_unit: f.text({ zh: '单位', en: 'Unit' }, { max: 20 }),
    reason: f.choice({ zh: '滞后原因', en: 'Reason when behind' }, reasons),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
    // found
    doubtful: f.flag(
      { zh: '需核对', en: 'To be checked' },
      {
        system: true,
        hint: {
          zh: '填报与逻辑关系或已有进展不符，见待确认页',
          en: 'It contradicts links or earlier progress; the page of the plan says how',
        },
      },
    ),
    doubts: f.json({ zh: '疑点', en: 'Doubts' }, { system: true, quiet: true }),
    /** The task as the reporter saw it: what somebody changed in the meantime is shown to the planner. */
    seen: f.json({ zh: '填报时的任务', en: 'Task when reported' }, { system: true, quiet: true }),
    // decided
    taken_pct: f.percent({ zh: '采纳百分比', en: '% taken' }, { system: true }),
    taken_remaining: f.duration({ zh: '采纳剩余', en: 'Remaining taken' }, { system: true }),
    taken_start_on: f.date({ zh: '采纳开始', en: 'Start taken' }, { system: true }),
    taken_finish_on: f.date({ zh: '采纳完成', en: 'Finish taken' }, { system: true }),
    changed: f.flag({ zh: '采纳时改过', en: 'Changed when taken' }, { system: true }),
    decided_by: f.user({ zh: '确认人', en: 'Decided by' }, { system: true }),
    decided_on: f.date({ zh: '确认日期', en: 'Decided on' }, { system: true }),
    answer: f.longText({ zh: '退回意见', en: 'Words of the planner' }, { system: true, max: 2000 }),
    plan_revision: f.integer({ zh: '计划修订号', en: 'Plan revision' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project', owner: ['reporter', 'responsible'] },
  indexes: [
    ['plan', 'stage', 'reported_on'],
    ['task', 'stage'],
  ],
  rules: {
    // The later day counts: one far ahead would stand in the way of every true report that follows.
    not_ahead: {
      check: 'reported_on <= today()',
      message: {
        zh: '截至日期不能晚于今天，请检查日期',
        en: 'The day the report speaks of has not come yet: check the date',
      },
    },
    something: {
      check:
        'percent != null or remaining != null or start_on != null or finish_on != null or done_qty != null or note != null',
      message: {
        zh: '请填写百分比、剩余工期、工程量、日期或说明中的至少一项',
        en: 'Say at least one of: percent, remaining time, quantity, a date or a note',
      },
    },
    in_order: {
      check: 'start_on = null or finish_on = null or finish_on >= start_on',
      message: {
        zh: '实际完成不能早于实际开始，请检查两个日期',
        en: 'The actual finish lies before the actual start: check both dates',
      },
    },
  },
  stages: {
    reported: { label: { zh: '待确认', en: 'Waiting' }, tone: 'info' },
    confirmed: { label: { zh: '已采纳', en: 'Taken' }, tone: 'good' },
    returned: { label: { zh: '已退回', en: 'Returned' }, tone: 'warn' },
    superseded: { label: { zh: '已被新填报取代', en: 'Superseded' } },
    withdrawn: { label: { zh: '已撤回', en: 'Withdrawn' } },
  },
  transitions: [
    { from: ['reported'], to: 'returned', action: 'return', label: { zh: '退回', en: 'Return' } },
    {
      from: ['reported', 'returned'],
      to: 'withdrawn',
      action: 'withdraw',
      label: { zh: '撤回', en: 'Withdraw' },
    },
    // Granted to nobody: what confirming and a later report do to it.
    { from: ['reported'], to: 'confirmed', action: 'take', label: { zh: '采纳', en: 'Take' } },
    {
      from: ['reported', 'returned'],
      to: 'superseded',
      action: 'supersede',
      label: { zh: '被取代', en: 'Supersede' },
    },
  ],
  verbs: {
    confirm: {
      label: { zh: '采纳', en: 'Confirm' },
      tone: 'primary',
      when: 'stage = "reported"',
      confirm: {
        zh: '按所填内容修改计划，作为一次可撤销的修改。要先看对完工的影响，请到计划的“进度”页。',
        en: 'Changes the plan as reported, as one edit that can be undone. To see the consequence first, open “Progress” on the plan.',
      },
    },
    return: {
      label: { zh: '退回', en: 'Return' },
      input: { answer: f.longText({ zh: '退回意见', en: 'What to correct' }, { required: true, max: 2000 }) },
    },
  },
  tells: {
    returned: {
      label: { zh: '我的进度填报被退回', en: 'My progress report was returned' },
      to: 'reporter',
      when: 'stage = "returned"',
      text: {
        zh: '“{task}”截至 {reported_on} 的填报被 {decided_by} 退回：{answer}',
        en: '{decided_by} returned your report on “{task}” as of {reported_on}: {answer}',
      },
    },
  },
  access: [
    allow('pmo', confirms),
    allow('pmo', 'update withdraw', own),
    allow('project_manager', confirms),
    allow('project_manager', 'update withdraw', own),
    allow('planner', confirms),
    allow('planner', 'update withdraw', own),
    allow('technical_lead', reporter),
    allow('technical_lead', 'update withdraw', own),
    allow('engineer', reporter),
    allow('engineer', 'update withdraw', own),
    allow('foreman', reporter),
    allow('foreman', 'update withdraw', own),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('boss', 'read export'),
    allow('department_head', 'read'),
    allow('cost_engineer', 'read'),
    allow('observer', 'read'),
  ],
  views: {
    list: table('task project reported_on reporter percent remaining start_on finish_on reason doubtful stage', {
      sort: '-reported_on',
    }),
    form: form('task reported_on percent remaining start_on finish_on done_qty total_qty qty_unit reason note'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    progress_report: typeof progressReport
  }
}
