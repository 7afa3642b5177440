// Words of the pages that judge a plan: quality, risk, earned value.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  print: { zh: '打印', en: 'Print' },
  computing: { zh: '正在计算', en: 'Computing' },
  stop: { zh: '停止', en: 'Stop' },
  stopped: { zh: '计算已停止。', en: 'The computation was stopped.' },
  compute: { zh: '计算', en: 'Compute' },
  again: { zh: '重新计算', en: 'Compute again' },
  stale: {
    zh: '计划已更新到修订 {now}，下面是修订 {was} 的结果。',
    en: 'The plan is at revision {now} now; what follows is about revision {was}.',
  },
  staleInputs: {
    zh: '设置已更改，下面是更改之前的结果。',
    en: 'The inputs have changed; what follows was computed before.',
  },
  broken: { zh: '计算出错：{message}', en: 'The computation failed: {message}' },
  incomputable: { zh: '计划还算不出日期', en: 'The plan has no computed dates yet' },
  incomputableNext: { zh: '请先在横道图里改正。', en: 'Correct it in the Gantt first.' },
  noTasks: { zh: '计划里还没有任务', en: 'The plan has no tasks yet' },
  noTasksNext: { zh: '在横道图里加上任务，再回到这里。', en: 'Add tasks on the Gantt, then come back.' },
  number: { zh: '行号', en: 'No.' },
  task: { zh: '任务', en: 'Task' },
  days: { zh: '{days} 天', en: '{days} d' },

  // Quality
  score: { zh: '质量评分', en: 'Quality score' },
  outOf: { zh: '分，满分 100', en: 'of 100' },
  scoreNote: {
    zh: '按 DCMA 14 项检查加权；{failed} 项未通过，{passed} 项通过，{open} 项无从判断。可判断的部分占权重 {share}。',
    en: 'Weighted over the DCMA 14 points: {failed} failed, {passed} passed, {open} could not be judged. What could be judged is {share} of the weight.',
  },
  perfect: { zh: '能判断的检查全部通过。', en: 'Every check that could be judged has passed.' },
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Failed' },
  unjudged: { zh: '无从判断', en: 'Not judged' },
  measure: { zh: '实测 {value}', en: 'is {value}' },
  atMost: { zh: '不超过 {limit}', en: 'at most {limit}' },
  atLeast: { zh: '不低于 {limit}', en: 'at least {limit}' },
  counted: { zh: '{count} 个，共查 {of} 个', en: '{count} of {of}' },
  finding: { zh: '问题', en: 'Finding' },
  repair: { zh: '改法', en: 'What to do' },
  noFindings: { zh: '没有发现问题。', en: 'Nothing was found.' },
  indexNoFindings: {
    zh: '这是整个计划的指数，不指向单个任务。',
    en: 'This is an index of the whole plan, not of single tasks.',
  },
  unjudgedWhy: {
    zh: '计划里缺少判断所需的内容：{missing}。',
    en: 'The plan lacks what this needs: {missing}.',
  },
  missingStatus: { zh: '状态日期', en: 'a status date' },
  missingBaseline: { zh: '基线，或到期的基线任务', en: 'a baseline, or baseline tasks that are due' },
  missingResources: { zh: '资源', en: 'resources' },
  missingOpen: { zh: '未完成的关键任务或关系', en: 'unfinished critical tasks or links' },
  moreRows: { zh: '再显示 {count} 个', en: 'Show {count} more' },
})
