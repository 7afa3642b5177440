// Why a date is where it is, in words: the engine's machine-readable reasons, zh and en.

import { formatLag } from '@yingzao/engines/plan-text/duration'
import type { TaskDates, Why } from '@yingzao/engines/schedule/result'
import type { Sheet } from './column.ts'
import { formatDate } from './date-text.ts'

export interface WhyLine {
  side: 'start' | 'finish' | 'late'
  text: string
  /** The task that the reason names: a click may jump to it. */
  task?: string
}

const SIDES = ['start', 'finish', 'late'] as const

export function whyLines(sheet: Sheet, dates: TaskDates): WhyLine[] {
  return SIDES.map(side => {
    const why = dates.why[side]
    const task = taskOf(why)
    return { side, text: whyText(sheet, why, side), ...(task === undefined ? {} : { task }) }
  })
}

const taskOf = (why: Why): string | undefined =>
  why.kind === 'link' || why.kind === 'calendar' ? why.from : why.kind === 'children' ? why.task : undefined

export function whyText(sheet: Sheet, why: Why, side: WhyLine['side']): string {
  const { text, lang, outline } = sheet
  const name = (id: string): string => {
    const at = outline.index.get(id)
    return (at === undefined ? undefined : outline.plan.tasks[at]?.name) ?? id
  }
  switch (why.kind) {
    case 'link': {
      const link = outline.plan.links.find(item => item.id === why.link)
      const lag = link ? formatLag(lang, link.lag, link.lagUnit, outline.plan.options) : ''
      const type = `${link?.type ?? 'FS'}${lag}`
      // The late dates come from the other side of a link: then the reason is its successor.
      return side === 'late' ? text.why.link_late(name(why.from), type) : text.why.link(name(why.from), type)
    }
    case 'constraint': {
      const type = constraintType(sheet, why.type)
      if (type) return text.constraint_at[type](why.at === undefined ? '' : formatDate(lang, why.at))
      return why.type
    }
    case 'deadline':
      return text.why.deadline(formatDate(lang, why.at))
    case 'calendar': {
      const calendar = sheet.calendarName.get(why.calendar) ?? why.calendar
      return why.from === undefined ? text.why.calendar(calendar) : text.why.calendar_after(calendar, name(why.from))
    }
    case 'resource':
      return text.why.resource(outline.resourceName.get(why.resource) ?? why.resource)
    case 'children':
      return why.task === undefined ? text.why.children : text.why.children_of(name(why.task))
    default:
      return text.why[why.kind]
  }
}

type ConstraintWord = keyof Sheet['text']['constraint_at']
function constraintType(sheet: Sheet, type: string): ConstraintWord | undefined {
  let known: ConstraintWord
  for (known in sheet.text.constraint_at) if (known === type) return known
  return undefined
}
