// What is odd about a report: progress out of sequence, without a start, in the future, going back. Nothing of it is
// refused: the site may be right and the plan wrong, but the planner should see it in words.
import type { Link, Task } from '@yingzao/engines/schedule'
import { formatDay } from '@yingzao/engines/schedule/civil'
import type { Label } from '@yingzao/kernel/entity'
import { type Said, settled } from './take.ts'

const DAY = 1440

export const doubtText = {
  before_predecessor: {
    zh: '“{task}”尚未完成（{percent}），本任务应在它之后开始',
    en: '“{task}” is not finished ({percent}); this task should start after it',
  },
  before_start_of: {
    zh: '“{task}”尚未开始，本任务应在它开始之后开始',
    en: '“{task}” has not started; this task should start after it',
  },
  finish_before: {
    zh: '“{task}”尚未完成（{percent}），本任务应在它之后完成',
    en: '“{task}” is not finished ({percent}); this task should finish after it',
  },
  no_start: {
    zh: '有进度但没有实际开始，按 {day} 开始计',
    en: 'There is progress and no actual start: {day} is assumed',
  },
  future: {
    zh: '{day} 晚于填报的截至日期',
    en: '{day} lies after the day the report speaks of',
  },
  back: {
    zh: '进度从 {before} 退到 {after}',
    en: 'Progress goes back from {before} to {after}',
  },
  start_moves: {
    zh: '实际开始原为 {before}，现报 {after}',
    en: 'The actual start was {before} and is now said to be {after}',
  },
  reopened: {
    zh: '任务已于 {day} 完成',
    en: 'The task was finished on {day}',
  },
} as const satisfies Readonly<Record<string, Label>>
export type DoubtCode = keyof typeof doubtText

export interface Doubt {
  readonly code: DoubtCode
  readonly values: Readonly<Record<string, string>>
}

/** A predecessor with the link to it. A summary counts as finished when all below it is: the caller says so by its percent. */
export interface Before {
  readonly link: Pick<Link, 'type' | 'lag'>
  readonly task: Pick<Task, 'name' | 'percentComplete' | 'actualStart' | 'actualFinish'>
}
type Known = Pick<Task, 'percentComplete' | 'actualStart' | 'actualFinish'>

const share = (percent: number) => `${Math.round(percent)}%`

/** `assumed`: the day on which the task would be taken to have started. */
export function doubtsOf(task: Known, given: Said, before: readonly Before[], assumed: number): Doubt[] {
  const said = settled(given)
  const found: Doubt[] = []
  const say = (code: DoubtCode, values: Doubt['values']) => void found.push({ code, values })
  const percent = said.percent === undefined ? undefined : said.percent * 100
  const known = task.percentComplete ?? 0
  const begins = said.startDay !== undefined || said.finishDay !== undefined || (percent ?? 0) > 0 || leaves(said)
  const ends = said.finishDay !== undefined

  if (begins && task.actualFinish === undefined)
    for (const { link, task: other } of before) {
      const done = other.actualFinish !== undefined || (other.percentComplete ?? 0) >= 100
      const begun = done || other.actualStart !== undefined || (other.percentComplete ?? 0) > 0
      const values = { task: other.name, percent: share(other.percentComplete ?? 0) }
      if (link.type === 'FS' && !done && !leads(link)) say('before_predecessor', values)
      if (link.type === 'SS' && !begun && !leads(link)) say('before_start_of', values)
      if (link.type === 'FF' && ends && !done && !leads(link)) say('finish_before', values)
    }
  if (begins && said.startDay === undefined && task.actualStart === undefined)
    say('no_start', { day: formatDay(assumed) })
  for (const day of [said.startDay, said.finishDay])
    if (day !== undefined && day > said.on) say('future', { day: formatDay(day) })
  if (task.actualFinish !== undefined && !(ends && Math.floor(task.actualFinish / DAY) === said.finishDay))
    say('reopened', { day: formatDay(Math.floor(task.actualFinish / DAY)) })
  else if (percent !== undefined && percent < Math.floor(known))
    say('back', { before: share(known), after: share(percent) })
  if (said.startDay !== undefined && task.actualStart !== undefined) {
    const was = Math.floor(task.actualStart / DAY)
    if (was !== said.startDay) say('start_moves', { before: formatDay(was), after: formatDay(said.startDay) })
  }
  return found
}

const leaves = (said: Said) => said.remaining !== undefined
/** A lead allows to begin before the other is done. */
const leads = ({ lag }: Before['link']) => ('minutes' in lag ? lag.minutes : lag.percent) < 0
