// What a contract will still pay: due first, then as planned or as its terms say, to the fen, and later when the work is.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, compare, type Decimal, Exact, subtract, sum, toDecimal } from '../money/index.ts'
import { type ContractCash, contractFlows, refundFlow } from './contract-flow.ts'

const base: ContractCash = {
  ...{ sum: '1000000.00', paid: '0', deducted: '0', dues: [], plan: [], measured: '0', progressShare: '0.8' },
  ...{ retentionShare: '0.03', warrantyMonths: 12, payDays: 28, finishOn: '2026-12-31' },
}

test('without a plan: the progress share month by month, the settlement, and retention when the warranty ends', () => {
  const flows = contractFlows(base, '2026-11-01')
  expect(flows.map(({ on, amount, why }) => [on, amount, why])).toEqual([
    ['2026-12-28', '393442.62', 'progress'],
    ['2027-01-28', '406557.38', 'progress'],
    ['2027-04-28', '170000.00', 'settlement'],
    ['2027-12-31', '30000.00', 'retention'],
  ])
})

test('what is overdue is expected today, what is paid counts against the oldest, and a plan says the rest', () => {
  const flows = contractFlows(
    {
      ...{ ...base, paid: '150000', measured: '300000' },
      dues: [
        { id: 'a', dueOn: '2026-09-01', amount: '100000' },
        { id: 'b', dueOn: '2026-10-01', amount: '200000' },
      ],
      plan: [
        { on: '2026-09-01', amount: '300000' },
        { on: '2026-12-15', amount: '400000' },
      ],
    },
    '2026-11-01',
  )
  expect(flows.map(({ on, amount, why }) => [on, amount, why])).toEqual([
    ['2026-11-01', '150000.00', 'due'],
    ['2026-12-15', '400000.00', 'plan'],
    ['2027-04-28', '270000.00', 'settlement'],
    ['2027-12-31', '30000.00', 'retention'],
  ])
})

test('G-5.3 settled and paid but for the retention: what was deducted is never paid', () => {
  const settled: ContractCash = {
    ...{ ...base, sum: '11450000.00', measured: '11450000.00', deducted: '20000.00', paid: '11086500.00' },
    dues: [{ id: 'a', dueOn: '2026-03-01', amount: '11086500.00' }],
  }
  expect(contractFlows(settled, '2026-11-01')).toEqual([{ on: '2027-12-31', amount: '343500.00', why: 'retention' }])
  // The settlement named the day: two years from acceptance, whatever the plan says of the work.
  expect(contractFlows({ ...settled, retentionOn: '2028-05-31' }, '2026-11-01')).toEqual([
    { on: '2028-05-31', amount: '343500.00', why: 'retention' },
  ])
})

test('应退: paid 8,510,000 and settled at 7,000,000, 1,720,000 go back and the retention is paid in full', () => {
  const overpaid: ContractCash = {
    ...{ ...base, sum: '7000000.00', measured: '7000000.00', paid: '8510000.00', retentionOn: '2027-09-30' },
    dues: [
      { id: 'a', dueOn: '2026-05-01', amount: '8510000.00' },
      { id: 'b', dueOn: '2026-10-30', amount: '-1720000.00' },
    ],
  }
  const at = (of: ContractCash, today = '2026-10-01') => [refundFlow(of, today), ...contractFlows(of, today)]
  const retention = { on: '2027-09-30', amount: '210000.00', why: 'retention' }
  const settled = { ...overpaid, refundOn: '2026-10-30' }
  expect(at(settled)).toEqual([{ on: '2026-10-30', amount: '1720000.00', why: 'refund' }, retention])
  // Overdue it is expected today; what came back is taken off; before the settlement more than is due is an advance.
  expect(at(settled, '2026-12-01')[0]).toMatchObject({ on: '2026-12-01' })
  expect(at({ ...settled, paid: '7510000.00' })).toEqual([
    { on: '2026-10-30', amount: '720000.00', why: 'refund' },
    retention,
  ])
  expect(at({ ...settled, paid: '6790000.00' })).toEqual([null, retention])
  expect(at(overpaid)).toEqual([null])
})

test('a delay of the work moves the money and changes no sum', () => {
  const [before, after] = [
    contractFlows(base, '2026-11-01'),
    contractFlows({ ...base, finishOn: '2027-02-28' }, '2026-11-01'),
  ]
  const until = (flows: typeof before, day: string) => sum(flows.filter(({ on }) => on <= day).map(each => each.amount))
  expect(compare(until(after, '2027-01-31'), until(before, '2027-01-31'))).toBe(-1)
  expect(sum(after.map(each => each.amount))).toBe(sum(before.map(each => each.amount)))
})

const fen = fc.integer({ min: 0, max: 100_000_000 }).map(units => toDecimal(new Exact(units).div(100), 2))
const share = fc.integer({ min: 0, max: 100 }).map((n): Decimal => toDecimal(new Exact(n).div(100), 2))
const day = fc.integer({ min: 0, max: 1500 }).map(n => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))

test('whatever the contract: the flows are what is not paid, none is negative and none lies in the past', () => {
  const contract: fc.Arbitrary<ContractCash> = fc.record({
    ...{ sum: fen, paid: fen, deducted: fen, measured: fen, progressShare: share, retentionShare: share },
    dues: fc.array(fc.record({ id: fc.constant('d'), dueOn: day, amount: fen }), { maxLength: 4 }),
    plan: fc.array(fc.record({ on: day, amount: fen }), { maxLength: 4 }),
    warrantyMonths: fc.integer({ min: 0, max: 36 }),
    payDays: fc.integer({ min: 0, max: 90 }),
    finishOn: day,
    refundOn: fc.option(day),
  })
  fc.assert(
    fc.property(contract, day, (of, today) => {
      const flows = contractFlows(of, today)
      const back = refundFlow(of, today)?.amount ?? '0'
      const open = add(subtract(subtract(of.sum, of.deducted), of.paid), back)
      expect(add('0.00', sum(flows.map(each => each.amount)))).toBe(compare(open, '0') > 0 ? open : '0.00')
      expect(flows.every(({ amount, on }) => compare(amount, '0') > 0 && on >= today)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
