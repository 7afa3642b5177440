// Interest of loans: worked figures, and that periods add up to the whole.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, type Decimal, sum } from '../money/index.ts'
import { accruedInterest, interestDues } from './index.ts'

const loan = (dayCount: 'ACT/360' | 'ACT/365') =>
  ({
    moves: [{ on: '2026-01-10', amount: '1000000.00' }],
    rates: [{ from: '2020-01-01', rate: '0.0435' }],
    dayCount,
  }) as const

test('1,000,000 at 4.35 % for 70 days is 8,458.33 over 360 and 8,342.47 over 365', () => {
  expect(accruedInterest(loan('ACT/360'), '2026-03-21')).toBe('8458.33')
  expect(accruedInterest(loan('ACT/365'), '2026-03-21')).toBe('8342.47')
  expect(accruedInterest(loan('ACT/360'), '2026-01-10')).toBe('0.00')
  expect(accruedInterest(loan('ACT/360'), '2026-01-11')).toBe('120.83')
})

test('paid back in part and at a lower rate: 30 days of 1,000,000, 20 of 600,000 at 4.35 %, 10 of 600,000 at 3.60 %', () => {
  const of = {
    moves: [
      { on: '2026-01-01', amount: '1000000.00' },
      { on: '2026-01-31', amount: '-400000.00' },
    ],
    rates: [
      { from: '2025-01-01', rate: '0.0435' },
      { from: '2026-02-20', rate: '0.036' },
    ],
    dayCount: 'ACT/360',
  } as const
  // 3,625.00 + 1,450.00 + 600.00
  expect(accruedInterest(of, '2026-03-02')).toBe('5675.00')
})

test('by quarter on the 21st and with the principal at the end; what was paid settles the oldest', () => {
  const of = { ...loan('ACT/360'), rates: [{ from: '2020-01-01', rate: '0.0435' }] } as const
  const at = (paid: Decimal) => interestDues(of, { paying: 'quarterly', day: 21, end: '2026-07-10', paid })
  expect(at('0.00').map(({ on, amount }) => [on, amount])).toEqual([
    ['2026-03-21', '8458.33'],
    ['2026-06-21', '11116.67'],
    ['2026-07-10', '2295.83'],
  ])
  expect(at('9000.00').map(({ open }) => open)).toEqual(['0.00', '10575.00', '2295.83'])
  expect(interestDues(of, { paying: 'at_end', day: 21, end: '2026-07-10', paid: '0' })).toMatchObject([
    { on: '2026-07-10', amount: '21870.83' },
  ])
  expect(() => interestDues(of, { paying: 'monthly', day: 31, end: '2026-07-10', paid: '0' })).toThrow(RangeError)
})

test('whatever the moves and rates: periods add up to the whole, and what one project owes another is owed', () => {
  const day = fc.integer({ min: 0, max: 700 }).map(n => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
  const amount = fc.integer({ min: -5_000_000, max: 50_000_000 }).map(fen => (fen / 100).toFixed(2) as Decimal)
  const moves = fc.array(fc.record({ on: day, amount }), { minLength: 1, maxLength: 6 })
  const rates = fc.array(
    fc.record({ from: day, rate: fc.integer({ min: 0, max: 2000 }).map(n => (n / 10_000).toFixed(4) as Decimal) }),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(moves, rates, fc.constantFrom('ACT/360' as const, 'ACT/365' as const), (moves, rates, dayCount) => {
      const of = { moves, rates, dayCount }
      const dues = interestDues(of, { paying: 'monthly', day: 21, end: '2027-06-30', paid: '0' })
      expect(add('0.00', sum(dues.map(each => each.amount)))).toBe(accruedInterest(of, '2027-06-30'))
      const other = { ...of, moves: moves.map(({ on, amount }) => ({ on, amount: negated(amount) })) }
      expect(add(accruedInterest(of, '2027-06-30'), accruedInterest(other, '2027-06-30'))).toBe('0.00')
    }),
    { numRuns: 60 },
  )
})

const negated = (amount: Decimal): Decimal => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`) as Decimal
