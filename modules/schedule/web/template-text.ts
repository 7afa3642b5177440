// Words of plan templates.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  newPlan: { zh: '新建计划', en: 'New plan' },
  beginWith: { zh: '从什么开始', en: 'What to begin with' },
  template: { zh: '哪个模板', en: 'Which template' },
  blank: { zh: '空白计划', en: 'An empty plan' },
  blankNote: { zh: '自己列任务，或从 Excel 粘贴', en: 'List the tasks yourself, or paste them from Excel' },
  suits: { zh: '适合本项目', en: 'For this project' },
  size: { zh: '{tasks} 个任务，约 {days} 个工作日', en: '{tasks} {tasks:task|tasks}, about {days} working days' },
  noTemplates: {
    zh: '还没有计划模板。PMO 可在任一计划的“更多操作”里把它存为模板。',
    en: 'There are no plan templates yet. PMO can save any plan as one from its “More actions”.',
  },
  plan: { zh: '计划', en: 'Plan' },
  create: { zh: '创建计划', en: 'Create the plan' },
  becomes: {
    zh: '将有 {tasks} 个任务，按每周五天约 {days} 个工作日',
    en: 'It will have {tasks} {tasks:task|tasks}, about {days} working days in weeks of five',
  },
  tooMany: {
    zh: '这样会有 {count} 个任务，一次最多 5000 个；请减少数量',
    en: 'This makes {count} tasks and 5,000 is the most at once: use smaller counts',
  },
  badCount: {
    zh: '“{name}”须是 1 到 500 的整数',
    en: '“{name}” must be a whole number from 1 to 500',
  },
  created: { zh: '已按模板建立 {count} 个任务', en: '{count} {count:task|tasks} from the template' },

  // Into a plan
  insert: { zh: '插入模板', en: 'Insert a template' },
  under: { zh: '放在哪个任务下', en: 'Below which task' },
  atEnd: { zh: '计划末尾（最上层）', en: 'At the end, on the top level' },
  insertDo: { zh: '插入', en: 'Insert' },
  inserted: {
    zh: '已插入 {count} 个任务，Ctrl+Z 可整体撤销',
    en: '{count} {count:task|tasks} inserted; Ctrl+Z takes all of it back',
  },
  insertedSummary: { zh: '插入模板“{name}”', en: 'Inserted the template “{name}”' },
  insertFailed: { zh: '没有插入：计划刚被别人修改，请重试', en: 'Not inserted: the plan has just changed, try again' },

  // From a plan
  save: { zh: '存为模板', en: 'Save as a template' },
  saveNote: {
    zh: '保留任务、层级、搭接、工期和资源工种；日期、进展、成本和负责人不带走。只因自己的日期才排在后面的任务，换成与第一个任务的间隔。',
    en: 'Tasks, outline, links, durations and trades are kept; dates, progress, costs and people are not. What stood later by its own date alone keeps its distance from the first task.',
  },
  whole: { zh: '整份计划', en: 'The whole plan' },
  part: { zh: '取哪一部分', en: 'Which part' },
  saved: { zh: '已存为模板', en: 'Saved as a template' },

  // The template itself
  look: { zh: '模板的内容', en: 'The template' },
  rows: { zh: '任务', en: 'Tasks' },
  repeats: { zh: '参数与重复', en: 'Parameters and repeats' },
  preview: { zh: '展开预览', en: 'Laid out' },
  details: { zh: '资料与历史', en: 'Details and history' },
  rowsNote: {
    zh: '模板没有日期，这里按从本周一开始显示；用搭接和工期排先后。',
    en: 'A template has no dates: it is shown as if it began this Monday. Order the work by links and durations.',
  },
  noDates: {
    zh: '模板不保存日期和进展，请用搭接和工期安排先后',
    en: 'A template keeps no dates or progress: order the work by links and durations',
  },
  parameters: { zh: '参数', en: 'Parameters' },
  parametersNote: {
    zh: '使用模板的人填这些数量，如层数、段数、标段数。',
    en: 'Whoever uses the template gives these numbers, such as floors or segments.',
  },
  name: { zh: '名称', en: 'Name' },
  count: { zh: '默认数量', en: 'Usually' },
  first: { zh: '编号从', en: 'Numbered from' },
  addParameter: { zh: '添加参数', en: 'Add a parameter' },
  remove: { zh: '删除', en: 'Remove' },
  removeNamed: { zh: '删除“{name}”', en: 'Remove “{name}”' },
  blocks: { zh: '重复的部分', en: 'What repeats' },
  blocksNote: {
    zh: '选一个摘要任务（连同下面的任务）或单个任务，按参数重复。名称里写 {n} 代表序号，如“第{n}层”；写 {parameter} 代表该参数的序号。两个部分按同一参数重复时，它们之间的搭接一一对应。',
    en: 'Choose a summary (with all below it) or a task that repeats by a parameter. {n} in a name stands for the number, such as “Floor {n}”; {parameter} for that of a parameter. Links between two parts that repeat by the same parameter lead from each to its counterpart.',
  },
  addBlock: { zh: '添加重复', en: 'Add a repeat' },
  task: { zh: '任务', en: 'Task' },
  by: { zh: '按参数', en: 'By' },
  flows: { zh: '前一个到后一个', en: 'From each copy to the next' },
  flowsNote: { zh: '不设则各个同时开始', en: 'Without any, all copies run side by side' },
  from: { zh: '前一个的', en: 'Of the one before' },
  to: { zh: '后一个的', en: 'Of the next' },
  type: { zh: '搭接类型', en: 'Type of link' },
  lag: { zh: '延隔（天）', en: 'Lag (days)' },
  addFlow: { zh: '添加搭接', en: 'Add a link' },
  saveChanges: { zh: '保存', en: 'Save' },
  discard: { zh: '放弃修改', en: 'Discard' },
  savedChanges: { zh: '已保存', en: 'Saved' },
  firstTasks: {
    zh: '模板里还没有任务：先在“任务”里列出来。',
    en: 'The template has no tasks yet: list them under “Tasks” first.',
  },
  broken: {
    zh: '模板内容读不出来，请从计划重新存一次',
    en: 'The content of the template cannot be read: save it from a plan again',
  },
})
