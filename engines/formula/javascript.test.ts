// What formulas give in JavaScript: exact decimals, null, text by code point, dates, lines.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Value } from './cell.ts'
import { checkFormula } from './check.ts'
import { compileToJs } from './javascript.ts'
import { assign } from './number.ts'
import { parseFormula } from './parse.ts'
import { ENVIRONMENT, formula, NOW, RESULTS, record, TODAY, USER } from './testing/arbitrary.ts'
import { parsed, run } from './testing/run.ts'
import type { Environment, FormulaType } from './type.ts'

const number = { kind: 'number' } satisfies FormulaType
const text = { kind: 'text' } satisfies FormulaType
const flag = { kind: 'flag' } satisfies FormulaType
const date = { kind: 'date' } satisfies FormulaType

const slip: Environment = {
  fields: {
    qty: number,
    price: number,
    rate: number,
    name: text,
    urgent: flag,
    on: date,
    nothing: number,
    blank: text,
    unknown: flag,
    at: { kind: 'instant' },
    tags: { kind: 'list', of: text },
    project: { kind: 'ref', entity: 'project' },
    lines: {
      kind: 'lines',
      entity: 'line',
      fields: { days_qty: number, amount: number, title: text, worker: { kind: 'ref', entity: 'worker' } },
    },
  },
  refs: () => ({ code: text, name: text }),
}
const fields = {
  qty: '3.3333',
  price: '12.345678',
  rate: '0.09',
  name: '张三a',
  urgent: true,
  on: '2025-01-31',
  at: '2025-03-31T00:00:00Z',
  tags: ['steel', 'urgent'],
  project: { id: '0192aaaa-0000-7000-8000-000000000001', code: 'P-1' },
}
const lines = [
  { days_qty: '1', amount: '33.33', title: 'b', worker: { id: '0192aaaa-0000-7000-8000-000000000009', name: '李四' } },
  { days_qty: '0', amount: '33.33', title: 'a', worker: null },
  { days_qty: null, amount: null, title: 'c', worker: null },
  { days_qty: '2.5', amount: '0.01', title: null, worker: null },
]
const give = (source: string): Value => run(source, slip, { fields, lines: { lines } })

describe('numbers', () => {
  test.each<[string, Value]>([
    ['0.1 + 0.2', '0.3'],
    ['qty * price', '41.1518484774'],
    ['1 / 3 * 3', '1'],
    ['1 / 3', '0.33333333333333333333'],
    ['2 / 3', '0.66666666666666666667'],
    ['10 / 4 * 2.5', '6.25'],
    // The tie that a float, or a quotient to 20 places only, gets wrong.
    ['round(0.005 / 3 * 3, 2)', '0.01'],
    ['round(1.005, 2)', '1.01'],
    ['round(-0.005, 2)', '-0.01'],
    ['round(2.5) + round(-2.5)', '0'],
    ['round(1250, -2)', '1300'],
    ['floor(-1.5) + ceiling(-1.5)', '-3'],
    ['abs(-7.50)', '7.5'],
    ['2 ** 10', '1024'],
    ['2 ** -2', '0.25'],
    ['1.5 ** 2', '2.25'],
    ['-2 ** 2', '4'],
    ['0 ** 0', '1'],
    // 等额本息: 30 years at 0.35 % a month.
    ['round(1000000 * 0.0035 * 1.0035 ** 360 / (1.0035 ** 360 - 1), 2)', '4890.17'],
    ['123456789012345678901234567890 * 10', '1234567890123456789012345678900'],
    ['1 / 0', null],
    ['0 ** -1', null],
    ['2 ** 0.5', null],
    ['10 ** 199 * 9', `9${'0'.repeat(199)}`],
    ['10 ** 200', null],
    ['nothing + 1', null],
    ['nothing * 0', null],
    ['-nothing', null],
    ['sum(nothing, 2, 3)', '5'],
    ['mean(1, 2, null)', '1.5'],
    ['min(3, null, 2)', '2'],
    ['count(1, null, 2)', '2'],
    ['coalesce(nothing, 5)', '5'],
    ['-0.0', '0'],
  ])('%s is %s', (source, value) => expect(give(source)).toBe(value))

  test('a value is rounded to its field once, half-up', () => {
    expect(assign('0.005', { scale: 2 })).toBe('0.01')
    expect(assign('-41.1518484774', { scale: 2 })).toBe('-41.15')
    expect(assign('5', { scale: 2 })).toBe('5.00')
    expect(assign(null, { scale: 2 })).toBeNull()
  })
})

