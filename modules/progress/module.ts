// 进度填报: contents page. Reports from the site, taken by the planner; weekly commitments and what became of them.
import { defineModule, f } from '@yingzao/kernel/entity'
import { progressReport } from './progress-report.entity.ts'
import { progressWeek, weekCommitment } from './week.entity.ts'

const plan = f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true })
const closing = {
  status_on: f.date({ zh: '状态日期', en: 'Status date' }),
  reschedule: f.flag({ zh: '未上报的工作顺延', en: 'Move unreported work' }),
}
const week_on = f.date({ zh: '周（周一）', en: 'Week of' }, { required: true })

export default defineModule({
  name: 'progress',
  label: { zh: '进度填报', en: 'Progress' },
  needs: ['project', 'schedule'],
  entities: [progressReport, weekCommitment, progressWeek],
  actions: [
    {
      name: 'progress.my_calendar',
      label: { zh: '我的周计划任务（日历）', en: 'My weekly commitments (calendar)' },
      needs: 'week_commitment:read',
      reads: true,
      calendar: true,
    },
    {
      name: 'progress.review',
      label: { zh: '查看待确认的填报', en: 'Review waiting reports' },
      needs: 'progress_report:read',
      reads: true,
      input: { plan, items: f.json({ zh: '所选填报', en: 'Chosen reports' }), ...closing },
    },
    {
      name: 'progress.confirm',
      label: { zh: '采纳填报', en: 'Take reports' },
      needs: 'progress_report:confirm',
      input: {
        plan,
        base: f.integer({ zh: '基于修订号', en: 'Based on revision' }, { required: true, min: 0 }),
        items: f.json({ zh: '所选填报', en: 'Chosen reports' }),
        ...closing,
      },
    },
    {
      name: 'progress.look_ahead',
      label: { zh: '前瞻任务', en: 'Look ahead' },
      needs: 'week_commitment:read',
      reads: true,
      input: { plan, week_on },
    },
    {
      name: 'progress.commit_week',
      label: { zh: '生成周计划', en: 'Make the weekly plan' },
      needs: 'week_commitment:create',
      input: { plan, week_on, tasks: f.json({ zh: '任务', en: 'Tasks' }) },
    },
    {
      name: 'progress.close_week',
      label: { zh: '按进度结算', en: 'Close what is done' },
      needs: 'week_commitment:close',
      input: { plan, week_on },
    },
  ],
  refusals: {
    summary: {
      zh: '“{task}”是摘要任务，进度由下级任务汇总；请填报下级任务',
      en: '“{task}” is a summary: its progress rolls up. Report the tasks below it',
    },
    decided: {
      zh: '这条填报已处理，不能再改；请重新填报',
      en: 'This report has been decided and stays as it is: make a new one',
    },
    other_task: {
      zh: '填报的任务不能换；请撤回后重新填报',
      en: 'A report cannot be moved to another task: withdraw it and make a new one',
    },
    not_waiting: {
      zh: '所选填报中有的已处理或已被新填报取代；请刷新后再确认',
      en: 'Some of the chosen reports have been decided or superseded meanwhile: look at the list again',
    },
    nothing_chosen: {
      zh: '请先选择要采纳的填报，或填写状态日期',
      en: 'Choose the reports to take, or give a status date',
    },
    invalid_items: {
      zh: '所选填报的数值不对：百分比为 0–100，剩余工期不为负，日期为年-月-日。请改正后再试',
      en: 'A value of the chosen reports is not right: 0–100 per cent, no negative time, dates as year-month-day. Correct it and try again',
    },
    finish_before_start: {
      zh: '采纳的完成日期早于开始日期，请检查两个日期',
      en: 'The finish taken lies before the start taken: check both dates',
    },
    incomputable: {
      zh: '采纳后计划无法计算（{reason}）；请逐条采纳，找出并退回有问题的一条',
      en: 'With these reports the plan cannot be computed ({reason}): take them one by one and return the one at fault',
    },
    not_monday: {
      zh: '周以周一的日期表示，请选择周一',
      en: 'A week is named by its Monday: choose a Monday',
    },
    foreign_task: {
      zh: '“{task}”不在这份计划里，请重新选择任务',
      en: '“{task}” is not in this plan: choose another task',
    },
  },
  menu: {
    under: 'plan',
    order: 25,
    icon: 'check',
    items: [
      { page: 'report', label: { zh: '报进度', en: 'Report progress' }, needs: 'progress_report' },
      { entity: 'progress_report' },
      { entity: 'week_commitment' },
    ],
  },
})
