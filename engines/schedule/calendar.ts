// Calendars compiled to clocks: inheritance, work weeks, exceptions and their precedence; and the calendar door for callers.
import { dayNumber, dayOf, MINUTES_PER_DAY, weekdayOf } from './civil.ts'
import {
  addWork,
  type Clock,
  hasWork,
  makeClock,
  nextWorkStart,
  type Pattern,
  patternOn,
  prevWorkFinish,
  shiftsOf,
  toPattern,
  workBetween,
} from './clock.ts'
import type { Calendar, CalendarException, DayPattern, Minute, Shift } from './plan.ts'
import { eachOccurrence } from './recurrence.ts'
import type { ScheduleError } from './result.ts'

/** Exceptions and work weeks outside these days are ignored: it bounds the table of a hostile calendar. */
const TABLE_FIRST = dayNumber(1960, 1, 1)
const TABLE_LAST = dayNumber(2160, 1, 1)

export type ClockOutcome = { ok: true; clock: Clock } | { ok: false; error: ScheduleError }

/** The calendar and its ancestors, root first; undefined ids and circles are errors. */
function ancestry(
  byId: ReadonlyMap<string, Calendar>,
  id: string,
): { ok: true; chain: Calendar[] } | { ok: false; error: ScheduleError } {
  const chain: Calendar[] = []
  const seen = new Set<string>()
  let next: string | undefined = id
  let asker = 'plan'
  while (next !== undefined) {
    if (seen.has(next)) return { ok: false, error: { code: 'schedule.calendar_cycle', calendars: [...seen] } }
    const calendar = byId.get(next)
    if (!calendar) {
      return { ok: false, error: { code: 'schedule.unknown_reference', what: 'calendar', id: next, in: asker } }
    }
    seen.add(next)
    chain.unshift(calendar)
    asker = next
    next = calendar.parent
  }
  return { ok: true, chain }
}

/**
 * Which of two exceptions on one day wins (higher): Microsoft lets a dated exception beat a yearly, monthly, weekly and
 * daily recurring one in this order; among dated ones the shorter range is the more specific.
 */
function precedence(exception: CalendarException): number {
  switch (exception.recurrence?.kind) {
    case undefined:
      return 5
    case 'yearly_day':
    case 'yearly_position':
      return 4
    case 'monthly_day':
    case 'monthly_position':
      return 3
    case 'weekly':
      return 2
    case 'daily':
      return exception.recurrence?.every === 1 ? 5 : 1
  }
}

const span = (exception: CalendarException) => exception.toDay - exception.fromDay

/** Compiles one calendar. Layers, lower first: weeks and work weeks from the root down, then exceptions from the root down. */
export function compileCalendar(byId: ReadonlyMap<string, Calendar>, id: string): ClockOutcome {
  const found = ancestry(byId, id)
  if (!found.ok) return found
  const { chain } = found

  const patterns: Pattern[] = []
  const known = new Map<string, number>()
  const intern = (shifts: DayPattern): number => {
    const pattern = toPattern(shifts)
    const key = `${pattern.from.join()}/${pattern.to.join()}`
    const index = known.get(key)
    if (index !== undefined) return index
    patterns.push(pattern)
    known.set(key, patterns.length - 1)
    return patterns.length - 1
  }

  const idle = intern([])
  const week = new Int32Array(7).fill(idle)
  for (const calendar of chain) {
    for (let i = 0; i < 7; i++) {
      const day = calendar.week[i]
      if (day) week[i] = intern(day)
    }
  }

  const ranges = chain.flatMap(calendar => [...calendar.workWeeks, ...calendar.exceptions])
  const first = Math.max(TABLE_FIRST, Math.min(TABLE_LAST, ...boundsOf(ranges, 'fromDay')))
  const last = Math.max(first, Math.min(TABLE_LAST, 1 + Math.max(TABLE_FIRST - 1, ...boundsOf(ranges, 'toDay'))))
  const days = new Int32Array(last - first)
  const apply = (fromDay: number, toDay: number, pick: (weekday: number) => number | undefined) => {
    const end = Math.min(toDay, last - 1)
    for (let day = Math.max(fromDay, first); day <= end; day++) {
      const index = pick(weekdayOf(day))
      if (index !== undefined) days[day - first] = index
    }
  }

  for (const calendar of chain) {
    const own = calendar.week.map(day => day && intern(day))
    // The default week covers the whole table, so that a child's own weekdays beat its parent's work weeks.
    apply(first, last - 1, weekday => own[weekday])
    for (const other of calendar.workWeeks) {
      const its = other.days.map(day => day && intern(day))
      apply(other.fromDay, other.toDay, weekday => its[weekday])
    }
  }
  for (const calendar of chain) {
    const ascending = [...calendar.exceptions].sort((a, b) => precedence(a) - precedence(b) || span(b) - span(a))
    for (const exception of ascending) {
      const index = intern(exception.shifts)
      const { recurrence } = exception
      if (recurrence) {
        eachOccurrence({ ...exception, recurrence }, first, last - 1, day => {
          days[day - first] = index
        })
      } else if (exception.toDay >= first && exception.fromDay < last) {
        days.fill(index, Math.max(0, exception.fromDay - first), exception.toDay - first + 1)
      }
    }
  }

  const clock = makeClock(patterns, week, first, days)
  if (!hasWork(clock)) return { ok: false, error: { code: 'schedule.calendar_without_work', calendar: id } }
  return { ok: true, clock }
}

