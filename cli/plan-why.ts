// The reason of a date, for scripts and for people.
import { formatMinute, type Link, type Plan, type Task, type TaskDates, type Why } from '@yingzao/engines/schedule'
import type { Text } from './command.ts'
import { shownId } from './plan-file-argument.ts'

type WhyDocument = Readonly<Record<string, string | number>>

export interface WhyWords {
  /** Tasks by the id people know, times as text. */
  document(why: Why): WhyDocument
  text(why: Why): Text
  all(dates: TaskDates): Readonly<Record<'start' | 'finish' | 'late', WhyDocument>> & { text: Text }
}

const constraintWords: Readonly<Record<string, Text>> = {
  asap: { zh: '越早越好', en: 'as soon as possible' },
  alap: { zh: '越晚越好', en: 'as late as possible' },
  must_start_on: { zh: '必须开始于', en: 'must start on' },
  must_finish_on: { zh: '必须完成于', en: 'must finish on' },
  start_no_earlier_than: { zh: '不得早于…开始', en: 'start no earlier than' },
  start_no_later_than: { zh: '不得晚于…开始', en: 'start no later than' },
  finish_no_earlier_than: { zh: '不得早于…完成', en: 'finish no earlier than' },
  finish_no_later_than: { zh: '不得晚于…完成', en: 'finish no later than' },
  start_on: { zh: '开始于', en: 'start on' },
  finish_on: { zh: '完成于', en: 'finish on' },
  expected_finish: { zh: '预期完成', en: 'expected finish' },
}

export function whyWords(plan: Plan): WhyWords {
  const tasks = new Map<string, Task>(plan.tasks.map(t => [t.id, t]))
  const links = new Map<string, Link>(plan.links.map(l => [l.id, l]))
  const calendars = new Map(plan.calendars.map(c => [c.id, c.name]))
  const resources = new Map(plan.resources.map(r => [r.id, r.name]))
  const shown = (id: string): string | number => {
    const task = tasks.get(id)
    return task ? shownId(task) : id
  }
  const label = (id: string): string => `${shown(id)} ${tasks.get(id)?.name ?? ''}`.trim()

  const document = (why: Why): WhyDocument => {
    const out: Record<string, string | number> = { kind: why.kind }
    if ('from' in why && why.from !== undefined) out.from = shown(why.from)
    if ('task' in why && why.task !== undefined) out.task = shown(why.task)
    if ('link' in why && why.link !== undefined) out.link = links.get(why.link)?.type ?? why.link
    if ('at' in why && why.at !== undefined) out.at = formatMinute(why.at)
    if ('type' in why) out.type = why.type
    if ('calendar' in why) out.calendar = calendars.get(why.calendar) ?? why.calendar
    if ('resource' in why) out.resource = resources.get(why.resource) ?? why.resource
    return out
  }

  const text = (why: Why): Text => {
    switch (why.kind) {
      case 'project_start':
        return { zh: '项目开始', en: 'project start' }
      case 'project_finish':
        return { zh: '项目完成', en: 'project finish' }
      case 'link': {
        const type = links.get(why.link)?.type ?? ''
        return { zh: `${type} ${label(why.from)}`, en: `${type} ${label(why.from)}` }
      }
      case 'constraint': {
        const words = constraintWords[why.type] ?? { zh: why.type, en: why.type }
        const at = why.at === undefined ? '' : ` ${formatMinute(why.at)}`
        return { zh: `限制：${words.zh}${at}`, en: `constraint: ${words.en}${at}` }
      }
      case 'deadline':
        return { zh: `期限 ${formatMinute(why.at)}`, en: `deadline ${formatMinute(why.at)}` }
      case 'calendar': {
        const name = calendars.get(why.calendar) ?? why.calendar
        const after = why.from === undefined ? '' : label(why.from)
        return {
          zh: `日历“${name}”的下一个工作时间${after && `，在 ${after} 之后`}`,
          en: `next working time of calendar "${name}"${after && ` after ${after}`}`,
        }
      }
      case 'actual':
        return { zh: '实际日期', en: 'actual date' }
      case 'status_date':
        return { zh: '状态日期', en: 'status date' }
      case 'leveling_delay':
        return { zh: '资源平衡延迟', en: 'levelling delay' }
      case 'manual':
        return { zh: '手动安排', en: 'scheduled by hand' }
      case 'external':
        return { zh: '外部项目的任务', en: 'task of another project' }
      case 'resource': {
        const name = resources.get(why.resource) ?? why.resource
        return { zh: `资源 ${name}`, en: `resource ${name}` }
      }
      case 'children':
        return why.task === undefined
          ? { zh: '子任务汇总', en: 'its subtasks' }
          : { zh: `子任务 ${label(why.task)}`, en: `subtask ${label(why.task)}` }
      case 'as_late_as_possible':
        return { zh: '越晚越好', en: 'as late as possible' }
      case 'expected_finish':
        return { zh: '预期完成日期', en: 'expected finish' }
      case 'inactive':
        return { zh: '停用的任务', en: 'inactive task' }
    }
  }

  return {
    document,
    text,
    all({ why }) {
      const [start, finish, late] = [text(why.start), text(why.finish), text(why.late)]
      return {
        start: document(why.start),
        finish: document(why.finish),
        late: document(why.late),
        text: {
          zh: `开始：${start.zh}；完成：${finish.zh}；最晚：${late.zh}`,
          en: `start: ${start.en}; finish: ${finish.en}; late: ${late.en}`,
        },
      }
    },
  }
}
