// What a planner types into the grid is read as meant, and what is shown can be typed back.

import { parseDate } from '@yingzao/engines/plan-text/date'
import { formatDuration, formatLag, parseDuration, parseLag } from '@yingzao/engines/plan-text/duration'
import { formatPredecessors, parsePredecessors } from '@yingzao/engines/plan-text/predecessor'
import { dayNumber } from '@yingzao/engines/schedule/civil'
import { defaultOptions, type Link } from '@yingzao/engines/schedule/plan'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editableDate, formatDate } from './date-text.ts'

const options = defaultOptions
const duration = (text: string) => parseDuration(text, options)

describe('durations', () => {
  test('units in both languages, elapsed and estimated', () => {
    expect(duration('5d')).toEqual({ minutes: 2400, unit: 'd', elapsed: false, estimated: false })
    expect(duration('3周')?.minutes).toBe(7200)
    expect(duration('4 小时')?.minutes).toBe(240)
    expect(duration('2ed')).toEqual({ minutes: 2880, unit: 'd', elapsed: true, estimated: false })
    expect(duration('2日历天')).toEqual({ minutes: 2880, unit: 'd', elapsed: true, estimated: false })
    expect(duration('1mo')?.minutes).toBe(9600)
    expect(duration('30m')?.minutes).toBe(30)
    expect(duration('1.5d?')).toEqual({ minutes: 720, unit: 'd', elapsed: false, estimated: true })
    expect(duration('５ｄ')?.minutes).toBe(2400)
    expect(duration('7')?.unit).toBe('d')
    expect(duration('0')?.minutes).toBe(0)
  })
  test('anything else is refused', () => {
    for (const text of ['', 'five days', '-3d', '5x', '1e9999d', '5d3h', 'e', 'd'])
      expect(duration(text)).toBeUndefined()
  })
  test('a shown duration reads back as itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('m' as const, 'h' as const, 'd' as const, 'w' as const, 'mo' as const),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('zh' as const, 'en' as const),
        (n, unit, elapsed, estimated, lang) => {
          const first = parseDuration(`${n}${elapsed ? 'e' : ''}${unit}`, options)!
          const text = formatDuration(lang, first.minutes, options, { unit, elapsed, estimated })
          expect(parseDuration(text, options)).toEqual({ ...first, estimated })
        },
      ),
    )
  })
  test('lags carry a sign and may be a percentage', () => {
    expect(parseLag('+2d', options)?.lag).toEqual({ kind: 'working', minutes: 960 })
    expect(parseLag('-1w', options)?.lag).toEqual({ kind: 'working', minutes: -2400 })
    expect(parseLag('+50%', options)?.lag).toEqual({ kind: 'percent', percent: 50 })
    expect(parseLag('+3日历天', options)?.lag).toEqual({ kind: 'elapsed', minutes: 4320 })
    expect(formatLag('en', { kind: 'elapsed', minutes: -2880 }, 'd', options)).toBe('-2ed')
    expect(formatLag('zh', { kind: 'working', minutes: 0 }, undefined, options)).toBe('')
  })
})

