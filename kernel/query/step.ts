// One step over a reference in SQL: the field of the record that it points at, null where it points at nothing.
import { type RawBuilder, sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import type { Rows } from '../access/rows.ts'
import type { Ctx } from '../context.ts'

/** `column` is over alias `r`, the other record, and counts only on `rows` of it; `id` is the reference. */
export const overReference = (
  { tenant }: Pick<Ctx, 'tenant'>,
  entity: string,
  column: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  rows: Rows,
): RawBuilder<unknown> =>
  sql`(select ${column} from ${sql.id(tenant, entity)} r where r.id = ${id} and ${predicate(rows, { tenant, entity, alias: 'r' })})`
