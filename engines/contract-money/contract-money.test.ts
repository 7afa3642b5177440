// The contract-money engine against the worked examples of the domain rules (G-2, G-5.0 … G-5.4) and its identities.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, compare, type Decimal, Exact, r2, subtract, sum, toDecimal } from '../money/index.ts'
import {
  type AdvanceRecovery,
  advanceRecovered,
  bondCap,
  bondStanding,
  deviatedAmount,
  lateInterest,
  type ProgressTerms,
  progressApplication,
  recoveryProblems,
  recoveryThreshold,
  releasableRetention,
  retentionDueOn,
  settle,
} from './index.ts'

const fen = (min: number, max: number) => fc.integer({ min, max }).map(units => toDecimal(new Exact(units).div(100), 2))
const share = fc.integer({ min: 0, max: 1000 }).map(n => toDecimal(new Exact(n).div(1000), 3))

describe('G-5.1: 80 % with a linear recovery from 20 % to 80 %', () => {
  const terms: ProgressTerms = {
    progressShare: '0.8',
    advance: { amount: '1090000', recovery: { mode: 'linear', from: '0.2', to: '0.8' } },
    retention: { mode: 'at_settlement', share: '0.03' },
  }
  const sumOf: Decimal = '10900000'

  test.each<[number, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]>([
    [1, '1635000', '0', '0', '1308000.00', '0.00', '1308000.00', '1308000.00'],
    [2, '4905000', '20000', '1308000', '3924000.00', '454166.67', '3449833.33', '2141833.33'],
    [3, '8720000', '20000', '3449833.33', '6976000.00', '1090000.00', '5866000.00', '2416166.67'],
  ])('period %i at %s', (period, measured, deductions, paid, earned, recovered, due, payable) => {
    const found = progressApplication(terms, {
      ...{ period, recoverySum: sumOf, currentSum: sumOf, measured, deductions, paid },
    })
    expect(found).toMatchObject({ earned, recovered, due, payable, carried: '0.00', excess: '0.00' })
  })

  test('G-5.3: the settlement after it', () => {
    const found = settle({
      ...{ submitted: '11800000', approved: '11450000', retentionShare: '0.03' },
      ...{ deductions: '20000', paid: '5866000', advance: '1090000' },
    })
    expect(found).toEqual({
      cut: '350000.00',
      cutRatio: '0.029661',
      retention: '343500.00',
      balance: '4130500.00',
      payable: '4130500.00',
      refundable: '0.00',
    })
    expect(sum(['6956000', found.payable, found.retention, '20000'])).toBe('11450000.00')
  })
})

describe('G-5.2: 起扣点 with retention from each period', () => {
  const recovery: AdvanceRecovery = { mode: 'threshold', materialShare: '0.625' }
  const terms: ProgressTerms = {
    progressShare: '1',
    advance: { amount: '1840000', recovery },
    retention: { mode: 'each_period', share: '0.03' },
  }
  const sumOf: Decimal = '9200000'

  test('T0', () => expect(recoveryThreshold(sumOf, '1840000', '0.625')).toBe('6256000.00'))

  test('the four applications, one of them after an audit that took back 50,000', () => {
    let paid: Decimal = '0.00'
    const rows = (['5000000', '6800000', '6750000', '8000000'] as const).map((measured, index) => {
      const found = progressApplication(terms, {
        ...{ period: index + 1, recoverySum: sumOf, currentSum: sumOf, measured, deductions: '0', paid },
      })
      paid = add(paid, found.payable)
      return [found.retained, found.recovered, found.due, found.balance, found.payable, found.carried]
    })
    expect(rows).toEqual([
      ['150000.00', '0.00', '4850000.00', '4850000.00', '4850000.00', '0.00'],
      ['204000.00', '340000.00', '6256000.00', '1406000.00', '1406000.00', '0.00'],
      ['202500.00', '308750.00', '6238750.00', '-17250.00', '0.00', '-17250.00'],
      ['240000.00', '1090000.00', '6670000.00', '414000.00', '414000.00', '0.00'],
    ])
    expect(paid).toBe('6670000.00')
  })
})