describe('conditions', () => {
  test.each<[string, Value]>([
    ['1 = 1.000', true],
    ['nothing = null', true],
    ['nothing != 1', true],
    ['nothing = 1', false],
    ['nothing < 1', null],
    ['nothing < 1 and false', false],
    ['nothing < 1 and true', null],
    ['nothing < 1 or true', true],
    ['not(nothing < 1)', null],
    ['not(unknown)', null],
    ['if unknown then 1 else 2', '2'],
    ['if nothing < 1 then "yes" else "no"', 'no'],
    ['qty in [3..4]', true],
    ['3 in (3..4]', false],
    ['4 in (3..4]', true],
    ['nothing in [1..2]', null],
    ['nothing in [1, null]', true],
    ['nothing in [1, 2]', false],
    ['5 in (1, > 4)', true],
    ['qty between 3 and nothing', null],
    ['5 between 6 and nothing', false],
    ['"steel" in tags', true],
    ['list contains(tags, "wood")', false],
    ['33.33 in lines.amount', true],
    ['is_empty(blank) and is_empty(nothing) and is_empty("")', true],
    ['is_empty(0) or is_empty(" ") or is_empty(tags)', false],
    ['is_empty(lines[days_qty > 9])', true],
  ])('%s is %s', (source, value) => expect(give(source)).toBe(value))
})

describe('text', () => {
  test.each<[string, Value]>([
    ['name + "-" + string(1.50)', '张三a-1.5'],
    ['name + blank', null],
    ['string length("张三😀")', '3'],
    ['upper case("añb") + lower_case("ÄB")', 'AñBÄb'],
    ['substring("施工组织", 3)', '组织'],
    ['substring("a😀bc", 2, 2)', '😀b'],
    ['substring("abc", -2)', 'bc'],
    ['substring("abc", -9, 1)', 'a'],
    ['substring("abc", 0)', null],
    ['substring("abc", 1.5)', null],
    ['substring("abc", 9)', ''],
    ['contains("abc", "bc") and starts with("abc", "ab") and ends with("abc", "c")', true],
    ['contains(name, "")', true],
    // By code point: 😀 (U+1F600) after ﬀ (U+FB00); by UTF-16 it would stand before.
    ['"😀" > "ﬀ"', true],
    ['"Z" < "a"', true],
    ['"10" < "9"', true],
    ['max("b", "B", "张")', '张'],
    ['string(true) + string(on)', 'true2025-01-31'],
  ])('%s is %s', (source, value) => expect(give(source)).toBe(value))
})

describe('dates', () => {
  test.each<[string, Value]>([
    ['on + 28', '2025-02-28'],
    ['on - 31', '2024-12-31'],
    ['today() - on', '59'],
    ['days_between(on, today())', '59'],
    ['add_months(on, 1)', '2025-02-28'],
    ['add_months(date("2024-02-29"), -12)', '2023-02-28'],
    ['add_months(on, 0.5)', null],
    ['on + 0.00000000000000000001', null],
    ['on + 99999999', null],
    ['add_months(on, -99999)', null],
    ['month_start() = date("2025-03-01")', true],
    ['month_end(date("2024-02-10"))', '2024-02-29'],
    ['year(on) * 100 + month(on)', '202501'],
    ['day(on)', '31'],
    ['on < today()', true],
    ['now()', '2025-03-31T00:09:10.123456Z'],
    ['at < now()', true],
    ['max(at, null)', '2025-03-31T00:00:00.000Z'],
    ['current_user() = "0192AAAA-0000-7000-8000-00000000000A"', true],
  ])('%s is %s', (source, value) => expect(give(source)).toBe(value))
})

