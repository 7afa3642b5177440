// Parts: records whose reference says `onDelete: 'with'`. They go to the recycle bin in one moment with their whole, however
// deep they hang, and come back with it; what was binned before stays there.
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import { type Shape, wholeOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import { recordChanges } from './change.ts'
import { columns } from './column.ts'
import { asRecord, type Draft } from './draft.ts'
import type { DatabaseRow } from './flag.ts'
import { runAfter, runBeforeRemove } from './hook.ts'
import { loadLines } from './line.ts'
import { constrained, draftOf } from './store.ts'
import { decidesRights } from './transaction.ts'

/** Records of one entity that went or came back together. */
export interface Together {
  readonly shape: Shape
  readonly ids: readonly string[]
}

/** Bins all that is part of the record, which is binned already, and tells what went, the record first. */
export const removeParts = (ctx: Ctx, shape: Shape, id: string): Promise<Together[]> =>
  follow(ctx, { shape, ids: [id] }, (part, column, wholes) =>
    moveParts(ctx, part, sql`t.${sql.id(column)} = any(${wholes}::uuid[]) and t.deleted_at is null`, column),
  )

/** Brings back what went to the bin with the record. */
export const restoreParts = (ctx: Ctx, shape: Shape, id: string): Promise<Together[]> =>
  follow(ctx, { shape, ids: [id] }, (part, _, wholes) =>
    constrained(part, () =>
      moveParts(ctx, part, sql`t.deleted_with = any(${wholes}::uuid[]) and t.deleted_at is not null`, null),
    ),
  )

/** A part alone does not come back before its whole. */
export async function refuseWithoutWhole(ctx: Ctx, shape: Shape, draft: Draft): Promise<void> {
  const whole = wholeOf(shape)
  if (!whole) return
  const { rows } = await sql`select 1 from ${sql.id(ctx.tenant, whole.entity)} t
    where t.id = ${draft.values[whole.field] ?? null}::uuid and t.deleted_at is not null`.execute(ctx.db)
  const { label } = shapeOf(ctx.registry, whole.entity).def
  if (rows.length > 0) throw refuse('record.whole_deleted', { entity: label[ctx.lang] })
}

/** From wholes to their parts and on to the parts of those, until nothing more moves. */
async function follow(
  ctx: Ctx,
  first: Together,
  move: (part: Shape, column: string, wholes: readonly string[]) => Promise<readonly string[]>,
): Promise<Together[]> {
  const all = [first]
  for (const { shape, ids } of all)
    for (const part of ctx.registry.shapes.values()) {
      const whole = wholeOf(part)
      if (whole?.entity !== shape.name) continue
      const moved = await move(part, whole.field, ids)
      if (moved.length > 0) all.push({ shape: part, ids: moved })
    }
  return all
}

/** `binned`: the column that names the whole when parts go to the bin with it, null when they come back. */
async function moveParts(
  ctx: Ctx,
  part: Shape,
  of: ReturnType<typeof sql>,
  binned: string | null,
): Promise<readonly string[]> {
  const deleted = binned !== null
  const hooked = (ctx.registry.hooks.get(part.name)?.length ?? 0) > 0
  const drafts = hooked ? await draftsOf(ctx, part, of) : []
  if (deleted) for (const draft of drafts) await runBeforeRemove(ctx, part, draft)
  const { rows } = await sql<{ id: string; version: number }>`update ${sql.id(ctx.tenant, part.name)} t
    set version = t.version + 1, deleted_at = ${deleted ? ctx.now : null}::timestamptz,
      deleted_by = ${deleted ? ctx.principal.user : null}::uuid, deleted_with = ${binned === null ? null : sql.ref(`t.${binned}`)},
      updated_at = ${ctx.now}::timestamptz, updated_by = ${ctx.principal.user}::uuid
    where ${of} returning t.id, t.version`.execute(ctx.db)
  await recordChanges(
    ctx,
    rows.map(({ id, version }) => ({
      entity: part.name,
      record: id,
      version: Number(version),
      op: deleted ? 'delete' : 'restore',
      diff: {},
    })),
  )
  if (ctx.unit && rows.length > 0 && decidesRights(ctx, part.name)) ctx.unit.rights = true
  await runAfter(
    ctx,
    part,
    drafts.map(draft =>
      deleted
        ? { after: null, before: asRecord(draft) }
        : { after: { ...asRecord(draft), version: draft.version + 1 }, before: null },
    ),
  )
  return rows.map(row => row.id)
}

/** Only hooks want to see each record; without them parts move in one statement. */
async function draftsOf(ctx: Ctx, shape: Shape, of: ReturnType<typeof sql>): Promise<Draft[]> {
  const { rows } = await sql<DatabaseRow>`select ${columns(ctx.tenant, shape)}
    from ${sql.id(ctx.tenant, shape.name)} t where ${of} for update of t`.execute(ctx.db)
  const ids = rows.map(row => String(row.id))
  const lines = shape.lines.length > 0 ? await loadLines(ctx, shape, ids) : new Map()
  return rows.map(row => draftOf(ctx, shape, row, lines.get(String(row.id)) ?? {}))
}