/** Smallest start or largest end; a loop, because spreading a long list as arguments overflows the stack. */
function boundsOf(ranges: readonly { fromDay: number; toDay: number }[], side: 'fromDay' | 'toDay'): number[] {
  let bound: number | undefined
  for (const range of ranges) {
    const value = range[side]
    if (!Number.isFinite(value) || range.toDay < range.fromDay) continue
    bound = bound === undefined ? value : side === 'fromDay' ? Math.min(bound, value) : Math.max(bound, value)
  }
  return bound === undefined ? [] : [bound]
}

/** Working-time arithmetic of one calendar. Instants and durations are minutes. */
export interface CalendarClock {
  /** Signed working minutes from a to b. */
  work(a: Minute, b: Minute): number
  /** Adds working minutes: positive lands on the finish side (Friday 17:00), negative on the start side (Monday 08:00), 0 stays. */
  add(date: Minute, minutes: number): Minute
  /** The date itself when work goes on there, else the start of the next shift. */
  nextWorkStart(date: Minute): Minute
  /** The date itself when work went on just before it, else the end of the previous shift. */
  prevWorkFinish(date: Minute): Minute
  /** Whether the minute that begins at the date is worked. */
  isWorking(date: Minute): boolean
  /** The shifts of a day (days since 1970-01-01), exceptions and inheritance applied. */
  shiftsOn(day: number): Shift[]
}

export type CalendarClockOutcome = { ok: true; clock: CalendarClock } | { ok: false; error: ScheduleError }

/** The arithmetic of a plan's calendar; an unknown id, a circle of parents or a calendar without any work is an error. */
export function calendarClock(calendars: readonly Calendar[], id: string): CalendarClockOutcome {
  const compiled = compileCalendar(new Map(calendars.map(calendar => [calendar.id, calendar])), id)
  return compiled.ok ? { ok: true, clock: clockDoor(compiled.clock) } : compiled
}

export function clockDoor(clock: Clock): CalendarClock {
  return {
    work: (a, b) => workBetween(clock, a, b),
    add: (date, minutes) => addWork(clock, date, minutes),
    nextWorkStart: date => nextWorkStart(clock, date),
    prevWorkFinish: date => prevWorkFinish(clock, date),
    isWorking: date => {
      const inDay = date - dayOf(date) * MINUTES_PER_DAY
      const { from, to } = patternOn(clock, dayOf(date))
      return from.some((start, i) => inDay >= start && inDay < to[i]!)
    },
    shiftsOn: day => shiftsOf(patternOn(clock, day)),
  }
}

/**
 * A shift that may run past midnight, in minutes of the first day: 22:00–06:00 is (1320, 360) or (1320, 1800).
 * Returns the part on the day and the part on the next day, since a day pattern ends at 24:00.
 */
export function splitShift(from: number, to: number): { today: Shift[]; tomorrow: Shift[] } {
  const end = to <= from ? to + MINUTES_PER_DAY : to
  return {
    today: tidy(from, Math.min(end, MINUTES_PER_DAY)),
    tomorrow: tidy(Math.max(0, from - MINUTES_PER_DAY), Math.min(end - MINUTES_PER_DAY, MINUTES_PER_DAY)),
  }
}

function tidy(from: number, to: number): Shift[] {
  return to > from ? [{ from, to }] : []
}
