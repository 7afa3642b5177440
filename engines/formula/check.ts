// Checking a formula against the fields it may use: every name, type and argument, with errors at their characters.
import type { Ast, AstTest, CompareSign } from './ast.ts'
import { closest } from './closest.ts'
import { FAMILIAR_NAMES, functionKey } from './function-names.ts'
import { FUNCTIONS } from './functions.ts'
import { LITERAL_SCALE, NUMBER_DIGITS, RANGE_DIGITS, VALUE_SCALE, WORKING_SCALE } from './number.ts'
import type { Environment, FormulaError, FormulaErrorCode, FormulaType } from './type.ts'
import type { AggregateName, Facts, FieldPath, List, Rows, Test, Typed } from './typed.ts'

/**
 * Checks a parsed formula. `expected` is the type of the field that stores it, or `{ kind: 'flag' }` for a rule.
 * `uses` names the fields it reads, in order of appearance: `amount`, `lines.amount`, `project.code`, `doc.project`.
 */
export function checkFormula(
  ast: Ast,
  env: Environment,
  expected?: FormulaType,
): { ok: true; type: FormulaType; uses: string[] } | { ok: false; errors: FormulaError[] } {
  const checked = typeFormula(ast, env, expected)
  return checked.ok ? { ok: true, type: checked.typed.type, uses: checked.uses } : checked
}

/** As checkFormula, with the resolved tree for the compilers. */
export function typeFormula(
  ast: Ast,
  env: Environment,
  expected?: FormulaType,
): { ok: true; typed: Typed; uses: string[] } | { ok: false; errors: FormulaError[] } {
  const { resolve, refuse, errors, uses } = checker(env)
  const typed = resolve(ast)
  if (typed && expected && !fits(typed, expected))
    refuse('formula.result', ast, { expected: expected.kind, found: typed.type.kind })
  if (!typed || errors.length > 0) return { ok: false, errors }
  return { ok: true, typed: settled(expected ? adopt(typed, expected) : typed), uses: [...uses] }
}

/** The resolved tree of a formula that was checked before; anything else is a bug of the caller. */
export function typedOrThrow(ast: Ast, env: Environment): Typed {
  const checked = typeFormula(ast, env)
  if (checked.ok) return checked.typed
  const [error] = checked.errors
  throw new Error(`compiled a formula that does not check: ${error?.code} at ${error?.at}`)
}

const NUMBER = { kind: 'number' } satisfies FormulaType
const TEXT = { kind: 'text' } satisfies FormulaType
const FLAG = { kind: 'flag' } satisfies FormulaType
const DATE = { kind: 'date' } satisfies FormulaType
const NULL = { kind: 'null' } satisfies FormulaType

const AGGREGATES: Readonly<Record<string, AggregateName>> = {
  sum: 'sum',
  count: 'count',
  min: 'min',
  max: 'max',
  mean: 'mean',
}
const SPECIAL = [
  'not',
  'round',
  'floor',
  'ceiling',
  'coalesce',
  'is_empty',
  'list_contains',
  'today',
  'now',
  'current_user',
]
const FUNCTION_NAMES = [...Object.keys(FUNCTIONS), ...Object.keys(AGGREGATES), ...SPECIAL]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A place where bare names are looked up, or a variable that stands for a row. */
interface Frame {
  id: string
  fields: Record<string, FormulaType>
  /** Names in it need no prefix. */
  bare: boolean
  variable?: string
  /** What `uses` puts before its names. */
  prefix: string
}

type Place = { at: number; to: number }

const own = (fields: Record<string, FormulaType>, name: string): FormulaType | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

// ── Bounds of numbers (typed.ts, Facts) ─────────────────────────────────────────────────────────────────────────────

const plain = (type: FormulaType): Facts => ({ type, digits: 0, scale: 0 })
const fieldFacts = (type: FormulaType): Facts =>
  type.kind === 'number' ? { type, digits: NUMBER_DIGITS, scale: LITERAL_SCALE } : plain(type)

function widest(items: readonly Facts[], more = 0): { digits: number; scale: number } {
  return {
    digits: Math.max(0, ...items.map(item => item.digits)) + more,
    scale: Math.max(0, ...items.map(item => item.scale)),
  }
}

