// VAT prepayment against the worked example of the domain rules (G-6.1) and its identity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, type Decimal, Exact, subtract, sum, toDecimal } from '../money/index.ts'
import { prepayments, type VatMethod, vatPayable } from './index.ts'

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

describe('what is payable month by month', () => {
  const nothing = { general: '0', simplified: '0', deducted: '0', prepaid: '0' } as const
  test('input tax beyond output tax is carried over and used up; simplified tax is payable beside it', () => {
    expect(
      vatPayable([
        { ...nothing, general: '90000', deducted: '120000', simplified: '3000' },
        { ...nothing, general: '50000', prepaid: '25000' },
        { ...nothing, general: '10000' },
      ]),
    ).toEqual([
      { payable: '3000.00', credit: '30000.00', prepaid_left: '0.00' },
      { payable: '0.00', credit: '0.00', prepaid_left: '5000.00' },
      { payable: '5000.00', credit: '0.00', prepaid_left: '0.00' },
    ])
  })

  const fen = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(value => toDecimal(new Exact(value).div(100), 2))
  const month = fc.record({ general: fen, simplified: fen, deducted: fen, prepaid: fen })
  test('Σ payable is Σ of all taxes with what is left at the end; nothing is negative', () => {
    fc.assert(
      fc.property(fc.array(month, { minLength: 1, maxLength: 24 }), months => {
        const found = vatPayable(months)
        const last = found.at(-1)
        const taxes = sum(
          months.map(each => subtract(subtract(add(each.general, each.simplified), each.deducted), each.prepaid)),
        )
        expect(add(sum(found.map(each => each.payable)), '0.00')).toBe(
          add(add(taxes, last?.credit ?? '0'), last?.prepaid_left ?? '0.00'),
        )
        for (const each of found) expect(each.payable.startsWith('-') || each.credit.startsWith('-')).toBe(false)
      }),
    )
  })
})
