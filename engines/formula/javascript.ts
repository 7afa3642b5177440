// Checked formula → JavaScript closures: no eval (strict CSP), decimal-exact, the same rules as sql.ts.
import { Exact } from '../money/decimal.ts'
import type { Ast, CompareSign } from './ast.ts'
import { type Cell, instantCell, number, type Row, readCell, text, toValue, type Value, whole } from './cell.ts'
import { typedOrThrow } from './check.ts'
import { order } from './functions.ts'
import { inRange, over, power, roundTo } from './number.ts'
import { dateOfDay, dayNumber } from './plain-date.ts'
import type { Environment } from './type.ts'
import type { List, Moment, Rows, Test, Typed } from './typed.ts'

/**
 * What a formula runs on. `lines` holds child rows by field name (they may also stand in the row itself); a field that is
 * missing is null, missing lines are no lines. A path through a reference (`project.code`) needs the reference as an
 * object: `project: { id, code }`. `today` is the date in the tenant's zone, `now` ISO with zone, `user` the reader's id.
 */
export interface Scope {
  fields: Row
  lines?: Readonly<Record<string, readonly Row[]>>
  doc?: Row
  today: string
  now: string
  user: string | null
}

interface Run {
  scope: Scope
  rows: Map<string, Row>
}
type Step = (run: Run) => Cell

/**
 * Compiles a formula that `checkFormula` accepted with the same environment (it throws on any other). The function gives
 * a number as a decimal string with at most 20 places; `assign` rounds it to its field. It throws a TypeError only when a
 * record holds a value its field's type does not allow.
 */
export function compileToJs(ast: Ast, env: Environment): (scope: Scope) => Value {
  const step = compile(typedOrThrow(ast, env))
  return scope => {
    const rows = new Map([['fields', scope.fields]])
    if (scope.doc) rows.set('doc', scope.doc)
    return toValue(step({ scope, rows }))
  }
}

function compile(node: Typed): Step {
  switch (node.op) {
    case 'constant': {
      const value = node.type.kind === 'number' && typeof node.value === 'string' ? new Exact(node.value) : node.value
      return () => value
    }
    case 'field': {
      const { frame, path } = node.field
      const [name, beyond] = path
      const { type } = node
      if (beyond === undefined) return ({ rows }) => readCell(rows.get(frame)?.[name], type, name)
      return ({ rows }) => readCell(referenced(rows.get(frame)?.[name], path)?.[beyond], type, path.join('.'))
    }
    case 'moment':
      return moment(node.moment)
    case 'plus':
      return both(node, (a, b) => number(a).plus(number(b)))
    case 'minus':
      return both(node, (a, b) => number(a).minus(number(b)))
    case 'times':
      return both(node, (a, b) => number(a).times(number(b)))
    case 'over':
      return both(node, (a, b) => over(number(a), number(b)))
    case 'power':
      return both(node, (a, b) => power(number(a), number(b)))
    case 'later':
      return both(node, (a, b) => dateOfDay(dayNumber(text(a)) + whole(number(b))))
    case 'earlier':
      return both(node, (a, b) => dateOfDay(dayNumber(text(a)) - whole(number(b))))
    case 'days':
      return both(node, (a, b) => new Exact(dayNumber(text(a)) - dayNumber(text(b))))
    case 'concat':
      return both(node, (a, b) => text(a) + text(b))
    case 'negative':
      return one(node.of, a => number(a).neg())
    case 'ranged':
      return one(node.of, a => inRange(number(a)))
    case 'round': {
      const { mode, scale } = node
      if (mode === 'floor') return one(node.of, a => number(a).floor())
      if (mode === 'ceiling') return one(node.of, a => number(a).ceil())
      return one(node.of, a => roundTo(number(a), scale))
    }
    case 'compare': {
      const { sign } = node
      const [left, right] = [compile(node.left), compile(node.right)]
      return run => compare(sign, left(run), right(run))
    }
    case 'and':
      return logic(node.items, false)
    case 'or':
      return logic(node.items, true)
    case 'not':
      return one(node.of, a => a === false)
    case 'if': {
      const [test, yes, no] = [compile(node.test), compile(node.yes), compile(node.no)]
      return run => (test(run) === true ? yes(run) : no(run))
    }
    case 'in': {
      const of = compile(node.of)
      const tests = node.tests.map(compileTest)
      return run => {
        const value = of(run)
        return anyOf(tests.map(test => test(run, value)))
      }
    }
    case 'some':
    case 'every': {
      const rows = compileRows(node.rows)
      const satisfies = compile(node.satisfies)
      const { id } = node.rows
      const check = (run: Run, row: Row): boolean => satisfies(enter(run, id, row)) === true
      return node.op === 'some'
        ? run => rows(run).some(row => check(run, row))
        : run => rows(run).every(row => check(run, row))
    }
    case 'aggregate': {
      const list = compileList(node.list)
      const combine = AGGREGATES[node.name]
      return run => combine(list(run).filter(cell => cell !== null))
    }
    case 'coalesce': {
      const items = node.items.map(compile)
      return run => {
        for (const item of items) {
          const value = item(run)
          if (value !== null) return value
        }
        return null
      }
    }
    case 'empty': {
      const of = compile(node.of)
      return run => {
        const value = of(run)
        return value === null || value === ''
      }
    }
    case 'empty_list': {
      const list = compileList(node.list)
      return run => list(run).length === 0
    }
    case 'call': {
      const { call } = node
      const args = node.args.map(compile)
      return run => {
        const cells = args.map(argument => argument(run))
        return cells.includes(null) ? null : call.js(cells)
      }
    }
  }
}