describe('progress payments', () => {
  const plain: ProgressTerms = { progressShare: '0.8', advance: null, retention: { mode: 'none', share: '0' } }

  test('less than the smallest certificate is carried', () => {
    const at = {
      period: 1,
      recoverySum: '1000',
      currentSum: '1000',
      measured: '100',
      deductions: '0',
      paid: '0',
    } as const
    expect(progressApplication({ ...plain, minimum: '100' }, at)).toMatchObject({ payable: '0.00', carried: '80.00' })
    expect(progressApplication({ ...plain, minimum: '80' }, at)).toMatchObject({ payable: '80.00', carried: '0.00' })
  })

  test('more than the contract sum less the retention held is told', () => {
    const terms: ProgressTerms = {
      progressShare: '1',
      advance: null,
      retention: { mode: 'each_period', share: '0.03' },
    }
    const at = { period: 1, recoverySum: '1000', currentSum: '1000', deductions: '0', paid: '0' } as const
    expect(progressApplication(terms, { ...at, measured: '1000' }).excess).toBe('0.00')
    // K = 1,100 − 33; the sum less what is held is 1,000 − 33.
    expect(progressApplication(terms, { ...at, measured: '1100' }).excess).toBe('100.00')
    expect(progressApplication(plain, { ...at, measured: '1300' }).excess).toBe('40.00')
  })

  const recovery: fc.Arbitrary<AdvanceRecovery> = fc.oneof(
    fc
      .integer({ min: 400, max: 1000 })
      .map(n => ({ mode: 'threshold', materialShare: toDecimal(new Exact(n).div(1000)) }) as const),
    fc.tuple(fc.integer({ min: 0, max: 499 }), fc.integer({ min: 500, max: 1000 })).map(
      ([from, to]) =>
        ({
          mode: 'linear',
          from: toDecimal(new Exact(from).div(1000)),
          to: toDecimal(new Exact(to).div(1000)),
        }) as const,
    ),
    fen(1, 10_000_000).map(each => ({ mode: 'fixed', each }) as const),
  )

  test('an advance is taken back wholly, never more, never less than before while the work goes on', () => {
    fc.assert(
      fc.property(
        fen(100_000, 1_000_000_000),
        share,
        recovery,
        fc.array(share, { maxLength: 12 }),
        (sumOf, part, how, steps) => {
          // At most 40 %, so that every threshold lies above zero.
          const advance = r2(toDecimal(new Exact(sumOf).times(part).times(new Exact('0.4'))))
          if (recoveryProblems(sumOf, advance, how).length > 0) return
          const shares = [...steps].sort((a, b) => compare(a, b))
          let before: Decimal = '0.00'
          for (const [index, done] of [...shares, '1' as const].entries()) {
            const now = advanceRecovered(
              sumOf,
              advance,
              toDecimal(new Exact(sumOf).times(new Exact(done))),
              how,
              index + 1,
            )
            expect(compare(now, before)).toBeGreaterThanOrEqual(0)
            expect(compare(now, advance)).toBeLessThanOrEqual(0)
            before = now
          }
          expect(before).toBe(advance)
        },
      ),
    )
  })

  test('whatever the periods, payments, retention, deductions and settlement add up to what was approved', () => {
    fc.assert(
      fc.property(
        fc.record({
          sumOf: fen(1_000_000, 1_000_000_000),
          progressShare: share,
          advancePart: share,
          recovery,
          retained: fc.integer({ min: 0, max: 50 }).map(n => toDecimal(new Exact(n).div(1000))),
          mode: fc.constantFrom('none', 'each_period', 'at_settlement'),
          minimum: fen(0, 1_000_000),
          periods: fc.array(fc.tuple(fen(-3_000_000, 30_000_000), fen(-10_000, 100_000)), { maxLength: 15 }),
          approved: fen(0, 1_200_000_000),
        }),
        given => {
          const advance = r2(toDecimal(new Exact(given.sumOf).times(given.advancePart).times(new Exact('0.4'))))
          if (recoveryProblems(given.sumOf, advance, given.recovery).length > 0) return
          const terms: ProgressTerms = {
            progressShare: given.progressShare,
            advance: { amount: advance, recovery: given.recovery },
            retention: { mode: given.mode, share: given.retained },
            minimum: given.minimum,
          }
          let [measured, deductions, paid]: Decimal[] = ['0', '0', '0.00']
          for (const [index, [built, deducted]] of given.periods.entries()) {
            const next = add(measured ?? '0', built)
            measured = compare(next, '0') < 0 ? '0' : next
            deductions = add(deductions ?? '0', deducted)
            const at = { period: index + 1, recoverySum: given.sumOf, currentSum: given.sumOf, measured, deductions }
            const found = progressApplication(terms, { ...at, paid: paid ?? '0' })
            // What is due is a function of where one stands, never of the way there: rounding cannot drift.
            expect(subtract(found.due, paid ?? '0')).toBe(found.balance)
            expect(add(found.payable, found.carried)).toBe(found.balance)
            expect(compare(found.payable, '0')).toBeGreaterThanOrEqual(0)
            expect(sum([found.due, found.recovered, found.retained, found.deductions])).toBe(found.earned)
            paid = add(paid ?? '0', found.payable)
          }
          const end = settle({
            ...{ submitted: given.approved, approved: given.approved, advance },
            ...{
              retentionShare: given.mode === 'none' ? '0' : given.retained,
              deductions: deductions ?? '0',
              paid: paid ?? '0',
            },
          })
          const all = sum([advance, paid ?? '0', end.payable, end.retention, deductions ?? '0'])
          expect(subtract(all, end.refundable)).toBe(given.approved)
          expect(compare(end.payable, '0') > 0 && compare(end.refundable, '0') > 0).toBe(false)
        },
      ),
    )
  })

  test('terms that are none are told, and refused', () => {
    expect(recoveryProblems('0', '-1', { mode: 'linear', from: '0.8', to: '0.2' })).toEqual([
      'contract_money.contract_sum_not_positive',
      'contract_money.advance_negative',
      'contract_money.linear_range',
    ])
    expect(recoveryProblems('100', '50', { mode: 'threshold', materialShare: '0.4' })).toEqual([
      'contract_money.threshold_below_zero',
    ])
    expect(recoveryProblems('100', '50', { mode: 'threshold', materialShare: '0' })).toEqual([
      'contract_money.material_share_out_of_range',
    ])
    expect(recoveryProblems('100', '50', { mode: 'fixed', each: '0' })).toEqual(['contract_money.fixed_not_positive'])
    expect(() => advanceRecovered('100', '50', '10', { mode: 'fixed', each: '0' }, 1)).toThrow(RangeError)
  })

  test('a fixed recovery ends with the advance, the last one sooner when all is measured', () => {
    const at = (measured: Decimal, period: number) =>
      advanceRecovered('1000', '100', measured, { mode: 'fixed', each: '30' }, period)
    expect([at('100', 1), at('200', 2), at('300', 3), at('400', 4), at('1000', 1)]).toEqual([
      ...['30.00', '60.00', '90.00', '100.00', '100.00'],
    ])
  })
})

