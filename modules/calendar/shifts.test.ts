import { expect, test } from 'vitest'
import { formatShifts, parseShifts } from './shifts.ts'

test('a planner writes two shifts and gets them back', () => {
  const shifts = parseShifts('8:00-12:00，13:00-17:00')
  expect(shifts).toEqual({
    day: [
      { from: 480, to: 720 },
      { from: 780, to: 1020 },
    ],
    spill: [],
  })
  expect(formatShifts(shifts?.day ?? [])).toBe('08:00-12:00 13:00-17:00')
})

test('a night shift runs into the next day', () => {
  expect(parseShifts('20:00-04:00')).toEqual({ day: [{ from: 1200, to: 1440 }], spill: [{ from: 0, to: 240 }] })
})

test('round the clock and days off are written plainly', () => {
  expect(parseShifts('00:00-24:00')).toEqual({ day: [{ from: 0, to: 1440 }], spill: [] })
  expect(parseShifts('')).toEqual({ day: [], spill: [] })
})

test.each(['8-12', '08:00', '25:00-26:00', '08:00-12:00 11:00-13:00', '08:00-08:00', '24:00-08:00', 'x'])(
  '%s is refused',
  text => {
    expect(parseShifts(text)).toBeUndefined()
  },
)
