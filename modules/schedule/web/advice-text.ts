// Words of the duration advice: 工期建议.
import type { AdviceLevel, WorkClass } from '@yingzao/engines/duration-advice'
import type { Label } from '@yingzao/kernel/entity'
import { words } from '@yingzao/ui/text/words'

export const text = words({
  title: { zh: '工期建议', en: 'Duration advice' },
  note: {
    zh: '把未完成任务的计划工期，与您能看到的 {count} 个已完成的同类任务的实际工期相比。P50：一半的任务不超过这个工期；P80：八成不超过。括号内是 95% 区间，样本越少越宽。',
    en: 'Planned durations of open tasks against what {count} finished tasks that you may see really took. P50: half of the work of the kind took no longer; P80: four in five. In brackets the 95% interval: the fewer the evidence, the wider.',
  },
  noteMore: { zh: '只取最近完成的这些。', en: 'Only the most recently finished are used.' },
  asked: { zh: '未完成任务', en: 'Open tasks' },
  below: { zh: '短于 P50', en: 'Below P50' },
  above: { zh: '远超 P80', en: 'Far above P80' },
  within: { zh: '与历史相符', en: 'In line' },
  unknown: { zh: '历史不足', en: 'Not enough history' },
  noHistory: { zh: '还没有已完成的任务可供参照', en: 'There is no finished work to learn from yet' },
  noHistoryNext: {
    zh: '任务填报实际开始和实际完成之后，就会成为依据；每类任务至少要有 5 个。',
    en: 'Tasks become evidence once their actual start and finish are reported; each kind needs at least 5.',
  },
  allWithin: {
    zh: '凡有历史可比的任务，计划工期都与历史相符。',
    en: 'Every task that has a history is planned in line with it.',
  },
  noOpen: { zh: '任务都已完成，没有工期要定了', en: 'Everything is finished: there is no duration left to decide' },
  noOpenNext: {
    zh: '加上新任务后，这里会给出建议。',
    en: 'Add new tasks and their advice will stand here.',
  },
  planned: { zh: '计划', en: 'Planned' },
  effect: { zh: '对完工的影响', en: 'Effect on the finish' },
  why: { zh: '依据', en: 'Evidence' },
  take: { zh: '采用', en: 'Take' },
  takeOne: { zh: '“{task}”采用 {quantile}：{days}', en: '“{task}”: take {quantile}, {days}' },
  interval: { zh: '（{low}–{high}）', en: '({low}–{high})' },
  workDays: { zh: '{days} 天', en: '{days} d' },
  calendarDays: { zh: '{days} 日历天', en: '{days} cal. d' },
  delays: { zh: '取 P50 约推迟 {days} 天', en: 'at P50 about {days} d later' },
  absorbed: { zh: '在浮动时间之内', en: 'within its float' },
  gains: { zh: '取 P80 至多提前 {days} 天', en: 'at P80 up to {days} d earlier' },
  noGain: { zh: '不影响完工', en: 'none' },
  byRatio: { zh: '，按实际与原计划之比', en: ', by actual against promised' },
  evidence: { zh: '最相近的 {shown} 个，共 {count} 个', en: 'The {shown} most alike of {count}' },
  project: { zh: '项目', en: 'Project' },
  actual: { zh: '实际工期', en: 'Took' },
  finished: { zh: '完成于', en: 'Finished' },
  ratio: { zh: '实际 ÷ 原计划', en: 'Actual ÷ promised' },
  taken: {
    zh: '按历史 {quantile} 改工期：{task} {was} → {days}',
    en: 'Duration by history {quantile}: {task} {was} → {days}',
  },
  undone: { zh: '已撤销', en: 'Undone' },
  readOnly: { zh: '您可以查看，不能修改这份计划。', en: 'You may look, but not change this plan.' },
  history: { zh: '同类历史', en: 'History' },
  quantiles: { zh: 'P50 {p50}，P80 {p80}', en: 'P50 {p50}, P80 {p80}' },
  evidenceOf: { zh: '依据：{task}', en: 'Evidence: {task}' },
  shares: { zh: '容易漏掉的工作', en: 'What is easily forgotten' },
  shareLow: {
    zh: '“{class}”占工期的 {share}，低于已完成计划通常的 {usual}（{plans} 份计划的中位数）；按这个比例约少 {days} 天，请检查是否漏项。',
    en: '{class} is {share} of the work; in finished plans it usually is {usual} (median of {plans} plans). At that share about {days} d are missing: check whether something was forgotten.',
  },
  sharesFine: {
    zh: '试验检测、养护、审批验收所占的比例不低于已完成的计划。',
    en: 'Testing, curing and approval hold no less of the work than in finished plans.',
  },
  sharesUnknown: {
    zh: '已完成的计划不足 5 份，还不能比较试验检测、养护和审批所占的比例。',
    en: 'Fewer than 5 plans are finished, so the shares of testing, curing and approval cannot be compared yet.',
  },
  norm: { zh: '按定额推算', en: 'By norm' },
  normNote: {
    zh: '没有历史可比时：工程量 × 时间定额 ÷ 人数（或台数）。',
    en: 'Where there is no history: quantity × norm ÷ crew.',
  },
  pickTask: { zh: '选择任务', en: 'Choose a task' },
  quantity: { zh: '工程量', en: 'Quantity' },
  normUnit: { zh: '时间定额（工日/单位）', en: 'Norm (days of one person per unit)' },
  crew: { zh: '人数', en: 'Crew' },
  normResult: { zh: '{days} 天', en: '{days} d' },
  normTaken: {
    zh: '按定额改工期：{task} {was} → {days}（{quantity} × {norm} ÷ {crew}）',
    en: 'Duration by norm: {task} {was} → {days} ({quantity} × {norm} ÷ {crew})',
  },
})

export const levelText: Readonly<Record<AdviceLevel, Label>> = {
  alike: { zh: '同类项目中名称相近的 {count} 个', en: '{count} of alike name, same type of project' },
  alike_elsewhere: { zh: '各类项目中名称相近的 {count} 个', en: '{count} of alike name, all types of project' },
  class: { zh: '同类项目的“{class}” {count} 个', en: '{count} of {class}, same type of project' },
  class_elsewhere: { zh: '各类项目的“{class}” {count} 个', en: '{count} of {class}, all types of project' },
}

export const classText: Readonly<Record<WorkClass, Label>> = {
  curing: { zh: '养护', en: 'curing' },
  testing: { zh: '试验检测', en: 'testing' },
  approval: { zh: '审批验收', en: 'approval' },
  procurement: { zh: '采购进场', en: 'procurement' },
  design: { zh: '设计', en: 'design' },
  training: { zh: '培训交底', en: 'training' },
  software: { zh: '软件实施', en: 'software' },
  preparation: { zh: '施工准备', en: 'preparation' },
  ground: { zh: '土方与地基', en: 'ground works' },
  formwork: { zh: '模板脚手架', en: 'formwork' },
  rebar: { zh: '钢筋', en: 'rebar' },
  concrete: { zh: '混凝土', en: 'concrete' },
  steel: { zh: '钢结构', en: 'steel' },
  masonry: { zh: '砌筑抹灰', en: 'masonry' },
  waterproofing: { zh: '防水', en: 'waterproofing' },
  finishing: { zh: '装修', en: 'finishes' },
  installation: { zh: '安装', en: 'installation' },
  demolition: { zh: '拆除', en: 'demolition' },
}
