// remove() and restore(): the recycle bin. What is still referred to stays, unless the reference allows to be cleared or is
// that of a part, which goes and comes back with its whole.
import { sql } from 'kysely'
import { rightsOf } from '../access/rights.ts'
import { isNone } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import { type Shape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import { asSystem } from '../system.ts'
import { isEditable } from './can.ts'
import { recordChanges } from './change.ts'
import { asRecord } from './draft.ts'
import { readRecords } from './get.ts'
import { runAfter, runBeforeRemove } from './hook.ts'
import { lockRecord, refuseStale } from './lock.ts'
import { refuseWithoutWhole, removeParts, restoreParts, type Together } from './part.ts'
import { patchOne } from './patch.ts'
import { constrained } from './store.ts'
import { write } from './transaction.ts'
import { type EntityRef, entityShape, type Got, got } from './typed.ts'

export const remove = (ctx: Ctx, entity: EntityRef, id: string, version?: number): Promise<void> => {
  const shape = entityShape(ctx, entity)
  return write(ctx, ctx => removeOne(ctx, shape, id, version))
}

export async function removeOne(ctx: Ctx, shape: Shape, id: string, version: number | undefined): Promise<void> {
  const { draft, row, allowed } = await lockRecord(ctx, shape, id, { delete: rightsOf(ctx, shape.name).rows('delete') })
  if (!allowed.delete) throw refuse('access.denied', { function: 'delete' })
  await refuseStale(ctx, shape, id, version, draft)
  if (!isEditable(shape, row)) throw refuse('record.frozen', {})
  await runBeforeRemove(ctx, shape, draft)
  await mark(ctx, shape, id, draft.version + 1, true)
  for (const gone of await removeParts(ctx, shape, id)) await releaseReferences(ctx, gone)
  await recordChanges(ctx, [{ entity: shape.name, record: id, version: draft.version + 1, op: 'delete', diff: {} }])
  await runAfter(ctx, shape, [{ after: null, before: asRecord(draft) }])
}

export async function restore<E extends EntityRef>(ctx: Ctx, entity: E, id: string, version?: number): Promise<Got<E>> {
  const shape = entityShape(ctx, entity)
  return write(ctx, async ctx => {
    await restoreOne(ctx, shape, id, version)
    const [record] = await readRecords(ctx, shape, [id])
    return got<E>(record ?? { id, version: 0, _can: [] })
  })
}

export async function restoreOne(ctx: Ctx, shape: Shape, id: string, version: number | undefined): Promise<void> {
  const { draft } = await lockRecord(ctx, shape, id, {}, { deleted: true })
  await refuseStale(ctx, shape, id, version, draft)
  await refuseWithoutWhole(ctx, shape, draft)
  await constrained(shape, () => mark(ctx, shape, id, draft.version + 1, false))
  await restoreParts(ctx, shape, id)
  await recordChanges(ctx, [{ entity: shape.name, record: id, version: draft.version + 1, op: 'restore', diff: {} }])
  await runAfter(ctx, shape, [{ after: { ...asRecord(draft), version: draft.version + 1 }, before: null }])
}

const mark = (ctx: Ctx, shape: Shape, id: string, version: number, deleted: boolean) =>
  sql`update ${sql.id(ctx.tenant, shape.name)} set version = ${version}::integer,
      deleted_at = ${deleted ? ctx.now : null}::timestamptz, deleted_by = ${deleted ? ctx.principal.user : null}::uuid,
      updated_at = ${ctx.now}::timestamptz, updated_by = ${ctx.principal.user}::uuid
    where id = ${id}::uuid`.execute(ctx.db)

/**
 * Living records that point at what was just binned: refused with the name of their kind, or emptied where the field says
 * `onDelete: 'clear'`.
 */
async function releaseReferences(ctx: Ctx, { shape, ids }: Together): Promise<void> {
  for (const other of ctx.registry.shapes.values())
    for (const { name, def, column, system } of other.fields.values()) {
      if (targetOf(def) !== shape.name || !column || system) continue
      const owner = other.parent ? shapeOf(ctx.registry, other.parent.entity) : other
      const from = other.parent
        ? sql`${sql.id(ctx.tenant, other.name)} r join ${sql.id(ctx.tenant, owner.name)} o on o.id = r.parent`
        : sql`${sql.id(ctx.tenant, other.name)} o join ${sql.id(ctx.tenant, other.name)} r on r.id = o.id`
      const clear = def.kind === 'ref' && def.onDelete === 'clear' && !other.parent
      const { rows } = await sql<{ id: string }>`select o.id from ${from}
        where r.${sql.id(column)} = any(${ids}::uuid[]) and o.deleted_at is null
        limit ${clear ? 10_000 : 1}`.execute(ctx.db)
      if (rows.length === 0) continue
      if (!clear) throw refuse('record.in_use', { entity: nameFor(ctx, owner) })
      for (const row of rows) await patchOne(asSystem(ctx), other, row.id, undefined, { [name]: null })
    }
}

/** What uses it is told only to those who may know of such records at all. */
const nameFor = (ctx: Ctx, shape: Shape): string =>
  ctx.principal.kind === 'system' || !isNone(rightsOf(ctx, shape.name).rows('read')) ? shape.def.label[ctx.lang] : '…'
