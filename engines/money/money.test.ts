// The money engine against the worked examples of the domain (G-0.1 … G-0.4, 大写) and its laws.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  absolute,
  add,
  allocate,
  amountInWords,
  atRate,
  compare,
  type Decimal,
  divide,
  Exact,
  exact,
  formatAmount,
  formatLarge,
  formatMoney,
  formatPercent,
  formatQuantity,
  fromGross,
  fromNet,
  isDecimal,
  isZero,
  lineAmount,
  multiply,
  negate,
  parseDecimal,
  r2,
  round,
  subtract,
  sum,
  toDecimal,
  totalOf,
} from './index.ts'

const fen = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })
const amount = fen.map(units => toDecimal(new Exact(units.toString()).div(100), 2))
const rate = fc.constantFrom<Decimal>('0.13', '0.09', '0.06', '0.03', '0.01', '0', '0.0935')

describe('rounding', () => {
  test.each<[Decimal, Decimal]>([
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['0.0049999999999999999999', '0.00'],
    ['1.005', '1.01'],
    ['-0.001', '0.00'],
    ['2.675', '2.68'],
    ['5', '5.00'],
  ])('r2(%s) is %s, half-up on magnitude', (value, expected) => expect(r2(value)).toBe(expected))

  test('a quotient is rounded once, not twice', () => {
    // 0.4999…95 rounded first to 30 places would give 0.5 and then 1.
    expect(divide('0.49999999999999999999999999999999999999', '1', 0)).toBe('0')
    expect(divide('1', '3', 6)).toBe('0.333333')
    expect(divide('-2', '3', 2)).toBe('-0.67')
    expect(divide('1', '0', 2)).toBeUndefined()
  })

  test('sums are exact and keep fen', () => {
    expect(sum(['0.10', '0.20'])).toBe('0.30')
    expect(sum([])).toBe('0')
    expect(subtract('100.00', '100.00')).toBe('0.00')
    expect(multiply('0.1', '0.2')).toBe('0.02')
    expect(negate('0.00')).toBe('0.00')
    expect(compare('1.50', '1.5')).toBe(0)
  })

  test('short and long numbers are reckoned alike, digit by digit as the exact arithmetic does', () => {
    const digits = fc.oneof(fc.bigInt(0n, 200n), fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 10n ** 20n))
    const any = fc
      .tuple(fc.constantFrom('', '-'), fc.constantFrom('', '00'), digits, fc.integer({ min: 0, max: 12 }))
      .map(([sign, zeros, whole, scale]) => {
        const text = `${zeros}${String(whole).padStart(scale + 1, '0')}`
        const at = text.length - scale
        const found = `${sign}${text.slice(0, at)}${scale > 0 ? `.${text.slice(at)}` : ''}`
        return isDecimal(found) ? found : '0'
      })
    const scaleOf = (text: string) => text.split('.')[1]?.length ?? 0
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), any, any, fc.integer({ min: 0, max: 14 }), (list, a, b, scale) => {
        const [x, y] = [exact(a), exact(b)]
        const wide = Math.max(scaleOf(a), scaleOf(b))
        expect(add(a, b)).toBe(toDecimal(x.plus(y), wide))
        expect(subtract(a, b)).toBe(toDecimal(x.minus(y), wide))
        expect(multiply(a, b)).toBe(toDecimal(x.times(y)))
        expect(compare(a, b)).toBe(x.comparedTo(y))
        expect(negate(a)).toBe(toDecimal(x.neg(), scaleOf(a)))
        expect(absolute(a)).toBe(toDecimal(x.abs(), scaleOf(a)))
        expect(isZero(a)).toBe(x.isZero())
        expect(round(a, scale)).toBe(toDecimal(x, scale))
        expect(sum(list)).toBe(
          toDecimal(
            list.reduce((total, each) => total.plus(exact(each)), new Exact(0)),
            Math.max(0, ...list.map(scaleOf)),
          ),
        )
      }),
      { numRuns: 500 },
    )
    // Half-way and at the edge of what fits.
    for (const text of ['9007199254740991', '9007199254740992', '-9007199254740.995', '0.5', '-0.5', '-0'] as const) {
      expect(add(text, text)).toBe(toDecimal(exact(text).times(2), scaleOf(text)))
      expect(round(text, 0)).toBe(toDecimal(exact(text), 0))
    }
  })

  test('a line amount is quantity times price, rounded once', () => {
    expect(lineAmount('3.3333', '12.345678')).toBe('41.15')
    expect(lineAmount('-2', '0.0025')).toBe('-0.01')
  })

  test('what is not a plain decimal is refused', () => {
    for (const bad of ['', '1e5', '0x1F', '1,000', 'NaN', 'Infinity', '+1', '.5', '1.', '1'.repeat(500)]) {
      expect(isDecimal(bad)).toBe(false)
      expect(() => Reflect.apply(exact, undefined, [bad])).toThrow(RangeError)
    }
  })

  test('typed and pasted numbers are read', () => {
    expect(parseDecimal(' 1,234,567.80 ')).toBe('1234567.80')
    expect(parseDecimal('−5')).toBe('-5')
    expect(parseDecimal('１２．５')).toBe('12.5')
    expect(parseDecimal('007')).toBe('7')
    for (const bad of ['12,34', 'abc', '', '1..2', '--1']) expect(parseDecimal(bad)).toBeUndefined()
  })
})

