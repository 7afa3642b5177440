// Calendars: worked examples, precedence and inheritance, and every primitive against a minute-by-minute oracle.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCalendar } from './calendar.ts'
import {
  type Calendar,
  type CalendarException,
  calendarClock,
  formatMinute,
  parseDay,
  parseMinute,
  splitShift,
} from './index.ts'

const at = (text: string) => {
  const minute = parseMinute(text)
  if (minute === undefined) throw new Error(`not a date: ${text}`)
  return minute
}
const day = (text: string) => at(text) / 1440
const office = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
const standard: Calendar = {
  id: 'standard',
  name: 'Standard',
  week: [[], office, office, office, office, office, []],
  workWeeks: [],
  exceptions: [],
}
const clockOf = (...calendars: Calendar[]) => {
  const outcome = calendarClock(calendars, calendars[calendars.length - 1]!.id)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.clock
}
const dated = (from: string, to: string, shifts: Calendar['week'][0] = []): CalendarException => ({
  name: from,
  fromDay: day(from),
  toDay: day(to),
  shifts: shifts ?? [],
})

describe('a standard week', () => {
  const clock = clockOf(standard)
  test('a day of work that ends on Friday ends at 17:00, not on Monday morning', () => {
    expect(formatMinute(clock.add(at('2024-03-01T08:00'), 480))).toBe('2024-03-01T17:00')
  })
  test('a day of work that ends on Monday morning began on Friday morning', () => {
    expect(formatMinute(clock.add(at('2024-03-04T08:00'), -480))).toBe('2024-03-01T08:00')
  })
  test('counting back a whole day from Monday evening lands on Monday morning', () => {
    expect(formatMinute(clock.add(at('2024-03-04T17:00'), -480))).toBe('2024-03-04T08:00')
  })
  test('adding nothing leaves a Sunday a Sunday', () => {
    expect(clock.add(at('2024-03-03T10:00'), 0)).toBe(at('2024-03-03T10:00'))
  })
  test('Friday evening and Monday morning are the same moment of work', () => {
    expect(formatMinute(clock.nextWorkStart(at('2024-03-01T17:00')))).toBe('2024-03-04T08:00')
    expect(formatMinute(clock.prevWorkFinish(at('2024-03-04T08:00')))).toBe('2024-03-01T17:00')
    expect(clock.work(at('2024-03-01T17:00'), at('2024-03-04T08:00'))).toBe(0)
  })
  test('lunch is not worked', () => {
    expect(clock.isWorking(at('2024-03-01T12:00'))).toBe(false)
    expect(clock.isWorking(at('2024-03-01T11:59'))).toBe(true)
    expect(clock.isWorking(at('2024-03-01T13:00'))).toBe(true)
  })
})

describe('exceptions', () => {
  test('a make-up Saturday works and a holiday Monday does not', () => {
    const clock = clockOf({
      ...standard,
      exceptions: [dated('2024-03-02', '2024-03-02', office), dated('2024-03-04', '2024-03-04')],
    })
    expect(formatMinute(clock.add(at('2024-03-01T08:00'), 960))).toBe('2024-03-02T17:00')
    expect(formatMinute(clock.nextWorkStart(at('2024-03-03T00:00')))).toBe('2024-03-05T08:00')
  })
  test('a dated exception beats a yearly, a yearly a monthly, a monthly a weekly one', () => {
    const range = { fromDay: day('2023-05-12'), toDay: day('2028-05-12') }
    const yearly: CalendarException = {
      name: 'second Friday of May',
      ...range,
      shifts: [],
      recurrence: { kind: 'yearly_position', every: 1, month: 5, position: 2, weekday: 5 },
    }
    const monthly: CalendarException = {
      name: 'the 12th',
      ...range,
      shifts: [{ from: 0, to: 60 }],
      recurrence: { kind: 'monthly_day', every: 1, day: 12 },
    }
    const weekly: CalendarException = {
      name: 'Fridays',
      ...range,
      shifts: [{ from: 0, to: 120 }],
      recurrence: { kind: 'weekly', every: 2, days: [5] },
    }
    const single = dated('2023-05-12', '2023-05-12', [{ from: 0, to: 180 }])
    const hours = (...exceptions: CalendarException[]) => {
      const [shift] = clockOf({ ...standard, exceptions }).shiftsOn(day('2023-05-12'))
      return shift ? shift.to / 60 : 0
    }
    expect(hours(weekly)).toBe(2)
    expect(hours(monthly, weekly)).toBe(1)
    expect(hours(weekly, yearly, monthly)).toBe(0)
    expect(hours(single, yearly, weekly, monthly)).toBe(3)
  })
  test('every second Friday skips the Friday between', () => {
    const clock = clockOf({
      ...standard,
      exceptions: [
        {
          name: 'off',
          fromDay: day('2023-05-12'),
          toDay: day('2030-01-01'),
          shifts: [],
          recurrence: { kind: 'weekly', every: 2, days: [5] },
          occurrences: 2,
        },
      ],
    })
    const worked = ['2023-05-12', '2023-05-19', '2023-05-26', '2023-06-09'].map(
      text => clock.shiftsOn(day(text)).length > 0,
    )
    expect(worked).toEqual([false, true, false, true])
  })
  test('the 31st of every month falls on the last day of a short month', () => {
    const clock = clockOf({
      ...standard,
      exceptions: [
        {
          name: 'stocktaking',
          fromDay: day('2024-01-31'),
          toDay: day('2024-04-30'),
          shifts: [{ from: 0, to: 60 }],
          recurrence: { kind: 'monthly_day', every: 1, day: 31 },
        },
      ],
    })
    for (const text of ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']) {
      expect(clock.shiftsOn(day(text))).toEqual([{ from: 0, to: 60 }])
    }
  })
})

