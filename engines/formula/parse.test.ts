// Parsing: precedence, literals, errors at their characters, and hostile formulas.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ast, AstTest } from './ast.ts'
import { MAX_LENGTH, parseFormula } from './parse.ts'
import { parsed } from './testing/run.ts'

/** The tree in one line, with its brackets. */
function shape(ast: Ast): string {
  switch (ast.op) {
    case 'number':
    case 'flag':
    case 'date':
      return String(ast.value)
    case 'text':
      return JSON.stringify(ast.value)
    case 'null':
      return 'null'
    case 'name':
      return ast.name
    case 'path':
      return `${shape(ast.of)}.${ast.name}`
    case 'filter':
      return `${shape(ast.of)}[${shape(ast.where)}]`
    case 'call':
      return `${ast.name}(${ast.args.map(shape).join(', ')})`
    case 'negative':
      return `-${shape(ast.of)}`
    case 'arithmetic':
    case 'compare':
      return `(${shape(ast.left)} ${ast.sign} ${shape(ast.right)})`
    case 'and':
    case 'or':
      return `(${ast.items.map(shape).join(` ${ast.op} `)})`
    case 'if':
      return `(${shape(ast.test)} ? ${shape(ast.yes)} : ${shape(ast.no)})`
    case 'in':
      return `(${shape(ast.of)} in ${ast.tests.map(testShape).join(' | ')})`
    case 'list':
      return `[${ast.items.map(shape).join(', ')}]`
    case 'each':
      return `each ${ast.name} of ${shape(ast.of)}: ${shape(ast.give)}`
    case 'some':
    case 'every':
      return `${ast.op} ${ast.name} of ${shape(ast.of)}: ${shape(ast.satisfies)}`
  }
}

function testShape(test: AstTest): string {
  if (test.test === 'value') return shape(test.value)
  if (test.test === 'compare') return `${test.sign} ${shape(test.value)}`
  return `${test.fromOpen ? '(' : '['}${shape(test.from)}..${shape(test.to)}${test.toOpen ? ')' : ']'}`
}

describe('what is written is what is read', () => {
  test.each([
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['2 * 3 ** 2', '(2 * (3 ** 2))'],
    ['a - b - c', '((a - b) - c)'],
    ['a -1', '(a - 1)'],
    ['a > 1 and b or not(c)', '(((a > 1) and b) or not(c))'],
    ['a and b and c', '(a and b and c)'],
    ['a or b or c or d', '(a or b or c or d)'],
    ['if a then 1 else if b then 2 else 3', '(a ? 1 : (b ? 2 : 3))'],
    ['x between 1 and 5 and y', '((x in [1..5]) and y)'],
    ['x in (1..5]', '(x in (1..5])'],
    ['x in ]1..5[', '(x in (1..5))'],
    ['x in (1, > 5, [7..9])', '(x in 1 | > 5 | [7..9])'],
    ['x in ["a", "b"]', '(x in ["a", "b"])'],
    // Right of `in` the grammar itself would swallow the rest.
    ['x in ["a"] and y', '((x in ["a"]) and y)'],
    ['w and x in [1..2] or y', '((w and (x in [1..2])) or y)'],
    ['x in > 5 or y = 1', '((x in > 5) or (y = 1))'],
    ['x in (> 5) and y', '((x in > 5) and y)'],
    ['x in [1] or y in (2..3) and z in (4, 5) and w', '((x in [1]) or ((y in (2..3)) and (z in 4 | 5) and w))'],
    ['x in lines.code and (y or z)', '((x in lines.code) and (y or z))'],
    ['if x in [1] and y then x in [2] or z else 1', '(((x in [1]) and y) ? ((x in [2]) or z) : 1)'],
    ['sum(lines[days_qty > 0].amount)', 'sum(lines[(days_qty > 0)].amount)'],
    ['lines[a > 1][b].c', 'lines[(a > 1)][b].c'],
    ['some l in lines satisfies l.qty > 0', 'some l of lines: (l.qty > 0)'],
    ['every l in lines satisfies l.ok and l.on < today()', 'every l of lines: (l.ok and (l.on < today()))'],
    ['sum(for l in lines return l.qty * l.price)', 'sum(each l of lines: (l.qty * l.price))'],
    ['string  length( name )', 'string length(name)'],
    ['starts with(name, "a") and ends_with(name, "b")', '(starts with(name, "a") and ends_with(name, "b"))'],
    ['date("2024-02-29") < @"2024-03-01"', '(2024-02-29 < 2024-03-01)'],
    ['-a + -2 * .50 - 1e3', '((-a + (-2 * 0.5)) - 1000)'],
    ['days between 1 and 5', '(days in [1..5])'],
    ['"say \\"hi\\"\\n" + "\\u9879目"', '("say \\"hi\\"\\n" + "项目")'],
    ['/* why */ a // and so on\n + 1', '(a + 1)'],
    ['date + duration', '(date + duration)'],
    ['null = x', '(null = x)'],
  ])('%s', (source, expected) => expect(shape(parsed(source))).toBe(expected))

  test('the tree is plain JSON', () => {
    const ast = parsed('if sum(lines[qty > 0].amount) in [1..5] then "a" else string(-x)')
    expect(JSON.parse(JSON.stringify(ast))).toEqual(ast)
  })

  test('every node knows its characters', () => {
    const source = '  total * (1 + rate)'
    const ast = parsed(source)
    expect(source.slice(ast.at, ast.to)).toBe('total * (1 + rate)')
    if (ast.op !== 'arithmetic') throw new Error(ast.op)
    expect(source.slice(ast.right.at, ast.right.to)).toBe('1 + rate')
  })
})

