// list(): a page of records as the reader may see them: filter, condition, search, sort, count, titles of what they refer to.
import type { Page, Query, RecordJson } from '@yingzao/kernel/entity'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import { keeper } from '../access/kept.ts'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { intersect, isNone, type Rows } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { asTable } from '../driver.ts'
import type { DatabaseRow } from '../records/flag.ts'
import { jsonView } from '../records/json.ts'
import { loadLines } from '../records/line.ts'
import { type Presenter, presenter } from '../records/present.ts'
import { refsOf, refsTo } from '../records/title.ts'
import { type EntityRef, entityShape, type Got, got } from '../records/typed.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import type { Table } from '../tap.ts'
import { bytesOf } from '../wire.ts'
import { filterConditions } from './filter.ts'
import { type Question, question } from './readable.ts'
import { searchCondition } from './search.ts'
import { type Cursor, type Key, readCursor, sortKeys, writeCursor } from './sort.ts'
import { pageOf, stretches } from './stretch.ts'
import { whereCondition } from './where.ts'

const mostRows = 500
const usualRows = 50
/** Counts are exact up to here: counting a million rows is what makes lists slow. */
const mostCounted = 1000

export interface ListOptions {
  /** Rows of another function than reading: an export shows what may be exported. */
  readonly function?: 'read' | 'export'
}

/** Lines are left out unless `fields` names them. */
export async function list<E extends EntityRef>(
  ctx: Ctx,
  entity: E,
  query: Query = {},
  options: ListOptions = {},
): Promise<Page<Got<E>>> {
  const shape = entityShape(ctx, entity)
  const page = await listPage(ctx, shape, query, options)
  return { ...page, items: page.items.map(record => got<E>(record)) }
}

