// Due dates are counted in working hours: nights, weekends and public holidays do not count.
import { expect, test } from 'vitest'
import { hoursLater } from './work-time.ts'

test('eight hours from Friday afternoon are Monday afternoon; the national holiday does not count', () => {
  const zone = 'Asia/Shanghai'
  // Friday 2025-09-19 15:00 in Shanghai.
  expect(hoursLater(zone, '2025-09-19T07:00:00.000Z', 8)).toBe('2025-09-22T07:00:00.000Z')
  // Tuesday 2025-09-30 15:00: 1–8 October are the National Day and Mid-Autumn holiday of 2025.
  expect(hoursLater(zone, '2025-09-30T07:00:00.000Z', 8)).toBe('2025-10-09T07:00:00.000Z')
  // Asked on a Saturday, it begins on Monday at eight.
  expect(hoursLater(zone, '2025-09-20T02:00:00.000Z', 1)).toBe('2025-09-22T01:00:00.000Z')
})
