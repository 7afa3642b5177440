// Random formulas that check, and random records to run them on: for the properties of the engine and of its SQL.
import fc from 'fast-check'
import type { Environment, FormulaType } from '../type.ts'

const number = { kind: 'number' } satisfies FormulaType
const text = { kind: 'text' } satisfies FormulaType
const flag = { kind: 'flag' } satisfies FormulaType
const date = { kind: 'date' } satisfies FormulaType
const project = { kind: 'ref', entity: 'project' } satisfies FormulaType
const stage = { kind: 'any_choice', options: ['draft', 'open', 'closed'] } satisfies FormulaType

/** Columns of the record and of its lines; a test database makes tables of the same shape. */
export const RECORD_FIELDS = {
  n1: number,
  n2: number,
  n3: number,
  t1: text,
  t2: text,
  f1: flag,
  f2: flag,
  d1: date,
  d2: date,
  at1: { kind: 'instant' },
  stage,
  project,
  tags: { kind: 'list', of: text },
} satisfies Record<string, FormulaType>
export const LINE_FIELDS = {
  amount: number,
  qty: number,
  title: text,
  done: flag,
  on: date,
  site: project,
} satisfies Record<string, FormulaType>
export const PROJECT_FIELDS = { code: text, budget: number, opened: date } satisfies Record<string, FormulaType>

export const ENVIRONMENT: Environment = {
  fields: { ...RECORD_FIELDS, lines: { kind: 'lines', entity: 'line', fields: LINE_FIELDS } },
  refs: entity => (entity === 'project' ? PROJECT_FIELDS : undefined),
}

export const PROJECTS = [
  { id: '0192aaaa-0000-7000-8000-000000000001', code: 'P-001', budget: '1000000.00', opened: '2024-02-29' },
  { id: '0192aaaa-0000-7000-8000-000000000002', code: 'ﬀ', budget: null, opened: null },
  { id: '0192aaaa-0000-7000-8000-000000000003', code: '', budget: '-0.005', opened: '2025-12-31' },
]

export const TODAY = '2025-03-31'
export const NOW = '2025-03-31T08:09:10.123456+08:00'
export const USER = '0192aaaa-0000-7000-8000-00000000000a'

// ── Records ─────────────────────────────────────────────────────────────────────────────────────────────────────────

// Ties at every scale, thirds that do not end, long and large numbers, and the signs of zero.
const NUMBERS = [
  ...['0', '1', '-1', '2', '3', '7', '10', '12', '0.5', '-0.5', '0.005', '-0.005', '2.675', '1.005', '0.1', '0.3'],
  ...['0.00000000000000000001', '123456789.123456', '-99999999999999999999.99', '33.33', '1.0045', '-2.5', '100'],
]
// Quotes, patterns, Chinese, beyond the basic plane (😀 sorts after ﬀ by code point, before it by UTF-16), case.
const TEXTS = [
  '',
  'a',
  'A',
  'b',
  'ab',
  'aB',
  'Z',
  '10',
  '9',
  '张三',
  '项目',
  '😀',
  '𠮷野',
  '～',
  'ｱ',
  'ﬀ',
  'é',
  ' ',
  "it's",
  '\\',
  '"',
  '%',
  '_',
  'abcab',
]
const DATES = [
  '2024-02-29',
  '2025-01-31',
  '2025-03-31',
  '2025-12-31',
  '0001-01-01',
  '9999-12-31',
  '1900-03-01',
  '2023-11-30',
]
const INSTANTS = ['2025-03-31T00:09:10.123456Z', '2025-03-31T00:00:00Z', '1969-12-31T23:59:59.999Z']

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 6 })
const numbers = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc
    .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }))
    .map(([n, scale]) => shift(n, scale)),
)
const texts = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 4 }).filter(isStorable))

/** n ÷ 10^scale in digits. */
function shift(n: number, scale: number): string {
  const digits = String(Math.abs(n)).padStart(scale + 1, '0')
  const cut = digits.length - scale
  return `${n < 0 ? '-' : ''}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ''}`
}

function isStorable(value: string): boolean {
  return !/\0|[\uD800-\uDFFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value)
}

const line = fc.record({
  amount: maybe(numbers),
  qty: maybe(numbers),
  title: maybe(texts),
  done: maybe(fc.boolean()),
  on: maybe(fc.constantFrom(...DATES)),
  site: maybe(fc.constantFrom(...PROJECTS)),
})

/** A record with its lines, references as objects. */
export const record = fc.record({
  n1: maybe(numbers),
  n2: maybe(numbers),
  n3: maybe(numbers),
  t1: maybe(texts),
  t2: maybe(texts),
  f1: maybe(fc.boolean()),
  f2: maybe(fc.boolean()),
  d1: maybe(fc.constantFrom(...DATES)),
  d2: maybe(fc.constantFrom(...DATES)),
  at1: maybe(fc.constantFrom(...INSTANTS)),
  stage: maybe(fc.constantFrom('draft', 'open', 'closed')),
  project: maybe(fc.constantFrom(...PROJECTS)),
  tags: maybe(fc.array(fc.constantFrom(...TEXTS), { maxLength: 3 })),
  lines: fc.array(line, { maxLength: 4 }),
})
export type SampleRecord = typeof record extends fc.Arbitrary<infer R> ? R : never