function one(of: Typed, apply: (value: Cell) => Cell): Step {
  const step = compile(of)
  return run => {
    const value = step(run)
    return value === null ? null : apply(value)
  }
}

function both(node: { left: Typed; right: Typed }, apply: (left: Cell, right: Cell) => Cell): Step {
  const [left, right] = [compile(node.left), compile(node.right)]
  return run => {
    const [a, b] = [left(run), right(run)]
    return a === null || b === null ? null : apply(a, b)
  }
}

function moment(which: Moment): Step {
  if (which === 'today') return ({ scope }) => readCell(scope.today, { kind: 'date' }, 'today')
  if (which === 'user') return ({ scope }) => scope.user?.toLowerCase() ?? null
  return ({ scope }) => instantCell(scope.now) ?? null
}

function referenced(value: unknown, path: readonly string[]): Row | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') return { ...value }
  throw new TypeError(`${path.join('.')}: the record carries only the id of ${path[0]}, not its fields`)
}

// ── Logic: true, false and unknown (null) ───────────────────────────────────────────────────────────────────────────

/** `or` when `decisive` is true, `and` when it is false: a decisive item decides, else an unknown one leaves it unknown. */
function logic(items: readonly Typed[], decisive: boolean): Step {
  const steps = items.map(compile)
  return run => {
    let result: Cell = !decisive
    for (const step of steps) {
      const value = step(run)
      if (value === decisive) return decisive
      if (value === null) result = null
    }
    return result
  }
}

const anyOf = (results: readonly Cell[]): Cell =>
  results.includes(true) ? true : results.includes(null) ? null : false

/** `=` and `!=` treat null as a value; the others know nothing about it. */
function compare(sign: CompareSign, a: Cell, b: Cell): boolean | null {
  if (sign === '=' || sign === '!=') {
    const same = a === null || b === null ? a === b : order(a, b) === 0
    return same === (sign === '=')
  }
  if (a === null || b === null) return null
  const difference = order(a, b)
  if (sign === '<') return difference < 0
  if (sign === '<=') return difference <= 0
  return sign === '>' ? difference > 0 : difference >= 0
}

function compileTest(test: Test): (run: Run, value: Cell) => Cell {
  switch (test.test) {
    case 'compare': {
      const right = compile(test.value)
      const { sign } = test
      return (run, value) => compare(sign, value, right(run))
    }
    case 'member': {
      const list = compileList(test.list)
      return (run, value) => list(run).some(item => compare('=', value, item) === true)
    }
    case 'range': {
      const [from, to] = [compile(test.from), compile(test.to)]
      const [above, below] = [test.fromOpen ? '>' : '>=', test.toOpen ? '<' : '<='] as const
      return (run, value) => {
        const [low, high] = [compare(above, value, from(run)), compare(below, value, to(run))]
        return low === false || high === false ? false : low === null || high === null ? null : true
      }
    }
  }
}

// ── Lists and lines ─────────────────────────────────────────────────────────────────────────────────────────────────

const enter = (run: Run, id: string, row: Row): Run => {
  run.rows.set(id, row)
  return run
}

function compileRows(rows: Rows): (run: Run) => Row[] {
  const { id, parent, name } = rows
  const tests = rows.where.map(compile)
  return run => {
    const held = run.rows.get(parent)?.[name]
    const all = (parent === 'fields' ? run.scope.lines?.[name] : undefined) ?? held ?? []
    if (!Array.isArray(all)) throw new TypeError(`${name} holds no lines`)
    const list: Row[] = all
    return tests.length === 0 ? list : list.filter(row => tests.every(test => test(enter(run, id, row)) === true))
  }
}

function compileList(list: List): (run: Run) => Cell[] {
  switch (list.list) {
    case 'rows': {
      const rows = compileRows(list.rows)
      const { id } = list.rows
      // Whole rows are only counted.
      const item = list.item ? compile(list.item) : () => true
      return run => rows(run).map(row => item(enter(run, id, row)))
    }
    case 'items': {
      const items = list.items.map(compile)
      return run => items.map(item => item(run))
    }
    case 'field': {
      const { of } = list
      if (list.field.op !== 'field') throw new Error('a list that is no field')
      const { frame, path } = list.field.field
      const [name, beyond] = path
      return run => {
        const held = run.rows.get(frame)?.[name]
        const value = beyond === undefined ? held : referenced(held, path)?.[beyond]
        if (value === null || value === undefined) return []
        if (!Array.isArray(value)) throw new TypeError(`${path.join('.')} holds no list`)
        return value.map(item => readCell(item, of, name))
      }
    }
  }
}

/** Over values that are there: empty ones do not count. The sum of nothing is 0; its least, greatest and mean are null. */
const AGGREGATES: Record<'sum' | 'count' | 'min' | 'max' | 'mean', (cells: Cell[]) => Cell> = {
  count: cells => new Exact(cells.length),
  sum: cells => total(cells),
  mean: cells => over(total(cells), new Exact(cells.length)),
  min: cells => cells.reduce((least, cell) => (least !== null && order(least, cell) <= 0 ? least : cell), null),
  max: cells => cells.reduce((most, cell) => (most !== null && order(most, cell) >= 0 ? most : cell), null),
}

const total = (cells: readonly Cell[]): Exact =>
  cells.reduce((sum: Exact, cell) => sum.plus(number(cell)), new Exact(0))
