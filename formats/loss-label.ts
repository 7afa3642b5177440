// What a written format cannot say, in the words of people: the paths of `target` losses are ours, not those of a file.

interface Label {
  readonly zh: string
  readonly en: string
}

const labels: Readonly<Record<string, Label>> = {
  'assignment/baselines': { zh: '分配的基线', en: 'Baselines of assignments' },
  'assignment/contour': { zh: '分配的工时分布', en: 'Work contour of assignments' },
  'assignment/summary': { zh: '摘要任务上的分配', en: 'Assignments to summaries' },
  'calendar/several': {
    zh: '多个日历和例外（只写一种工作周）',
    en: 'Several calendars and exceptions (one working week is written)',
  },
  'calendar/minutesPerDay': { zh: '日历自己的每日工时', en: 'Hours per day of a calendar' },
  'link/elapsed lag': { zh: '日历天的延隔时间（已换算）', en: 'Elapsed lag (converted)' },
  'link/from': { zh: '搭接的起点', en: 'Start of a link' },
  'link/percent lag': { zh: '百分比延隔时间（已换算）', en: 'Lag in percent (converted)' },
  'task/recurrence': { zh: '周期任务的规律（各次仍在）', en: 'Rule of a recurring task (its occurrences are there)' },
  'link/summary or external': { zh: '连到摘要任务或外部任务的搭接', en: 'Links of summaries or external tasks' },
  'options/criticalBy': { zh: '关键任务的定义', en: 'What counts as critical' },
  'options/finish': { zh: '计划的完成期限', en: 'Must-finish date of the plan' },
  'options/floatType': { zh: '总浮动时间的算法', en: 'How total float is computed' },
  'options/lagCalendar': { zh: '延隔时间所用日历', en: 'Calendar of lags' },
  'options/progressMode': { zh: '进度的计算方式', en: 'How progress counts' },
  'resource/cost': { zh: '成本类资源', en: 'Cost resources' },
  'resource/cost per use': { zh: '每次使用成本', en: 'Cost per use' },
  'resource/group': { zh: '资源的组', en: 'Group of a resource' },
  'resource/overtime rate': { zh: '加班费率', en: 'Overtime rate' },
  'summary/constraint': { zh: '摘要任务的限制条件', en: 'Constraint of a summary' },
  'summary/fixedCost': { zh: '摘要任务的固定成本', en: 'Fixed cost of a summary' },
  'summary/notes': { zh: '摘要任务的备注', en: 'Notes of a summary' },
  'summary/without tasks': { zh: '没有下级的摘要任务', en: 'Summaries without tasks' },
  'task/baselines': { zh: '任务的基线', en: 'Baselines of tasks' },
  'task/constraint': { zh: '限制条件（已改为最接近的）', en: 'Constraint (the nearest was taken)' },
  'task/constraint2': { zh: '第二限制条件', en: 'Second constraint' },
  'task/deadline': { zh: '截止日期', en: 'Deadline' },
  'task/effort': { zh: '工期与单位都固定', en: 'Fixed duration and units' },
  'task/external': { zh: '外部任务', en: 'External tasks' },
  'task/externalEarlyStart': { zh: '外部最早开始', en: 'External early start' },
  'task/externalLateFinish': { zh: '外部最迟完成', en: 'External late finish' },
  'task/ignoreResourceCalendar': { zh: '不受资源日历限制', en: 'Ignores resource calendars' },
  'task/inactive': { zh: '停用任务', en: 'Inactive tasks' },
  'task/kind': { zh: '任务的种类', en: 'Kind of task' },
  'task/levelingDelay': { zh: '资源平衡的延迟', en: 'Levelling delay' },
  'task/manual': { zh: '手动任务', en: 'Manual tasks' },
  'task/milestone': { zh: '有工期的里程碑', en: 'Milestones with a duration' },
  'task/percentComplete': { zh: '完成百分比的小数', en: 'Decimals of percent complete' },
  'task/responsible': { zh: '任务负责人', en: 'Who is responsible for a task' },
  'task/segments': { zh: '拆分段', en: 'Pieces of split tasks' },
}

/** @returns undefined for paths in the words of a file (`Task/Hyperlink`), which are shown as they are */
export const lossLabel = (path: string): Label | undefined =>
  path.startsWith('custom/') ? { zh: '自定义字段', en: 'Custom field' } : labels[path]