// ── Formulas ────────────────────────────────────────────────────────────────────────────────────────────────────────

type Result = 'number' | 'text' | 'flag' | 'date' | 'instant'
/** Which names are in sight: the record's, the bare line's in a filter, or a loop variable's. */
type Sight = 'record' | 'filter' | 'loop'

const NAMES: Record<Sight, Record<Result, string[]>> = {
  record: {
    number: ['n1', 'n2', 'n3', 'project.budget'],
    text: ['t1', 't2', 'coalesce(stage, t1)', 'project.code'],
    flag: ['f1', 'f2'],
    date: ['d1', 'd2', 'project.opened'],
    instant: ['at1'],
  },
  filter: {
    number: ['amount', 'qty', 'item.qty', 'n1', 'site.budget'],
    text: ['title', 't1', 'site.code'],
    flag: ['done', 'f1'],
    date: ['on', 'd1', 'site.opened'],
    instant: ['at1'],
  },
  loop: {
    number: ['l.amount', 'l.qty', 'n2', 'l.site.budget'],
    text: ['l.title', 't2', 'l.site.code'],
    flag: ['l.done', 'f2'],
    date: ['l.on', 'd2', 'l.site.opened'],
    instant: ['at1'],
  },
}

const memory = new Map<string, fc.Arbitrary<string>>()

/** A formula of the type, at most `depth` deep, that checks against ENVIRONMENT. */
export function formula(result: Result, depth: number, sight: Sight = 'record'): fc.Arbitrary<string> {
  const key = `${result} ${depth} ${sight}`
  const known = memory.get(key)
  if (known) return known
  const names = fc.constantFrom(...NAMES[sight][result])
  const leaf = fc.oneof(
    { weight: 4, arbitrary: names },
    { weight: 2, arbitrary: literal(result) },
    { weight: 1, arbitrary: fc.constant('null') },
  )
  const made =
    depth === 0
      ? leaf
      : fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 5, arbitrary: branch(result, depth - 1, sight) })
  memory.set(key, made)
  return made
}

function literal(result: Result): fc.Arbitrary<string> {
  switch (result) {
    case 'number':
      return fc.constantFrom(...NUMBERS, '1e3', '.25').map(n => n)
    case 'text':
      return fc.constantFrom(...TEXTS).map(t => JSON.stringify(t))
    case 'flag':
      return fc.constantFrom('true', 'false')
    case 'date':
      return fc.oneof(
        fc.constantFrom(...DATES).map(d => `date("${d}")`),
        fc.constant('today()'),
      )
    case 'instant':
      return fc.constant('now()')
  }
}

/** Puts random parts into a pattern: `write('%1 + %2', a, b)`. */
const write = (pattern: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts)
    .map(texts => texts.reduce((all, part, index) => all.replaceAll(`%${index + 1}`, () => part), pattern))

function branch(result: Result, depth: number, sight: Sight): fc.Arbitrary<string> {
  const of = (kind: Result): fc.Arbitrary<string> => formula(kind, depth, sight)
  const shared = [
    write('(if %1 then %2 else %3)', of('flag'), of(result), of(result)),
    write('coalesce(%1, %2)', of(result), of(result)),
  ]
  // Lines only from the record: they have no lines of their own.
  const own = sight === 'record' ? overLines(result, depth) : []
  switch (result) {
    case 'number':
      return fc.oneof(...shared, ...own, ...numberBranches(of))
    case 'text':
      return fc.oneof(...shared, ...own, ...textBranches(of))
    case 'flag':
      return fc.oneof(...shared, ...own, ...flagBranches(of, sight))
    case 'date':
      return fc.oneof(...shared, ...own, ...dateBranches(of))
    case 'instant':
      return fc.oneof(...shared)
  }
}

type Of = (kind: Result) => fc.Arbitrary<string>

const numberBranches = (of: Of): fc.Arbitrary<string>[] => [
  ...['+', '-', '*', '*', '/', '/'].map(sign => write(`(%1 ${sign} %2)`, of('number'), of('number'))),
  write('(%1 ** %2)', of('number'), fc.constantFrom('2', '3', '-1', '0', '7', '-2', '30', '400')),
  write('(%1 ** %2)', of('number'), of('number')),
  write('(- %1)', of('number')),
  write('round(%1, %2)', of('number'), fc.constantFrom('0', '1', '2', '6', '-2', '20')),
  write('%2(%1)', of('number'), fc.constantFrom('abs', 'floor', 'ceiling', 'round')),
  write('%3(%1, %2, 1.5)', of('number'), of('number'), fc.constantFrom('min', 'max', 'sum', 'mean', 'count')),
  write('string length(%1)', of('text')),
  write('%2(%1)', of('date'), fc.constantFrom('year', 'month', 'day')),
  write('days_between(%1, %2)', of('date'), of('date')),
  write('(coalesce(d2, %1) - coalesce(d1, %2))', of('date'), of('date')),
]

