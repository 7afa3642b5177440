// Project-wide settings and calendars of Microsoft Project XML, once the whole file is known.
import { type CalendarClock, calendarClock } from '@yingzao/engines/schedule'
import { parseMinute } from '@yingzao/engines/schedule/civil'
import { type Calendar, defaultOptions, type PlanOptions, type Task } from '@yingzao/engines/schedule/plan'
import { integer } from '../codec.ts'
import type { Draft } from '../field.ts'
import type { LossLog } from '../loss.ts'
import type { XmlNode } from '../xml/record.ts'
import { standardCalendar } from './calendar.ts'
import { optionFields } from './record.ts'
import { flag } from './value.ts'

/** Clocks by calendar id, made when first asked for; undefined for a calendar that cannot be computed with. */
export function clocksOf(
  calendars: readonly Calendar[],
  usual: string,
): (id: string | undefined) => CalendarClock | undefined {
  const clocks = new Map<string, CalendarClock | undefined>()
  return (id = usual) => {
    if (!clocks.has(id)) {
      const outcome = calendarClock(calendars, id)
      clocks.set(id, outcome.ok ? outcome.clock : undefined)
    }
    return clocks.get(id)
  }
}

/** Calendars with parents that exist; files without any get Project's own. */
export function linkCalendars(
  read: readonly Calendar[],
  owned: ReadonlySet<string | undefined>,
  losses: LossLog,
): Calendar[] {
  const byId = new Map<string, Calendar>()
  for (const calendar of read) {
    if (byId.has(calendar.id)) losses.add('reference', 'Calendar/UID', calendar.id)
    else byId.set(calendar.id, calendar)
  }
  if (byId.size === 0) return [standardCalendar('1')]
  return [...byId.values()].map(calendar => {
    const { parent, ...rest } = calendar
    const isChild = parent !== undefined && parent !== calendar.id && byId.has(parent)
    // A base calendar of −1 or 0 means none; 0 is also a calendar's number in some converted files.
    if (parent !== undefined && parent !== '0' && !isChild) losses.add('reference', 'Calendar/BaseCalendarUID', parent)
    return {
      ...rest,
      ...(isChild && { parent }),
      ...(isChild && owned.has(calendar.id) && { resourceOwned: true }),
    }
  })
}

export function optionsOf(
  project: XmlNode,
  calendars: readonly Calendar[],
  tasks: readonly Draft<Task>[],
  losses: LossLog,
): PlanOptions {
  const draft: Draft<PlanOptions> = { ...defaultOptions }
  for (const field of optionFields) {
    const value = project.fields.get(field.element)
    if (value && !field.read(value, draft)) losses.add('value', `Project/${field.element}`, value)
  }
  const dateOf = (name: string): number | undefined => parseMinute(project.fields.get(name) ?? '')
  const firstTask = tasks.reduce(
    (min, t) => Math.min(min, t.stored?.start ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  )
  const start = dateOf('StartDate') ?? (Number.isFinite(firstTask) ? firstTask : undefined)
  if (start === undefined) losses.add('value', 'Project/StartDate', project.fields.get('StartDate'))
  const fromFinish = flag.read(project.fields.get('ScheduleFromStart') ?? '1') === false
  const finish = dateOf('FinishDate')
  const minutesPerDay = draft.minutesPerDay && draft.minutesPerDay > 0 ? draft.minutesPerDay : 480
  const slackDays = Number(project.fields.get('CriticalSlackLimit') ?? 0) || 0
  return {
    ...defaultOptions,
    ...draft,
    minutesPerDay,
    scheduleFrom: fromFinish && finish !== undefined ? 'finish' : 'start',
    start: start ?? 0,
    ...(fromFinish && finish !== undefined && { finish }),
    calendar: String(integer.read(project.fields.get('CalendarUID') ?? '') ?? calendars[0]?.id ?? ''),
    criticalSlackLimit: slackDays * minutesPerDay,
  }
}
