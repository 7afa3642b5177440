// Contingency against figures computed by hand.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, type Decimal } from '../money/index.ts'
import { contingencyStanding } from './contingency.ts'

const nothing = { today: 0, progress: null, exposure: '0.00' } as const

test('600,000 with 90,000 and 150,000 drawn in 120 days at 30 % of the work is 10 points ahead and used up in 180 days', () => {
  // 240,000 of 600,000 = 40 %. Linear: 600,000 × 30 % = 180,000 were due, 420,000 planned to be left: 60,000 ahead.
  // 240,000 ÷ 120 d = 2,000 a day = 60,000 in 30 days; 360,000 ÷ 2,000 = 180 days. 240,000 ÷ 30 % = 800,000 in the end.
  // 360,000 left − 400,000 that may ask for it = 40,000 not covered.
  const moves = [
    { day: 1000, amount: '600000.00' },
    { day: 1040, amount: '-90000.00' },
    { day: 1109, amount: '-150000.00' },
  ] as const
  expect(contingencyStanding({ moves, today: 1120, progress: '0.3', exposure: '400000.00' })).toEqual({
    ...{ total: '600000.00', drawn: '240000.00', left: '360000.00', drawnShare: '0.4', planned: '420000.00' },
    ...{ ahead: '60000.00', burn: '60000.00', usedUpOn: 1300, needed: '800000.00', covered: '-40000.00' },
  })
})

test('what is put back undoes draws first; beyond them it is new contingency', () => {
  // 100 set up, 40 drawn, 60 put back: 40 of it undo the draw, 20 are new: 120 in all, nothing drawn.
  const moves = [
    { day: 0, amount: '100.00' },
    { day: 1, amount: '-40.00' },
    { day: 2, amount: '60.00' },
  ] as const
  expect(contingencyStanding({ ...nothing, moves, today: 2 })).toMatchObject({
    ...{ total: '120.00', drawn: '0.00', left: '120.00', drawnShare: '0', usedUpOn: null, planned: null },
  })
})

test('without contingency, on its first day and at no progress nothing is divided by zero', () => {
  expect(contingencyStanding({ ...nothing, moves: [], progress: '0' })).toMatchObject({
    ...{ total: '0.00', drawnShare: null, burn: null, usedUpOn: null, needed: null, planned: '0.00' },
  })
})

test('what is left is the sum of the moves, whatever they are', () => {
  const fen = fc.integer({ min: -1e9, max: 1e9 }).map((n): Decimal => `${n}.00` as Decimal)
  fc.assert(
    fc.property(fc.array(fen, { maxLength: 12 }), amounts => {
      const moves = amounts.map((amount, day) => ({ day, amount }))
      const { left, total, drawn } = contingencyStanding({ ...nothing, moves })
      expect(left).toBe(amounts.reduce<Decimal>((sum, each) => add(sum, each), '0.00'))
      expect(add(left, drawn)).toBe(total)
    }),
    { numRuns: 50 },
  )
})
