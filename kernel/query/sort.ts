// Sorting and keyset pages: sort, then created_at, then id. Empty values come last in both directions.
import { isId, isInstant, type Json, type Query } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { parameter } from '../records/column.ts'
import { parseValue } from '../records/value.ts'
import { refuse } from '../refuse.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'
import type { Question } from './readable.ts'

export interface Key {
  readonly field: FieldShape
  readonly descending: boolean
}
/** Up to this many rows a table may be sorted by anything. */
const smallTable = 20_000
const mostKeys = 3
const unsorted: ReadonlySet<string> = new Set([
  'lines',
  'multi_ref',
  'multi_choice',
  'file',
  'json',
  'secret',
  'long_text',
])

/**
 * The keys of a list; `created_at` last, in the direction of the last key. `filter` may fix the fields that lead an index;
 * of a set that is read whole (`'all'`) any order will do.
 */
export async function sortKeys(
  question: Question,
  sort: readonly string[],
  filter: Query['filter'] | 'all',
): Promise<Key[]> {
  if (sort.length > mostKeys) throw refuse('query.sort', { field: sort.join(', ') })
  const keys: Key[] = []
  for (const each of sort) {
    const descending = each.startsWith('-')
    const name = descending ? each.slice(1) : each
    const { field, uniform } = question.field(name)
    if (!uniform || name.includes('.') || unsorted.has(field.def.kind)) throw refuse('query.field', { field: name })
    keys.push({ field, descending })
  }
  const [first, second] = keys
  const indexed =
    !first ||
    filter === 'all' ||
    (second === undefined &&
      (first.field.name === 'id' ||
        question.shape.sortable.has(first.field.name) ||
        isLed(question.shape, first.field.name, filter)))
  if (!indexed && (await isLarge(question.ctx, question.shape)))
    throw refuse('query.sort', { field: sort.map(each => each.replace('-', '')).join(', ') })
  const last = keys.at(-1)
  const created = question.shape.fields.get('created_at')
  if (!created) throw new Error(`${question.shape.name} has no created_at`)
  return keys.some(key => key.field.name === 'created_at')
    ? keys
    : [...keys, { field: created, descending: last?.descending ?? true }]
}

/** Is the field the last of a declared index whose other fields the filter holds to one value each? */
const isLed = ({ def }: Shape, field: string, filter: Query['filter']): boolean =>
  (def.indexes ?? []).some(
    set =>
      set.length > 1 && set.at(-1) === field && set.slice(0, -1).every(name => (filter?.[name]?.eq ?? null) !== null),
  )

async function isLarge({ db, tenant }: Ctx, shape: Shape): Promise<boolean> {
  const { rows } = await sql<{ rows: number }>`select greatest(c.reltuples, 0)::bigint as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${tenant} and c.relname = ${shape.name}`.execute(
    db,
  )
  return (rows[0]?.rows ?? 0) > smallTable
}

/** Where a page ended: the values of its last row's keys, and the row. */
export interface Cursor {
  readonly values: readonly Json[]
  readonly id: string
}

/** Opaque to clients; carries the sort it belongs to. */
export const writeCursor = (keys: readonly Key[], cursor: Cursor): string =>
  Buffer.from(JSON.stringify([spelled(keys), cursor.values, cursor.id])).toString('base64url')

export function readCursor(keys: readonly Key[], text: string): Cursor {
  const stale = () => refuse('query.cursor')
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    throw stale()
  }
  if (!Array.isArray(parsed)) throw stale()
  const [sort, values, id]: unknown[] = parsed
  if (sort !== spelled(keys) || !Array.isArray(values) || values.length !== keys.length || !isId(id)) throw stale()
  const read = values.map((value: unknown, index): Json => {
    const key = keys[index]
    const value_ = key && parseValue(key.field.def, value)
    if (!value_?.ok) throw stale()
    return value_.value
  })
  if (!isInstant(read.at(keys.findIndex(key => key.field.name === 'created_at')))) throw stale()
  return { values: read, id }
}
const spelled = (keys: readonly Key[]): string =>
  keys.map(({ field, descending }) => `${descending ? '-' : ''}${field.name}`).join(' ')

const column = ({ field }: Key) => sql`t.${sql.id(field.column ?? field.name)}`

export const orderBy = (keys: readonly Key[], alias = 't'): RawBuilder<unknown> =>
  sql.join([
    ...keys.map(
      ({ field, descending }) =>
        sql`${sql.id(alias, field.column ?? field.name)} ${sql.raw(descending ? 'desc nulls last' : 'asc nulls last')}`,
    ),
    sql`${sql.id(alias, 'id')} ${sql.raw(keys.at(-1)?.descending ? 'desc' : 'asc')}`,
  ])

/** Rows after the cursor in the order of the keys, whatever is null. */
export function afterCursor(keys: readonly Key[], cursor: Cursor): RawBuilder<unknown> {
  const equal: RawBuilder<unknown>[] = []
  const options: RawBuilder<unknown>[] = []
  keys.forEach((key, index) => {
    const value = cursor.values[index] ?? null
    const at = column(key)
    const sign = sql.raw(key.descending ? '<' : '>')
    // Nothing comes after null but the ties.
    if (value !== null)
      options.push(
        sql`(${sql.join([...equal, sql`(${at} ${sign} ${parameter(key.field.def, value)} or ${at} is null)`], sql` and `)})`,
      )
    equal.push(value === null ? sql`${at} is null` : sql`${at} = ${parameter(key.field.def, value)}`)
  })
  options.push(
    sql`(${sql.join([...equal, sql`t.id ${sql.raw(keys.at(-1)?.descending ? '<' : '>')} ${cursor.id}::uuid`], sql` and `)})`,
  )
  return sql`(${sql.join(options, sql` or `)})`
}
