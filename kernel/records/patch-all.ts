// patchAll(): the same values for every record that a filter finds, by the system: one statement to find and lock, one to write.
import type { Query } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { filterConditions } from '../query/filter.ts'
import { question } from '../query/readable.ts'
import type { Shape } from '../registry/shape.ts'
import { type Change, difference, noteChanges } from './change.ts'
import { cells, columns } from './column.ts'
import { asRecord, same } from './draft.ts'
import type { DatabaseRow } from './flag.ts'
import { hooksOf, runAfter } from './hook.ts'
import { draftOf, updateOf } from './store.ts'
import { write } from './transaction.ts'
import { type EntityRef, entityShape, type Patch } from './typed.ts'

/**
 * Sets `values` on the living records that `filter` finds, at most `limit` of them, each with its version and its line in the
 * history; those that hold them already are left alone. For the system, and for records that stand alone: with lines, formulas,
 * rules or a `beforeSave` it is a bug of the caller, `patch` is the way then. Returns the ids of those that changed.
 */
export async function patchAll<E extends EntityRef>(
  ctx: Ctx,
  entity: E,
  filter: NonNullable<Query['filter']>,
  values: Patch<E>,
  limit = 500,
): Promise<readonly string[]> {
  const shape = entityShape(ctx, entity)
  if (ctx.principal.kind !== 'system' || !standsAlone(ctx, shape, Object.keys(values)))
    throw new Error(`${shape.name} cannot be written all at once`)
  return write(ctx, async ctx => {
    // By id: two who write some of the same ones do not wait for each other in a circle.
    const { rows } =
      await sql<DatabaseRow>`select ${columns(ctx.tenant, shape)} from ${sql.id(ctx.tenant, shape.name)} t
      where t.deleted_at is null and ${sql.join(filterConditions(question(ctx, shape), filter), sql` and `)}
      order by t.id limit ${limit} for update`.execute(ctx.db)
    const saved = rows.flatMap(row => {
      const before = draftOf(ctx, shape, row, {})
      if (Object.entries(values).every(([name, value]) => same(before.values[name], value))) return []
      const after = { ...before, version: before.version + 1, values: { ...before.values, ...values } }
      return [{ before, after }]
    })
    if (saved.length === 0) return []
    const changes = saved.map(
      ({ before, after }): Change => ({
        ...{ entity: shape.name, record: after.id, version: after.version, op: 'update' },
        diff: difference(shape, before, after),
      }),
    )
    const sets = cells(ctx, shape, { ...values, updated_at: ctx.now, updated_by: ctx.principal.user })
    await ctx.db.executeQuery(updateOf(ctx, shape, sets, changes))
    noteChanges(ctx, changes)
    const records = saved.map(({ before, after }) => ({ after: asRecord(after), before: asRecord(before) }))
    await runAfter(ctx, shape, records)
    return saved.map(({ after }) => after.id)
  })
}

function standsAlone(ctx: Ctx, shape: Shape, names: readonly string[]): boolean {
  return (
    shape.kind !== 'document' &&
    shape.lines.length === 0 &&
    shape.computed.length === 0 &&
    shape.conditions.rules.length === 0 &&
    shape.conditions.when.size === 0 &&
    !hooksOf(ctx, shape.name).some(each => each.beforeSave) &&
    names.every(name => shape.fields.get(name)?.column && !shape.searched.includes(name))
  )
}
