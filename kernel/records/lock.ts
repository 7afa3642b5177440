// A record locked for its change: read as it is, with what this writer may do with it.
import { isId } from '@yingzao/kernel/entity'
import { type CompiledQuery, sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { intersect, type Rows } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import { Refusal, refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { columns } from './column.ts'
import type { Draft } from './draft.ts'
import { type DatabaseRow, flags } from './flag.ts'
import { readRecords } from './get.ts'
import { historyOf } from './history.ts'
import { loadLines } from './line.ts'
import { draftOf } from './store.ts'

export interface Locked<A = never> {
  readonly draft: Draft
  readonly row: DatabaseRow
  /** May the writer do it on this row? Only rows named in `ask` were asked. */
  readonly allowed: Readonly<Record<string, boolean>>
  readonly along: readonly A[]
}
export interface LockOptions<A> {
  readonly deleted?: boolean
  readonly lock?: boolean
  /** Asked in the same packet, when the row is locked. */
  readonly along?: CompiledQuery<A> | undefined
}

/**
 * Locks the row until the transaction ends and reads it with its lines. Missing and invisible are one refusal. `ask` names
 * sets of rows; the answer says whether this record is among each.
 */
export async function lockRecord<A = never>(
  ctx: Ctx,
  shape: Shape,
  id: string,
  ask: Readonly<Record<string, Rows>>,
  { deleted = false, lock = true, along }: LockOptions<A> = {},
): Promise<Locked<A>> {
  if (!isId(id)) throw refuse('record.not_found', { entity: shape.name })
  const rights = rightsOf(ctx, shape.name)
  const read = deleted ? intersect(rights.rows('read'), rights.rows('delete')) : rights.rows('read')
  const at = { tenant: ctx.tenant, entity: shape.name, alias: 't' }
  const asked = flags(at, read)
  const answers = Object.entries(ask).map(([name, rows]) => [name, asked.ask(rows)] as const)
  const statement = sql<DatabaseRow>`
    select ${sql.join([columns(ctx.tenant, shape), ...asked.columns()])} from ${sql.id(ctx.tenant, shape.name)} t
    where t.id = ${id}::uuid and t.deleted_at is ${sql.raw(deleted ? 'not null' : 'null')} and ${predicate(read, at)}
    ${lock ? sql`for update of t` : sql``}`
  const asking = statement.compile(ctx.db)
  const [rows, found] = along ? await together(ctx.db, [asking, along]) : [(await ctx.db.executeQuery(asking)).rows, []]
  const row = rows[0]
  if (!row) throw refuse('record.not_found', { entity: shape.name })
  const lines = shape.lines.length > 0 ? (await loadLines(ctx, shape, [id])).get(id) : undefined
  return {
    draft: draftOf(ctx, shape, row, lines ?? {}),
    row,
    allowed: Object.fromEntries(answers.map(([name, answer]) => [name, answer(row)])),
    along: found,
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
