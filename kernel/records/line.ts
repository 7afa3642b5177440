// Lines: rows inside a record, with their own id and position, read and written only together with it.
import { type RawBuilder, sql } from 'kysely'
import { isOneOf } from '../access/predicate.ts'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'
import { cells, columns } from './column.ts'
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
  readonly values: Readonly<Record<string, unknown>>
  /** Columns that are no fields: id, parent, position, version … */
  readonly system: Readonly<Record<string, unknown>>
}

/** `insert into … values …` of rows that have the same columns; `search` gives what search looks through. */
export function insertion(
  ctx: Ctx,
  shape: Shape,
  rows: readonly NewRow[],
  search?: (row: NewRow) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const [first] = rows
  if (!first) throw new Error(`no rows for ${shape.name}`)
  const names = [
    ...Object.keys(first.system),
    ...cells(ctx, shape, first.values).map(each => each.column),
    ...(search ? ['_search'] : []),
  ]
  const values = rows.map(row => {
    const list = [
      ...Object.values(row.system),
      ...cells(ctx, shape, row.values).map(each => each.value),
      ...(search ? [search(row)] : []),
    ]
    return sql`(${sql.join(list)})`
  })
  return sql`insert into ${sql.id(ctx.tenant, shape.name)}
    (${sql.join(names.map(name => sql.id(name)))}) values ${sql.join(values)}`
}

/** In parts of which each is one statement. */
export const parts = <T>(list: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / chunk) }, (_, at) => list.slice(at * chunk, (at + 1) * chunk))