/** Rounds to 20 places where a number leaves arithmetic; nothing to do when it cannot have more. */
function settled(of: Typed): Typed {
  if (of.type.kind !== 'number' || of.scale <= VALUE_SCALE) return of
  return { op: 'round', mode: 'half_up', of, type: NUMBER, digits: of.digits + 1, scale: VALUE_SCALE }
}

function ranged(of: Typed): Typed {
  return of.digits <= RANGE_DIGITS ? of : { op: 'ranged', of, type: NUMBER, digits: RANGE_DIGITS, scale: of.scale }
}

// ── Types ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const isText = (type: FormulaType): boolean => type.kind === 'text' || type.kind === 'any_choice'

/** The one type of two values, where null goes with everything; undefined when they differ. */
function common(a: FormulaType, b: FormulaType): FormulaType | undefined {
  if (a.kind === 'null') return b
  if (b.kind === 'null') return a
  if (a.kind === 'ref' && b.kind === 'ref') return a.entity === b.entity ? a : undefined
  if (a.kind === 'any_choice' && b.kind === 'any_choice') return sameOptions(a.options, b.options) ? a : TEXT
  if (isText(a) && isText(b)) return TEXT
  if (a.kind === 'list' || a.kind === 'lines') return undefined
  return a.kind === b.kind ? a : undefined
}

const sameOptions = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((option, index) => option === b[index])

function fits(value: Typed, expected: FormulaType): boolean {
  if (value.type.kind === 'null' || expected.kind === 'null') return true
  if (expected.kind === 'text') return isText(value.type) || value.type.kind === 'ref'
  if (expected.kind === 'any_choice') {
    if (value.op === 'constant' && typeof value.value === 'string' && isText(value.type))
      return expected.options?.includes(value.value) ?? true
    return isText(value.type)
  }
  return common(value.type, expected) !== undefined
}

/** Anything of type null is null, whatever it was written as; SQL must know of which type. */
function adopt(value: Typed, type: FormulaType): Typed {
  return value.type.kind === 'null' ? { op: 'constant', value: null, ...plain(type) } : value
}

/** A list of nulls becomes a list of null numbers (dates …), for SQL's sake. */
function retype(list: List, of: FormulaType): List {
  if (list.list === 'items') return { ...list, of, items: list.items.map(item => adopt(item, of)) }
  return list.list === 'rows' && list.item ? { ...list, of, item: adopt(list.item, of) } : { ...list, of }
}

// ── The checker ─────────────────────────────────────────────────────────────────────────────────────────────────────

