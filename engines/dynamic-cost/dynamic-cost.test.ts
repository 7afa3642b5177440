// Dynamic cost and the over-budget gate against the worked examples of the domain rules (G-4.1, G-4.2) and their identities.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, compare, type Decimal, Exact, r2, subtract, sum, toDecimal } from '../money/index.ts'
import { type CostLeaf, costStanding, type GateLevels, nearestBudgeted, overBudget, totalCost } from './index.ts'

const leaf = (target: Decimal, contracted: Decimal, changes: Decimal, direct: Decimal, more: Partial<CostLeaf> = {}) =>
  costStanding({ target, contracted, changes, direct, estimated: '0', ...more })

describe('G-4.1: dynamic cost', () => {
  const leaves = {
    labour: leaf('2000000', '1500000', '60000', '80000'),
    material: leaf('4000000', '3100000', '-50000', '30000', { estimated: '120000' }),
    subcontract: leaf('2500000', '2600000', '100000', '0', { uncommitted: '0' }),
    overhead: leaf('500000', '0', '0', '210000'),
  }

  test.each<[keyof typeof leaves, Decimal, Decimal, Decimal, Decimal | undefined]>([
    ['labour', '360000.00', '2000000.00', '0.00', '0'],
    ['material', '800000.00', '4000000.00', '0.00', '0'],
    ['subcontract', '0.00', '2700000.00', '-200000.00', '0.08'],
    ['overhead', '290000.00', '500000.00', '0.00', '0'],
  ])('%s', (name, uncommitted, expected, deviation, deviationRatio) =>
    expect(leaves[name]).toMatchObject({ uncommitted, expected, deviation, deviationRatio }),
  )

  test('the total is the sum of its leaves', () =>
    expect(totalCost(Object.values(leaves))).toMatchObject({
      ...{ target: '9000000.00', committed: '7430000.00', direct: '320000.00', uncommitted: '1450000.00' },
      ...{ expected: '9200000.00', deviation: '-200000.00', deviationRatio: '0.022222' },
    }))

  test('what is settled stands for contract, changes and estimates; what is requisitioned cannot be estimated away', () => {
    expect(leaf('1000', '0', '0', '0', { settled: '950' })).toMatchObject({ committed: '950.00', expected: '1000.00' })
    expect(leaf('1000', '500', '0', '0', { uncommitted: '100', requisitioned: '300' }).expected).toBe('800.00')
    expect(leaf('0', '500', '0', '0').deviationRatio).toBeUndefined()
  })

  test('what is still to come is what is expected less what is incurred', () =>
    expect(leaf('1000', '600', '0', '50', { incurred: '420' })).toMatchObject({ incurred: '420.00', toGo: '580.00' }))

  const fen = (min: number, max: number) =>
    fc.integer({ min, max }).map(units => toDecimal(new Exact(units).div(100), 2))
  test('sums hold for any leaves, in any order', () => {
    const any = fc.record({
      ...{ target: fen(0, 1e9), contracted: fen(0, 1e9), changes: fen(-1e8, 1e8), estimated: fen(0, 1e8) },
      ...{ direct: fen(-1e7, 1e8), incurred: fen(0, 1e9), uncommitted: fc.option(fen(0, 1e8)) },
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), list => {
        const all = list.map(costStanding)
        const total = totalCost(all)
        expect(total).toEqual(totalCost([...all].reverse()))
        for (const each of [...all, total]) {
          expect(r2(sum([each.committed, each.direct, each.uncommitted]))).toBe(each.expected)
          expect(add(each.deviation, each.expected)).toBe(each.target)
          expect(add(each.incurred, each.toGo)).toBe(each.expected)
        }
        expect(total.deviation).toBe(
          r2(subtract(sum(list.map(each => each.target)), sum(all.map(each => each.expected)))),
        )
      }),
    )
  })
})

describe('G-4.2: the over-budget gate', () => {
  const levels: GateLevels = { warnFrom: '0.9', escalateOver: '1', blockOver: '1.05', withoutTarget: 'block' }
  const gate = (amount: Decimal) => overBudget({ target: '4000000', used: '3200000', amount }, levels)

  test.each<[Decimal, string, Decimal]>([
    ['850000', 'escalate', '1.0125'],
    ['1010000', 'block', '1.0525'],
    ['1000000', 'escalate', '1.05'],
    ['800000', 'warn', '1'],
    ['400000', 'warn', '0.9'],
    ['399999.99', 'pass', '0.9'],
    ['-5000000', 'pass', '-0.45'],
  ])('%s more: %s', (amount, outcome, ratio) => expect(gate(amount)).toEqual({ outcome, ratio }))

  test('without a target it depends on the kind of document; what gives back always passes', () => {
    const none = { target: '0', used: '10' } as const
    expect(overBudget({ ...none, amount: '1' }, levels)).toEqual({ outcome: 'block', ratio: undefined })
    expect(overBudget({ ...none, amount: '1' }, { ...levels, withoutTarget: 'escalate' }).outcome).toBe('escalate')
    expect(overBudget({ ...none, amount: '-1' }, levels).outcome).toBe('pass')
  })

  test('a larger spending never has a milder outcome', () => {
    const order = ['pass', 'warn', 'escalate', 'block']
    const fen = fc.integer({ min: -1_000_000, max: 10_000_000 }).map(n => toDecimal(new Exact(n).div(100), 2))
    fc.assert(
      fc.property(fen, fen, fen, fen, (target, used, a, b) => {
        const [less, more] = compare(a, b) <= 0 ? [a, b] : [b, a]
        const of = (amount: Decimal) => order.indexOf(overBudget({ target, used, amount }, levels).outcome)
        expect(of(less)).toBeLessThanOrEqual(of(more))
      }),
    )
  })

  test('an item without a target is measured by its nearest ancestor that has one', () => {
    const parents: Record<string, string | null> = { rebar: 'steel', steel: 'material', material: null, a: 'b', b: 'a' }
    const parentOf = (item: string) => parents[item] ?? null
    expect(nearestBudgeted('rebar', parentOf, item => item === 'material')).toBe('material')
    expect(nearestBudgeted('rebar', parentOf, () => true)).toBe('rebar')
    expect(nearestBudgeted('rebar', parentOf, () => false)).toBeNull()
    expect(nearestBudgeted('a', parentOf, () => false)).toBeNull()
  })
})
