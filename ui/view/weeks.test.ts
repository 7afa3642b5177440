// The weeks of a month, and bars that lie in them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, barsOf, daysBetween, type Event, weeksOf } from './weeks.ts'

test('November 2026 begins on a Sunday: its first week begins on 26 October and its last ends on 6 December', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks[0]?.[0]).toBe('2026-10-26')
  expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
  expect(weeks.map(week => week.length)).toEqual([7, 7, 7, 7, 7, 7])
  expect(weeksOf('2021-02')).toHaveLength(4)
})

test('days and months are counted over the ends of months and years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  expect(daysBetween('2025-12-31', '2026-03-01')).toBe(60)
  expect(addMonths('2026-11', 2)).toBe('2027-01')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
})

describe('bars of a week', () => {
  const week = weeksOf('2026-11')[1] ?? []

  test('a record that goes on is cut at the ends of the week', () => {
    const [bar] = barsOf(week, [{ id: 'a', from: '2026-10-30', to: '2026-11-20' }])
    expect(bar).toMatchObject({ first: 0, last: 6, line: 0, before: true, after: true })
  })

  test('records that follow each other share a line; the longer of two that begin together lies higher', () => {
    const bars = barsOf(week, [
      { id: 'short', from: '2026-11-02', to: '2026-11-02' },
      { id: 'long', from: '2026-11-02', to: '2026-11-04' },
      { id: 'next', from: '2026-11-05', to: '2026-11-06' },
    ])
    expect(bars.map(bar => [bar.event.id, bar.line])).toEqual([
      ['long', 0],
      ['short', 1],
      ['next', 0],
    ])
  })

  test('what lasts for months lies below what happens this week', () => {
    const bars = barsOf(week, [
      { id: 'station', from: '2026-02-01', to: '2027-09-30' },
      { id: 'pour', from: '2026-11-05', to: '2026-11-05' },
    ])
    expect(bars.map(bar => [bar.event.id, bar.line])).toEqual([
      ['pour', 0],
      ['station', 1],
    ])
  })

  test('whatever lies in it, no bar covers another and no record of the week is missing', () => {
    const day = fc.integer({ min: 0, max: 40 }).map(at => addDays('2026-10-20', at))
    const event = fc.tuple(day, fc.nat(20)).map(([from, days]) => ({ from, to: addDays(from, days) }))
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), events => {
        const named: Event[] = events.map((each, at) => ({ ...each, id: String(at) }))
        const bars = barsOf(week, named)
        const [monday = '', sunday = ''] = [week[0], week[6]]
        expect(bars.length).toBe(named.filter(each => each.from <= sunday && each.to >= monday).length)
        const taken = new Set<string>()
        for (const { line, first, last } of bars)
          for (let column = first; column <= last; column++) {
            const place = `${line}/${column}`
            expect(taken.has(place)).toBe(false)
            taken.add(place)
          }
      }),
    )
  })
})