describe('an error points at its character', () => {
  test.each<[string, string, number]>([
    ['', 'formula.empty', 0],
    ['   ', 'formula.empty', 0],
    ['1 +', 'formula.incomplete', 3],
    ['(a + 1', 'formula.incomplete', 6],
    ['if a then b', 'formula.incomplete', 11],
    ['a +* b', 'formula.syntax', 3],
    ['a; b', 'formula.syntax', 1],
    ['a )', 'formula.syntax', 2],
    ['"abc', 'formula.syntax', 0],
    ['a == b', 'formula.not_supported', 3],
    ['sum（a)', 'formula.lookalike', 3],
    ['a ≥ 1', 'formula.lookalike', 2],
    ['{a: 1}', 'formula.not_supported', 0],
    ['a + function(x) x', 'formula.not_supported', 4],
    ['a instance of number', 'formula.not_supported', 0],
    ['f(x: 1)', 'formula.not_supported', 0],
    ['some a in b, c in d satisfies a', 'formula.not_supported', 0],
    ['date(2024, 1, 1)', 'formula.not_supported', 0],
    ['duration("P1D")', 'formula.not_supported', 0],
    ['x > date("2025-02-29")', 'formula.date', 9],
    ['1 + 1e400', 'formula.number', 4],
    ['0.000000000000000000001', 'formula.number', 0],
    ['"a\\q"', 'formula.text', 2],
    ['"\\u0000"', 'formula.text', 0],
    ['"\\ud800"', 'formula.text', 0],
  ])('%s: %s at %i', (source, code, at) => {
    const result = parseFormula(source)
    expect(result.ok ? [] : result.errors.map(error => [error.code, error.at])).toEqual([[code, at]])
  })
})

describe('a hostile formula ends in an error', () => {
  const repeated = (part: string): string => part.repeat(Math.ceil(MAX_LENGTH / part.length)).slice(0, MAX_LENGTH)

  test('100 kB are too long, whatever they hold', () => {
    expect(parseFormula('1 + '.repeat(25_000))).toMatchObject({ ok: false, errors: [{ code: 'formula.too_long' }] })
    expect(parseFormula('('.repeat(100_000))).toMatchObject({ ok: false, errors: [{ code: 'formula.too_long' }] })
  })

  test('nesting is bounded in every construct', () => {
    for (const open of ['(', '[', 'abs(', 'a[', '{a:', 'f(a, '])
      expect(parseFormula(open.repeat(500)), open).toMatchObject({ ok: false, errors: [{ code: 'formula.too_deep' }] })
    const deep = [
      `${'-'.repeat(500)}a`,
      `${'if a then '.repeat(90)}a${' else a'.repeat(90)}`,
      'a - '.repeat(200) + 1,
      `a${'.a'.repeat(99)}`,
    ]
    for (const source of deep)
      expect(parseFormula(source), source.slice(0, 20)).toMatchObject({
        ok: false,
        errors: [{ code: 'formula.too_deep' }],
      })
  })

  test('a long chain of conditions is not deep', () => {
    expect(parseFormula(Array.from({ length: 200 }, (_, i) => `a${i} > ${i}`).join(' and ')).ok).toBe(true)
  })

  test.each([
    '-',
    'a+',
    'a ',
    'not ',
    'if a then ',
    '"',
    '"\\',
    'a.',
    'a<',
    'a in ',
    'a\n',
    '/*',
    '/**/',
    'string length ',
    '`a',
    '2**',
    '@"',
    'for a in b return ',
    'some a in b satisfies ',
    '+-*/',
    '\u0000',
    '\ud800',
    '😀',
  ])('%j without end', part => {
    const result = parseFormula(repeated(part))
    if (!result.ok) expect(result.errors).toHaveLength(1)
  })

  test('no text makes the parser throw, and errors stay inside the text', () => {
    const token = fc.constantFrom(
      'a',
      'sum',
      '(',
      ')',
      '[',
      ']',
      '..',
      '+',
      '-',
      '1',
      '"',
      ' ',
      'in',
      'if',
      'then',
      'else',
      'and',
      '.',
      ',',
      'for',
      'return',
      'some',
      'satisfies',
      '{',
      ':',
      'between',
      'date',
      '\n',
      '=',
      '<',
      '\\',
      'string length',
      '__proto__',
      'constructor',
      'not',
      'item',
      '?',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(token, { maxLength: 60 }).map(tokens => tokens.join(' ')),
    )
    fc.assert(
      fc.property(text, source => {
        const result = parseFormula(source)
        if (result.ok) return
        for (const { at, to } of result.errors) {
          expect(at).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThanOrEqual(at)
          expect(to).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