describe('价税分离', () => {
  test.each<[Decimal, Decimal, Decimal, Decimal]>([
    // G-0.1
    ['100000.00', '0.09', '91743.12', '8256.88'],
    ['100000.00', '0.13', '88495.58', '11504.42'],
    ['100000.00', '0.06', '94339.62', '5660.38'],
    ['100000.00', '0.03', '97087.38', '2912.62'],
    ['100000.00', '0.01', '99009.90', '990.10'],
    // G-0.2
    ['1234567.89', '0.09', '1132631.09', '101936.80'],
    ['-100000.00', '0.09', '-91743.12', '-8256.88'],
    ['0.05', '0.09', '0.05', '0.00'],
  ])('含税 %s at %s is %s net and %s tax', (gross, at, net, tax) => {
    expect(fromGross(gross, at)).toEqual({ mode: 'gross', rate: at, net, tax, gross })
  })

  test('G-0.3: the header is the sum of rounded lines', () => {
    const lines = [1, 2, 3].map(() => fromGross('33.33', '0.09'))
    expect(lines.map(({ net, tax }) => [net, tax])).toEqual(Array(3).fill(['30.58', '2.75']))
    expect(totalOf(lines)).toEqual({ net: '91.74', tax: '8.25', gross: '99.99' })
    expect(fromGross('99.99', '0.09')).toMatchObject({ net: '91.73', tax: '8.26' })
  })

  test('不含税 in: the tax comes from the net', () => {
    expect(fromNet('100.00', '0.09')).toEqual({
      mode: 'net',
      rate: '0.09',
      net: '100.00',
      tax: '9.00',
      gross: '109.00',
    })
  })

  test('a change of rate keeps what was entered', () => {
    expect(atRate(fromGross('113.00', '0.13'), '0.09').gross).toBe('113.00')
    expect(atRate(fromNet('100.00', '0.13'), '0.09').net).toBe('100.00')
  })

  test('gross is always net plus tax, and a negative split mirrors the positive one', () => {
    fc.assert(
      fc.property(amount, rate, (value, at) => {
        for (const split of [fromGross, fromNet]) {
          const { net, tax, gross } = split(value, at)
          const mirror = split(negate(value), at)
          expect(add(net, tax)).toBe(gross)
          expect([mirror.net, mirror.tax, mirror.gross]).toEqual([negate(net), negate(tax), negate(gross)])
        }
      }),
    )
  })
})

describe('分摊', () => {
  test.each<[Decimal, Decimal[], Decimal[]]>([
    // G-0.4
    ['100.00', ['1', '1', '1'], ['33.34', '33.33', '33.33']],
    ['-100.00', ['1', '1', '1'], ['-33.34', '-33.33', '-33.33']],
    ['0.02', ['1', '1', '1', '1'], ['0.01', '0.01', '0.00', '0.00']],
    ['10.00', ['1', '2', '3'], ['1.67', '3.33', '5.00']],
    ['0.00', ['0', '5'], ['0.00', '0.00']],
  ])('%s over %j is %j', (total, weights, parts) => expect(allocate(total, weights)).toEqual(parts))

  test('the parts add up, and none is a unit away from its exact share', () => {
    const weights = fc.array(
      fc.integer({ min: 0, max: 10 ** 6 }).map(n => `${n}` satisfies Decimal),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(
        amount,
        weights.filter(list => list.some(weight => weight !== '0')),
        (total, list) => {
          const parts = allocate(total, list)
          expect(sum(parts)).toBe(total)
          const whole = exact(sum(list))
          parts.forEach((part, index) => {
            const share = exact(total)
              .times(exact(list[index] ?? '0'))
              .div(whole)
            expect(exact(part).minus(share).abs().lessThan('0.01')).toBe(true)
          })
          expect(allocate(negate(total), list)).toEqual(parts.map(negate))
        },
      ),
    )
  })

  test('nothing to share over is refused', () => {
    expect(() => allocate('1.00', [])).toThrow(RangeError)
    expect(() => allocate('1.00', ['0', '0'])).toThrow(RangeError)
    expect(() => allocate('1.00', ['2', '-1'])).toThrow(RangeError)
  })
})

