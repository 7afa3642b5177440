// Calendars as XER rows: P6 knows one week and single exception days, so everything else is written out as days.
import { calendarClock, dayNumber, weekdayOf } from '@yingzao/engines/schedule'
import type { Calendar, DayPattern, PlanOptions } from '@yingzao/engines/schedule/plan'
import { daysOfException } from './calendar.ts'
import { writeCalendarData } from './calendar-data.ts'

const noWork: readonly DayPattern[] = [[], [], [], [], [], [], []]

const same = (a: DayPattern, b: DayPattern): boolean =>
  a.length === b.length && a.every((s, i) => s.from === b[i]?.from && s.to === b[i]?.to)

/** A Sunday long before any exception: its week is the plain one. */
const plainSunday = dayNumber(1950, 1, 1)

/** Working time of a calendar with all it inherits. */
export function calendarData(calendars: readonly Calendar[], calendar: Calendar): string {
  const outcome = calendarClock(calendars, calendar.id)
  // Without any working time, or with parents in a circle, only its own plain week can be said.
  if (!outcome.ok)
    return writeCalendarData(
      noWork.map((_, i) => calendar.week[i] ?? []),
      ownDays(calendar),
    )
  const { clock } = outcome
  const week = noWork.map((_, i) => clock.shiftsOn(plainSunday + i))
  const days = new Map<number, DayPattern>()
  const set = (day: number): void => {
    days.set(day, clock.shiftsOn(day))
  }
  // Exceptions of a base calendar are inherited in P6 too; the week is each calendar's own there.
  for (const exception of calendar.exceptions) for (const day of daysOfException(exception) ?? []) set(day)
  for (const { workWeeks } of chainOf(calendars, calendar))
    for (const range of workWeeks)
      for (let day = range.fromDay; day <= Math.min(range.toDay, range.fromDay + 20_000); day++)
        if (!same(clock.shiftsOn(day), week[weekdayOf(day)] ?? [])) set(day)
  return writeCalendarData(week, days)
}

function ownDays(calendar: Calendar): Map<number, DayPattern> {
  const days = new Map<number, DayPattern>()
  for (const exception of calendar.exceptions)
    for (const day of daysOfException(exception) ?? []) days.set(day, exception.shifts)
  return days
}

function chainOf(calendars: readonly Calendar[], calendar: Calendar): Calendar[] {
  const chain: Calendar[] = []
  const seen = new Set<string>()
  for (let at: Calendar | undefined = calendar; at && !seen.has(at.id); at = calendars.find(c => c.id === at?.parent)) {
    seen.add(at.id)
    chain.push(at)
  }
  return chain
}

/** Hours per day, week, month and year: the calendar's own, else those of the plan. */
export const calendarHours = (calendar: Calendar, options: PlanOptions): Record<string, string> => {
  const day = calendar.minutesPerDay ?? options.minutesPerDay
  const hours = (minutes: number): string => String(Number((minutes / 60).toFixed(4)))
  return {
    day_hr_cnt: hours(day),
    week_hr_cnt: hours(calendar.minutesPerWeek ?? options.minutesPerWeek),
    month_hr_cnt: hours(calendar.minutesPerMonth ?? options.daysPerMonth * day),
    year_hr_cnt: hours(calendar.minutesPerYear ?? options.daysPerMonth * 12 * day),
  }
}
