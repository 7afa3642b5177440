// Words of the earned-value page.
import type { CostMethod, DurationMethod } from '@yingzao/engines/earned-value'
import type { Label } from '@yingzao/kernel/entity'
import { words } from '@yingzao/ui/text/words'

export const text = words({
  standing: { zh: '截至 {date} 的绩效', en: 'Where it stands on {date}' },
  costsHidden: {
    zh: '计划的费用不对您的角色开放，下面以计划工日代替金额。如有需要请联系管理员。',
    en: 'Your role may not see what the plan costs: days of work stand for money below. Ask an administrator if you need it.',
  },
  inDays: {
    zh: '计划里没有费用，下面以计划工日代替金额，因此没有实际成本和成本指数。在横道图的任务面板里填固定成本，在“资源”页填单价，或随 Project、P6 文件导入。',
    en: 'The plan has no costs, so planned working days stand in for money, and there is no actual cost and no cost index. Type fixed costs in the task panel of the Gantt and prices on the resources tab, or import them with a Project or P6 file.',
  },
  noActual: {
    zh: '计划里没有实际成本，因此没有成本偏差和完工估算；进度的判断不受影响。',
    en: 'The plan records no actual cost, so there is no cost variance and no estimate at completion; what is said of time still holds.',
  },
  importPlan: { zh: '导入计划', en: 'Import a plan' },
  bac: { zh: '完工预算 BAC', en: 'Budget BAC' },
  pv: { zh: '计划值 PV', en: 'Planned value PV' },
  ev: { zh: '挣值 EV', en: 'Earned value EV' },
  ac: { zh: '实际成本 AC', en: 'Actual cost AC' },
  spi: { zh: '进度绩效 SPI', en: 'Schedule index SPI' },
  cpi: { zh: '成本绩效 CPI', en: 'Cost index CPI' },
  spit: { zh: '时间绩效 SPI(t)', en: 'Time index SPI(t)' },
  earned: { zh: '挣得进度 ES', en: 'Earned schedule ES' },
  weeks: { zh: '{weeks} 周', en: '{weeks} wk' },
  earnedNote: {
    zh: '已过 {at} 周；做到的是第 {es} 周该做到的',
    en: '{at} weeks have passed; what is done was due by week {es}',
  },
  svNote: { zh: '进度偏差 SV {sv}', en: 'Schedule variance SV {sv}' },
  cvNote: { zh: '成本偏差 CV {cv}', en: 'Cost variance CV {cv}' },
  complete: { zh: '完成 {share}', en: '{share} complete' },
  planDays: { zh: '工日', en: 'd' },
  forecast: { zh: '预测', en: 'Forecast' },
  forecastFinish: { zh: '预测完工', en: 'Forecast finish' },
  sure: { zh: '80% 的把握：', en: '80% sure:' },
  plannedFinish: { zh: '基线完工', en: 'Baseline finish' },
  networkFinish: { zh: '网络计算完工', en: 'Computed finish' },
  networkNote: { zh: '按剩余任务的工期和逻辑', en: 'From durations and logic of what is left' },
  eac: { zh: '完工估算 EAC', en: 'Estimate at completion EAC' },
  eacNote: { zh: '按至今的 CPI；偏差 VAC {vac}', en: 'At the CPI so far; variance VAC {vac}' },
  tcpi: { zh: '剩余工作需达 TCPI', en: 'TCPI needed' },
  tcpiNote: { zh: '剩余工作按预算完成所需的效率', en: 'Efficiency that the rest needs to end on budget' },
  estimator: {
    zh: '预测取自本项目自己的进展速度：权重 {weight}，其余按“没有同类历史”的先验（平均按期，三分之二的项目偏差在 20% 以内）。完工项目积累到 10 个才有参照类，您看得到的现有 {count} 个，没有使用。',
    en: 'The forecast follows this project’s own pace with weight {weight}; the rest is what is believed without any history (on average as planned, two thirds within 20%). A reference class needs ten finished projects; {count} can be seen by you, so none is used.',
  },
  estimatorType: {
    zh: '预测参照同类型的 {count} 个完工项目：实际与计划工期之比，一半不超过 {p50}，八成不超过 {p80}。本项目自己的进展速度占权重 {weight}，由这些项目在同样进度时的表现得出。只用状态日期之前完工的。',
    en: 'The forecast stands on {count} finished projects of the same type: actual ÷ planned duration was at most {p50} for half of them, {p80} for four of five. This project’s own pace has weight {weight}, from what theirs told at the same progress. Only what was finished by the status date counts.',
  },
  estimatorAll: {
    zh: '同类型的完工项目只有 {same} 个，不到 10 个，因此参照全部类型的 {count} 个：实际与计划工期之比，一半不超过 {p50}，八成不超过 {p80}。本项目自己的进展速度占权重 {weight}。只用状态日期之前完工的。',
    en: 'Of the same type only {same} are finished, fewer than ten, so the forecast stands on all {count}: actual ÷ planned duration was at most {p50} for half of them, {p80} for four of five. This project’s own pace has weight {weight}. Only what was finished by the status date counts.',
  },
  referenceProjects: { zh: '列出这 {count} 个项目', en: 'List these {count} projects' },
  referenceProject: { zh: '项目', en: 'Project' },
  referenceFinish: { zh: '实际完工', en: 'Finished' },
  referencePlanned: { zh: '计划（日历天）', en: 'Planned (calendar d)' },
  referenceActual: { zh: '实际（日历天）', en: 'Actual (calendar d)' },
  referenceRatio: { zh: '实际 ÷ 计划', en: 'Actual ÷ planned' },
  curves: { zh: 'S 曲线', en: 'S-curves' },
  curvesLabel: {
    zh: '计划值、挣值和实际成本随时间累计的曲线，以及按最早和最迟日期的计划值范围。',
    en: 'Planned value, earned value and actual cost over time, and the envelope of planned value between early and late dates.',
  },
  curvesNote: {
    zh: '灰色范围是按当前排程最早、最迟日期安排的计划值（香蕉曲线）。挣值和实际成本按各任务的实际起止日期平均回推，状态日期当天的数是准确的。',
    en: 'The grey band is planned value by the early and late dates of the current schedule (banana). Earned value and actual cost are laid back evenly over each task’s actual dates; on the status date they are exact.',
  },
  trend: { zh: '历次状态', en: 'Past status dates' },
  trendNone: {
    zh: '计划还只有一个状态日期；下次更新状态日期之后，这里显示各次的绩效和趋势。',
    en: 'The plan has had one status date so far: after the next one its figures and their trend stand here.',
  },
  trendNote: {
    zh: '每个状态日期最后一次修改时的计划，按当时的基线和进度计算；虚线是按时间的 SPI(t)，1 是按计划。',
    en: 'From the plan as it last was under each status date, with its baseline and progress of then; dashed is SPI(t), in time; 1 is as planned.',
  },
  trendLabel: {
    zh: '各状态日期的 SPI、SPI(t) 和 CPI。',
    en: 'SPI, SPI(t) and CPI on each status date.',
  },
  planned: { zh: '计划值', en: 'Planned' },
  earnedLine: { zh: '挣值', en: 'Earned' },
  actualLine: { zh: '实际成本', en: 'Actual cost' },
  early: { zh: '按最早', en: 'Early' },
  late: { zh: '按最迟', en: 'Late' },
  band: { zh: '最早–最迟', en: 'Early to late' },
  status: { zh: '状态日期', en: 'Status date' },
  asTable: { zh: '按月列表', en: 'As a table, by month' },
  until: { zh: '截至', en: 'Until' },
  methods: { zh: '各种算法', en: 'By every method' },
  methodsNote: {
    zh: '同样的数据，不同的假设。差得远，说明项目还早或走势不稳。',
    en: 'The same figures under other assumptions. Far apart means that it is early, or that the pace is not steady.',
  },
  method: { zh: '算法', en: 'Method' },
  amount: { zh: '完工估算', en: 'Estimate' },
  vac: { zh: '与预算之差', en: 'Against budget' },
  finish: { zh: '完工', en: 'Finish' },
  byTask: { zh: '按任务', en: 'By task' },
  byTaskNote: {
    zh: '已经计划、已经挣得或已经花费的任务，进度落后最多的在前。',
    en: 'Tasks of which something was planned, earned or spent so far, the furthest behind first.',
  },
  budget: { zh: '预算', en: 'Budget' },
  sv: { zh: '进度偏差', en: 'SV' },
  cv: { zh: '成本偏差', en: 'CV' },
  noBaseline: { zh: '计划还没有基线', en: 'The plan has no baseline' },
  noBaselineNext: {
    zh: '挣值拿做到的和承诺的相比，承诺就是基线 0。',
    en: 'Earned value compares what is done with what was promised: baseline 0.',
  },
  noStatus: { zh: '计划还没有状态日期', en: 'The plan has no status date' },
  noStatusNext: {
    zh: '状态日期说明进展统计到哪一天。',
    en: 'The status date says as of which day progress is reported.',
  },
  askPlanner: { zh: '请计划工程师设置。', en: 'Ask the planner to set it.' },
  setStatus: { zh: '设置状态日期', en: 'Set the status date' },
  nothingEarned: {
    zh: '计划里没有可以计算挣值的任务，或时间跨度过长。',
    en: 'The plan has no tasks that could earn value, or spans too long a time.',
  },
})

