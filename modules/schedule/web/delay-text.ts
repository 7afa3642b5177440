// Words of the delay prediction: 延误预测.
import type { DelayFeature } from '@yingzao/engines/prediction'
import type { Label } from '@yingzao/kernel/entity'
import { words } from '@yingzao/ui/text/words'

export const text = words({
  title: { zh: '延误预测', en: 'Delay prediction' },
  note: {
    zh: '未完成任务比基线晚一天以上完成的可能，从您能看到的计划里 {count} 个结果已知的任务学来，截至 {date}。每个例子只用当时已知的事实；模型先在较早的任务上学，再在较晚的任务上考。',
    en: 'How likely open tasks finish more than a day later than their baseline, learned from {count} tasks whose outcome is known in the plans that you may see, as of {date}. Each example holds only what was known at its time; models learn from earlier tasks and are judged on later ones.',
  },
  method_logistic: { zh: '逻辑回归', en: 'Logistic regression' },
  method_boosting: { zh: '提升树', en: 'Boosted trees' },
  method_base_rate: { zh: '同类基准率', en: 'Rate of the class' },
  method: { zh: '方法', en: 'Method' },
  rate: { zh: '历史延误率', en: 'Late in history' },
  skill: { zh: 'Brier 技巧分', en: 'Brier skill' },
  skillNote: { zh: '比只报延误率好多少', en: 'better than the rate alone' },
  auc: { zh: 'AUC', en: 'AUC' },
  aucNote: { zh: '0.5 等于瞎猜', en: '0.5 is chance' },
  ece: { zh: '校准误差', en: 'Calibration error' },
  eceNote: { zh: '所说与所发生之差，{count} 个考题', en: 'said against happened, {count} judged' },
  too_few: {
    zh: '结果已知的任务只有 {count} 个，不足 60 个或不够先学后考：下面是同类任务的延误率，不是针对单个任务的预测。',
    en: 'Only {count} tasks have a known outcome, fewer than 60 or too few to learn first and be judged after: what follows is the rate of each class of work, not a prediction of single tasks.',
  },
  one_outcome: {
    zh: '{count} 个任务几乎都是同一种结果，没有可学的差别：下面是同类任务的延误率。',
    en: 'Nearly all of {count} tasks ended alike, so there is nothing to tell apart: what follows is the rate of each class.',
  },
  not_predictable: {
    zh: '从这些历史预测不了：在较晚的任务上，没有哪个模型既胜过基准率（技巧分 {skill}），又比瞎猜更分得清谁会延误（AUC {auc}）。下面是同类任务的延误率。',
    en: 'Not predictable from this history: on later tasks no model both beat the base rate (skill {skill}) and told late tasks from others better than chance (AUC {auc}). What follows is the rate of each class.',
  },
  noBaseline: { zh: '计划还没有基线', en: 'The plan has no baseline yet' },
  noBaselineNext: {
    zh: '没有承诺的日期，就无所谓延误。请先在计划页保存基线。',
    en: 'Without promised dates nothing can be late. Set a baseline on the plan first.',
  },
  allFinished: { zh: '任务都已完成', en: 'Everything is finished' },
  allFinishedNext: { zh: '没有要预测的任务了。', en: 'There is nothing left to predict.' },
  left: {
    zh: '未列出：{overdue} 个已经逾期，{far} 个在 90 天之后才开始，{unpromised} 个没有基线。',
    en: 'Not listed: {overdue} are overdue already, {far} begin more than 90 days ahead, {unpromised} have no baseline.',
  },
  none: { zh: '没有可预测的任务。', en: 'There is no task to predict.' },
  promised: { zh: '基线完成', en: 'Promised finish' },
  probability: { zh: '延误可能', en: 'Chance of delay' },
  reasons: { zh: '原因', en: 'Reasons' },
  noReasons: { zh: '同类任务的延误率', en: 'rate of its class' },
  raises: { zh: '{reason}，更可能延误', en: '{reason}: more likely' },
  lowers: { zh: '{reason}，较不易延误', en: '{reason}: less likely' },
  record: { zh: '说得准不准', en: 'How right it was' },
  recordNote: {
    zh: '在模型没有学过的 {count} 个较晚任务上：说有这么大可能的，后来真的延误了多少。',
    en: 'On {count} later tasks that the model had not learned from: of those said to have such a chance, how many were late.',
  },
  said: { zh: '所说', en: 'Said' },
  happened: { zh: '真的延误', en: 'Were late' },
  judged: { zh: '任务数', en: 'Tasks' },
})

/** `{value}` is written by the page: days, a share, a count. */
export const featureText: Readonly<Record<DelayFeature, Label>> = {
  length: { zh: '基线工期 {value} 天', en: 'promised {value} d' },
  lead: { zh: '距基线开始 {value} 天', en: '{value} d before its promised start' },
  start_late: { zh: '开始比基线晚 {value} 天', en: 'start {value} d behind' },
  before_late: { zh: '紧前任务晚 {value} 天', en: 'predecessors {value} d late' },
  before_open: { zh: '{value} 个紧前任务未完成', en: '{value} predecessors open' },
  after: { zh: '{value} 个紧后任务', en: '{value} successors' },
  person_late: { zh: '负责人过去延误 {value}', en: 'responsible person was late in {value}' },
  plan_late: { zh: '本计划过去延误 {value}', en: 'this plan was late in {value}' },
  class_late: { zh: '同类工作过去延误 {value}', en: 'work of its class was late in {value}' },
  constrained: { zh: '限制条件 {value}', en: 'date constraint: {value}' },
  festival: { zh: '春节前后 {value} 天', en: '{value} d around the Spring Festival' },
  rain: { zh: '雨季占 {value}', en: '{value} of it in the rainy season' },
}
export const yesNo = words({ yes: { zh: '有', en: 'yes' }, no: { zh: '无', en: 'no' } })
