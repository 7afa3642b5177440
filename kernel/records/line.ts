// Lines: rows inside a record, with their own id and position, read and written only together with it.
import { sql } from 'kysely'
import { isOneOf } from '../access/predicate.ts'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'
import { quote } from '../schema/table.ts'
import { type Cell, columns } from './column.ts'
import type { DatabaseRow } from './flag.ts'

/** Rows per statement: far below PostgreSQL's 65,535 parameters for any sane number of fields. */
const chunk = 500

export type LinesOf = Readonly<Record<string, readonly DatabaseRow[]>>

/** The lines of several records, by record id, in their order. */
export async function loadLines(
  ctx: Ctx,
  shape: Shape,
  ids: readonly string[],
): Promise<Map<string, Record<string, DatabaseRow[]>>> {
  const found = new Map(
    ids.map(id => [id, Object.fromEntries(shape.lines.map(({ field }) => [field, [] as DatabaseRow[]]))]),
  )
  for (const { field, of } of shape.lines) {
    if (ids.length === 0) break
    const { rows } = await sql<DatabaseRow>`select ${columns(ctx.tenant, of)}
      from ${sql.id(ctx.tenant, of.name)} t where ${isOneOf(sql`t.parent`, ids)} order by t.position, t.id`.execute(
      ctx.db,
    )
    for (const row of rows) found.get(String(row.parent))?.[field]?.push(row)
  }
  return found
}

export interface NewRow {
  /** Columns that are no fields: id, parent, position, version … */
  readonly system: Readonly<Record<string, unknown>>
  readonly cells: readonly Cell[]
}

/** Keeps a value for a statement that is written as text and gives its place in it: `$1`. */
export type Put = (value: unknown) => string
export const placing =
  (values: unknown[]): Put =>
  value =>
    `$${values.push(value ?? null)}`

/** Types of the columns that are no fields. */
const systemTypes: Readonly<Record<string, string>> = {
  ...{ id: 'uuid', parent: 'uuid', position: 'integer', version: 'integer' },
  ...{ created_at: 'timestamptz', created_by: 'uuid', updated_at: 'timestamptz', updated_by: 'uuid' },
}

/** From so many rows on a column is one parameter: planning thousands of parameters takes the server longer than storing them. */
const many = 20

/** A column of the rows to be stored: `before` value `after`. */
export interface NewColumn {
  readonly name: string
  readonly values: readonly unknown[]
  readonly before: string
  readonly after: string
}

/** `select … from unnest(…)` of columns given whole. What is itself a list has no place in one. */
export function rowsOf(columns: readonly NewColumn[], put: Put): string {
  const shown = columns.map(({ before, after }, at) => `${before}v.c${at}${after}`)
  const given = columns.map(({ values }) => `${put(values)}::text[]`)
  return `select ${shown.join(', ')} from unnest(${given.join(', ')}) as v (${columns.map((_, at) => `c${at}`).join(', ')})`
}
export const isMany = (rows: readonly unknown[]): boolean => rows.length >= many

/** `insert into …` of rows that have the same columns. */
export function insertion(tenant: string, table: string, rows: readonly NewRow[], put: Put): string {
  const [first] = rows
  if (!first) throw new Error(`no rows for ${table}`)
  const names = [...Object.keys(first.system), ...first.cells.map(each => each.column)]
  if (isMany(rows) && !rows.some(({ cells }) => cells.some(({ value }) => Array.isArray(value)))) {
    const columns = [
      ...Object.keys(first.system).map(name => ({
        ...{ name, values: rows.map(({ system }) => system[name] ?? null) },
        ...{ before: '', after: `::${systemTypes[name] ?? 'text'}` },
      })),
      ...first.cells.map(({ column, before, after }, at) => ({
        ...{ name: column, values: rows.map(({ cells }) => cells[at]?.value ?? null), before, after },
      })),
    ]
    return `insert into ${quote(tenant)}.${quote(table)} (${names.map(quote).join(', ')}) ${rowsOf(columns, put)}`
  }
  const values = rows.map(({ system, cells }) => {
    const list = [
      ...Object.values(system).map(put),
      ...cells.map(({ value, before, after }) => `${before}${put(value)}${after}`),
    ]
    return `(${list.join(', ')})`
  })
  return `insert into ${quote(tenant)}.${quote(table)} (${names.map(quote).join(', ')}) values ${values.join(', ')}`
}

/** In parts of which each is one statement. */
export const parts = <T>(list: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / chunk) }, (_, at) => list.slice(at * chunk, (at + 1) * chunk))
