// Lines: rows inside a record, with their own id and position, read and written only together with it.
import { sql } from 'kysely'
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
      from ${sql.id(ctx.tenant, of.name)} t where t.parent = any(${ids}::uuid[]) order by t.position, t.id`.execute(
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

/** Many rows, few statements. Every row of one call has the same columns. */
export async function insertRows(
  ctx: Ctx,
  shape: Shape,
  rows: readonly NewRow[],
  more: {
    readonly search?: (row: NewRow) => unknown
    readonly skipKnown?: boolean
    readonly returning?: readonly ReturnType<typeof sql>[]
  } = {},
): Promise<DatabaseRow[]> {
  const returned: DatabaseRow[] = []
  for (let at = 0; at < rows.length; at += chunk) {
    const part = rows.slice(at, at + chunk)
    const first = part[0]
    if (!first) break
    const names = [
      ...Object.keys(first.system),
      ...cells(ctx, shape, first.values).map(each => each.column),
      ...(more.search ? ['_search'] : []),
    ]
    const values = part.map(row => {
      const list = [
        ...Object.values(row.system).map(value => sql`${value}`),
        ...cells(ctx, shape, row.values).map(each => each.value),
        ...(more.search ? [sql`${more.search(row)}`] : []),
      ]
      return sql`(${sql.join(list)})`
    })
    const { rows: made } = await sql<DatabaseRow>`insert into ${sql.id(ctx.tenant, shape.name)} as t
      (${sql.join(names.map(name => sql.id(name)))}) values ${sql.join(values)}
      ${more.skipKnown ? sql`on conflict (id) do nothing` : sql``}
      ${more.returning ? sql`returning ${sql.join(more.returning)}` : sql``}`.execute(ctx.db)
    returned.push(...made)
  }
  return returned
}