describe('inheritance', () => {
  test('a resource inherits its base calendar and keeps the base holidays on its own working days', () => {
    const base = { ...standard, exceptions: [dated('2024-03-04', '2024-03-04')] }
    const own: Calendar = {
      id: 'wang',
      name: 'Wang',
      parent: 'standard',
      week: [undefined, [{ from: 480, to: 720 }], undefined, undefined, undefined, undefined, undefined],
      workWeeks: [],
      exceptions: [],
    }
    const clock = clockOf(base, own)
    expect(clock.shiftsOn(day('2024-03-04'))).toEqual([])
    expect(clock.shiftsOn(day('2024-03-11'))).toEqual([{ from: 480, to: 720 }])
    expect(clock.shiftsOn(day('2024-03-12'))).toEqual(office)
  })
  test('a work week replaces weekdays for its range only', () => {
    const clock = clockOf({
      ...standard,
      workWeeks: [
        {
          name: 'summer',
          fromDay: day('2024-07-01'),
          toDay: day('2024-07-31'),
          days: [undefined, [], undefined, undefined, undefined, undefined, undefined],
        },
      ],
    })
    expect(clock.shiftsOn(day('2024-07-08'))).toEqual([])
    expect(clock.shiftsOn(day('2024-07-09'))).toEqual(office)
    expect(clock.shiftsOn(day('2024-08-05'))).toEqual(office)
  })
  test('calendars that inherit in a circle, from nothing, or never work are errors', () => {
    const circle = [
      { ...standard, id: 'a', parent: 'b' },
      { ...standard, id: 'b', parent: 'a' },
    ]
    expect(calendarClock(circle, 'a')).toEqual({
      ok: false,
      error: { code: 'schedule.calendar_cycle', calendars: ['a', 'b'] },
    })
    expect(calendarClock([{ ...standard, parent: 'gone' }], 'standard')).toMatchObject({
      error: { code: 'schedule.unknown_reference', id: 'gone', in: 'standard' },
    })
    expect(calendarClock([{ ...standard, week: [] }], 'standard')).toMatchObject({
      error: { code: 'schedule.calendar_without_work' },
    })
  })
})

test('a night shift is split at midnight', () => {
  expect(splitShift(1320, 360)).toEqual({ today: [{ from: 1320, to: 1440 }], tomorrow: [{ from: 0, to: 360 }] })
  expect(splitShift(480, 1440)).toEqual({ today: [{ from: 480, to: 1440 }], tomorrow: [] })
})

test('a night shift is worked through midnight', () => {
  const { today, tomorrow } = splitShift(1320, 360)
  const nightly = [...tomorrow, ...today]
  const clock = clockOf({ ...standard, week: [nightly, nightly, nightly, nightly, nightly, nightly, nightly] })
  expect(formatMinute(clock.add(at('2024-03-01T22:00'), 480))).toBe('2024-03-02T06:00')
})

test('a calendar whose only work is dated has no date beyond it', () => {
  const clock = clockOf({ ...standard, week: [], exceptions: [dated('2024-03-02', '2024-03-02', office)] })
  expect(clock.add(at('2024-03-01T00:00'), 480)).toBe(at('2024-03-02T17:00'))
  expect(clock.add(at('2024-03-01T00:00'), 481)).toBe(Number.POSITIVE_INFINITY)
})

