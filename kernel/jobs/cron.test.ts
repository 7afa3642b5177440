// When a job declared `every:` runs next, by the clock on the organisation's wall.
import { expect, test } from 'vitest'
import { nextRun } from './cron.ts'

const next = (every: string, zone: string, after: string) =>
  nextRun(every, zone, new Date(after))?.toISOString() ?? null

test('two in the morning is two in the morning of the organisation', () => {
  expect(next('0 2 * * *', 'Asia/Shanghai', '2026-11-21T10:00:00Z')).toBe('2026-11-21T18:00:00.000Z')
  expect(next('0 2 * * *', 'Asia/Shanghai', '2026-11-21T18:00:00Z')).toBe('2026-11-22T18:00:00.000Z')
  expect(next('*/15 * * * *', 'Asia/Kolkata', '2026-11-21T10:01:30Z')).toBe('2026-11-21T10:15:00.000Z')
})
test('the first of a month, a weekday, a range', () => {
  expect(next('30 8 1 * *', 'Asia/Shanghai', '2026-11-21T10:00:00Z')).toBe('2026-12-01T00:30:00.000Z')
  expect(next('0 9 * * 1-5', 'Asia/Shanghai', '2026-11-20T02:00:00Z')).toBe('2026-11-23T01:00:00.000Z')
  expect(next('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z')).toBe('2028-02-29T00:00:00.000Z')
  expect(next('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z')).toBeNull()
})
test('an hour that summer time leaves out runs just after it, one that it repeats runs once', () => {
  // Berlin: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00.
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z')
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z')
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z')
})
test('an expression that is none is a mistake', () => {
  expect(() => next('at noon', 'UTC', '2026-01-01T00:00:00Z')).toThrow()
})