describe('predecessors', () => {
  const rows = new Map([
    ['3', 'c'],
    ['5', 'e'],
    ['A-1010FS', 'x'],
    ['A-1010', 'y'],
  ])
  const read = (text: string) => parsePredecessors(text, ref => rows.get(ref), options)
  test('as in Microsoft Project, with Chinese separators and words', () => {
    expect(read('3FS+2d,5SS')).toEqual({
      ok: true,
      entries: [
        { from: 'c', type: 'FS', lag: { kind: 'working', minutes: 960 }, lagUnit: 'd' },
        { from: 'e', type: 'SS', lag: { kind: 'working', minutes: 0 } },
      ],
    })
    expect(read('3、5完成-完成-1天')).toEqual({
      ok: true,
      entries: [
        { from: 'c', type: 'FS', lag: { kind: 'working', minutes: 0 } },
        { from: 'e', type: 'FF', lag: { kind: 'working', minutes: -480 }, lagUnit: 'd' },
      ],
    })
    expect(read('3+2d')).toMatchObject({ ok: true, entries: [{ from: 'c', type: 'FS' }] })
    expect(read(' ')).toEqual({ ok: true, entries: [] })
    expect(read('3,3FS')).toMatchObject({ entries: [{ from: 'c' }] })
  })
  test('a Primavera code that looks like a link type is taken whole', () => {
    expect(read('A-1010FS')).toMatchObject({ ok: true, entries: [{ from: 'x', type: 'FS' }] })
    expect(read('A-1010SS+1d')).toMatchObject({ ok: true, entries: [{ from: 'y', type: 'SS' }] })
  })
  test('says which part is wrong and why', () => {
    expect(read('3,99')).toEqual({ ok: false, reason: 'unknown', part: '99' })
    expect(read('3FS+2d,浇筑')).toEqual({ ok: false, reason: 'syntax', part: '浇筑' })
    expect(read('3FS+lots')).toMatchObject({ ok: false })
  })
  test('what the cell shows reads back as the same links', () => {
    const lags = fc.oneof(
      fc.integer({ min: -40, max: 40 }).map(n => ({ kind: 'working' as const, minutes: n * 480 })),
      fc.integer({ min: -40, max: 40 }).map(n => ({ kind: 'elapsed' as const, minutes: n * 1440 })),
      fc.integer({ min: -100, max: 200 }).map(percent => ({ kind: 'percent' as const, percent })),
    )
    const types = fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const, 'SF' as const)
    fc.assert(
      fc.property(lags, types, fc.constantFrom('zh' as const, 'en' as const), (lag, type, lang) => {
        const link: Link = { id: 'l', from: 'c', to: 'z', type, lag, lagUnit: 'd' }
        const outcome = read(formatPredecessors(lang, [link], () => '3', options))
        const zero = ('minutes' in lag ? lag.minutes : lag.percent) === 0
        expect(outcome).toMatchObject({
          ok: true,
          entries: [{ from: 'c', type, lag: zero ? { kind: 'working', minutes: 0 } : lag }],
        })
      }),
    )
  })
})

describe('dates', () => {
  const near = dayNumber(2026, 11, 1) * 1440
  const day = (year: number, month: number, d: number, time = 480) => dayNumber(year, month, d) * 1440 + time
  const read = (text: string) => parseDate(text, 480, near)
  test('in the ways people write them', () => {
    for (const text of [
      '2026-11-21',
      '2026/11/21',
      '2026年11月21日',
      '20261121',
      '11-21',
      '11月21日',
      '21 Nov 2026',
      '21 november',
      '21nov26',
      '2026-11-21 周六',
      'Sa 21 Nov 2026',
      '２０２６-１１-２１',
    ])
      expect([text, read(text)]).toEqual([text, day(2026, 11, 21)])
    expect(read('2026-11-21 13:30')).toBe(day(2026, 11, 21, 810))
    expect(read('11月21日 13:30')).toBe(day(2026, 11, 21, 810))
    expect(read('2026-11-21T13:30')).toBe(day(2026, 11, 21, 810))
  })
  test('a date without a year lies nearest to the date it replaces', () => {
    expect(read('1-5')).toBe(day(2027, 1, 5))
    expect(read('9-5')).toBe(day(2026, 9, 5))
  })
  test('dates that do not exist are refused', () => {
    for (const text of ['2026-02-29', '2026-13-01', '31 Jun 2026', 'soon', '', '2026-11-21 25:00', '2026-11-21 08:75'])
      expect([text, read(text)]).toEqual([text, undefined])
  })
  test('a shown date reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000_000, max: 80_000_000 }), at => {
        expect(parseDate(editableDate(at), 0, near)).toBe(at)
        const midnight = Math.floor(at / 1440) * 1440
        expect(parseDate(formatDate('zh', at), 0, near)).toBe(midnight)
        expect(parseDate(formatDate('en', at), 0, near)).toBe(midnight)
      }),
    )
  })
})
