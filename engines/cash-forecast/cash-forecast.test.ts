// The cash forecast against the worked example of the domain rules (G-6.4) and its identity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, type Decimal, Exact, r2, subtract, sum, toDecimal } from '../money/index.ts'
import { cashForecast } from './index.ts'

const month = (period: string, amount: Decimal, probability: Decimal, out: Decimal) => ({
  period,
  in: [{ amount, probability }],
  out: [out],
})

test('G-6.4: two months in the red', () => {
  const found = cashForecast('1200000', [
    month('2025-10', '2000000', '0.9', '2600000'),
    month('2025-11', '1500000', '0.8', '2100000'),
    month('2025-12', '3500000', '0.7', '2200000'),
  ])
  expect(found.months.map(({ closing, alert }) => [closing, alert])).toEqual([
    ['400000.00', null],
    ['-500000.00', 'negative'],
    ['-250000.00', 'negative'],
  ])
  expect(found).toMatchObject({ peak: '500000.00', lowest: '2025-11' })
})

test('below what one wants to have is told apart from below zero', () => {
  const months = [month('2025-10', '0', '1', '50'), month('2025-11', '0', '1', '60')]
  expect(cashForecast('100', months, '60').months.map(({ alert }) => alert)).toEqual(['below_safety', 'negative'])
  expect(cashForecast('110', months, '60').months.map(({ alert }) => alert)).toEqual([null, 'below_safety'])
})

describe('identity', () => {
  const fen = fc.integer({ min: 0, max: 1_000_000_000 }).map(units => toDecimal(new Exact(units).div(100), 2))
  const share = fc.integer({ min: 0, max: 100 }).map(n => toDecimal(new Exact(n).div(100)))
  test('the last closing is the opening, all that comes and less all that goes; with the peak no month is negative', () => {
    const months = fc.array(
      fc.record({
        period: fc.constant('2025-10'),
        in: fc.array(fc.record({ amount: fen, probability: share }), { maxLength: 4 }),
        out: fc.array(fen, { maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 24 },
    )
    fc.assert(
      fc.property(fen, months, (opening, list) => {
        const found = cashForecast(opening, list)
        const moved = subtract(sum(found.months.map(row => row.in)), sum(found.months.map(row => row.out)))
        expect(found.months.at(-1)?.closing).toBe(r2(add(opening, moved)))
        const helped = cashForecast(add(opening, found.peak), list)
        expect(helped.months.some(({ alert }) => alert === 'negative')).toBe(false)
      }),
    )
  })
})
