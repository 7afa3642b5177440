// The functions whose arguments are plain values: what each takes and gives, in JavaScript and in SQL side by side.
// A null argument gives null. What needs more than values (sum, round, coalesce, today …) is in check.ts.
import { Exact, toDecimal } from '../money/decimal.ts'
import { type Cell, number, text, whole } from './cell.ts'
import { addMonths, dayNumber, monthEnd, monthStart, partsOf } from './plain-date.ts'
import { compareText, lowerCase, substring, textLength, upperCase } from './text.ts'
import type { FormulaType, Kind } from './type.ts'

export type Scalar = 'number' | 'text' | 'flag' | 'date' | 'scalar'

export interface FormulaFunction {
  takes: readonly Scalar[]
  /** How many of the last arguments may be left out; `today` fills a missing date instead. */
  optional?: number
  absent?: 'today'
  gives: FormulaType
  /** The number it gives has at most so many digits before the point; otherwise its first argument's bounds hold. */
  digits?: number
  js: (args: readonly Cell[]) => Cell
  /** From SQL expressions and their types; with `repeats` they are bound to names first, since the text uses one twice. */
  sql: (args: readonly string[], kinds: readonly Kind[]) => string
  repeats?: true
}

const NUMBER = { kind: 'number' } satisfies FormulaType
const TEXT = { kind: 'text' } satisfies FormulaType
const FLAG = { kind: 'flag' } satisfies FormulaType
const DATE = { kind: 'date' } satisfies FormulaType

/** SQL integers end at 2^31; no text or date is longer, so arguments are cut to this before the cast. */
const INT = 1_000_000_000

const datePart = (part: 'year' | 'month' | 'day'): FormulaFunction => ({
  takes: ['date'],
  gives: NUMBER,
  digits: 4,
  js: ([date]) => new Exact(partsOf(text(date))?.[part] ?? 0),
  sql: ([date]) => `extract(${part} from ${date})`,
})

export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  abs: { takes: ['number'], gives: NUMBER, js: ([n]) => number(n).abs(), sql: ([n]) => `abs(${n})` },
  string: {
    takes: ['scalar'],
    gives: TEXT,
    js: ([value]) => (value instanceof Exact ? toDecimal(value) : String(value)),
    sql: ([value], [kind]) =>
      kind === 'number'
        ? `trim_scale(${value})::text`
        : kind === 'date'
          ? `to_char(${value}, 'YYYY-MM-DD')`
          : `(${value})::text`,
  },
  string_length: {
    takes: ['text'],
    gives: NUMBER,
    digits: 10,
    js: ([s]) => new Exact(textLength(text(s))),
    sql: ([s]) => `char_length(${s})::numeric`,
  },
  upper_case: {
    takes: ['text'],
    gives: TEXT,
    js: ([s]) => upperCase(text(s)),
    sql: ([s]) => `upper((${s}) collate "C")`,
  },
  lower_case: {
    takes: ['text'],
    gives: TEXT,
    js: ([s]) => lowerCase(text(s)),
    sql: ([s]) => `lower((${s}) collate "C")`,
  },
  substring: {
    takes: ['text', 'number', 'number'],
    optional: 1,
    gives: TEXT,
    repeats: true,
    js: args => {
      const [s, start, length] = args
      return substring(text(s), whole(number(start)), args.length > 2 ? whole(number(length)) : undefined)
    },
    sql: args => {
      const [s, start, length] = args
      const from = `greatest(least(case when ${start} > 0 then ${start} else char_length(${s}) + ${start} + 1 end, ${INT}), 1)::int`
      const count = length === undefined ? '' : ` for least(greatest(${length}, 0), ${INT})::int`
      const whole = [start, length].filter(n => n !== undefined).map(n => `${n} = trunc(${n})`)
      return `case when ${whole.join(' and ')} and ${start} <> 0 then substring(${s} from ${from}${count}) end`
    },
  },
  contains: {
    takes: ['text', 'text'],
    gives: FLAG,
    js: ([s, part]) => text(s).includes(text(part)),
    sql: ([s, part]) => `(strpos((${s}) collate "C", ${part}) > 0)`,
  },
  starts_with: {
    takes: ['text', 'text'],
    gives: FLAG,
    js: ([s, part]) => text(s).startsWith(text(part)),
    sql: ([s, part]) => `starts_with((${s}) collate "C", ${part})`,
  },
  ends_with: {
    takes: ['text', 'text'],
    gives: FLAG,
    js: ([s, part]) => text(s).endsWith(text(part)),
    sql: ([s, part]) => `starts_with(reverse(${s}) collate "C", reverse(${part}))`,
  },
  year: datePart('year'),
  month: datePart('month'),
  day: datePart('day'),
  days_between: {
    takes: ['date', 'date'],
    gives: NUMBER,
    digits: 7,
    js: ([from, to]) => new Exact(dayNumber(text(to)) - dayNumber(text(from))),
    sql: ([from, to]) => `(${to} - ${from})::numeric`,
  },
  add_months: {
    takes: ['date', 'number'],
    gives: DATE,
    repeats: true,
    js: ([date, months]) => addMonths(text(date), whole(number(months))),
    // The guard keeps the years 0001–9999 before the cast and the interval are worked out.
    sql: ([date, n]) =>
      `case when ${n} = trunc(${n}) and extract(year from ${date}) * 12 + extract(month from ${date}) - 1 + ${n} between 12 and 119999 ` +
      `then (${date} + make_interval(months => ${n}::int))::date end`,
  },
  month_start: {
    takes: ['date'],
    absent: 'today',
    gives: DATE,
    js: ([date]) => monthStart(text(date)),
    sql: ([date]) => `date_trunc('month', (${date})::timestamp)::date`,
  },
  month_end: {
    takes: ['date'],
    absent: 'today',
    gives: DATE,
    js: ([date]) => monthEnd(text(date)),
    sql: ([date]) => `(date_trunc('month', (${date})::timestamp) + interval '1 month - 1 day')::date`,
  },
}

/** −, 0, + for two values of one type; both not null. */
export function order(a: Cell, b: Cell): number {
  if (a instanceof Exact && b instanceof Exact) return a.comparedTo(b)
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return compareText(text(a), text(b))
}
