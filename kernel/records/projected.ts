// writeProjected(): values that a computation owns (a plan's dates), written in bulk: no history, no new version.
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { columnsOf } from '../schema/column.ts'
import { write } from './transaction.ts'
import { type EntityRef, entityShape } from './typed.ts'

/**
 * Sets the same `projected` fields on many records in few statements. Only fields declared `projected` may be named;
 * anything else, and a call on behalf of a reader, is a bug of the caller. Returns how many rows there were.
 */
export async function writeProjected(
  ctx: Ctx,
  entity: EntityRef,
  rows: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[],
): Promise<number> {
  const shape = entityShape(ctx, entity)
  const names = Object.keys(rows[0] ?? {}).filter(name => name !== 'id')
  const types = names.map(name => {
    const field = shape.fields.get(name)
    if (!field?.column || field.def.projected !== true)
      throw new Error(`${shape.name}.${name} is not a projected field`)
    return { name, type: Object.values(columnsOf(name, field.def))[0]?.type ?? 'text' }
  })
  if (names.length === 0) return 0
  return write(ctx, async ctx => {
    let written = 0
    for (let at = 0; at < rows.length; at += 5000) {
      const part = rows.slice(at, at + 5000)
      // One JSON parameter instead of thousands: PostgreSQL takes it apart.
      const columns = [sql`id uuid`, ...types.map(({ name, type }) => sql`${sql.id(name)} ${sql.raw(type)}`)]
      const result = await sql`update ${sql.id(ctx.tenant, shape.name)} t
        set ${sql.join(types.map(({ name }) => sql`${sql.id(name)} = v.${sql.id(name)}`))}
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as v(${sql.join(columns)})
        where t.id = v.id`.execute(ctx.db)
      written += Number(result.numAffectedRows ?? 0)
    }
    return written
  })
}
