// Checking a formula against the fields it may use: every name, type and argument, with errors at their characters.
import type { ArithmeticSign, Ast, AstTest, CompareSign } from './ast.ts'
import { checkCall } from './check-call.ts'
import {
  adopt,
  common,
  DATE,
  FLAG,
  fits,
  isText,
  NULL,
  NUMBER,
  plain,
  ranged,
  retype,
  settled,
  TEXT,
  widest,
} from './check-facts.ts'
import { listChecker } from './check-list.ts'
import { nameScope, type Place } from './check-scope.ts'
import { closest } from './closest.ts'
import { RANGE_DIGITS, WORKING_SCALE } from './number.ts'
import type { Environment, FormulaError, FormulaType } from './type.ts'
import type { List, Moment, Test, Typed } from './typed.ts'

/**
 * Checks a parsed formula. `expected` is the type of the field that stores it, or `{ kind: 'flag' }` for a rule.
 * `uses` names the fields it reads, in order of appearance: `amount`, `lines.amount`, `project.code`, `doc.project`.
 * `moments` names what it asks of the moment: a formula with any of them cannot be stored, its value would be wrong tomorrow.
 */
export function checkFormula(
  ast: Ast,
  env: Environment,
  expected?: FormulaType,
): { ok: true; type: FormulaType; uses: string[]; moments: Moment[] } | { ok: false; errors: FormulaError[] } {
  const checked = typeFormula(ast, env, expected)
  if (!checked.ok) return checked
  return { ok: true, type: checked.typed.type, uses: checked.uses, moments: checked.moments }
}

function typeFormula(
  ast: Ast,
  env: Environment,
  expected?: FormulaType,
): { ok: true; typed: Typed; uses: string[]; moments: Moment[] } | { ok: false; errors: FormulaError[] } {
  const { scope, resolve } = checker(env)
  const typed = resolve(ast)
  if (typed && expected && !fits(typed, expected))
    scope.refuse('formula.result', ast, { expected: expected.kind, found: typed.type.kind })
  if (!typed || scope.errors.length > 0) return { ok: false, errors: scope.errors }
  return { ok: true, typed: settled(typed), uses: [...scope.uses], moments: [...scope.moments] }
}

