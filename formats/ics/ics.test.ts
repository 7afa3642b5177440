// iCalendar as RFC 5545 asks: folding, escaping, whole days, hours of a zone.
import { dayNumber } from '@yingzao/engines/schedule/civil'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IcsEvent, writeIcs } from './index.ts'

const changed = '2026-03-01T08:30:00.000Z'
const write = (events: readonly IcsEvent[], zone = 'Asia/Shanghai') => writeIcs({ name: '我的', zone, events })
const day = (month: number, date: number) => dayNumber(2026, month, date)
/** As a reader takes it apart. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

test('a task of whole days ends on the day after its last', () => {
  const lines = unfolded(write([{ uid: 'a@x', at: { from: day(3, 2), to: day(3, 6) }, summary: '土方开挖', changed }]))
  expect(lines).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20260302', 'DTEND;VALUE=DATE:20260307']))
  expect(lines).toContain('DTSTAMP:20260301T083000Z')
  expect(lines.slice(0, 3)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Yingzao//Yingzao//ZH'])
  expect(lines.slice(-2)).toEqual(['END:VCALENDAR', ''])
})

test('hours are those of the zone, on both sides of a change of the clock', () => {
  const at = (month: number, date: number) => ({
    start: day(month, date) * 1440 + 540,
    finish: day(month, date) * 1440 + 600,
  })
  const times = (zone: string, month: number, date: number) =>
    unfolded(write([{ uid: 'm', at: at(month, date), summary: 'x', changed }], zone)).filter(line =>
      /^DT(START|END):/.test(line),
    )
  expect(times('Asia/Shanghai', 3, 2)).toEqual(['DTSTART:20260302T010000Z', 'DTEND:20260302T020000Z'])
  expect(times('Europe/Berlin', 3, 27)).toEqual(['DTSTART:20260327T080000Z', 'DTEND:20260327T090000Z'])
  expect(times('Europe/Berlin', 3, 30)).toEqual(['DTSTART:20260330T070000Z', 'DTEND:20260330T080000Z'])
  expect(times('UTC', 3, 2)[0]).toBe('DTSTART:20260302T090000Z')
})

test('text cannot break out of its line', () => {
  const evil = 'a;b,c\\d\r\nEND:VEVENT\nBEGIN:VALARM\u0007'
  const lines = unfolded(
    write([{ uid: 'e', at: { from: 1, to: 1 }, summary: evil, url: 'https://x/\r\nX:1', changed }]),
  )
  expect(lines).toContain('SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\\nBEGIN:VALARM')
  expect(lines.filter(line => line === 'END:VEVENT')).toHaveLength(1)
  expect(lines).toContain('URL:https://x/X:1')
})

test('what has no time is left out', () => {
  const text = write([
    { uid: 'n', at: { from: Number.NaN, to: 1 }, summary: 'x', changed },
    { uid: 'b', at: { from: 3, to: 1 }, summary: 'x', changed },
    { uid: 's', at: { start: 10, finish: 5 }, summary: 'x', changed },
  ])
  expect(text).not.toContain('BEGIN:VEVENT')
})

test('no line is longer than 75 octets, and every text comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), summary => {
      const text = write([{ uid: 'u', at: { from: 1, to: 2 }, summary, changed }])
      for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      const said =
        unfolded(text)
          .find(line => line.startsWith('SUMMARY:'))
          ?.slice(8) ?? ''
      const back = said.replace(/\\([\\;,n])/g, (_, char: string) => (char === 'n' ? '\n' : char))
      expect(back).toBe(summary.replace(/\r\n?/g, '\n').replace(/\p{Cc}/gu, char => (char === '\n' ? char : '')))
    }),
  )
})
