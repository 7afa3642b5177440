// Calendars of Microsoft Project XML: weekdays, exceptions with recurrence, work weeks, and the older day-type-0 form.

import { formatDay, parseMinute } from '@yingzao/engines/schedule/civil'
import type {
  Calendar,
  CalendarException,
  DayPattern,
  Recurrence,
  Shift,
  WorkWeek,
} from '@yingzao/engines/schedule/plan'
import { eachOccurrence } from '@yingzao/engines/schedule/recurrence'
import { integer } from '../codec.ts'
import type { LossLog } from '../loss.ts'
import { child, childrenOf, type XmlNode } from '../xml/record.ts'
import { type Element, type ElementContent, element } from '../xml/write.ts'
import { flag, timeOfDay } from './value.ts'

type MonthPosition = 1 | 2 | 3 | 4 | 5

/** Project's own working day, meant where a day is marked working without times. */
const standardDay: DayPattern = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]

const number = (node: XmlNode, name: string): number | undefined => integer.read(node.fields.get(name) ?? '')

function shiftsOf(day: XmlNode, losses: LossLog): DayPattern {
  if (flag.read(day.fields.get('DayWorking') ?? '0') !== true) return []
  const shifts: Shift[] = []
  for (const time of childrenOf(child(day, 'WorkingTimes'), 'WorkingTime')) {
    const from = timeOfDay.read(time.fields.get('FromTime') ?? '')
    const to = timeOfDay.read(time.fields.get('ToTime') ?? '')
    if (from === undefined || to === undefined) continue
    // 00:00 as an end is midnight; any other end before its start would run into the next day, which MSPDI cannot say.
    const end = to === 0 ? 1440 : to
    if (end > from) shifts.push({ from, to: end })
    else losses.add('value', 'Calendar/WorkingTime', `${time.fields.get('FromTime')}–${time.fields.get('ToTime')}`)
  }
  if (shifts.length === 0) return child(day, 'WorkingTimes') ? [] : standardDay
  return shifts.sort((a, b) => a.from - b.from)
}

function periodOf(node: XmlNode): { fromDay: number; toDay: number } | undefined {
  const period = child(node, 'TimePeriod')
  const from = parseMinute(period?.fields.get('FromDate') ?? '')
  const to = parseMinute((period?.fields.get('ToDate') ?? '').replace(/:\d\d$/, ':00'))
  if (from === undefined || to === undefined) return undefined
  const fromDay = Math.floor(from / 1440)
  return { fromDay, toDay: Math.max(fromDay, Math.floor(to / 1440)) }
}

/** MSPDI MonthPosition 0–4 → 1–5. */
const positionOf = (n: number): MonthPosition | undefined => {
  const p = n + 1
  return p === 1 || p === 2 || p === 3 || p === 4 || p === 5 ? p : undefined
}

/**
 * Recurrence by MSPDI exception type: 1 daily, 2 yearly on a date, 3 yearly by position, 4 monthly on a day, 5 monthly
 * by position, 6 weekly, 7 every n days. `null` = every day of the range, undefined = not understood.
 */
function recurrenceOf(node: XmlNode): Recurrence | null | undefined {
  const every = Math.max(1, number(node, 'Period') ?? 1)
  const month = (number(node, 'Month') ?? 0) + 1
  const day = number(node, 'MonthDay') ?? 1
  // MonthItem 3–9 = Sunday–Saturday; 0–2 (day, weekday, weekend day) are not offered for calendars by Project.
  const weekday = (number(node, 'MonthItem') ?? 3) - 3
  const position = positionOf(number(node, 'MonthPosition') ?? 0)
  switch (number(node, 'Type') ?? 1) {
    case 1:
    case 7:
      return every > 1 ? { kind: 'daily', every } : null
    case 2:
      return { kind: 'yearly_day', every: 1, month, day }
    case 3:
      return position && weekday >= 0 ? { kind: 'yearly_position', every: 1, month, position, weekday } : undefined
    case 4:
      return { kind: 'monthly_day', every, day }
    case 5:
      return position && weekday >= 0 ? { kind: 'monthly_position', every, position, weekday } : undefined
    case 6: {
      const mask = number(node, 'DaysOfWeek') ?? 0
      const days = [0, 1, 2, 3, 4, 5, 6].filter(d => mask & (1 << d))
      return days.length > 0 ? { kind: 'weekly', every, days } : undefined
    }
    default:
      return undefined
  }
}

