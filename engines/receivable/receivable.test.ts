// Ageing against the worked example of the domain rules (G-6.3) and the identities of settling the oldest first.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, compare, type Decimal, Exact, r2, sum, toDecimal } from '../money/index.ts'
import { ageing, settleNamed, settleOldest } from './index.ts'

const dues = [
  { id: 'a', dueOn: '2025-01-31', amount: '500000' },
  { id: 'b', dueOn: '2025-03-31', amount: '800000' },
  { id: 'c', dueOn: '2025-06-30', amount: '600000' },
] as const

describe('ageing', () => {
  test('G-6.3: 400,000 at 183 days and 600,000 at 92 days', () => {
    const found = ageing(dues, '900000', '2025-09-30')
    expect(found.items.map(({ id, open, days }) => [id, open, days])).toEqual([
      ['b', '400000.00', 183],
      ['c', '600000.00', 92],
    ])
    expect(found.buckets).toEqual([
      { from: null, to: 0, amount: '0.00' },
      { from: 1, to: 30, amount: '0.00' },
      { from: 31, to: 60, amount: '0.00' },
      { from: 61, to: 90, amount: '0.00' },
      { from: 91, to: 180, amount: '600000.00' },
      { from: 181, to: 365, amount: '400000.00' },
      { from: 366, to: null, amount: '0.00' },
    ])
    expect(found).toMatchObject({ open: '1000000.00', excess: '0.00' })
  })

  test('what is due today is not overdue, the day after it is', () => {
    const at = (asOf: string) => ageing([dues[0]], '0', asOf).buckets.findIndex(({ amount }) => amount !== '0.00')
    expect([at('2025-01-31'), at('2025-02-01'), at('2025-03-02'), at('2025-03-03')]).toEqual([0, 1, 1, 2])
    expect([at('2026-01-31'), at('2026-02-01')]).toEqual([5, 6])
  })

  test('a credit settles like money; what is over is an advance', () => {
    const red = { id: 'red', dueOn: '2025-05-01', amount: '-100000' } as const
    expect(ageing([...dues, red], '1900000', '2025-09-30')).toMatchObject({ open: '0.00', excess: '100000.00' })
    expect(() => settleOldest(dues, '-1')).toThrow(RangeError)
  })

  test('what money names it settles; the rest goes to the oldest, and what went back is owed again', () => {
    const of = (money: Decimal, named: readonly (readonly [string, Decimal])[]) => {
      const paid = { money, named: named.map(([dueOn, amount]) => ({ dueOn, amount })) }
      const left = settleNamed(dues, paid, '2025-09-30')
      const { items, excess } = ageing(left.dues, left.money, '2025-09-30')
      return [...items.map(({ id, open }) => [id, open]), excess]
    }
    expect(of('700000', [['2025-06-30', '600000']])).toEqual([['a', '400000.00'], ['b', '800000.00'], '0.00'])
    // Beyond what is due that day it settles like other money.
    expect(of('700000', [['2025-06-30', '700000']])).toEqual([['a', '400000.00'], ['b', '800000.00'], '0.00'])
    expect(of('100000', [['2025-06-30', '600000']])).toEqual([
      ...[
        ['a', '500000.00'],
        ['b', '800000.00'],
        ['refund', '500000.00'],
      ],
      '0.00',
    ])
  })

  const fen = (min: number, max: number) =>
    fc.integer({ min, max }).map(units => toDecimal(new Exact(units).div(100), 2))
  const due = fc.record({
    id: fc.uuid(),
    dueOn: fc
      .date({ min: new Date('2023-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
      .map(date => date.toISOString().slice(0, 10)),
    amount: fen(-1_000_000, 10_000_000),
  })

  test('what was owed is what is settled and what is open; buckets add up; an older one is never open before a younger is touched', () => {
    fc.assert(
      fc.property(fc.array(due, { maxLength: 30 }), fen(0, 100_000_000), (list, money) => {
        const { items, excess } = settleOldest(list, money)
        const settled = r2(sum(items.map(item => item.settled)))
        expect(
          r2(sum([...list.filter(({ amount }) => compare(amount, '0') < 0).map(each => each.amount), settled, excess])),
        ).toBe(money)
        for (const item of items) expect(add(item.settled, item.open)).toBe(r2(item.amount))
        const firstOpen = items.findIndex(({ open }) => open !== '0.00')
        if (firstOpen >= 0) for (const later of items.slice(firstOpen + 1)) expect(later.settled).toBe('0.00')
        const aged = ageing(list, money, '2025-09-30')
        expect(r2(sum(aged.buckets.map(bucket => bucket.amount)))).toBe(aged.open)
      }),
    )
  })
})
