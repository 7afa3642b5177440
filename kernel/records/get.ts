// get(): one record as the reader may see it; missing and invisible look the same.
import type { RecordJson } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { isOneOf, predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { intersect } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import type { DatabaseRow } from './flag.ts'
import { loadLines } from './line.ts'
import { presenter } from './present.ts'
import { type EntityRef, entityShape, type Got, got } from './typed.ts'

export interface GetOptions {
  /** From the recycle bin; needs the right to delete. */
  readonly deleted?: boolean
}

export async function get<E extends EntityRef>(
  ctx: Ctx,
  entity: E,
  id: string,
  options: GetOptions = {},
): Promise<Got<E>> {
  const shape = entityShape(ctx, entity)
  const [record] = await readRecords(ctx, shape, [id], options)
  if (!record) throw refuse('record.not_found', { entity: shape.name })
  return got<E>(record)
}

/** Those of the ids that the reader may see, with their lines, in the order of the ids. */
export async function readRecords(
  ctx: Ctx,
  shape: Shape,
  ids: readonly string[],
  { deleted = false }: GetOptions = {},
): Promise<RecordJson[]> {
  const asked = ids.filter(isId)
  if (asked.length === 0) return []
  const rights = rightsOf(ctx, shape.name)
  const rows = deleted ? intersect(rights.rows('read'), rights.rows('delete')) : rights.rows('read')
  const { columns, present, masked } = presenter(ctx, shape)
  const found = await sql<DatabaseRow>`select ${columns} from ${sql.id(ctx.tenant, shape.name)} t
    where ${isOneOf(sql`t.id`, asked)} and t.deleted_at is ${sql.raw(deleted ? 'not null' : 'null')}
      and ${predicate(rows, { tenant: ctx.tenant, entity: shape.name, alias: 't' })}`.execute(ctx.db)
  const lines = await loadLines(
    ctx,
    shape,
    found.rows.map(row => String(row.id)),
  )
  const byId = new Map(
    found.rows.map(row => {
      const id = String(row.id)
      const hidden = masked(row)
      return [id, { ...present(ctx, row, lines.get(id)), ...(hidden.length > 0 ? { _masked: hidden } : {}) }] as const
    }),
  )
  return asked.flatMap(id => byId.get(id) ?? [])
}

/** Which of the records the reader may see, for everything that hangs on a record: live news, files, comments. */
export async function visible(ctx: Ctx, entity: EntityRef, ids: readonly string[]): Promise<Set<string>> {
  const shape = entityShape(ctx, entity)
  const asked = ids.filter(isId)
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.id(ctx.tenant, shape.name)} t
    where ${isOneOf(sql`t.id`, asked)} and t.deleted_at is null
      and ${predicate(rightsOf(ctx, shape.name).rows('read'), { tenant: ctx.tenant, entity: shape.name, alias: 't' })}`.execute(
    ctx.db,
  )
  return new Set(rows.map(row => row.id))
}