function exceptionOf(node: XmlNode, losses: LossLog): CalendarException | undefined {
  const period = periodOf(node)
  const recurrence = recurrenceOf(node)
  if (!period || recurrence === undefined) {
    losses.add('value', 'Calendar/Exception', node.fields.get('Name') ?? node.fields.get('Type'))
    return undefined
  }
  const exception: CalendarException = {
    name: node.fields.get('Name') ?? '',
    ...period,
    shifts: shiftsOf(node, losses),
  }
  if (!recurrence) return exception
  const occurrences =
    flag.read(node.fields.get('EnteredByOccurrences') ?? '') === true ? number(node, 'Occurrences') : undefined
  return { ...exception, recurrence, ...(occurrences !== undefined && occurrences > 0 && { occurrences }) }
}

function weekOf(days: readonly XmlNode[], losses: LossLog): (DayPattern | undefined)[] {
  const week: (DayPattern | undefined)[] = [undefined, undefined, undefined, undefined, undefined, undefined, undefined]
  for (const day of days) {
    const type = number(day, 'DayType') ?? 0
    if (type >= 1 && type <= 7) week[type - 1] = shiftsOf(day, losses)
  }
  return week
}

/** Files since Project 2007 repeat their exceptions as weekdays of type 0: read those only where nothing else is. */
function exceptionsOf(node: XmlNode, weekDays: readonly XmlNode[], losses: LossLog): CalendarException[] {
  const listed = childrenOf(child(node, 'Exceptions'), 'Exception')
  if (listed.length > 0)
    return listed.flatMap(e => {
      const exception = exceptionOf(e, losses)
      return exception ? [exception] : []
    })
  const found: CalendarException[] = []
  for (const day of weekDays) {
    if ((number(day, 'DayType') ?? 0) !== 0) continue
    const period = periodOf(day)
    if (period) found.push({ name: '', ...period, shifts: shiftsOf(day, losses) })
    else losses.add('value', 'Calendar/WeekDay')
  }
  return found
}

/** A calendar as it stands in the file; `parent` is the id it names, resolved once all calendars are known. */
export function readCalendar(node: XmlNode, losses: LossLog): Calendar {
  const uid = number(node, 'UID')
  const base = number(node, 'BaseCalendarUID')
  const weekDays = childrenOf(child(node, 'WeekDays'), 'WeekDay')
  const workWeeks: WorkWeek[] = []
  for (const week of childrenOf(child(node, 'WorkWeeks'), 'WorkWeek')) {
    const period = periodOf(week)
    if (!period) losses.add('value', 'Calendar/WorkWeek', week.fields.get('Name'))
    else
      workWeeks.push({
        name: week.fields.get('Name') ?? '',
        ...period,
        days: weekOf(childrenOf(child(week, 'WeekDays'), 'WeekDay'), losses),
      })
  }
  const guid = node.fields.get('GUID')
  return {
    id: String(uid ?? ''),
    ...(uid !== undefined && { uid }),
    name: node.fields.get('Name') ?? '',
    ...(base !== undefined && base >= 0 && { parent: String(base) }),
    week: weekOf(weekDays, losses),
    workWeeks,
    exceptions: exceptionsOf(node, weekDays, losses),
    ...(guid && { extra: { GUID: guid } }),
  }
}

// Writing