describe('大写', () => {
  test.each<[Decimal, string]>([
    ['0', '零元整'],
    ['0.05', '伍分'],
    ['0.50', '伍角'],
    ['10', '壹拾元整'],
    ['1409.50', '壹仟肆佰零玖元伍角'],
    ['1680.32', '壹仟陆佰捌拾元零叁角贰分'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['107000.53', '壹拾万柒仟元零伍角叁分'],
    ['10050000', '壹仟零伍万元整'],
    ['20001000', '贰仟万壹仟元整'],
    ['100000010', '壹亿零壹拾元整'],
    ['-91743.12', '负玖万壹仟柒佰肆拾叁元壹角贰分'],
    // The other examples of 附1 and the joints of the groups.
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['100001000', '壹亿零壹仟元整'],
    ['1000500', '壹佰万零伍佰元整'],
    ['1000000000000', '壹万亿元整'],
    ['9999999999999999.99', '玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
    ['-0.001', '零元整'],
  ])('%s is 人民币%s', (value, words) => expect(amountInWords(value)).toBe(`人民币${words}`))

  test('the words read back to the same amount', () => {
    fc.assert(
      fc.property(
        amount.filter(value => exact(value).abs().lessThan('1e16')),
        value => {
          expect(readBack(amountInWords(value))).toBe(value)
        },
      ),
    )
  })

  test('more than 16 digits is refused', () => expect(() => amountInWords('10000000000000000')).toThrow(RangeError))
})

/** An independent reader of capital amounts, for the round trip. */
function readBack(words: string): Decimal {
  const digits = '零壹贰叁肆伍陆柒捌玖'
  const units: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n }
  let [total, high, group, digit, cents] = [0n, 0n, 0n, 0n, 0n]
  for (const char of words.replace('人民币', '').replace('负', '')) {
    const unit = units[char]
    if (digits.includes(char)) digit = BigInt(digits.indexOf(char))
    else if (unit) [group, digit] = [group + digit * unit, 0n]
    else if (char === '万') [high, group, digit] = [(group + digit) * 10_000n, 0n, 0n]
    else if (char === '亿') [total, high, group, digit] = [(high + group + digit) * 100_000_000n, 0n, 0n, 0n]
    else if (char === '元') [total, digit] = [total + high + group + digit, 0n]
    else if (char === '角') [cents, digit] = [cents + digit * 10n, 0n]
    else if (char === '分') [cents, digit] = [cents + digit, 0n]
  }
  return toDecimal(new Exact((total * 100n + cents).toString()).div(words.includes('负') ? -100 : 100), 2)
}

describe('on screen', () => {
  test('amounts carry thousands and two places', () => {
    expect(formatAmount('12345678.9')).toBe('12,345,678.90')
    expect(formatAmount('-1234')).toBe('−1,234.00')
    expect(formatAmount('-0.001')).toBe('0.00')
    expect(formatAmount('0')).toBe('0.00')
    expect(formatAmount(null)).toBe('—')
  })

  test('万元 is rounded for display', () => {
    expect(formatLarge('12345678.90', 'zh')).toBe('1,234.57万元')
    expect(formatLarge('12345678.90', 'en')).toBe('12.35 million')
  })

  test('money names its currency in each language', () => {
    expect(formatMoney('12345678.9', 'zh')).toBe('¥12,345,678.90')
    expect(formatMoney('-12345678.9', 'en')).toBe('−CNY 12,345,678.90')
  })

  test('percent has two places, quantities lose their zeros', () => {
    expect(formatPercent('0.09')).toBe('9.00%')
    expect(formatQuantity('1234.5000')).toBe('1,234.5')
    expect(formatQuantity('0.00005')).toBe('0.0001')
    expect(formatQuantity('7')).toBe('7')
  })

  test('rounding to a scale prints that scale', () => expect(round('1.5', 4)).toBe('1.5000'))
})