const textBranches = (of: Of): fc.Arbitrary<string>[] => [
  write('(coalesce(%1, "") + coalesce(%2, ""))', of('text'), of('text')),
  write('(%1 + "x")', of('text')),
  write('upper case(%1)', of('text')),
  write('lower_case(%1)', of('text')),
  write('substring(%1, %2)', of('text'), of('number')),
  write(
    'substring(%1, %2, %3)',
    of('text'),
    fc.constantFrom('1', '2', '-1', '-3', '0', '5'),
    fc.constantFrom('0', '1', '2', '-1', '9', '1.5'),
  ),
  write('%3(%1, %2)', of('text'), of('text'), fc.constantFrom('min', 'max')),
  write('string(%1)', of('number')),
  write('string(%1)', of('date')),
  write('string(%1)', of('flag')),
]

const flagBranches = (of: Of, sight: Sight): fc.Arbitrary<string>[] => [
  ...(['number', 'text', 'date', 'instant'] as const).map(kind =>
    write('(%1 %3 %2)', of(kind), of(kind), fc.constantFrom('=', '!=', '<', '<=', '>', '>=')),
  ),
  write('(%1 %3 %2)', of('flag'), of('flag'), fc.constantFrom('=', '!=')),
  write('(%1 and %2 and %3)', of('flag'), of('flag'), of('flag')),
  write('(%1 or %2)', of('flag'), of('flag')),
  write('not(%1)', of('flag')),
  ...(['number', 'text', 'date'] as const).flatMap(kind => [
    write('(%1 between %2 and %3)', of(kind), of(kind), of(kind)),
    write('(%1 in %4%2..%3%5)', of(kind), of(kind), of(kind), fc.constantFrom('[', '('), fc.constantFrom(']', ')')),
    write('(%1 in [%2, %3])', of(kind), of(kind), of(kind)),
    write('(%1 in (%2, > %3))', of(kind), of(kind), of(kind)),
    write('is_empty(%1)', of(kind)),
  ]),
  write('%3(%1, %2)', of('text'), of('text'), fc.constantFrom('contains', 'starts with', 'ends_with')),
  ...(sight === 'record'
    ? [
        write('(stage %2 "%1")', fc.constantFrom('draft', 'open', 'closed'), fc.constantFrom('=', '!=', '<')),
        write('(stage in ["draft", "%1"])', fc.constantFrom('open', 'closed')),
        write(`(project %1 "${PROJECTS[0]?.id.toUpperCase()}")`, fc.constantFrom('=', '!=')),
        write('(project in ["%1", "%2"])', ...[0, 1].map(() => fc.constantFrom(...PROJECTS.map(each => each.id)))),
        fc.constantFrom(
          '(project = null)',
          '(project in lines.site)',
          'is_empty(project)',
          'is_empty(tags)',
          'is_empty(lines)',
        ),
        write('(%1 in tags)', of('text')),
        write('list contains(tags, %1)', of('text')),
      ]
    : []),
]

const dateBranches = (of: Of): fc.Arbitrary<string>[] => [
  write('(coalesce(d1, %1) %3 %2)', of('date'), of('number'), fc.constantFrom('+', '-')),
  write('add_months(%1, %2)', of('date'), fc.oneof(of('number'), fc.constantFrom('1', '-1', '12', '13', '-25', '0.5'))),
  write('%2(%1)', of('date'), fc.constantFrom('month_start', 'month_end')),
  fc.constant('month_start()'),
  write('%3(%1, %2)', of('date'), of('date'), fc.constantFrom('min', 'max')),
]

function overLines(result: Result, depth: number): fc.Arbitrary<string>[] {
  const inFilter = formula('flag', Math.min(depth, 2), 'filter')
  const rows = fc.oneof(fc.constant('lines'), write('lines[%1]', inFilter))
  const loop = (kind: Result) => formula(kind, Math.min(depth, 2), 'loop')
  const column: Record<Result, string> = { number: 'amount', text: 'title', flag: 'done', date: 'on', instant: 'on' }
  const least = write(`%2(%1.${column[result]})`, rows, fc.constantFrom('min', 'max'))
  switch (result) {
    case 'number':
      return [
        write(
          '%2(%1.%3)',
          rows,
          fc.constantFrom('sum', 'min', 'max', 'mean', 'count'),
          fc.constantFrom('amount', 'qty', 'site.budget'),
        ),
        write('%3(for l in %1 return %2)', rows, loop('number'), fc.constantFrom('sum', 'min', 'max', 'mean')),
        write('count(%1)', rows),
      ]
    case 'flag':
      return [
        write('(%3 l in %1 satisfies %2)', rows, loop('flag'), fc.constantFrom('some', 'every')),
        write('(%2 in %1.amount)', rows, formula('number', depth)),
        write('is_empty(%1)', rows),
      ]
    case 'text':
    case 'date':
      return [least, write('%3(for l in %1 return %2)', rows, loop(result), fc.constantFrom('min', 'max'))]
    case 'instant':
      return []
  }
}

export const RESULTS: readonly Result[] = ['number', 'text', 'flag', 'date', 'instant']
