// Checking: types, names, scopes and what a formula uses; errors carry a next step in both languages.
import { describe, expect, test } from 'vitest'
import { checkFormula } from './check.ts'
import { FUNCTION_NAMES } from './function-names.ts'
import { FUNCTIONS } from './functions.ts'
import { describeError, FORMULA_MESSAGES } from './messages.ts'
import { errorsOf, parsed, typeOf } from './testing/run.ts'
import { type Environment, ERROR_CODES, type FormulaType } from './type.ts'

const number = { kind: 'number' } satisfies FormulaType
const text = { kind: 'text' } satisfies FormulaType
const entities: Record<string, Record<string, FormulaType>> = {
  project: { code: text, owner: { kind: 'ref', entity: 'user' } },
  worker: { name: text },
}
const env: Environment = {
  fields: {
    qty: number,
    price: number,
    name: text,
    urgent: { kind: 'flag' },
    due_on: { kind: 'date' },
    sent_at: { kind: 'instant' },
    state: { kind: 'any_choice', options: ['draft', 'effective'] },
    tags: { kind: 'list', of: text },
    project: { kind: 'ref', entity: 'project' },
    manager: { kind: 'ref', entity: 'user' },
    lines: {
      kind: 'lines',
      entity: 'line',
      fields: { qty: number, amount: number, title: text, worker: { kind: 'ref', entity: 'worker' } },
    },
  },
  refs: entity => entities[entity],
}
const line: Environment = {
  fields: { days_qty: number, rate: number },
  doc: { worked_on: { kind: 'date' }, rate: number, project: { kind: 'ref', entity: 'project' } },
  refs: env.refs,
}

describe('types', () => {
  test.each<[string, string]>([
    ['qty * price / 3', 'number'],
    ['name + "-" + string(qty)', 'text'],
    ['state + "!"', 'text'],
    ['due_on + 30', 'date'],
    ['due_on - today()', 'number'],
    ['sent_at < now()', 'flag'],
    ['if urgent then null else qty', 'number'],
    ['coalesce(null, due_on)', 'date'],
    ['min(lines.title)', 'text'],
    ['max(due_on, today())', 'date'],
    ['count(lines[qty > price and item.title != name])', 'number'],
    ['manager = current_user()', 'flag'],
    ['project.code', 'text'],
    ['project.owner = manager', 'flag'],
    ['project = "0192AAAA-0000-7000-8000-000000000001"', 'flag'],
    ['"a" in tags', 'flag'],
    ['state in ["draft"]', 'flag'],
    ['project in lines.worker', 'error'],
    ['null', 'null'],
    ['some l in lines satisfies l.worker.name = name', 'flag'],
  ])('%s is %s', (source, kind) => {
    if (kind === 'error') expect(errorsOf(source, env)).toHaveLength(1)
    else expect(typeOf(source, env).kind).toBe(kind)
  })

  test('inside each, bare names are the line’s and doc.x the header’s', () => {
    const checked = checkFormula(parsed('days_qty * doc.rate + rate + day(doc.worked_on)'), line)
    expect(checked).toMatchObject({ ok: true, type: number, uses: ['days_qty', 'doc.rate', 'rate', 'doc.worked_on'] })
    expect(errorsOf('worked_on', line)).toMatchObject([{ code: 'formula.unknown_name' }])
    expect(typeOf('doc.project.code', line)).toEqual(text)
  })

  test('a formula tells what it uses, and what it asks of the moment', () => {
    const checked = checkFormula(
      parsed('sum(lines[qty > 0].amount) * qty + count(lines.worker.name) + day(month_start())'),
      env,
    )
    expect(checked).toMatchObject({
      uses: ['lines', 'lines.qty', 'lines.amount', 'qty', 'lines.worker.name'],
      moments: ['today'],
    })
  })

  test('the result must suit its field', () => {
    expect(errorsOf('qty > 1', env, { kind: 'flag' })).toEqual([])
    expect(errorsOf('null', env, number)).toEqual([])
    expect(errorsOf('"draft"', env, { kind: 'any_choice', options: ['draft'] })).toEqual([])
    expect(errorsOf('"open"', env, { kind: 'any_choice', options: ['draft'] })).toMatchObject([
      { code: 'formula.result' },
    ])
    expect(errorsOf('qty', env, { kind: 'flag' })).toMatchObject([
      { code: 'formula.result', values: { expected: 'flag', found: 'number' } },
    ])
  })

  test('every function is known by its name', () => {
    const calls = FUNCTION_NAMES.filter(name => errorsOf(`${name}()`, env)[0]?.code === 'formula.unknown_function')
    expect(calls).toEqual([])
    expect(Object.keys(FUNCTIONS).filter(name => !FUNCTION_NAMES.includes(name))).toEqual([])
  })

  test('names of the JavaScript runtime are not names of a formula', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(errorsOf(`${name} + ${name}(1) + project.${name}`, env).map(error => error.code)).toEqual([
        'formula.unknown_name',
        'formula.unknown_function',
        'formula.unknown_name',
      ])
  })
})

