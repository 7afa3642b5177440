// What other modules may use: a company calendar as the engine reads it.
import {
  type Calendar,
  type CalendarException,
  type DayPattern,
  parseDay,
  prcCalendar,
  prcHolidays,
} from '@yingzao/engines/schedule'
import type { RecordOf } from '@yingzao/kernel/entity'
import { all, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { workCalendar } from './calendar.entity.ts'
import { ordered, parseShifts } from './shifts.ts'

type Row = RecordOf<typeof workCalendar>

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

export type CalendarProblem = { readonly field: string; readonly text: string }

/**
 * A calendar record as the engine's calendar. Night shifts run on into the next weekday; exceptions are whole days and
 * may not, since the day after may be an exception of its own. Problems name the field and what stands in it.
 */
export function engineCalendar(
  row: Pick<Row, 'id' | 'name' | 'parent' | 'exceptions' | (typeof weekdays)[number]>,
  holidays: readonly CalendarException[] = [],
): { ok: true; calendar: Calendar } | { ok: false; problems: readonly CalendarProblem[] } {
  const problems: CalendarProblem[] = []
  const parsed = weekdays.map(field => {
    const shifts = parseShifts(row[field])
    if (!shifts) problems.push({ field, text: row[field] ?? '' })
    return shifts ?? { day: [], spill: [] }
  })
  const week = parsed.map(({ day }, index): DayPattern => {
    const before = parsed[(index + 6) % 7]?.spill ?? []
    const shifts = [...before, ...day]
    if (!ordered(shifts)) problems.push({ field: weekdays[index] ?? '', text: row[weekdays[index] ?? 'monday'] ?? '' })
    return shifts
  })
  const own = row.exceptions.flatMap((line, index): CalendarException[] => {
    const shifts = parseShifts(line.shifts)
    const [fromDay, toDay] = [parseDay(line.from_on), parseDay(line.to_on)]
    if (!shifts || shifts.spill.length > 0 || fromDay === undefined || toDay === undefined) {
      problems.push({ field: `exceptions.${index}.shifts`, text: line.shifts ?? '' })
      return []
    }
    return [{ name: line.name, fromDay, toDay, shifts: shifts.day }]
  })
  if (problems.length > 0) return { ok: false, problems }
  const exceptions = [...own, ...holidays.flatMap(holiday => outside(holiday, own))]
  return {
    ok: true,
    calendar: {
      id: row.id,
      name: row.name,
      week,
      workWeeks: [],
      exceptions,
      ...(row.parent === null ? {} : { parent: row.parent }),
    },
  }
}

/** True when the calendar's week or its exceptions hold any working time. */
export const hasWork = (calendar: Calendar): boolean =>
  calendar.week.some(day => (day?.length ?? 0) > 0) ||
  calendar.exceptions.some(exception => exception.shifts.length > 0)

/** The days of a holiday that the company's own exceptions do not name: those say more than the country's. */
function outside(holiday: CalendarException, own: readonly CalendarException[]): CalendarException[] {
  if (!own.some(mine => mine.fromDay <= holiday.toDay && mine.toDay >= holiday.fromDay)) return [holiday]
  const days = Array.from({ length: holiday.toDay - holiday.fromDay + 1 }, (_, index) => holiday.fromDay + index)
  return days
    .filter(day => !own.some(mine => mine.fromDay <= day && day <= mine.toDay))
    .map(day => ({ ...holiday, fromDay: day, toDay: day }))
}

/** PRC public holidays and make-up days of all announced years, as exceptions. */
export function publicHolidays(language: 'zh' | 'en'): CalendarException[] {
  const { holidays, makeupDays } = prcHolidays()
  return prcCalendar(holidays, makeupDays, { language })
}

const usual: DayPattern = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]

/** The working week with the country's holidays. */
export const standardCalendar = (language: 'zh' | 'en'): Calendar => ({
  id: 'standard',
  name: language === 'zh' ? '标准（法定节假日）' : 'Standard with public holidays',
  week: [[], usual, usual, usual, usual, usual, []],
  workWeeks: [],
  exceptions: [...publicHolidays(language)],
})

/** The chosen calendar first, then those it inherits from; without one, the working week with the country's holidays. */
export async function calendarChain(ctx: Ctx, id: string | null): Promise<Calendar[]> {
  if (id === null) return [standardCalendar(ctx.lang)]
  const rows = new Map((await all(ctx, workCalendar)).map(row => [String(row.id), row]))
  const found: Calendar[] = []
  for (let next: string | null = id; next !== null; ) {
    if (found.some(each => each.id === next))
      throw refuse('calendar.cycle', { names: found.map(each => each.name).join(' → ') })
    const row: Awaited<ReturnType<typeof loadCalendar>> = await loadCalendar(ctx, next)
    const made = engineCalendar(row, row.prc_holidays ? publicHolidays(ctx.lang) : [])
    if (!made.ok) throw refuse('calendar.bad_shift', { text: made.problems[0]?.text ?? '' })
    found.push(made.calendar)
    next = row.parent
  }
  if (!found.some(hasWork)) throw refuse('calendar.no_work', { name: rows.get(id)?.name ?? '' })
  return found
}

const loadCalendar = (ctx: Ctx, id: string) => get(ctx, workCalendar, id)
