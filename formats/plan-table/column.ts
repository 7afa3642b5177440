// The columns of a plan kept in a spreadsheet, by the names people give them; which header is which is guessed and can be said.
import { plainWidth } from '@yingzao/engines/plan-text/duration'

export const columnNames = {
  row: ['序号', '标识号', '行号', 'id', 'no', 'row', '#'],
  code: ['wbs', 'wbs编码', '编码', '作业代码', '作业编号', '工作编号', '任务编号', 'code', 'activity id', 'wbs code'],
  level: ['层级', '大纲级别', '级别', 'outline level', 'level'],
  name: [
    ...['任务名称', '工作名称', '作业名称', '工序名称', '分部分项工程', '分项工程', '施工内容', '工作内容', '项目名称'],
    ...['任务', '工序', '名称', '内容', 'task name', 'activity name', 'task', 'activity', 'name', 'description'],
  ],
  duration: ['工期', '持续时间', '计划工期', '天数', '工日', 'duration', 'original duration', 'days'],
  start: [
    ...['开始时间', '计划开始', '开始日期', '计划开工', '开工日期', '开始', '起始日期', '计划开始时间', '计划开始日期'],
    ...['start', 'start date', 'planned start', 'begin', 'from'],
  ],
  finish: [
    ...['完成时间', '计划完成', '完成日期', '计划完工', '竣工日期', '结束日期', '结束', '完成', '计划完成时间'],
    ...['计划完成日期', '计划结束', '完工日期', 'finish', 'finish date', 'end', 'end date', 'planned finish', 'to'],
  ],
  predecessors: ['前置任务', '紧前工作', '紧前任务', '前置', '前导任务', '紧前工序', 'predecessors', 'predecessor'],
  percent: ['完成百分比', '完成率', '进度', '完成比例', '形象进度', '% complete', 'percent complete', 'progress', '%'],
  actual_start: ['实际开始', '实际开始时间', '实际开始日期', '实际开工', 'actual start'],
  actual_finish: ['实际完成', '实际完成时间', '实际完成日期', '实际完工', '实际结束', 'actual finish', 'actual end'],
  resources: ['资源名称', '资源', '责任班组', '班组', '作业队', '劳动力', 'resources', 'resource names', 'crew'],
  milestone: ['里程碑', '是否里程碑', 'milestone'],
  deadline: ['最后期限', '期限', '截止日期', 'deadline'],
  cost: ['固定成本', '费用', '成本', '合价', '造价', '金额', 'fixed cost', 'cost', 'budget'],
  notes: ['备注', '说明', '注', 'notes', 'note', 'remarks'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ColumnKey = keyof typeof columnNames
export const columnKeys = Object.keys(columnNames).filter((key): key is ColumnKey => key in columnNames)

/** Without units in brackets, stars, spaces and punctuation. */
const bare = (text: string): string =>
  plainWidth(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【][^)）\]】]*[)）\]】]/g, '')
    .replace(/[*\s_:：.。、/-]+/g, '')

/** What a header says it is, by itself: exactly one of our names (2), or holding one (1). */
export function likeness(header: string, key: ColumnKey): 0 | 1 | 2 {
  const wanted = bare(header)
  if (wanted === '') return 0
  const names = columnNames[key].map(bare)
  if (names.includes(wanted)) return 2
  return names.some(name => name.length >= 2 && wanted.includes(name)) ? 1 : 0
}

/**
 * Each header with its column, or null. A column is taken once: exact names before names found within, then from the left.
 * `said` is what a person chose by header; null leaves it out.
 */
export function guessColumns(
  headers: readonly string[],
  said: Readonly<Record<string, ColumnKey | null>> = {},
): readonly (ColumnKey | null)[] {
  const found = headers.map((header): ColumnKey | null => said[header] ?? null)
  const taken = new Set(found.filter(key => key !== null))
  for (const strength of [2, 1] as const)
    headers.forEach((header, at) => {
      if (found[at] !== null || said[header] === null) return
      const key = columnKeys.find(each => !taken.has(each) && likeness(header, each) === strength)
      if (!key) return
      found[at] = key
      taken.add(key)
    })
  return found
}