describe('lines and references', () => {
  test.each<[string, Value]>([
    ['sum(lines.amount)', '66.67'],
    ['sum(lines[days_qty > 0].amount)', '33.34'],
    ['sum(lines[days_qty > 0 and amount < qty].amount)', '0.01'],
    ['count(lines)', '4'],
    ['count(lines.amount)', '3'],
    ['mean(lines.amount)', '22.22333333333333333333'],
    ['min(lines.title)', 'a'],
    ['sum(lines[days_qty > 99].amount)', '0'],
    ['max(lines[days_qty > 99].amount)', null],
    ['sum(for l in lines return l.days_qty * l.amount)', '33.355'],
    ['some l in lines satisfies l.days_qty > 2', true],
    ['every l in lines satisfies l.days_qty >= 0', false],
    ['every l in lines[days_qty > 99] satisfies false', true],
    ['min(lines.worker.name)', '李四'],
    ['project.code', 'P-1'],
    ['project = "0192aaaa-0000-7000-8000-000000000001"', true],
  ])('%s is %s', (source, value) => expect(give(source)).toBe(value))

  test('inside each, the line is bare and the header is doc', () => {
    const env: Environment = { fields: { qty: number }, doc: { qty: number, on: date } }
    expect(run('qty * 10 + doc.qty', env, { fields: { qty: '2' }, doc: { qty: '3', on: null } })).toBe('23')
    expect(run('doc.on', env, { fields: { qty: '2' }, doc: { qty: '3', on: '2025-01-01' } })).toBe('2025-01-01')
  })

  test('missing fields are null, missing lines are none', () => {
    expect(run('sum(lines.amount) + count(lines)', slip)).toBe('0')
    expect(run('is_empty(project.code)', slip)).toBe(true)
  })

  test('a record that holds something else is named', () => {
    expect(() => run('qty + 1', slip, { fields: { qty: 'many' } })).toThrow(/qty holds no number: many/)
    expect(() => run('on', slip, { fields: { on: '2025-02-30' } })).toThrow(/on holds no date/)
    expect(() => run('project.code', slip, { fields: { project: '0192aaaa' } })).toThrow(/only the id of project/)
    expect(() => run('qty', slip, { fields: { qty: `1${'0'.repeat(30)}` } })).toThrow(/qty holds no number/)
  })
})

describe('properties', () => {
  const any = fc.constantFrom(...RESULTS).chain(result => formula(result, 3).map(source => ({ result, source })))

  test('what checks also runs, and gives the type it was promised', () => {
    fc.assert(
      fc.property(any, record, ({ result, source }, fields) => {
        const ast = parsed(source)
        const checked = checkFormula(ast, ENVIRONMENT)
        if (!checked.ok) throw new Error(`${source}: ${JSON.stringify(checked.errors)}`)
        expect([result, 'null', ...(result === 'text' ? ['any_choice'] : [])]).toContain(checked.type.kind)
        const value = compileToJs(ast, ENVIRONMENT)({ fields, today: TODAY, now: NOW, user: USER })
        if (value !== null) expect(typeof value).toBe(result === 'flag' ? 'boolean' : 'string')
        if (value !== null && result === 'number')
          expect(value).toMatch(/^(0|-?[1-9]\d{0,199}|-?\d{1,200}\.\d{0,19}[1-9])$/)
      }),
      { numRuns: 1500 },
    )
  })

  test('the tree means the same after a journey as JSON', () => {
    fc.assert(
      fc.property(any, record, ({ source }, fields) => {
        const ast = parsed(source)
        const scope = { fields, today: TODAY, now: NOW, user: USER }
        const copy = JSON.parse(JSON.stringify(ast))
        expect(compileToJs(copy, ENVIRONMENT)(scope)).toBe(compileToJs(ast, ENVIRONMENT)(scope))
      }),
      { numRuns: 300 },
    )
  })

  test('a formula with an error never compiles', () => {
    const result = parseFormula('qty + nobody')
    if (!result.ok) throw new Error('does not parse')
    expect(() => compileToJs(result.ast, slip)).toThrow(/formula.unknown_name at 6/)
  })
})
