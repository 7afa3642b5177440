// Requests and approved plans take the place of what the terms expect: never twice, never lost.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, compare, type Decimal, Exact, sum, toDecimal } from '../money/index.ts'
import type { Flow } from './contract-flow.ts'
import { plannedFlows } from './plan-flow.ts'

const flow = (on: string, amount: Decimal, why: Flow['why'] = 'progress'): Flow => ({ on, amount, why })

test('a request is paid on its day, a line says its month, and the rest comes the month after', () => {
  const found = plannedFlows(
    [flow('2026-11-10', '500000.00', 'due'), flow('2026-12-28', '300000.00'), flow('2027-01-28', '200000.00')],
    {
      requests: [{ id: 'r', on: '2026-11-05', amount: '120000.00' }],
      months: [{ month: '2026-11', amount: '400000.00', probability: '1' }],
      today: '2026-11-08',
    },
  )
  expect(found.map(({ on, amount, why }) => [on, amount, why])).toEqual([
    ['2026-11-08', '120000.00', 'request'],
    ['2026-11-10', '280000.00', 'funds_plan'],
    ['2026-12-01', '100000.00', 'due'],
    ['2026-12-28', '300000.00', 'progress'],
    ['2027-01-28', '200000.00', 'progress'],
  ])
})

test('a line beyond what falls due pulls money forward to the end of its month, with its probability', () => {
  const found = plannedFlows([flow('2027-03-10', '500000.00')], {
    requests: [],
    months: [{ month: '2026-12', amount: '200000.00', probability: '0.8' }],
    today: '2026-11-08',
  })
  expect(found).toEqual([
    { on: '2026-12-31', amount: '200000.00', probability: '0.8', why: 'funds_plan' },
    { on: '2027-03-10', amount: '300000.00', probability: '1', why: 'progress' },
  ])
})

const fen = fc.integer({ min: 1, max: 100_000_000 }).map(units => toDecimal(new Exact(units).div(100), 2))
const day = fc.integer({ min: 0, max: 400 }).map(n => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))

test('whatever is asked and planned: the sum stays what is not paid, nothing is negative, nothing lies in the past', () => {
  const today = '2026-03-17'
  const flows = fc
    .array(fc.record({ on: day, amount: fen }), { maxLength: 6 })
    .map(list =>
      list.map(({ on, amount }) => flow(on < today ? today : on, amount)).sort((a, b) => (a.on < b.on ? -1 : 1)),
    )
  const requests = fc.array(fc.record({ id: fc.constant('r'), on: day, amount: fen }), { maxLength: 3 })
  const months = fc.uniqueArray(
    fc.record({ month: day.map(on => on.slice(0, 7)), amount: fen, probability: fc.constant<Decimal>('1') }),
    { maxLength: 4, selector: each => each.month },
  )
  fc.assert(
    fc.property(flows, requests, months, (list, asked, planned) => {
      const found = plannedFlows(list, { requests: asked, months: planned, today })
      expect(add('0.00', sum(found.map(each => each.amount)))).toBe(add('0.00', sum(list.map(each => each.amount))))
      expect(found.every(({ amount, on }) => compare(amount, '0') > 0 && on >= today)).toBe(true)
      for (const { month, amount } of planned.filter(each => each.month > today.slice(0, 7))) {
        const paid = found.filter(each => each.on.startsWith(month))
        const inRequests = sum(paid.filter(each => each.why === 'request').map(each => each.amount))
        const inAll = sum(paid.filter(each => each.why === 'request' || each.why === 'funds_plan').map(e => e.amount))
        // What stands in a planned month is its line, or the requests where they are more; slid money comes on its first day.
        expect(compare(inAll, compare(inRequests, amount) > 0 ? inRequests : amount)).toBeLessThanOrEqual(0)
      }
    }),
    { numRuns: 300 },
  )
})
