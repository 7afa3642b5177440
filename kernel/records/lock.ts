// A record locked for its change: read as it is, with what this writer may do with it.
import { isId } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { intersect, type Rows } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { Refusal, refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { columns } from './column.ts'
import type { Draft } from './draft.ts'
import { type DatabaseRow, flags } from './flag.ts'
import { readRecords } from './get.ts'
import { historyOf } from './history.ts'
import { loadLines } from './line.ts'
import { draftOf } from './store.ts'

export interface Locked {
  readonly draft: Draft
  readonly row: DatabaseRow
  /** May the writer do it on this row? Only rows named in `ask` were asked. */
  readonly allowed: Readonly<Record<string, boolean>>
}

/**
 * Locks the row until the transaction ends and reads it with its lines. Missing and invisible are one refusal. `ask` names
 * sets of rows; the answer says whether this record is among each.
 */
export async function lockRecord(
  ctx: Ctx,
  shape: Shape,
  id: string,
  ask: Readonly<Record<string, Rows>>,
  { deleted = false, lock = true }: { readonly deleted?: boolean; readonly lock?: boolean } = {},
): Promise<Locked> {
  if (!isId(id)) throw refuse('record.not_found', { entity: shape.name })
  const rights = rightsOf(ctx, shape.name)
  const read = deleted ? intersect(rights.rows('read'), rights.rows('delete')) : rights.rows('read')
  const at = { tenant: ctx.tenant, entity: shape.name, alias: 't' }
  const asked = flags(at, read)
  const answers = Object.entries(ask).map(([name, rows]) => [name, asked.ask(rows)] as const)
  const { rows } = await sql<DatabaseRow>`
    select ${sql.join([columns(ctx.tenant, shape), ...asked.columns()])} from ${sql.id(ctx.tenant, shape.name)} t
    where t.id = ${id}::uuid and t.deleted_at is ${sql.raw(deleted ? 'not null' : 'null')} and ${predicate(read, at)}
    ${lock ? sql`for update of t` : sql``}`.execute(ctx.db)
  const row = rows[0]
  if (!row) throw refuse('record.not_found', { entity: shape.name })
  const lines = shape.lines.length > 0 ? (await loadLines(ctx, shape, [id])).get(id) : undefined
  return {
    draft: draftOf(ctx, shape, row, lines ?? {}),
    row,
    allowed: Object.fromEntries(answers.map(([name, answer]) => [name, answer(row)])),
  }
}

/** Somebody was faster: the refusal carries the record as it is and the change that made it so. */
export async function refuseStale(
  ctx: Ctx,
  shape: Shape,
  id: string,
  version: number | undefined,
  draft: Draft,
): Promise<void> {
  if (version === undefined || version === draft.version) return
  const [current] = await readRecords(ctx, shape, [id])
  const [changed] = await historyOf(ctx, shape, id, { limit: 1 })
  throw new Refusal('record.stale', { version: draft.version }, [], {
    ...(current ? { current } : {}),
    ...(changed ? { changed } : {}),
  })
}
