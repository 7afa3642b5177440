// aggregate(): counts and sums by group over the rows the reader sees. Complete or refused, never silently
// partial; or, asked for as such, of what the reader sees (`seen`).
import type { AggregateQuery, AggregateRow, Json } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { isNone } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import type { DatabaseRow } from '../records/flag.ts'
import { type EntityRef, entityShape } from '../records/typed.ts'
import { refuse } from '../refuse.ts'
import { conditionsOf, rowsOf } from './list.ts'
import { type Question, question } from './readable.ts'

const mostGroups = 10_000
const mostMeasures = 20
const units: ReadonlySet<string> = new Set(['day', 'week', 'month', 'quarter', 'year'])
const summed: ReadonlySet<string> = new Set(['integer', 'duration', 'number', 'money', 'percent'])
const ordered: ReadonlySet<string> = new Set([...summed, 'date', 'instant', 'text', 'serial'])
const grouped: ReadonlySet<string> = new Set([
  'text',
  'choice',
  'flag',
  'ref',
  'user',
  'org_unit',
  'date',
  'instant',
  'integer',
  'serial',
])

/** `by: ['project', 'worked_on:month']`; sums and averages are decimal strings, months are their first day. */
export async function aggregate(ctx: Ctx, entity: EntityRef, query: AggregateQuery): Promise<AggregateRow[]> {
  const shape = entityShape(ctx, entity)
  const asked = question(ctx, shape)
  // What counts must be complete: a condition on a field that some rows hide would drop those rows in silence.
  const about: Question = {
    ...asked,
    field(name) {
      const readable = asked.field(name)
      if (!readable.uniform) throw refuse('query.field', { field: name })
      return readable
    },
  }
  const rows = rowsOf(ctx, shape, {})
  const by = (query.by ?? []).map(each => group(about, each))
  if (query.measures.length === 0 || query.measures.length > mostMeasures)
    throw refuse('query.limit', { max: mostMeasures })
  const measures = query.measures.map(each => measure(query.seen ? asked : about, each))
  const conditions = conditionsOf(about, query)
  if (isNone(rows)) return []
  const columns = [
    ...by.map((each, index) => sql`${each} as ${sql.id(`k${index}`)}`),
    ...measures.map((each, index) => sql`${each} as ${sql.id(`m${index}`)}`),
  ]
  const grouping =
    by.length > 0
      ? sql`group by ${sql.join(by.map((_, index) => sql.raw(String(index + 1))))} order by ${sql.join(by.map((_, index) => sql.raw(String(index + 1))))}`
      : sql``
  const { rows: found } = await sql<DatabaseRow>`select ${sql.join(columns)} from ${sql.id(ctx.tenant, shape.name)} t
    where ${conditions} and ${predicate(rows, { tenant: ctx.tenant, entity: shape.name, alias: 't' })}
    ${grouping} limit ${mostGroups + 1}`.execute(ctx.db)
  if (found.length > mostGroups) throw refuse('query.groups', { max: mostGroups })
  return found.map(row => ({
    key: by.map((_, index) => keyOf(row[`k${index}`])),
    values: measures.map((_, index) => plain(row[`m${index}`])),
  }))
}

/** A flag stays one: it is compared with the records' own. */
const keyOf = (value: unknown) => (typeof value === 'boolean' ? value : plain(value))

const plain = (value: unknown) =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? null
      : String(value)

function group(about: Question, asked: string): RawBuilder<unknown> {
  const [name = '', unit] = asked.split(':')
  const { field, value } = about.field(name)
  const { kind } = field.def
  if (!grouped.has(kind)) throw refuse('query.field', { field: name })
  if (unit === undefined) return value
  if (!units.has(unit) || (kind !== 'date' && kind !== 'instant')) throw refuse('query.field', { field: asked })
  // Timestamps are grouped by the day they are in UTC; the wall clock of a place is a plain date field.
  return kind === 'date'
    ? sql`date_trunc(${sql.lit(unit)}, ${value}::timestamp)::date`
    : sql`date_trunc(${sql.lit(unit)}, ${value} at time zone 'UTC')::date`
}

function measure(about: Question, { fn, field: name }: AggregateQuery['measures'][number]): RawBuilder<unknown> {
  if (name === undefined) {
    if (fn !== 'count') throw refuse('query.field', { field: fn })
    return sql`count(*)`
  }
  const { field, value } = about.field(name)
  const { kind } = field.def
  const bad = () => refuse('query.field', { field: name })
  switch (fn) {
    case 'count':
      if (!field.column) throw bad()
      return sql`count(${value})`
    case 'sum':
      if (!summed.has(kind)) throw bad()
      return sql`coalesce(sum(${value}), 0)::numeric`
    case 'avg':
      if (!summed.has(kind)) throw bad()
      return sql`round(avg(${value}), 6)`
    case 'min':
    case 'max':
      if (!ordered.has(kind)) throw bad()
      return sql`${sql.raw(fn)}(${value})`
    default:
      throw refuse('query.field', { field: String(fn) satisfies Json })
  }
}
