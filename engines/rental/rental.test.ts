// Rental by the month against the worked example of the domain rules (G-9).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare } from '../money/index.ts'
import { rentalByMonth } from './index.ts'

describe('G-9: 18,000 a month from 10 March to 20 May', () => {
  test('by calendar months', () => {
    const { months, total } = rentalByMonth({ monthly: '18000', mode: 'calendar' }, '2025-03-10', '2025-05-20')
    expect(months.map(({ period, days, amount }) => [period, days, amount])).toEqual([
      ['2025-03', 22, '12774.19'],
      ['2025-04', 30, '18000.00'],
      ['2025-05', 20, '11612.90'],
    ])
    expect(total).toBe('42387.09')
  })

  test('by thirtieths: 72 days', () => {
    const { months, total } = rentalByMonth({ monthly: '18000', mode: 'thirty' }, '2025-03-10', '2025-05-20')
    expect(months.reduce((sum, { days }) => sum + days, 0)).toBe(72)
    expect(total).toBe('43200.00')
  })
})

test('days of rest are free, or at a standby rate; overlaps count once', () => {
  const rests = [
    ['2025-04-01', '2025-04-10'],
    ['2025-04-06', '2025-04-15'],
    ['2024-01-01', '2024-12-31'],
  ] as const
  const rent = (standbyMonthly: `${number}`) =>
    rentalByMonth({ monthly: '18000', mode: 'calendar', standbyMonthly }, '2025-04-01', '2025-04-30', rests)
  expect(rent('0')).toEqual({
    months: [{ period: '2025-04', days: 15, restDays: 15, amount: '9000.00' }],
    total: '9000.00',
  })
  expect(rent('6000').total).toBe('12000.00')
})

test('whole calendar months cost the monthly rent, whatever their length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const period = `${year}-${String(month).padStart(2, '0')}`
      const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
      const { total } = rentalByMonth({ monthly: '7654.32', mode: 'calendar' }, `${period}-01`, `${period}-${last}`)
      expect(compare(total, '7654.32')).toBe(0)
    }),
  )
})

test('what makes no sense is refused', () => {
  const terms = { monthly: '1', mode: 'calendar' } as const
  expect(() => rentalByMonth(terms, '2025-03-10', '2025-03-09')).toThrow(RangeError)
  expect(() => rentalByMonth(terms, '2025-02-30', '2025-03-09')).toThrow(RangeError)
  expect(() => rentalByMonth(terms, '0001-01-01', '9999-12-31')).toThrow(RangeError)
})
