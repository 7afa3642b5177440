// VAT prepayment against the worked example of the domain rules (G-6.1) and its identity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, type Decimal, Exact, subtract, sum, toDecimal } from '../money/index.ts'
import { prepayments, type VatMethod } from './index.ts'

const general: VatMethod = { rate: '0.09', prepaid: '0.02' }
const simplified: VatMethod = { rate: '0.03', prepaid: '0.03' }
const one = (received: Decimal, subcontracted: Decimal, method: VatMethod) =>
  prepayments([{ received, subcontracted }], method)[0]?.tax

describe('G-6.1: prepayment', () => {
  test.each<[Decimal, Decimal, VatMethod, Decimal]>([
    ['3270000', '1090000', general, '40000.00'],
    ['1030000', '206000', simplified, '24000.00'],
    ['1234567.89', '234567.80', general, '18348.63'],
  ])('%s less %s', (received, subcontracted, method, tax) => expect(one(received, subcontracted, method)).toBe(tax))

  test('a negative month pays nothing and is carried into the next', () => {
    const months = prepayments(
      [
        { received: '500000', subcontracted: '800000' },
        { received: '1390000', subcontracted: '0' },
      ],
      general,
    )
    expect(months).toEqual([
      { base: '0.00', tax: '0.00', carried: '-300000.00' },
      { base: '1090000.00', tax: '20000.00', carried: '0.00' },
    ])
  })

  test('what was taxed and what is carried is what was received less what was passed on', () => {
    const fen = fc.integer({ min: 0, max: 500_000_000 }).map(units => toDecimal(new Exact(units).div(100), 2))
    fc.assert(
      fc.property(fc.array(fc.record({ received: fen, subcontracted: fen }), { maxLength: 36 }), months => {
        const found = prepayments(months, general)
        const net = months.map(month => subtract(month.received, month.subcontracted))
        expect(add(add(sum(found.map(month => month.base)), found.at(-1)?.carried ?? '0'), '0.00')).toBe(
          add(sum(net), '0.00'),
        )
        for (const month of found) expect(month.base === '0.00' || month.carried === '0.00').toBe(true)
      }),
    )
  })

  test('what makes no sense is refused', () => {
    expect(() => prepayments([], { rate: '-1', prepaid: '0.02' })).toThrow(RangeError)
    expect(() => prepayments([], general, '1')).toThrow(RangeError)
  })
})