describe('errors', () => {
  test.each<[string, string, number, number]>([
    ['qtty * 2', 'formula.unknown_name', 0, 4],
    ['1 + sum(lines.amout)', 'formula.unknown_name', 14, 19],
    ['project.cod', 'formula.unknown_name', 8, 11],
    ['today', 'formula.unknown_name', 0, 5],
    ['avg(lines.qty)', 'formula.unknown_function', 0, 3],
    ['qty + name', 'formula.compare', 0, 10],
    ['urgent > true', 'formula.compare', 0, 13],
    ['qty = "5"', 'formula.compare', 0, 9],
    ['1 < qty < 3', 'formula.compare', 0, 11],
    ['not(qty)', 'formula.type', 4, 7],
    ['if qty then 1 else 2', 'formula.type', 3, 6],
    ['if urgent then 1 else "b"', 'formula.branches', 22, 25],
    ['[1, "a"]', 'formula.lines', 0, 8],
    ['qty in [1, "a"]', 'formula.branches', 11, 14],
    ['lines.amount * 2', 'formula.lines', 0, 12],
    ['tags = "a"', 'formula.lines', 0, 4],
    ['sum(lines)', 'formula.lines', 4, 9],
    ['sum(lines.title)', 'formula.type', 4, 15],
    ['sum(qty[1])', 'formula.not_lines', 4, 10],
    ['every x in qty satisfies true', 'formula.not_lines', 11, 14],
    ['count(lines[1])', 'formula.type', 12, 13],
    ['sum(lines[count(lines[count(lines) > 1]) > 1].amount)', 'formula.loops', 28, 33],
    ['qty.value', 'formula.path', 0, 9],
    ['project.owner.name', 'formula.reference', 0, 18],
    ['manager.name', 'formula.reference', 0, 12],
    ['state = "efective"', 'formula.choice', 0, 18],
    ['project = "P-1"', 'formula.id', 0, 15],
    ['abs()', 'formula.arguments', 0, 5],
    ['today(1)', 'formula.arguments', 0, 8],
    ['round(qty, price)', 'formula.scale', 11, 16],
    ['round(qty, 21)', 'formula.scale', 11, 13],
    ['doc.qty', 'formula.unknown_name', 0, 3],
    ['string(project)', 'formula.type', 7, 14],
  ])('%s: %s', (source, code, at, to) => expect(errorsOf(source, env)).toMatchObject([{ code, at, to }]))

  test('all errors are found at once', () => {
    expect(errorsOf('foo + bar * abs("x")', env).map(error => error.at)).toEqual([0, 6, 16])
  })

  test('a near name is proposed', () => {
    expect(errorsOf('prise', env)).toMatchObject([{ values: { meant: 'price' } }])
    expect(errorsOf('current_user', env)).toMatchObject([{ values: { meant: 'current_user()' } }])
    expect(errorsOf('len(name)', env)).toMatchObject([{ values: { meant: 'string length' } }])
  })

  test('every error reads as a sentence with a next step, in both languages, with nothing left to fill', () => {
    expect(Object.keys(FORMULA_MESSAGES).sort()).toEqual([...ERROR_CODES].sort())
    const samples = [
      'prise',
      'zzzzzz',
      'qty + name',
      'state = "efective"',
      'round(1, qty)',
      'abs()',
      'qty > "{found}"',
      '(',
      'a ≥ 1',
      '1 1',
    ]
    for (const source of samples)
      for (const error of errorsOf(source, env))
        for (const language of ['zh', 'en'] as const)
          expect(describeError(error, language)).not.toMatch(/\{\w+\}|\{\?|undefined/)
    const [error] = errorsOf('prise', env)
    if (!error) throw new Error('no error')
    expect(describeError(error, 'zh')).toBe('这里没有叫“prise”的字段，是不是 price？请从字段列表中选择；文本要加引号。')
    const [mixed] = errorsOf('qty + name', env)
    if (!mixed) throw new Error('no error')
    expect(describeError(mixed, 'en')).toBe(
      '“+” cannot join a number and text. Make both sides the same type; string() turns a number into text.',
    )
  })
})
