// What people type and paste becomes exact values.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDecimals, compare, readDay, readDecimal, readDuration, shift } from './decimal.ts'
import { readBlock, writeBlock } from './paste.ts'

describe('a number', () => {
  test.each([
    ['1,234.50', '1234.50'],
    [' １２３．４ ', '123.4'],
    ['−5', '-5'],
    ['(1,000)', '-1000'],
    ['¥ 20', '20'],
    ['.5', '0.5'],
    ['007', '7'],
  ])('%s is %s', (typed, value) => expect(readDecimal(typed)).toBe(value))
  test.each(['', 'abc', '1.2.3', '1-2', '12,34x', '--1', '1e5'])('%s is none', typed =>
    expect(readDecimal(typed)).toBeNull(),
  )
})

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }))
  .map(([whole, places]) => shift(`${whole}` as `${number}`, -places))

test('moving the point forth and back changes nothing', () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: -9, max: 9 }), (value, places) => {
      expect(shift(shift(value, places), -places)).toBe(value)
    }),
  )
})
test('order and sum agree with whole numbers', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      const [x, y] = [shift(`${a}` as `${number}`, -3), shift(`${b}` as `${number}`, -3)]
      expect(Math.sign(compare(x, y))).toBe(a < b ? -1 : a > b ? 1 : 0)
      expect(shift(addDecimals([x, y]), 3)).toBe(`${a + b}`)
    }),
  )
})

test.each([
  ['3天4小时', 3 * 480 + 240],
  ['2d 4h', 1200],
  ['90分', 90],
  ['1.5', 720],
  ['-1h', -60],
  ['3 weeks', null],
  ['天', null],
])('the duration %s is %s minutes', (typed, minutes) => expect(readDuration(typed)).toBe(minutes))

test.each([
  ['2026-3-5', '2026-03-05'],
  ['2026/3/5', '2026-03-05'],
  ['2026年3月5日', '2026-03-05'],
  ['20260305', '2026-03-05'],
  ['5.3.26', null],
])('the day %s is %s', (typed, day) => expect(readDay(typed)).toBe(day))

test('a block goes to Excel and comes back as it was', () => {
  const cell = fc.string({ minLength: 1 }).filter(text => !text.includes('\r'))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), rows => {
      expect(readBlock(writeBlock(rows))).toEqual(rows)
    }),
  )
})
