// The days on which a calendar exception applies: dated ranges and MS Project's recurrence patterns.
import { civilDate, dayNumber, daysInMonth, FIRST_DAY, nthWeekday, weekdayOf } from './civil.ts'
import type { CalendarException, Recurrence } from './plan.ts'

/**
 * Calls `apply(day)` for each day of a recurring exception, in order, within [first, last].
 * Stops at the exception's `toDay` or after `occurrences`. A day 31 falls on the last day of a shorter month.
 */
export function eachOccurrence(
  exception: CalendarException & { recurrence: Recurrence },
  first: number,
  last: number,
  apply: (day: number) => void,
): void {
  const end = Math.min(exception.toDay, last)
  let left = exception.occurrences ?? Number.POSITIVE_INFINITY
  for (const day of days(exception.recurrence, Math.max(exception.fromDay, FIRST_DAY))) {
    // Written so that a day that is not a number also ends the run.
    if (!(day <= end) || left <= 0) return
    if (day < exception.fromDay) continue
    left -= 1
    if (day >= first) apply(day)
  }
}

/** An endless ascending run of candidate days; the caller stops it. */
function* days(rule: Recurrence, from: number): Generator<number> {
  const every = Math.max(1, Math.floor(rule.every) || 1)
  switch (rule.kind) {
    case 'daily':
      for (let day = from; ; day += every) yield day
    case 'weekly': {
      const chosen = [...new Set(rule.days.filter(day => day >= 0 && day <= 6))].sort((a, b) => a - b)
      if (chosen.length === 0) return
      for (let sunday = from - weekdayOf(from); ; sunday += 7 * every) for (const day of chosen) yield sunday + day
    }
    case 'monthly_day':
      return yield* months(from, every, (year, month) => onDay(year, month, rule.day))
    case 'monthly_position':
      return yield* months(from, every, (year, month) => nthWeekday(year, month, rule.position, rule.weekday))
    case 'yearly_day':
      return yield* years(from, every, year => onDay(year, rule.month, rule.day))
    case 'yearly_position':
      return yield* years(from, every, year => nthWeekday(year, rule.month, rule.position, rule.weekday))
  }
}

function onDay(year: number, month: number, day: number): number {
  return dayNumber(year, month, Math.min(Math.max(1, day), daysInMonth(year, month)))
}

/** Counts periods from the first month that still has its day: a rule entered on the 20th for the 12th starts next month. */
function* months(from: number, every: number, pick: (year: number, month: number) => number): Generator<number> {
  const start = civilDate(from)
  let index = start.year * 12 + start.month - 1
  if (pick(start.year, start.month) < from) index += 1
  for (; ; index += every) yield pick(Math.floor(index / 12), (index % 12) + 1)
}

function* years(from: number, every: number, pick: (year: number) => number): Generator<number> {
  let { year } = civilDate(from)
  if (pick(year) < from) year += 1
  for (; ; year += every) yield pick(year)
}
