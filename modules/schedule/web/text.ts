// Words of the planning pages.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  look: { zh: '计划的画法', en: 'How the plan is drawn' },
  gantt: { zh: '横道图', en: 'Gantt' },
  networkFailed: {
    zh: '计划还算不出日期，网络图画不出来：请先在横道图里改正。',
    en: 'The plan has no computed dates yet, so no network can be drawn: correct it in the Gantt first.',
  },
  days: { zh: '{days} 天', en: '{days} d' },
  float: { zh: '总浮动 {days} 天', en: 'total float {days} d' },
  criticalWork: { zh: '关键工作', en: 'critical' },
  aboutTask: {
    zh: '{name}，{start} 至 {finish}，{duration}，{float}',
    en: '{name}, {start} to {finish}, {duration}, {float}',
  },
  project: { zh: '所属项目', en: 'Project' },
  computedFinish: { zh: '计算完工', en: 'Computed finish' },
  contractFinish: { zh: '合同竣工', en: 'Contract finish' },
  late: { zh: '滞后 {days} 天', en: '{days} {days:day|days} late' },
  early: { zh: '提前 {days} 天', en: '{days} {days:day|days} early' },
  onTime: { zh: '如期', en: 'On time' },
  revision: { zh: '修订 {revision}', en: 'Revision {revision}' },
  current: { zh: '执行计划', en: 'Current plan' },
  importPlan: { zh: '导入计划', en: 'Import a plan' },
  newPlan: { zh: '新建计划', en: 'New plan' },
  noPlans: { zh: '这个项目还没有计划。', en: 'This project has no plan yet.' },
  noPlansNext: {
    zh: '导入 Microsoft Project 或 Primavera 文件，或新建一份。第一份自动成为执行计划。',
    en: 'Import a Microsoft Project or Primavera file, or begin a new one. The first becomes the current plan.',
  },
  planProgress: { zh: '进度', en: 'Progress' },
  planTasks: { zh: '任务', en: 'Tasks' },
  tasksOf: { zh: '{count} 个，关键 {critical}', en: '{count}, {critical} critical' },
  planStatus: { zh: '状态日期', en: 'Status date' },
  readOnly: { zh: '只读', en: 'Read only' },
  somebody: { zh: '同事', en: 'A colleague' },
  options: { zh: '计划选项', en: 'Plan options' },
  setBaseline: { zh: '保存基线', en: 'Set baseline' },
  baselineNote: {
    zh: '把各任务现在的开始、完成和工期记为基线，之后横道图上可对照偏差。已有的同号基线会被替换，可撤销。',
    en: 'Keeps today’s start, finish and duration of every task, to compare with later. A baseline of the same number is replaced; this can be undone.',
  },
  baselineDone: { zh: '已保存基线', en: 'Baseline set' },
  makeCurrent: { zh: '设为执行计划', en: 'Make current' },
  makeCurrentNote: {
    zh: '项目的进度、预计完工和健康度从此取自这份计划，原来的执行计划保留为备选。',
    en: 'Progress, forecast and health of the project come from this plan from now on; the former current plan stays as an alternative.',
  },
  madeCurrent: { zh: '已设为执行计划', en: 'This is the current plan now' },
  exportFile: { zh: '导出计划文件', en: 'Export plan file' },
  history: { zh: '修改记录', en: 'Edits' },
  details: { zh: '资料、讨论与附件', en: 'Details, comments, files' },
  more: { zh: '更多操作', en: 'More actions' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '计划选项已保存', en: 'Plan options saved' },
  edit: { zh: '编辑', en: 'Edit' },
  remove: { zh: '删除计划', en: 'Delete plan' },
  removeTitle: { zh: '删除计划“{name}”？', en: 'Delete the plan “{name}”?' },
  removeDetail: { zh: '删除后可在计划列表的回收站恢复。', en: 'It can be restored from the recycle bin of the list.' },
  loadingPlan: { zh: '正在打开计划…', en: 'Opening the plan…' },
  unreachable: {
    zh: '连不上服务器，修改没有保存。请检查网络后重试。',
    en: 'The server cannot be reached, nothing was saved. Check the network and try again.',
  },

  // Options
  dates: { zh: '日期与日历', en: 'Dates and calendar' },
  critical: { zh: '关键路径', en: 'Critical path' },
  msRules: { zh: 'Microsoft Project 规则', en: 'Rules of Microsoft Project' },
  p6Rules: { zh: 'Primavera P6 规则', en: 'Rules of Primavera P6' },
  units: { zh: '单位换算', en: 'Units' },
  optionsNote: {
    zh: '更改会立即重新计算全部日期，可在“修改记录”中撤销。',
    en: 'A change recomputes all dates at once; it can be undone under “Edits”.',
  },
  rulesOf: { zh: '本计划按 {name} 的规则计算。', en: 'This plan is computed by the rules of {name}.' },

  // Edits
  noEdits: {
    zh: '还没有修改。每次修改都会记在这里，谁、何时、改了什么。',
    en: 'No edits yet. Every edit is listed here: who, when and what.',
  },
  undoMine: { zh: '撤销我的上一次修改', en: 'Undo my last edit' },
  redoMine: { zh: '重做', en: 'Redo' },
  undoneTag: { zh: '已撤销', en: 'Undone' },
  reversal: { zh: '撤销或重做', en: 'Undo or redo' },
  edited: { zh: '编辑', en: 'Edit' },
  someone: { zh: '系统', en: 'System' },
  done: { zh: '已完成', en: 'Done' },

  // Export
  format: { zh: '文件格式', en: 'File format' },
  exportNote: {
    zh: '文件带有本系统计算的日期，可用 Microsoft Project 或 Primavera P6 打开。',
    en: 'The file carries the dates computed here and opens in Microsoft Project or Primavera P6.',
  },
  preparing: { zh: '正在生成文件…', en: 'Writing the file…' },
  retry: { zh: '重试', en: 'Try again' },
  saveFile: { zh: '保存文件', en: 'Save file' },
  noLoss: { zh: '计划内容全部可以写入此格式。', en: 'Everything in the plan fits this format.' },
  lossTitle: {
    zh: '此格式无法表达以下 {count} 类内容，文件中不会包含：',
    en: 'This format has no place for {count} {count:kind|kinds} of content, which the file will not contain:',
  },
  fileSize: { zh: '{name}（{size}）', en: '{name} ({size})' },
})