/** The page as JSON in UTF-8: what `list` gives, written without making its records. For whoever sends it on. */
export async function listJson(ctx: Ctx, entity: EntityRef, query: Query = {}): Promise<Buffer> {
  const shape = entityShape(ctx, entity)
  const limit = limitOf(query)
  const { view, keys, rows, only, conditions, statements } = await planOf(ctx, shape, query, {}, limit)
  if (shape.lines.some(({ field }) => only?.includes(field)))
    return Buffer.from(JSON.stringify(await listPage(ctx, shape, query, {})))
  const { columns, rows: found } = await readTable(ctx, isNone(rows) || limit === 0 ? [] : statements, limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const json = last && jsonView(view, columns)
  const rest = {
    next: last && json && found.length > limit ? writeCursor(keys, cursorAt(keys, json.row(last))) : null,
    ...(query.count ? { count: await countOf(ctx, shape, rows, conditions) } : {}),
    refs: json ? await refsTo(ctx, json.references(items)) : {},
  }
  const records = items.map(cells => json?.record(ctx, cells))
  return Buffer.from(`{"items":[${records.join()}],${bytesOf(JSON.stringify(rest).slice(1))}`, 'latin1')
}

function limitOf(query: Query): number {
  const limit = query.limit ?? usualRows
  if (!Number.isInteger(limit) || limit < 0 || limit > mostRows) throw refuse('query.limit', { max: mostRows })
  return limit
}

async function listPage(ctx: Ctx, shape: Shape, query: Query, options: ListOptions): Promise<Page<RecordJson>> {
  const limit = limitOf(query)
  const { view, keys, rows, only, conditions, statements } = await planOf(ctx, shape, query, options, limit)
  const found = isNone(rows) || limit === 0 ? [] : await read(ctx, statements, limit + 1)
  const items = found.slice(0, limit)
  const withLines = shape.lines.some(({ field }) => only?.includes(field))
  const lines = withLines
    ? await loadLines(
        ctx,
        shape,
        items.map(row => String(row.id)),
      )
    : null
  const records = items.map(row => view.present(ctx, row, lines?.get(String(row.id))))
  const last = items.at(-1)
  return {
    items: records,
    next: last && found.length > limit ? writeCursor(keys, cursorAt(keys, last)) : null,
    ...(query.count ? { count: await countOf(ctx, shape, rows, conditions) } : {}),
    refs: await refsOf(ctx, shape, records),
  }
}

/** Everything about a page that does not depend on the moment. */
interface Plan {
  readonly view: Presenter
  readonly keys: readonly Key[]
  readonly rows: Rows
  readonly only: readonly string[] | undefined
  readonly conditions: RawBuilder<unknown>
  readonly statements: readonly CompiledQuery<DatabaseRow>[]
}
/** First pages are asked for again and again: by everybody who opens the list, and whenever it changed. */
const plans = keeper<Plan>()
const longestKey = 2000

async function planOf(ctx: Ctx, shape: Shape, query: Query, options: ListOptions, limit: number): Promise<Plan> {
  const about = question(ctx, shape)
  const rows = rowsOf(ctx, shape, query, options)
  const keys = await sortKeys(about, query.sort ?? [], query.filter)
  const make = (): Plan => {
    const cursor = query.after === undefined ? null : readCursor(keys, query.after)
    const conditions = conditionsOf(about, query)
    const only = query.fields && fieldsAsked(about, query.fields)
    const view = presenter(ctx, shape, only)
    const statements = statementsOf(ctx, shape, rows, keys, cursor, conditions, view.columns, limit + 1)
    return { view, keys, rows, only, conditions, statements }
  }
  // A condition may name today and now.
  if (query.after !== undefined || query.where) return make()
  const key = JSON.stringify([ctx.tenant, query, options])
  return key.length > longestKey ? make() : plans(ctx.principal, shape, key, make)
}

/** The rows that the question is about: readable, of the asked function, from the bin only with the right to delete. */
export function rowsOf(ctx: Ctx, shape: Shape, query: Pick<Query, 'deleted'>, options: ListOptions = {}): Rows {
  const rights = rightsOf(ctx, shape.name)
  if (isNone(rights.rows('read'))) throw refuse('access.denied', { function: 'read' })
  const read =
    options.function === 'export' ? intersect(rights.rows('read'), rights.rows('export')) : rights.rows('read')
  if (options.function === 'export' && isNone(read)) throw refuse('access.denied', { function: 'export' })
  return query.deleted ? intersect(read, rights.rows('delete')) : read
}

export function conditionsOf(
  about: Question,
  query: Pick<Query, 'deleted' | 'filter' | 'where' | 'search'>,
): RawBuilder<unknown> {
  return sql.join(
    [
      query.deleted ? sql`t.deleted_at is not null` : sql`t.deleted_at is null`,
      ...filterConditions(about, query.filter ?? {}),
      ...(query.where ? [whereCondition(about, query.where)] : []),
      ...(query.search ? [searchCondition(about, query.search)] : []),
    ],
    sql` and `,
  )
}

/** A column that is hidden from the reader is left out; one that does not exist at all is a mistake. */
function fieldsAsked({ shape }: Question, fields: readonly string[]): readonly string[] {
  for (const name of fields) if (!shape.fields.has(name) && name !== 'id') throw refuse('query.field', { field: name })
  return fields
}

/** A statement for each stretch of the order; usually the first gives the whole page. */
export function statementsOf(
  ctx: Ctx,
  shape: Shape,
  rows: Rows,
  keys: readonly Key[],
  cursor: Cursor | null,
  conditions: RawBuilder<unknown>,
  columns: RawBuilder<unknown>,
  limit: number,
): CompiledQuery<DatabaseRow>[] {
  const at = { tenant: ctx.tenant, entity: shape.name, alias: 't' }
  return stretches(keys, cursor).map(stretch =>
    sql<DatabaseRow>`${pageOf(rows, at, stretch, conditions, columns, limit)}`.compile(ctx.db),
  )
}

export async function read(
  ctx: Ctx,
  statements: readonly CompiledQuery<DatabaseRow>[],
  limit: number,
): Promise<DatabaseRow[]> {
  const found: DatabaseRow[] = []
  for (const statement of statements) {
    const { rows } = await ctx.db.executeQuery(statement)
    found.push(...rows)
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}

const cursorAt = (keys: readonly Key[], row: DatabaseRow): Cursor => ({
  values: keys.map(({ field }) => {
    const value = row[field.name]
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }),
  id: String(row.id),
})

/** The same of rows that are only passed on. */
async function readTable(ctx: Ctx, statements: readonly CompiledQuery[], limit: number): Promise<Table> {
  let found: Table = { columns: [], rows: [] }
  for (const statement of statements) {
    const [table] = (await ctx.db.executeQuery(asTable(statement))).rows
    if (table) found = { columns: table.columns, rows: [...found.rows, ...table.rows] }
    if (found.rows.length >= limit) break
  }
  return found
}

async function countOf(
  ctx: Ctx,
  shape: Shape,
  rows: Rows,
  conditions: RawBuilder<unknown>,
): Promise<{ value: number; more: boolean }> {
  if (isNone(rows)) return { value: 0, more: false }
  const result = await sql<{ n: number }>`select count(*) as n from (select 1 from ${sql.id(ctx.tenant, shape.name)} t
    where ${conditions} and ${predicate(rows, { tenant: ctx.tenant, entity: shape.name, alias: 't' })} limit ${mostCounted + 1}) counted`.execute(
    ctx.db,
  )
  const value = result.rows[0]?.n ?? 0
  return { value: Math.min(value, mostCounted), more: value > mostCounted }
}

/** Every row that may be exported, page by page, so that a million rows need no memory. */
export async function* exportRows(
  ctx: Ctx,
  entity: EntityRef,
  query: Omit<Query, 'limit' | 'after' | 'count'> = {},
): AsyncGenerator<Page<RecordJson>> {
  const shape = entityShape(ctx, entity)
  let after: string | undefined
  do {
    const page: Page<RecordJson> = await listPage(
      ctx,
      shape,
      { ...query, limit: mostRows, ...(after === undefined ? {} : { after }) },
      { function: 'export' },
    )
    yield page
    after = page.next ?? undefined
  } while (after !== undefined)
}
