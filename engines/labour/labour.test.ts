// The labour engine against the worked examples of the domain rules (G-8.1 … G-8.5) and its identities.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, type Decimal, Exact, r2, subtract, sum, toDecimal } from '../money/index.ts'
import { equivalentUnitCost, netWage, pieceShares, wageAccountShare, workAmount, workDays } from './index.ts'

const hours = (count: Decimal) => ({ mode: 'hours', hours: count, hoursPerDay: '9', factor: '1' }) as const

describe('G-8.1: days of work', () => {
  const people = [
    { days: workDays('1', hours('3')), rate: '240' },
    { days: workDays('1', null), rate: '240' },
    { days: workDays('0.5', null), rate: '130' },
  ] as const
  test('days and amounts', () => {
    expect(people.map(({ days }) => days)).toEqual(['1.33', '1.00', '0.50'])
    expect(people.map(({ days, rate }) => workAmount(days, rate))).toEqual(['319.20', '240.00', '65.00'])
    expect(sum(people.map(({ days }) => days))).toBe('2.83')
    expect(sum(people.map(({ days, rate }) => workAmount(days, rate)))).toBe('624.20')
  })
  test('by when the night ended', () => {
    const bands = [
      { until: 1440, days: '1' },
      { until: 1350, days: '0.5' },
      { until: 1560, days: '1.5' },
    ] as const
    const at = (ended: number) => workDays('1', { mode: 'bands', ended, bands, allNight: '2' })
    expect([at(1350), at(1351), at(1440), at(1560), at(1561)]).toEqual(['1.50', '2.00', '2.00', '2.50', '3.00'])
    expect(() => workDays('1', { mode: 'hours', hours: '1', hoursPerDay: '0', factor: '1' })).toThrow(RangeError)
  })
})

describe('G-8.2: piece work', () => {
  const days: readonly Decimal[] = ['24', '22.5', '26', '18.5']
  test('shared by days', () =>
    expect(
      pieceShares(
        '38400.00',
        days.map(each => ({ days: each })),
      ),
    ).toEqual([...['10127.47', '9494.51', '10971.43', '7806.59']]))
  test('and coefficients', () => {
    const coefficients: readonly Decimal[] = ['1.2', '1', '1', '0.8']
    const people = days.map((each, index) => ({ days: each, coefficient: coefficients[index] ?? '1' }))
    expect(pieceShares('38400.00', people)).toEqual(['12007.82', '9381.11', '10840.39', '6170.68'])
  })
})

test('G-8.3: 45.5 days for 32 m³ against a piece price of 320', () => {
  const amount = workAmount('45.5', '260')
  expect(amount).toBe('11830.00')
  expect(equivalentUnitCost({ amount, quantity: '32', piecePrice: '320', dayRate: '260' })).toEqual({
    ...{ perUnit: '369.69', overPrice: '0.1553', breakEvenDays: '39.38' },
  })
  expect(equivalentUnitCost({ amount, quantity: '0', piecePrice: '320', dayRate: '260' })).toBeUndefined()
})

describe('G-8.4: wages', () => {
  test('from gross to net', () =>
    expect(
      netWage({ earned: ['6840', '1200', '300', '-100'], advance: '2000', incomeTax: '35.20', socialInsurance: '0' }),
    ).toEqual({ gross: '8240.00', repaid: '2000.00', advanceLeft: '0.00', net: '6204.80', overdrawn: false }))

  test('an advance that the wage cannot bear is carried, and net is never negative', () => {
    const fen = fc.integer({ min: 0, max: 2_000_000 }).map(n => toDecimal(new Exact(n).div(100), 2))
    fc.assert(
      fc.property(fc.array(fen), fen, fen, fen, (earned, advance, incomeTax, socialInsurance) => {
        const found = netWage({ earned, advance, incomeTax, socialInsurance })
        expect(add(found.repaid, found.advanceLeft)).toBe(advance)
        expect(found.net.startsWith('-')).toBe(false)
        if (found.overdrawn) return
        expect(sum([found.net, found.repaid, incomeTax, socialInsurance])).toBe(found.gross)
      }),
    )
  })
})

test('G-8.5: the wage share of a receipt', () => {
  expect(wageAccountShare('3270000.00', '0.2')).toEqual({ wages: '654000.00', rest: '2616000.00' })
  const odd = wageAccountShare('0.07', '0.33')
  expect(add(odd.wages, odd.rest)).toBe('0.07')
  expect(subtract(r2('0.07'), odd.wages)).toBe(odd.rest)
})