describe('against a minute-by-minute oracle', () => {
  // Sixty days around a table of twenty, so that the plain week before and behind the table is met too.
  const origin = parseDay('2024-01-01')!
  const shift = fc.tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 24 })).map(([a, b]) => ({
    from: Math.min(a, b) * 60,
    to: Math.max(a, b) * 60,
  }))
  const pattern = fc.array(shift, { maxLength: 3 })
  const calendars = fc.record({
    week: fc.array(pattern, { minLength: 7, maxLength: 7 }),
    exceptions: fc.array(
      fc.record({ from: fc.integer({ min: 20, max: 40 }), length: fc.integer({ min: 0, max: 5 }), shifts: pattern }),
      { maxLength: 6 },
    ),
  })
  const build = (drawn: typeof calendars extends fc.Arbitrary<infer T> ? T : never): Calendar => ({
    id: 'c',
    name: 'c',
    week: drawn.week,
    workWeeks: [],
    exceptions: drawn.exceptions.map(({ from, length, shifts }) => ({
      name: 'e',
      fromDay: origin + from,
      toDay: origin + from + length,
      shifts,
    })),
  })

  /** The day's shifts by the rules alone: the shortest exception on the day, of equals the later one, else the weekday. */
  const shiftsByRule = (calendar: Calendar, on: number) => {
    const found = calendar.exceptions
      .filter(item => item.fromDay <= on && on <= item.toDay)
      .reduce<CalendarException | undefined>(
        (best, item) => (best && best.toDay - best.fromDay < item.toDay - item.fromDay ? best : item),
        undefined,
      )
    return found ? found.shifts : (calendar.week[new Date(on * 86_400_000).getUTCDay()] ?? [])
  }

  test('work, add, next start and previous finish count the same minutes', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: 0, max: 60 * 1440 }),
        fc.integer({ min: 0, max: 60 * 1440 }),
        fc.integer({ min: 1, max: 5000 }),
        (drawn, x, y, amount) => {
          const calendar = build(drawn)
          const outcome = calendarClock([calendar], 'c')
          if (!outcome.ok) return
          const { clock } = outcome
          const start = origin * 1440
          const length = 60 * 1440
          const worked = new Uint8Array(length)
          for (let on = 0; on < 60; on++) {
            for (const { from, to } of shiftsByRule(calendar, origin + on))
              worked.fill(1, on * 1440 + from, on * 1440 + to)
          }
          const a = Math.min(x, y)
          const b = Math.max(x, y)
          let minutes = 0
          for (let m = a; m < b; m++) minutes += worked[m]!
          expect(clock.work(start + a, start + b)).toBe(minutes)
          expect(clock.isWorking(start + a)).toBe(a < length && worked[a] === 1)

          let next = a
          while (next < length && !worked[next]) next++
          if (next < length) expect(clock.nextWorkStart(start + a)).toBe(start + next)
          let previous = b
          while (previous > 0 && !worked[previous - 1]) previous--
          if (previous > 0) expect(clock.prevWorkFinish(start + b)).toBe(start + previous)

          let left = amount
          let end = a
          while (end < length && left > 0) left -= worked[end++]!
          if (left === 0) expect(clock.add(start + a, amount)).toBe(start + end)
          left = amount
          let begin = b
          while (begin > 0 && left > 0) left -= worked[--begin]!
          if (left === 0) expect(clock.add(start + b, -amount)).toBe(start + begin)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('adding work and taking it back stays at the same moment of work', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: -4e7, max: 4e7 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (drawn, t, w) => {
          const outcome = calendarClock([build(drawn)], 'c')
          if (!outcome.ok || !outcome.clock.shiftsOn(origin - 7).length) return
          const { clock } = outcome
          const date = origin * 1440 + t
          const there = clock.add(date, w)
          expect(clock.work(date, there)).toBe(w)
          expect(clock.work(clock.add(there, -w), date)).toBe(0)
        },
      ),
    )
  })
})

test('ten thousand exceptions of a hostile file compile at once', () => {
  const exceptions = Array.from({ length: 10_000 }, (_, i) => ({
    name: 'x',
    fromDay: -1e9 + i,
    toDay: 1e9,
    shifts: office,
  }))
  const compiled = compileCalendar(new Map([['standard', { ...standard, exceptions }]]), 'standard')
  expect(compiled.ok).toBe(true)
})