function checker(env: Environment) {
  const errors: FormulaError[] = []
  const uses = new Set<string>()
  const base: Frame = { id: 'fields', fields: env.fields, bare: true, prefix: '' }
  const doc: Frame | undefined = env.doc && { id: 'doc', fields: env.doc, bare: false, variable: 'doc', prefix: 'doc.' }
  let frames: Frame[] = doc ? [base, doc] : [base]
  let rowsCount = 0

  function refuse(code: FormulaErrorCode, place: Place, values: Record<string, string> = {}): undefined {
    errors.push({ code, at: place.at, to: place.to, values })
    return undefined
  }

  function within<T>(frame: Frame, look: () => T): T {
    const outer = frames
    frames = [...frames, frame]
    try {
      return look()
    } finally {
      frames = outer
    }
  }

  // ── Names and paths ──

  /** A bare name: a row (variable, doc) or a field with its frame. Innermost first. */
  function lookUp(name: string): { row: Frame } | { frame: Frame; type: FormulaType } | undefined {
    for (const frame of frames.toReversed()) {
      if (frame.variable === name) return { row: frame }
      const type = frame.bare ? own(frame.fields, name) : undefined
      if (type) return { frame, type }
    }
    return undefined
  }

  function unknownName(place: Place, name: string, among: readonly string[]): undefined {
    const call = FUNCTION_NAMES.includes(functionKey(name)) ? `${name}()` : undefined
    return refuse('formula.unknown_name', place, { name, meant: call ?? closest(name, among) ?? '' })
  }

  const namesInSight = (): string[] =>
    frames.flatMap(frame => [
      ...(frame.variable ? [frame.variable] : []),
      ...(frame.bare ? Object.keys(frame.fields) : []),
    ])

  /** A name or path as the field it reads, before asking whether its type suits; `row` for a bare variable. */
  function locate(ast: Ast): { row: Frame } | { field: FieldPath; type: FormulaType; frame: Frame } | undefined {
    if (ast.op === 'name') {
      const found = lookUp(ast.name)
      if (!found) return unknownName(ast, ast.name, namesInSight())
      return 'row' in found ? found : { ...found, field: { frame: found.frame.id, path: [ast.name] } }
    }
    if (ast.op !== 'path') return undefined
    if (ast.of.op !== 'name' && ast.of.op !== 'path') return refuse('formula.path', ast, { name: ast.name })
    const of = locate(ast.of)
    if (!of) return undefined
    const nameAt = { at: ast.to - ast.name.length, to: ast.to }
    if ('row' in of) {
      const type = own(of.row.fields, ast.name)
      if (!type) return unknownName(nameAt, ast.name, Object.keys(of.row.fields))
      return { field: { frame: of.row.id, path: [ast.name] }, type, frame: of.row }
    }
    const [ref, beyond] = of.field.path
    if (of.type.kind !== 'ref') return refuse('formula.path', ast, { name: ast.name })
    if (beyond !== undefined) return refuse('formula.reference', ast, { name: ast.name })
    const fields = env.refs?.(of.type.entity)
    if (!fields) return refuse('formula.reference', ast, { name: ast.name })
    const type = own(fields, ast.name)
    if (!type) return unknownName(nameAt, ast.name, Object.keys(fields))
    return { field: { frame: of.field.frame, path: [ref, ast.name] }, type, frame: of.frame }
  }

  function readField(found: { field: FieldPath; type: FormulaType; frame: Frame }): Typed {
    uses.add(found.frame.prefix + found.field.path.join('.'))
    return { op: 'field', field: found.field, ...fieldFacts(found.type) }
  }

  // ── Lists and lines ──

  /** Child rows: `lines`, `doc.lines`, `lines[…]`. `undefined` without an error when the expression is something else. */
  function rowsOf(ast: Ast): Rows | undefined {
    if (ast.op === 'filter') {
      const rows = rowsOf(ast.of)
      if (!rows) return undefined
      const where = within({ ...frameOf(rows), bare: true, variable: 'item' }, () => flag(ast.where))
      return { ...rows, where: where ? [...rows.where, where] : rows.where }
    }
    if (!leadsToLines(ast)) return undefined
    const found = locate(ast)
    if (!found || 'row' in found || found.type.kind !== 'lines') return undefined
    const [name] = found.field.path
    uses.add(found.frame.prefix + name)
    rowsCount += 1
    return { id: `r${rowsCount}`, parent: found.frame.id, name, fields: found.type.fields, where: [] }
  }

  const frameOf = (rows: Rows): Omit<Frame, 'bare' | 'variable'> => ({
    id: rows.id,
    fields: rows.fields,
    prefix: `${frames.find(frame => frame.id === rows.parent)?.prefix ?? ''}${rows.name}.`,
  })

  /** Looks without complaining: is this name or path a lines field? */
  function leadsToLines(ast: Ast): boolean {
    if (ast.op === 'filter') return leadsToLines(ast.of)
    if (ast.op === 'name') {
      const found = lookUp(ast.name)
      return found !== undefined && 'type' in found && found.type.kind === 'lines'
    }
    if (ast.op !== 'path' || ast.of.op !== 'name') return false
    const of = lookUp(ast.of.name)
    return of !== undefined && 'row' in of && own(of.row.fields, ast.name)?.kind === 'lines'
  }

  /** Anything that is a list; `undefined` without an error when the expression is a single value. */
  function listOf(ast: Ast): { list: List | undefined } | undefined {
    if (ast.op === 'list') return { list: itemsList(ast.items) }
    if (ast.op === 'each') {
      const rows = requireRows(ast.of)
      const item = rows && within({ ...frameOf(rows), bare: false, variable: ast.name }, () => resolve(ast.give))
      return { list: rows && item && { list: 'rows', of: item.type, rows, item: settled(item) } }
    }
    if (leadsToLines(ast)) {
      const rows = rowsOf(ast)
      return {
        list: rows && { list: 'rows', of: { kind: 'lines', entity: '', fields: rows.fields }, rows, item: null },
      }
    }
    if (ast.op === 'path') {
      const column = columnOf(ast)
      if (column) return column
    }
    if (ast.op === 'name' || ast.op === 'path') {
      const known = ast.op === 'path' || lookUp(ast.name) !== undefined ? locateQuietly(ast) : undefined
      if (known?.type.kind === 'list') return { list: { list: 'field', of: known.type.of, field: readField(known) } }
    }
    return undefined
  }

  function locateQuietly(ast: Ast): { field: FieldPath; type: FormulaType; frame: Frame } | undefined {
    const before = errors.length
    const found = locate(ast)
    errors.length = before
    return found && 'field' in found ? found : undefined
  }

  /** `lines.amount`, `lines[…].amount`, `lines.worker.name`: one value of every row. */
  function columnOf(ast: Ast & { op: 'path' }): { list: List | undefined } | undefined {
    const direct = leadsToLines(ast.of)
    const source = direct ? ast.of : ast.of.op === 'path' && leadsToLines(ast.of.of) ? ast.of.of : undefined
    if (!source) return undefined
    const rows = rowsOf(source)
    if (!rows) return { list: undefined }
    // The rest of the path is read as if the row had a name: `lines.worker.name` is `row.worker.name`.
    const row: Ast = { op: 'name', name: '\0row', at: source.at, to: source.to }
    const inner: Ast = direct || ast.of.op !== 'path' ? { ...ast, of: row } : { ...ast, of: { ...ast.of, of: row } }
    const item = within({ ...frameOf(rows), bare: false, variable: '\0row' }, () => resolve(inner))
    return { list: item && { list: 'rows', of: item.type, rows, item } }
  }

  function itemsList(asts: readonly Ast[]): List | undefined {
    const items = asts.map(resolve).filter(item => item !== undefined)
    if (items.length < asts.length) return undefined
    let of: FormulaType = NULL
    for (const [index, item] of items.entries()) {
      const both = common(of, item.type)
      if (!both)
        return refuse('formula.branches', asts[index] ?? { at: 0, to: 0 }, { left: of.kind, right: item.type.kind })
      of = both
    }
    return { list: 'items', of, items: items.map(item => settled(adopt(item, of))) }
  }

  function requireRows(ast: Ast): Rows | undefined {
    if (leadsToLines(ast)) return rowsOf(ast)
    if (ast.op === 'name' && !lookUp(ast.name)) return unknownName(ast, ast.name, namesInSight())
    return refuse('formula.not_lines', ast)
  }

  // ── Values ──

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
        return readValue(ast)
      case 'filter':
      case 'list':
      case 'each':
        return refuse(ast.op === 'filter' && !leadsToLines(ast) ? 'formula.not_lines' : 'formula.lines', ast)
      case 'negative': {
        const of = operand(ast.of, NUMBER)
        return of && { op: 'negative', of, type: NUMBER, digits: of.digits, scale: of.scale }
      }
      case 'arithmetic':
        return arithmetic(ast)
      case 'compare': {
        const [left, right] = [resolve(ast.left), resolve(ast.right)]
        const pair = left && right && comparable(ast.sign, left, right, ast.right)
        return pair && { op: 'compare', sign: ast.sign, left: pair[0], right: pair[1], ...plain(FLAG) }
      }
      case 'and':
      case 'or': {
        const items = ast.items.map(flag).filter(item => item !== undefined)
        return items.length < ast.items.length ? undefined : { op: ast.op, items, ...plain(FLAG) }
      }
      case 'if': {
        const test = flag(ast.test)
        const branches = alike([ast.yes, ast.no])
        const [yes, no] = branches?.items ?? []
        if (!test || !branches || !yes || !no) return undefined
        return { op: 'if', test, yes, no, type: branches.type, ...widest(branches.items) }
      }
      case 'in':
        return membership(ast)
      case 'some':
      case 'every': {
        const rows = requireRows(ast.of)
        if (!rows) return undefined
        const satisfies = within({ ...frameOf(rows), bare: false, variable: ast.name }, () => flag(ast.satisfies))
        return satisfies && { op: ast.op, rows, satisfies, ...plain(FLAG) }
      }
      case 'call':
        return call(ast)
    }
  }

  function readValue(ast: Ast & { op: 'name' | 'path' }): Typed | undefined {
    if (ast.op === 'path' && (leadsToLines(ast.of) || (ast.of.op === 'path' && leadsToLines(ast.of.of))))
      return refuse('formula.lines', ast, { name: ast.name })
    const found = locate(ast)
    if (!found) return undefined
    if ('row' in found || found.type.kind === 'lines' || found.type.kind === 'list')
      return refuse('formula.lines', ast, { name: ast.name })
    return readField(found)
  }

  /** A value of the type, or null. */
  function operand(ast: Ast, type: FormulaType): Typed | undefined {
    const value = resolve(ast)
    if (!value) return undefined
    if (value.type.kind !== 'null' && (type.kind === 'text' ? !isText(value.type) : value.type.kind !== type.kind))
      return refuse('formula.type', ast, { expected: type.kind, found: value.type.kind })
    return adopt(value, type)
  }

  const flag = (ast: Ast): Typed | undefined => operand(ast, FLAG)

  function alike(asts: readonly Ast[]): { items: Typed[]; type: FormulaType } | undefined {
    const items = asts.map(resolve).filter(item => item !== undefined)
    if (items.length < asts.length) return undefined
    let type: FormulaType = NULL
    for (const [index, item] of items.entries()) {
      const both = common(type, item.type)
      if (!both)
        return refuse('formula.branches', asts[index] ?? { at: 0, to: 0 }, { left: type.kind, right: item.type.kind })
      type = both
    }
    return { items: items.map(item => adopt(item, type)), type }
  }

  function arithmetic(ast: Ast & { op: 'arithmetic' }): Typed | undefined {
    const [left, right] = [resolve(ast.left), resolve(ast.right)]
    if (!left || !right) return undefined
    const { sign } = ast
    if (sign === '+' && (isText(left.type) || isText(right.type))) {
      if (!goes(left, isText) || !goes(right, isText)) return refuse('formula.compare', ast, kinds(sign, left, right))
      return { op: 'concat', left: adopt(left, TEXT), right: adopt(right, TEXT), ...plain(TEXT) }
    }
    if (left.type.kind === 'date' && (sign === '+' || sign === '-')) {
      if (sign === '-' && right.type.kind === 'date')
        return { op: 'days', left, right, type: NUMBER, digits: 7, scale: 0 }
      if (goes(right, type => type.kind === 'number'))
        return { op: sign === '+' ? 'later' : 'earlier', left, right: settled(adopt(right, NUMBER)), ...plain(DATE) }
    }
    if (!goes(left, type => type.kind === 'number') || !goes(right, type => type.kind === 'number'))
      return refuse('formula.compare', ast, kinds(sign, left, right))
    return ranged(numeric(sign, adopt(left, NUMBER), adopt(right, NUMBER)))
  }

  const goes = (value: Typed, with_: (type: FormulaType) => boolean): boolean =>
    value.type.kind === 'null' || with_(value.type)

  const kinds = (sign: string, left: Typed, right: Typed) => ({ sign, left: left.type.kind, right: right.type.kind })

  function numeric(sign: '+' | '-' | '*' | '/' | '**', left: Typed, right: Typed): Typed {
    const type = NUMBER
    switch (sign) {
      case '+':
      case '-':
        return { op: sign === '+' ? 'plus' : 'minus', left, right, type, ...widest([left, right], 1) }
      case '*': {
        const [digits, scale] = [left.digits + right.digits, left.scale + right.scale]
        const product: Typed = { op: 'times', left, right, type, digits, scale }
        return scale <= WORKING_SCALE
          ? product
          : { op: 'round', mode: 'half_up', of: product, type, digits: digits + 1, scale: WORKING_SCALE }
      }
      case '/':
        // The smallest divisor is 10^-scale.
        return { op: 'over', left, right, type, digits: left.digits + right.scale + 1, scale: WORKING_SCALE }
      case '**':
        return { op: 'power', left, right: settled(right), type, digits: RANGE_DIGITS, scale: WORKING_SCALE }
    }
  }

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

  function literalFor(value: Typed, other: FormulaType, place: Place, equality = true): Typed | undefined {
    if (value.op !== 'constant' || value.type.kind !== 'text' || typeof value.value !== 'string') return value
    if (equality && other.kind === 'any_choice' && other.options && !other.options.includes(value.value)) {
      const meant = closest(value.value, other.options) ?? ''
      return refuse('formula.choice', place, {
        found: value.value,
        meant,
        options: other.options.slice(0, 12).join(', '),
      })
    }
    if (other.kind !== 'ref') return value
    const id = value.value.toLowerCase()
    return UUID.test(id)
      ? { ...value, value: id, type: other }
      : refuse('formula.id', place, { found: value.value.slice(0, 40) })
  }

  function membership(ast: Ast & { op: 'in' }): Typed | undefined {
    const of = resolve(ast.of)
    if (!of) return undefined
    const tests = ast.tests.map(test => memberTest(of, test)).filter(test => test !== undefined)
    if (tests.length < ast.tests.length) return undefined
    const typed = tests.map(typeOfTest).find(type => type.kind !== 'null')
    return { op: 'in', of: settled(typed ? adopt(of, typed) : of), tests, ...plain(FLAG) }
  }

  function memberTest(of: Typed, test: AstTest): Test | undefined {
    if (test.test === 'range') {
      const [from, to] = [resolve(test.from), resolve(test.to)]
      if (!from || !to) return undefined
      const [low, high] = [comparable('>=', of, from, test.from)?.[1], comparable('<=', of, to, test.to)?.[1]]
      if (!low || !high) return undefined
      const { type } = low.type.kind === 'null' ? high : low
      return { ...test, from: adopt(low, type), to: adopt(high, type) }
    }
    if (test.test === 'value') {
      const found = listOf(test.value)
      if (found) return found.list && memberOf(of, found.list, test.value)
    }
    const sign = test.test === 'compare' ? test.sign : '='
    const value = resolve(test.value)
    const right = value && comparable(sign, of, value, test.value)?.[1]
    return (
      right && (test.test === 'compare' ? { test: 'compare', sign, value: right } : { test: 'equal', value: right })
    )
  }

  function memberOf(of: Typed, list: List, place: Place): Test | undefined {
    if (list.list === 'items') {
      const items = list.items.map(item => comparable('=', of, item, place)?.[1]).filter(item => item !== undefined)
      if (items.length < list.items.length) return undefined
      return { test: 'member', list: { list: 'items', of: items[0]?.type ?? of.type, items } }
    }
    const value = literalFor(of, list.of, place)
    if (!value) return undefined
    if (list.of.kind === 'lines' || !common(value.type, list.of))
      return refuse('formula.compare', place, { sign: 'in', left: of.type.kind, right: list.of.kind })
    return { test: 'member', list: retype(list, common(value.type, list.of) ?? list.of) }
  }

  function typeOfTest(test: Test): FormulaType {
    if (test.test === 'member') return test.list.of
    return test.test === 'range' ? test.from.type : test.value.type
  }

  // ── Functions ──

  function call(ast: Ast & { op: 'call' }): Typed | undefined {
    const name = functionKey(ast.name)
    const aggregateName = Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined
    if (aggregateName) return aggregate(ast, aggregateName)
    if (Object.hasOwn(FUNCTIONS, name)) return plainCall(ast, name)
    switch (name) {
      case 'not': {
        const of = count(ast, 1, 1) && ast.args[0] && flag(ast.args[0])
        return of && { op: 'not', of, ...plain(FLAG) }
      }
      case 'round':
        return round(ast)
      case 'floor':
      case 'ceiling': {
        const of = count(ast, 1, 1) && ast.args[0] && operand(ast.args[0], NUMBER)
        return of && { op: 'round', mode: name, of: settled(of), type: NUMBER, digits: of.digits + 1, scale: 0 }
      }
      case 'coalesce': {
        const items = count(ast, 2, 30) && alike(ast.args)
        if (!items) return undefined
        const settledItems = items.items.map(settled)
        return { op: 'coalesce', items: settledItems, type: items.type, ...widest(settledItems) }
      }
      case 'is_empty':
        return isEmpty(ast)
      case 'list_contains': {
        const [list, value] = ast.args
        if (!count(ast, 2, 2) || !list || !value) return undefined
        if (!listOf(list)) return resolve(list) && refuse('formula.type', list, { expected: 'list', found: 'value' })
        return membership({ op: 'in', of: value, tests: [{ test: 'value', value: list }], at: ast.at, to: ast.to })
      }
      case 'today':
        return count(ast, 0, 0) && { op: 'moment', moment: 'today', ...plain(DATE) }
      case 'now':
        return count(ast, 0, 0) && { op: 'moment', moment: 'now', ...plain({ kind: 'instant' }) }
      case 'current_user':
        return count(ast, 0, 0) && { op: 'moment', moment: 'user', ...plain({ kind: 'ref', entity: 'user' }) }
    }
    const familiar = Object.hasOwn(FAMILIAR_NAMES, name) ? FAMILIAR_NAMES[name] : undefined
    const meant = familiar ?? closest(ast.name, FUNCTION_NAMES) ?? ''
    return refuse('formula.unknown_function', { at: ast.at, to: ast.at + ast.name.length }, { name: ast.name, meant })
  }

  function count(ast: Ast & { op: 'call' }, least: number, most: number): true | undefined {
    if (ast.args.length >= least && ast.args.length <= most) return true
    const expected = least === most ? `${least}` : `${least}–${most}`
    return refuse('formula.arguments', ast, { name: ast.name, expected, found: `${ast.args.length}` })
  }

  function plainCall(ast: Ast & { op: 'call' }, name: string): Typed | undefined {
    const call = FUNCTIONS[name]
    if (!call || !count(ast, call.takes.length - (call.absent ? 1 : (call.optional ?? 0)), call.takes.length))
      return undefined
    const given = ast.args.map((argument, index) => argumentOf(argument, call.takes[index] ?? 'scalar'))
    const args = given.filter(argument => argument !== undefined)
    if (args.length < given.length) return undefined
    if (args.length === 0 && call.absent) args.push({ op: 'moment', moment: call.absent, ...plain(DATE) })
    const scale = call.digits === undefined ? (args[0]?.scale ?? 0) : 0
    return { op: 'call', call, args, type: call.gives, digits: call.digits ?? args[0]?.digits ?? 0, scale }
  }

  function argumentOf(ast: Ast, takes: 'number' | 'text' | 'flag' | 'date' | 'scalar'): Typed | undefined {
    if (takes !== 'scalar') {
      const value = operand(ast, { kind: takes })
      return value && settled(value)
    }
    const value = resolve(ast)
    if (!value) return undefined
    if (value.type.kind === 'ref' || value.type.kind === 'instant')
      return refuse('formula.type', ast, { expected: 'scalar', found: value.type.kind })
    return settled(adopt(value, TEXT))
  }

  function round(ast: Ast & { op: 'call' }): Typed | undefined {
    const [value, places] = ast.args
    if (!count(ast, 1, 2) || !value) return undefined
    const of = operand(value, NUMBER)
    const scale = places === undefined ? 0 : places.op === 'number' ? Number(places.value) : Number.NaN
    if (places && !(Number.isInteger(scale) && Math.abs(scale) <= VALUE_SCALE))
      return refuse('formula.scale', places, { most: `${VALUE_SCALE}` })
    return of && { op: 'round', mode: 'half_up', of: settled(of), type: NUMBER, digits: of.digits + 1, scale }
  }

  function isEmpty(ast: Ast & { op: 'call' }): Typed | undefined {
    const [value] = ast.args
    if (!count(ast, 1, 1) || !value) return undefined
    const found = listOf(value)
    if (found) return found.list && { op: 'empty_list', list: found.list, ...plain(FLAG) }
    const of = resolve(value)
    return of && { op: 'empty', of: settled(of), ...plain(FLAG) }
  }

  function aggregate(ast: Ast & { op: 'call' }, name: AggregateName): Typed | undefined {
    const [only] = ast.args
    if (!count(ast, 1, 99) || !only) return undefined
    const found = ast.args.length === 1 ? listOf(only) : undefined
    const list = found ? found.list : itemsList(ast.args)
    if (!list) return undefined
    const { kind } = list.of
    if (name === 'count') return { op: 'aggregate', name, list, type: NUMBER, digits: 10, scale: 0 }
    const numbersOnly = name === 'sum' || name === 'mean'
    if (kind === 'lines') return refuse('formula.lines', only, { name: '' })
    if (kind !== 'number' && kind !== 'null' && (numbersOnly || kind === 'flag' || kind === 'ref' || kind === 'list'))
      return refuse('formula.type', only, { expected: numbersOnly ? 'number' : 'scalar', found: kind })
    const type = numbersOnly ? NUMBER : list.of
    const items =
      list.list === 'rows' && list.item ? [list.item] : list.list === 'items' ? list.items : [fieldFacts(list.of)]
    const typed = retype(list, type)
    const bounds = widest(items, numbersOnly ? 10 : 0)
    const value: Typed = {
      op: 'aggregate',
      name,
      list: typed,
      type,
      ...bounds,
      scale: name === 'mean' ? WORKING_SCALE : bounds.scale,
    }
    return type.kind === 'number' ? ranged(value) : value
  }

  return { resolve, refuse, errors, uses }
}
