// 周计划与周回顾: what was promised for a week and whether it was kept (last planner), and where the plan stood each week.
import { allow, entity, f, table } from '@yingzao/kernel/entity'
import { reasons } from './progress-report.entity.ts'

const inPlan = {
  plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true, indexed: true, onDelete: 'with' }),
  project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
  company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
} as const
const plans = 'read create update delete export close miss reopen'
const closes = { scope: 'own' } as const

export const weekCommitment = entity('week_commitment', {
  label: { zh: '周计划任务', en: 'Weekly commitment' },
  title: 'task',
  fields: {
    ...inPlan,
    task: f.ref('task', { zh: '任务', en: 'Task' }, { required: true, indexed: true }),
    week_on: f.date(
      { zh: '周（周一）', en: 'Week of' },
      { required: true, indexed: true, hint: { zh: '这一周的周一', en: 'The Monday of the week' } },
    ),
    who: f.user({ zh: '承诺人', en: 'Promised by' }, { indexed: true }),
    promised_pct: f.percent(
      { zh: '承诺完成到', en: 'Promised to reach' },
      { required: true, min: '0', max: '1', default: '1' },
    ),
    promise: f.text({ zh: '承诺内容', en: 'What is promised' }, { max: 300 }),
    reached_pct: f.percent({ zh: '实际完成到', en: 'Reached' }, { system: true }),
    reason: f.choice({ zh: '未完成原因', en: 'Reason when missed' }, reasons, { system: true }),
    remark: f.text({ zh: '说明', en: 'Remark' }, { system: true, max: 500 }),
    closed_on: f.date({ zh: '结算日期', en: 'Closed on' }, { system: true }),
  },
  place: { company: 'company', project: 'project', owner: ['who'] },
  unique: [['plan', 'week_on', 'task']],
  indexes: [['plan', 'week_on']],
  stages: {
    promised: { label: { zh: '已承诺', en: 'Promised' }, tone: 'info' },
    kept: { label: { zh: '完成', en: 'Done' }, tone: 'good' },
    missed: { label: { zh: '未完成', en: 'Not done' }, tone: 'bad' },
  },
  transitions: [
    { from: ['promised'], to: 'kept', action: 'close', label: { zh: '完成', en: 'Done' } },
    { from: ['promised'], to: 'missed', action: 'miss', label: { zh: '未完成', en: 'Not done' } },
    { from: ['kept', 'missed'], to: 'promised', action: 'reopen', label: { zh: '重新打开', en: 'Reopen' } },
  ],
  verbs: {
    miss: {
      label: { zh: '未完成', en: 'Not done' },
      input: {
        reason: f.choice({ zh: '原因', en: 'Reason' }, reasons, { required: true }),
        remark: f.text({ zh: '说明', en: 'Remark' }, { max: 500 }),
      },
    },
  },
  access: [
    allow('pmo', plans),
    allow('project_manager', plans),
    allow('planner', plans),
    allow('technical_lead', 'read'),
    allow('technical_lead', 'close miss', closes),
    allow('engineer', 'read'),
    allow('engineer', 'close miss', closes),
    allow('foreman', 'read'),
    allow('foreman', 'close miss', closes),
    allow('boss', 'read export'),
    allow('department_head', 'read'),
    allow('cost_engineer', 'read'),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('observer', 'read'),
  ],
  views: {
    list: table('week_on task project who promised_pct reached_pct stage reason', { sort: '-week_on' }),
  },
})

/** One row a plan and reported week: the forecast of that day, kept so that it can be looked back at. */
export const progressWeek = entity('progress_week', {
  label: { zh: '周进展', en: 'Week standing' },
  title: 'week_on',
  fields: {
    ...inPlan,
    week_on: f.date({ zh: '周（周一）', en: 'Week of' }, { required: true, indexed: true }),
    status_on: f.date({ zh: '状态日期', en: 'Status date' }, { system: true }),
    forecast_on: f.date({ zh: '当时预计完工', en: 'Forecast at the time' }, { system: true }),
    baseline_on: f.date({ zh: '基线完工', en: 'Baseline finish' }, { system: true }),
    contract_on: f.date({ zh: '合同竣工', en: 'Contract finish' }, { system: true }),
    progress_pct: f.percent({ zh: '进度', en: 'Progress' }, { system: true }),
    plan_revision: f.integer({ zh: '计划修订号', en: 'Plan revision' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['plan', 'week_on']],
  discussion: false,
  access: [
    ...['pmo', 'project_manager', 'planner', 'boss'].map(role => allow(role, 'read export')),
    ...['department_head', 'technical_lead', 'cost_engineer', 'engineer', 'foreman'].map(role => allow(role, 'read')),
    ...['quality_officer', 'safety_officer', 'observer'].map(role => allow(role, 'read')),
  ],
  views: {
    list: table('week_on project status_on forecast_on baseline_on contract_on progress_pct', { sort: '-week_on' }),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    week_commitment: typeof weekCommitment
    progress_week: typeof progressWeek
  }
}
