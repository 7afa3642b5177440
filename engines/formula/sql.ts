// Checked formula → PostgreSQL (15–18): the same values as javascript.ts, digit for digit.
//
// Only immutable built-ins, no functions of ours in the database. Every expression can be computed without an error on
// any row, so a formula may stand in a where clause. What a text needs twice is bound by a subselect first, because
// repeating it would double the text at every level; `offset 0` keeps the planner from doing the same.
import type { Ast, CompareSign } from './ast.ts'
import { typedOrThrow } from './check.ts'
import { MAX_EXPONENT, RANGE_DIGITS, WORKING_SCALE } from './number.ts'
import { LAST_DAY } from './plain-date.ts'
import type { Environment, FormulaType } from './type.ts'
import type { List, Moment, Rows, Test, Typed } from './typed.ts'

/**
 * How names become SQL. Columns must be numeric, integer, text, boolean, date, timestamptz, uuid (references) or an array
 * of one (lists); numbers below 10^30 with at most 20 places.
 */
export interface SqlContext {
  environment: Environment
  /** The expression for a field of the record (`fields`) or its header (`doc`), or of the record it refers to: `t."amount"`, `(select …)`. */
  column: (path: readonly string[], frame: 'fields' | 'doc') => string
  /** The child rows of a lines field under the alias: `from` table and `where` condition that ties them to their parent. */
  lines?: (name: string, alias: string, frame: 'fields' | 'doc') => SqlLines
  /** Number of the first placeholder; 1 by default. */
  firstPlaceholder?: number
  /** Date in the tenant's zone, instant as ISO text with zone, id of the reader. */
  today: string
  now: string
  user: string | null
  /**
   * The result is only asked whether it is true (a where clause, a rule): null and false are one, and `project = "…"`
   * becomes a plain `=` that an index serves.
   */
  condition?: boolean
}

export interface SqlLines {
  from: string
  where: string
  column: (path: readonly string[]) => string
}

/**
 * Compiles a formula that `checkFormula` accepted with the same environment (it throws on any other). Gives one
 * expression and the values of its placeholders. Numbers have at most 20 places; storing rounds them to the column.
 */
export function compileToSql(ast: Ast, context: SqlContext): { text: string; values: unknown[] } {
  const typed = typedOrThrow(ast, context.environment)
  const values: unknown[] = []
  const text = writer(context, values)(typed, context.condition ?? false)
  return { text, values }
}

const TYPES: Partial<Record<FormulaType['kind'], string>> = {
  number: 'numeric',
  text: 'text',
  any_choice: 'text',
  flag: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  ref: 'uuid',
}

const RANGE = `1e${RANGE_DIGITS}`
const QUOTIENT_SHIFT = WORKING_SCALE + 1

/** a / b cut one place further than kept, so that it is rounded once; null for b = 0. */
const quotient = (a: string, b: string): string =>
  `round(div(${a} * 1e${QUOTIENT_SHIFT}, nullif(${b}, 0)) * 1e-${QUOTIENT_SHIFT}, ${WORKING_SCALE})`

const isText = (type: FormulaType): boolean => type.kind === 'text' || type.kind === 'any_choice'

/** Text that may be written twice: it is short and costs nothing to compute again. */
const isShort = (node: Typed): boolean => node.op === 'constant' || node.op === 'field' || node.op === 'moment'

/** Never null, so that `=` needs no null-safe form when only truth counts. */
const neverNull = (node: Typed): boolean =>
  (node.op === 'constant' && node.value !== null) ||
  (node.op === 'moment' && node.moment !== 'user') ||
  (node.op === 'aggregate' && (node.name === 'sum' || node.name === 'count'))

type Write = (node: Typed, condition?: boolean) => string