describe('G-5.0: quantity deviation', () => {
  const line = (built: Decimal) => ({ planned: '3000', price: '80', built }) as const
  const clause = { threshold: '0.15', priceAbove: '72', priceBelow: '88' } as const

  test.each<[Decimal, 'segment' | 'full', Decimal, 'above' | 'below' | null]>([
    ['3600', 'segment', '286800.00', 'above'],
    ['3600', 'full', '259200.00', 'above'],
    ['3450', 'segment', '276000.00', null],
    ['3450', 'full', '276000.00', null],
    ['2550', 'segment', '204000.00', null],
    ['2550', 'full', '204000.00', null],
    ['2400', 'segment', '211200.00', 'below'],
    ['2400', 'full', '211200.00', 'below'],
    ['3450.0001', 'full', '248400.01', 'above'],
    ['0', 'full', '0.00', 'below'],
  ])('%s built, %s', (built, scope, amount, hit) =>
    expect(deviatedAmount(line(built), { ...clause, scope })).toEqual({ amount, hit }),
  )

  test('by segment, more built is never worth less, and without new prices the clause changes nothing', () => {
    const quantity = fc.integer({ min: 0, max: 10_000_000 }).map(n => toDecimal(new Exact(n).div(10_000), 4))
    fc.assert(
      fc.property(quantity, quantity, quantity, fen(0, 100_000), (planned, a, b, price) => {
        const same = { threshold: '0.15', scope: 'segment', priceAbove: price, priceBelow: price } as const
        const [less, more] = compare(a, b) <= 0 ? [a, b] : [b, a]
        const of = (built: Decimal) => deviatedAmount({ planned, price, built }, same).amount
        expect(of(a)).toBe(r2(toDecimal(new Exact(a).times(new Exact(price)))))
        expect(compare(of(less), of(more))).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('G-5.4: retention', () => {
  test('falls due on the last day of a shorter month', () => {
    expect(retentionDueOn('2024-02-29', 12)).toBe('2025-02-28')
    expect(retentionDueOn('2024-02-29', 24)).toBe('2026-02-28')
    expect(retentionDueOn('2024-02-29', 48)).toBe('2028-02-29')
    expect(retentionDueOn('2025-08-31', 6)).toBe('2026-02-28')
    expect(retentionDueOn('2025-02-30', 6)).toBeNull()
  })

  test('what was repaired is not released, and parts add up', () => {
    expect(releasableRetention({ held: '343500', repairs: ['18600'], released: [] })).toEqual({
      releasable: '324900.00',
      shortfall: '0.00',
    })
    expect(releasableRetention({ held: '343500', repairs: ['18600'], released: ['300000'] }).releasable).toBe(
      '24900.00',
    )
    expect(releasableRetention({ held: '100', repairs: ['130.01'], released: [] })).toEqual({
      releasable: '0.00',
      shortfall: '30.01',
    })
  })
})

describe('G-2: bid bonds', () => {
  test('the cap and what is out', () => {
    expect(bondCap('8000000.00', '0.02')).toBe('160000.00')
    expect(bondStanding({ paid: '160000', returns: [{ amount: '100000', interest: '212.50' }] })).toEqual({
      ...{ outstanding: '60000.00', interest: '212.50', overdrawn: false },
    })
  })

  test('paid is always returned, forfeited and outstanding; interest is no part of it', () => {
    const back = fc.array(fc.record({ amount: fen(0, 1_000_000), interest: fen(0, 1000) }))
    fc.assert(
      fc.property(fen(0, 5_000_000), back, fen(0, 1_000_000), (paid, returns, forfeited) => {
        const { outstanding, overdrawn } = bondStanding({ paid, returns, forfeited })
        expect(r2(sum([...returns.map(each => each.amount), forfeited, outstanding]))).toBe(paid)
        expect(overdrawn).toBe(outstanding.startsWith('-'))
      }),
    )
  })
})

describe('late interest', () => {
  test('100,000.00 over 45 days at 0.05 % a day', () =>
    expect(lateInterest('100000.00', '2025-08-01', '2025-09-15', '0.0005')).toBe('2250.00'))
  test('none when paid in time', () => {
    expect(lateInterest('100000.00', '2025-08-01', '2025-08-01', '0.0005')).toBe('0.00')
    expect(lateInterest('100000.00', '2025-08-01', '2025-07-01', '0.0005')).toBe('0.00')
    expect(() => lateInterest('1', '2025-02-30', '2025-03-01', '0.0005')).toThrow(RangeError)
  })
})