export const costMethod: Readonly<Record<CostMethod, Label>> = {
  budget: { zh: '剩余按预算', en: 'The rest as budgeted' },
  cpi: { zh: '剩余按至今的 CPI', en: 'The rest at the CPI so far' },
  cpi_spi: { zh: '剩余按 CPI × SPI（赶工）', en: 'The rest at CPI × SPI (catching up)' },
  weighted: { zh: '剩余按 0.8 CPI + 0.2 SPI', en: 'The rest at 0.8 CPI + 0.2 SPI' },
  recent: { zh: '剩余按最近三期', en: 'The rest as in the last three periods' },
  smoothed: { zh: '剩余按平滑后的效率', en: 'The rest at the smoothed pace' },
  bottom_up: { zh: '剩余重新估算', en: 'The rest estimated anew' },
}

export const durationMethod: Readonly<Record<DurationMethod, Label>> = {
  planned_value: { zh: '计划值', en: 'Planned value' },
  planned_value_spi: { zh: '计划值 ÷ SPI', en: 'Planned value ÷ SPI' },
  planned_value_spi_cpi: { zh: '计划值 ÷ (SPI × CPI)', en: 'Planned value ÷ (SPI × CPI)' },
  earned_duration: { zh: '挣得工期', en: 'Earned duration' },
  earned_duration_spi: { zh: '挣得工期 ÷ SPI', en: 'Earned duration ÷ SPI' },
  earned_schedule: { zh: '挣得进度，剩余按计划', en: 'Earned schedule, the rest as planned' },
  earned_schedule_spit: { zh: '挣得进度 ÷ SPI(t)', en: 'Earned schedule ÷ SPI(t)' },
  earned_schedule_spit_cpi: { zh: '挣得进度 ÷ (SPI(t) × CPI)', en: 'Earned schedule ÷ (SPI(t) × CPI)' },
  smoothed: { zh: '平滑后的速度', en: 'Smoothed pace' },
}