/** The resolved tree of a formula that was checked before; anything else is a bug of the caller. */
export function typedOrThrow(ast: Ast, env: Environment): Typed {
  const checked = typeFormula(ast, env)
  if (checked.ok) return checked.typed
  const [error] = checked.errors
  throw new Error(`compiled a formula that does not check: ${error?.code} at ${error?.at}`)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const isNumber = (type: FormulaType): boolean => type.kind === 'number'

/** Of such a type, or null. */
const goes = (value: Typed, suits: (type: FormulaType) => boolean): boolean =>
  value.type.kind === 'null' || suits(value.type)

const kinds = (sign: string, left: Typed, right: Typed) => ({ sign, left: left.type.kind, right: right.type.kind })

function checker(env: Environment) {
  const scope = nameScope(env)
  const { refuse, within } = scope
  const lists = listChecker(scope, resolve, flag)

  function resolve(ast: Ast): Typed | undefined {
    switch (ast.op) {
      case 'number': {
        const [whole = '', fraction = ''] = ast.value.replace('-', '').split('.')
        return { op: 'constant', value: ast.value, type: NUMBER, digits: whole.length, scale: fraction.length }
      }
      case 'text':
      case 'date':
      case 'flag':
        return { op: 'constant', value: ast.value, ...plain({ kind: ast.op }) }
      case 'null':
        return { op: 'constant', value: null, ...plain(NULL) }
      case 'name':
      case 'path':
        return fieldValue(ast)
      case 'filter':
        return refuse(lists.leadsToLines(ast) ? 'formula.lines' : 'formula.not_lines', ast)
      case 'list':
      case 'each':
        return refuse('formula.lines', ast)
      case 'negative': {
        const of = operand(ast.of, NUMBER)
        return of && { op: 'negative', of, type: NUMBER, digits: of.digits, scale: of.scale }
      }
      case 'arithmetic': {
        const [left, right] = [resolve(ast.left), resolve(ast.right)]
        return left && right && arithmetic(ast.sign, left, right, ast)
      }
      case 'compare': {
        const [left, right] = [resolve(ast.left), resolve(ast.right)]
        const pair = left && right && comparable(ast.sign, left, right, ast)
        return pair && { op: 'compare', sign: ast.sign, left: pair[0], right: pair[1], ...plain(FLAG) }
      }
      case 'and':
      case 'or': {
        const items = ast.items.map(flag).filter(item => item !== undefined)
        return items.length < ast.items.length ? undefined : { op: ast.op, items, ...plain(FLAG) }
      }
      case 'if': {
        const test = flag(ast.test)
        const branches = lists.alike([ast.yes, ast.no])
        const [yes, no] = branches?.items ?? []
        if (!test || !branches || !yes || !no) return undefined
        return { op: 'if', test, yes, no, type: branches.type, ...widest(branches.items) }
      }
      case 'in':
        return membership(ast)
      case 'some':
      case 'every': {
        const rows = lists.rows(ast.of)
        const frame = rows && { ...lists.frameOf(rows), bare: false, variable: ast.name }
        const satisfies = frame && within(frame, () => flag(ast.satisfies))
        return rows && satisfies && { op: ast.op, rows, satisfies, ...plain(FLAG) }
      }
      case 'call':
        return checkCall(ast, { scope, lists, resolve, operand, memberOf })
    }
  }

  /** A single value; lists and lines are refused with what to do instead. */
  function fieldValue(ast: Ast & { op: 'name' | 'path' }): Typed | undefined {
    const { of } = ast.op === 'path' ? ast : { of: undefined }
    if (of && (lists.leadsToLines(of) || (of.op === 'path' && lists.leadsToLines(of.of))))
      return refuse('formula.lines', ast)
    const found = scope.locate(ast)
    if (!found) return undefined
    if ('row' in found || found.type.kind === 'lines' || found.type.kind === 'list') return refuse('formula.lines', ast)
    return lists.read(found)
  }

  /** A value of the type, or null. */
  function operand(ast: Ast, type: FormulaType): Typed | undefined {
    const value = resolve(ast)
    if (!value) return undefined
    const suits = goes(value, found => (type.kind === 'text' ? isText(found) : found.kind === type.kind))
    if (!suits) return refuse('formula.type', ast, { expected: type.kind, found: value.type.kind })
    return adopt(value, type)
  }

  function flag(ast: Ast): Typed | undefined {
    return operand(ast, FLAG)
  }

  // ── Arithmetic ──

  function arithmetic(sign: ArithmeticSign, left: Typed, right: Typed, place: Place): Typed | undefined {
    if (sign === '+' && (isText(left.type) || isText(right.type)) && goes(left, isText) && goes(right, isText))
      return { op: 'concat', left: adopt(left, TEXT), right: adopt(right, TEXT), ...plain(TEXT) }
    if (left.type.kind === 'date' && sign === '-' && right.type.kind === 'date')
      return { op: 'days', left, right, type: NUMBER, digits: 7, scale: 0 }
    if (left.type.kind === 'date' && (sign === '+' || sign === '-') && goes(right, isNumber))
      return { op: sign === '+' ? 'later' : 'earlier', left, right: settled(adopt(right, NUMBER)), ...plain(DATE) }
    if (goes(left, isNumber) && goes(right, isNumber))
      return ranged(numeric(sign, adopt(left, NUMBER), adopt(right, NUMBER)))
    return refuse('formula.compare', place, kinds(sign, left, right))
  }

  function numeric(sign: ArithmeticSign, left: Typed, right: Typed): Typed {
    const type = NUMBER
    switch (sign) {
      case '+':
      case '-':
        return { op: sign === '+' ? 'plus' : 'minus', left, right, type, ...widest([left, right], 1) }
      case '*': {
        const [digits, scale] = [left.digits + right.digits, left.scale + right.scale]
        const of: Typed = { op: 'times', left, right, type, digits, scale }
        if (scale <= WORKING_SCALE) return of
        return { op: 'round', mode: 'half_up', of, type, digits: digits + 1, scale: WORKING_SCALE }
      }
      case '/':
        // The smallest divisor is 10^-scale.
        return { op: 'over', left, right, type, digits: left.digits + right.scale + 1, scale: WORKING_SCALE }
      case '**':
        return { op: 'power', left, right: settled(right), type, digits: RANGE_DIGITS, scale: WORKING_SCALE }
    }
  }

  // ── Comparison ──

  /** Two values that can be compared, a text literal turned into an id or checked against the choices. */
  function comparable(sign: CompareSign, left: Typed, right: Typed, place: Place): [Typed, Typed] | undefined {
    const equality = sign === '=' || sign === '!='
    const [a, b] = [literalFor(left, right.type, place, equality), literalFor(right, left.type, place, equality)]
    if (!a || !b) return undefined
    const type = common(a.type, b.type)
    if (!type || (!equality && (type.kind === 'flag' || type.kind === 'ref')))
      return refuse('formula.compare', place, kinds(sign, left, right))
    return [settled(adopt(a, type)), settled(adopt(b, type))]
  }

  function literalFor(value: Typed, other: FormulaType, place: Place, equality: boolean): Typed | undefined {
    if (value.op !== 'constant' || value.type.kind !== 'text' || typeof value.value !== 'string') return value
    const found = value.value.slice(0, 60)
    if (equality && other.kind === 'any_choice' && other.options && !other.options.includes(value.value)) {
      const options = other.options.slice(0, 12).join(', ')
      return refuse('formula.choice', place, { found, meant: closest(value.value, other.options) ?? '', options })
    }
    if (other.kind !== 'ref') return value
    const id = value.value.toLowerCase()
    return UUID.test(id) ? { ...value, value: id, type: other } : refuse('formula.id', place, { found })
  }

  function membership(ast: Ast & { op: 'in' }): Typed | undefined {
    const of = resolve(ast.of)
    if (!of) return undefined
    const tests = ast.tests.map(test => memberTest(of, test)).filter(test => test !== undefined)
    return tests.length === ast.tests.length ? passes(of, tests, ast) : undefined
  }

  function passes(of: Typed, tests: Test[], place: Place): Typed | undefined {
    const type = tests.map(typeOfTest).find(({ kind }) => kind !== 'null') ?? NULL
    // A literal on the left of a list of ids is an id as well.
    const value = literalFor(of, type, place, false)
    return value && { op: 'in', of: settled(adopt(value, type)), tests, ...plain(FLAG) }
  }

  function memberTest(of: Typed, test: AstTest): Test | undefined {
    if (test.test === 'range') {
      const [from, to] = [resolve(test.from), resolve(test.to)]
      const low = from && comparable('>=', of, from, test.from)?.[1]
      const high = to && comparable('<=', of, to, test.to)?.[1]
      if (!low || !high) return undefined
      const { type } = low.type.kind === 'null' ? high : low
      return { ...test, from: adopt(low, type), to: adopt(high, type) }
    }
    const found = test.test === 'value' ? lists.list(test.value) : undefined
    if (found) return found.list && listTest(of, found.list, test.value)
    const sign = test.test === 'compare' ? test.sign : '='
    const right = resolve(test.value)
    const value = right && comparable(sign, of, right, test.value)?.[1]
    return value && { test: 'compare', sign, value }
  }

  function listTest(of: Typed, list: List, place: Place): Test | undefined {
    if (list.list === 'items') {
      const items = list.items.map(item => comparable('=', of, item, place)?.[1]).filter(item => item !== undefined)
      if (items.length < list.items.length) return undefined
      return { test: 'member', list: { list: 'items', of: items[0]?.type ?? of.type, items } }
    }
    const value = literalFor(of, list.of, place, true)
    const type = value && common(value.type, list.of)
    if (value && (!type || type.kind === 'lines'))
      return refuse('formula.compare', place, { sign: 'in', left: of.type.kind, right: list.of.kind })
    return type && { test: 'member', list: retype(list, type) }
  }

  function memberOf(of: Typed, list: List, place: Place): Typed | undefined {
    const test = listTest(of, list, place)
    return test && passes(of, [test], place)
  }

  const typeOfTest = (test: Test): FormulaType =>
    test.test === 'member' ? test.list.of : test.test === 'range' ? test.from.type : test.value.type

  return { scope, resolve }
}