function writer(context: SqlContext, values: unknown[]): Write {
  const placeholders = new Map<string, string>()
  const sources = new Map<string, SqlLines>()
  let names = 0

  const fresh = (prefix: string): string => `${prefix}${++names}`

  function placeholder(value: string | null, type: string): string {
    const key = `${type} ${value}`
    const known = placeholders.get(key)
    if (known) return known
    values.push(value)
    const text = `$${(context.firstPlaceholder ?? 1) + values.length - 1}::${type}`
    placeholders.set(key, text)
    return text
  }

  /** Names for expressions that `body` uses more than once. */
  function bind(nodes: readonly Typed[], body: (names: readonly string[]) => string): string {
    const bound: string[] = []
    const list = nodes.map(node => {
      if (isShort(node)) return write(node)
      const name = fresh('v')
      bound.push(`${write(node)} as ${name}`)
      return name
    })
    const text = body(list)
    return bound.length === 0
      ? `(${text})`
      : `(select ${text} from (select ${bound.join(', ')} offset 0) as ${fresh('b')})`
  }

  function constant(value: string | boolean | null, type: FormulaType): string {
    const sqlType = TYPES[type.kind]
    if (value === null) return sqlType ? `null::${sqlType}` : 'null'
    if (typeof value === 'boolean') return String(value)
    // Digits only, checked by the parser.
    if (type.kind === 'number') return value.startsWith('-') ? `(${value}::numeric)` : `${value}::numeric`
    return placeholder(value, sqlType ?? 'text')
  }

  function field(node: Typed & { op: 'field' }): string {
    const { frame, path } = node.field
    const column =
      frame === 'fields' || frame === 'doc' ? context.column(path, frame) : sources.get(frame)?.column(path)
    if (column === undefined) throw new Error(`the lines of ${path.join('.')} have no alias yet`)
    return node.type.kind === 'number' ? `${column}::numeric` : column
  }

  function moment(which: Moment): string {
    if (which === 'today') return placeholder(context.today, 'date')
    return which === 'now' ? placeholder(context.now, 'timestamptz') : placeholder(context.user, 'uuid')
  }

  const write: Write = (node, condition = false) => {
    switch (node.op) {
      case 'constant':
        return constant(node.value, node.type)
      case 'field':
        return field(node)
      case 'moment':
        return moment(node.moment)
      case 'plus':
        return `(${write(node.left)} + ${write(node.right)})`
      case 'minus':
        return `(${write(node.left)} - ${write(node.right)})`
      case 'times':
        return `(${write(node.left)} * ${write(node.right)})`
      case 'over':
        return quotient(write(node.left), write(node.right))
      case 'power':
        return power(node.left, node.right)
      case 'later':
        return shifted(node.left, node.right, '+')
      case 'earlier':
        return shifted(node.left, node.right, '-')
      case 'days':
        return `(${write(node.left)} - ${write(node.right)})::numeric`
      case 'concat':
        return `(${write(node.left)} || ${write(node.right)})`
      case 'negative':
        return `(- ${write(node.of)})`
      case 'round':
        if (node.mode === 'floor') return `floor(${write(node.of)})`
        if (node.mode === 'ceiling') return `ceil(${write(node.of)})`
        return `round(${write(node.of)}, ${node.scale})`
      case 'ranged':
        return bind([node.of], ([n]) => `case when abs(${n}) < ${RANGE} then ${n} end`)
      case 'compare':
        return compared(node.sign, write(node.left), node.left, node.right, condition)
      case 'and':
      case 'or':
        return `(${node.items.map(item => write(item, condition)).join(` ${node.op} `)})`
      case 'not':
        return `(not ${write(node.of)})`
      case 'if':
        return `(case when ${write(node.test, true)} then ${write(node.yes, condition)} else ${write(node.no, condition)} end)`
      case 'in':
        return membership(node.of, node.tests, condition)
      case 'some':
        return `exists(select 1 ${rowsFrom(node.rows, () => write(node.satisfies, true))})`
      case 'every':
        return `(not exists(select 1 ${rowsFrom(node.rows, () => `(${write(node.satisfies, true)}) is not true`)}))`
      case 'aggregate':
        return aggregate(node)
      case 'coalesce':
        return `coalesce(${node.items.map(item => write(item)).join(', ')})`
      case 'empty':
        return isText(node.of.type)
          ? `(coalesce(${write(node.of)}, '') collate "C" = '')`
          : `(${write(node.of)} is null)`
      case 'empty_list':
        return emptyList(node.list)
      case 'call':
        return call(node)
    }
  }

  function call(node: Typed & { op: 'call' }): string {
    const { call, args } = node
    const kinds = args.map(argument => argument.type.kind)
    if (call.repeats) return bind(args, names => call.sql(names, kinds))
    return call.sql(
      args.map(argument => write(argument)),
      kinds,
    )
  }

  // ── Numbers and dates ──

  /** By squaring with every product kept to 30 places, as number.ts does; stops without a row beyond the range. */
  function power(base: Typed, exponent: Typed): string {
    const p = fresh('p')
    const inRange = (n: string): string => `abs(${n}) < ${RANGE}`
    return (
      `(with recursive ${p}(r, b, k, n) as (` +
      `select 1::numeric, b, abs(n), n from (select ${write(base)} as b, ${write(exponent)} as n offset 0) as ${fresh('b')} ` +
      `where n = trunc(n) and abs(n) <= ${MAX_EXPONENT} ` +
      `union all select case when mod(k, 2) = 1 then round(r * b, ${WORKING_SCALE}) else r end, ` +
      `case when k >= 2 then round(b * b, ${WORKING_SCALE}) else b end, div(k, 2), n ` +
      `from ${p} where k > 0 and ${inRange('r')} and ${inRange('b')}) ` +
      `select case when n >= 0 then r else ${quotient('1', 'r')} end from ${p} where k = 0 and b is not null and ${inRange('r')} and (n = 0 or ${inRange('b')}))`
    )
  }

  /** Whole days only, and only within the years 0001–9999: checked before the cast. */
  const shifted = (date: Typed, days: Typed, sign: '+' | '-'): string =>
    bind(
      [date, days],
      ([d, n]) =>
        `case when ${n} = trunc(${n}) and (${d} - date '0001-01-01') ${sign} ${n} between 0 and ${LAST_DAY} then ${d} ${sign} ${n}::int end`,
    )

  // ── Comparison ──

  /** `value` is the text of `left`, perhaps bound to a name. */
  function compared(sign: CompareSign, value: string, left: Typed, right: Typed, condition: boolean): string {
    if (sign !== '=' && sign !== '!=') return `(${value}${collation(left.type)} ${sign} ${write(right)})`
    if (right.op === 'constant' && right.value === null) return `(${value} is ${sign === '=' ? '' : 'not '}null)`
    const indexed = condition && isShort(left) && isShort(right) && (neverNull(left) || neverNull(right))
    if (sign === '=' && indexed) return `(${value} = ${write(right)})`
    return `(${value}${collation(left.type)} is ${sign === '=' ? 'not ' : ''}distinct from ${write(right)})`
  }

  /** Named wherever text meets text, so that neither the database's locale nor a column's decides. */
  const collation = (type: FormulaType): string => (isText(type) ? ' collate "C"' : '')

  function membership(of: Typed, tests: readonly Test[], condition: boolean): string {
    const [only] = tests
    if (tests.length === 1 && only && !repeats(only)) return one(write(of), of, only, condition)
    return bind([of], ([value = '']) => tests.map(test => one(value, of, test, condition)).join(' or '))
  }

  /** Does this test write the value it is given more than once? */
  function repeats(test: Test): boolean {
    if (test.test === 'range') return test.fromOpen || test.toOpen
    return test.test === 'member' && test.list.list === 'items' && !test.list.items.every(neverNull)
  }

  function one(value: string, of: Typed, test: Test, condition: boolean): string {
    switch (test.test) {
      case 'compare':
        return compared(test.sign, value, of, test.value, condition)
      case 'range': {
        const [from, to] = [write(test.from), write(test.to)]
        if (!test.fromOpen && !test.toOpen) return `(${value}${collation(of.type)} between ${from} and ${to})`
        const low = `${value}${collation(of.type)} ${test.fromOpen ? '>' : '>='} ${from}`
        return `(${low} and ${value}${collation(of.type)} ${test.toOpen ? '<' : '<='} ${to})`
      }
      case 'member':
        return member(value, of, test.list, condition)
    }
  }

  function member(value: string, of: Typed, list: List, condition: boolean): string {
    switch (list.list) {
      case 'items': {
        if (list.items.length === 0) return 'false'
        if (!list.items.every(neverNull))
          return `(${list.items.map(item => compared('=', value, of, item, false)).join(' or ')})`
        const among = `in (${list.items.map(item => write(item)).join(', ')})`
        return condition && isShort(of)
          ? `(${value} ${among})`
          : `coalesce(${value}${collation(of.type)} ${among}, false)`
      }
      case 'field': {
        const type = TYPES[of.type.kind] ?? 'text'
        const contains = `${write(list.field)} @> array[${value}${collation(of.type)}]::${type}[]`
        return condition ? `(${contains})` : `coalesce(${contains}, false)`
      }
      case 'rows':
        return `exists(select 1 from ${items(list)} where v${collation(of.type)} is not distinct from ${value})`
    }
  }

  // ── Lists and lines ──

  /** A lines field's rows, their filters and one more condition (written after the rows have their alias). */
  function rowsFrom(rows: Rows, more?: () => string): string {
    const source = sourceOf(rows)
    const conditions = [source.where, ...rows.where.map(test => write(test, true)), ...(more ? [more()] : [])]
    return `from ${source.from} where ${conditions.join(' and ')}`
  }

  function sourceOf(rows: Rows): SqlLines {
    const known = sources.get(rows.id)
    if (known) return known
    if (rows.parent !== 'fields' && rows.parent !== 'doc') throw new Error(`lines of lines: ${rows.name}`)
    const source = context.lines?.(rows.name, fresh('l'), rows.parent)
    if (!source) throw new Error(`no SQL for the lines ${rows.name}`)
    sources.set(rows.id, source)
    return source
  }

  /** The list as a table with one column v: an aggregate over it then belongs to this query, whatever its item reads. */
  function items(list: List): string {
    switch (list.list) {
      case 'rows': {
        sourceOf(list.rows)
        return `(select ${list.item ? write(list.item) : 'true'} as v ${rowsFrom(list.rows)}) as ${fresh('s')}`
      }
      case 'items':
        return list.items.length === 0
          ? `(select null::${TYPES[list.of.kind] ?? 'text'} as v where false) as ${fresh('s')}`
          : `(values ${list.items.map(item => `(${write(item)})`).join(', ')}) as ${fresh('s')}(v)`
      case 'field':
        return `unnest(${write(list.field)}) as ${fresh('s')}(v)`
    }
  }

  function aggregate(node: Typed & { op: 'aggregate' }): string {
    const from = items(node.list)
    const v = `v${collation(node.type)}`
    const what = {
      count: 'count(v)::numeric',
      sum: 'coalesce(sum(v), 0)',
      mean: quotient('sum(v)', 'count(v)'),
      min: `min(${v})`,
      max: `max(${v})`,
    }[node.name]
    return `(select ${what} from ${from})`
  }

  function emptyList(list: List): string {
    if (list.list === 'field') return `(coalesce(cardinality(${write(list.field)}), 0) = 0)`
    return `(not exists(select 1 from ${items(list)}))`
  }

  return write
}