const dayContent = (shifts: DayPattern): ElementContent[] => [
  ['DayWorking', shifts.length > 0 ? '1' : '0'],
  shifts.length > 0 &&
    element(
      'WorkingTimes',
      shifts.map(s =>
        element('WorkingTime', [
          ['FromTime', timeOfDay.write(s.from)],
          ['ToTime', timeOfDay.write(s.to)],
        ]),
      ),
    ),
]

const period = (fromDay: number, toDay: number): Element =>
  element('TimePeriod', [
    ['FromDate', `${formatDay(fromDay)}T00:00:00`],
    ['ToDate', `${formatDay(toDay)}T23:59:00`],
  ])

const weekDays = (week: readonly (DayPattern | undefined)[]): (Element | false)[] =>
  week.map(
    (shifts, i) => shifts !== undefined && element('WeekDay', [['DayType', String(i + 1)], ...dayContent(shifts)]),
  )

function recurrenceContent(recurrence: Recurrence | undefined): ElementContent[] {
  if (!recurrence) return [['Type', '1']]
  const month = (n: number): ElementContent => ['Month', String(n - 1)]
  const item = (r: { weekday: number; position: number }): ElementContent[] => [
    ['MonthItem', String(r.weekday + 3)],
    ['MonthPosition', String(r.position - 1)],
  ]
  const every: ElementContent = ['Period', String(recurrence.every)]
  switch (recurrence.kind) {
    case 'daily':
      return [['Type', '7'], every]
    case 'yearly_day':
      return [['Type', '2'], every, month(recurrence.month), ['MonthDay', String(recurrence.day)]]
    case 'yearly_position':
      return [['Type', '3'], every, ...item(recurrence), month(recurrence.month)]
    case 'monthly_day':
      return [['Type', '4'], every, ['MonthDay', String(recurrence.day)]]
    case 'monthly_position':
      return [['Type', '5'], every, ...item(recurrence)]
    case 'weekly':
      return [['Type', '6'], every, ['DaysOfWeek', String(recurrence.days.reduce((m, d) => m | (1 << d), 0))]]
  }
}

export function calendarElement(calendar: Calendar, uid: number, parentUid: number | undefined): Element {
  return element('Calendar', [
    ['UID', String(uid)],
    ['GUID', calendar.extra?.GUID],
    ['Name', calendar.name],
    ['IsBaseCalendar', calendar.resourceOwned ? '0' : '1'],
    ['BaseCalendarUID', String(parentUid ?? -1)],
    calendar.week.some(d => d !== undefined) && element('WeekDays', weekDays(calendar.week)),
    calendar.exceptions.length > 0 &&
      element(
        'Exceptions',
        calendar.exceptions.map(e =>
          element('Exception', [
            ['EnteredByOccurrences', e.occurrences === undefined ? '0' : '1'],
            period(e.fromDay, e.toDay),
            ['Occurrences', String(e.occurrences ?? occurrences(e))],
            ['Name', e.name === '' ? undefined : e.name],
            ...recurrenceContent(e.recurrence),
            ...dayContent(e.shifts),
          ]),
        ),
      ),
    calendar.workWeeks.length > 0 &&
      element(
        'WorkWeeks',
        calendar.workWeeks.map(w =>
          element('WorkWeek', [period(w.fromDay, w.toDay), ['Name', w.name], element('WeekDays', weekDays(w.days))]),
        ),
      ),
  ])
}

/** How often an exception falls within its range: Project wants the number written even when the range rules. */
export function occurrences(exception: CalendarException): number {
  const { fromDay, toDay, recurrence } = exception
  if (!recurrence) return toDay - fromDay + 1
  let count = 0
  eachOccurrence({ ...exception, recurrence }, fromDay, toDay, () => {
    count++
  })
  return Math.max(1, count)
}

/** Project's Standard calendar, for files that carry none. */
export const standardCalendar = (id: string): Calendar => ({
  id,
  name: 'Standard',
  week: [[], standardDay, standardDay, standardDay, standardDay, standardDay, []],
  workWeeks: [],
  exceptions: [],
})
