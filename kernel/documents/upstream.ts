// The documents that a document builds on: locked by entity and id, so that none is voided or reversed meanwhile.
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import type { Row } from '../ledgers/balance.ts'
import type { First } from '../ledgers/book.ts'
import type { Draft } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import { type Shape, targetOf } from '../registry/shape.ts'

/** Locks them; refused unless each of them is effective. A mirror document holds its original besides. */
export function askUpstream(ctx: Ctx, shape: Shape, draft: Draft): First {
  const wanted = new Map<string, Set<string>>()
  const collect = (of: Shape, values: Readonly<Record<string, unknown>>) => {
    for (const { name, def, column } of of.fields.values()) {
      const target = targetOf(def)
      const id = values[name]
      if (!column || target === null || typeof id !== 'string') continue
      if (ctx.registry.shapes.get(target)?.kind !== 'document') continue
      wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
    }
  }
  collect(shape, draft.values)
  for (const { field, of } of shape.lines) for (const line of draft.lines[field] ?? []) collect(of, line.values)
  const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    statements: sorted.map(([entity, ids]) => {
      // A mirror changes its original at the end; whatever else it builds on is only held.
      const strength = draft.values.reverses && entity === shape.name ? sql`update` : sql`share`
      return sql<Row>`select case when state = 'effective' and void_reason is not null then 'voiding' else state end as state from ${sql.id(ctx.tenant, entity)}
        where id = any(${[...ids]}::uuid[]) and deleted_at is null order by id for ${strength}`.compile(ctx.db)
    }),
    check(found) {
      for (const [at, [entity, ids]] of sorted.entries()) {
        const rows = found[at] ?? []
        // What is taken back need not be possible anew.
        const free = draft.values.reverses && entity !== shape.name
        if (!free && (rows.length < ids.size || rows.some(row => row.state !== 'effective')))
          throw refuse('document.upstream', {
            entity: ctx.registry.entities.get(entity)?.def.label[ctx.lang] ?? entity,
          })
      }
    },
  }
}

export async function lockUpstream(ctx: Ctx, shape: Shape, draft: Draft): Promise<void> {
  const { statements, check } = askUpstream(ctx, shape, draft)
  check(await together(ctx.db, statements))
}

/** An effective or pending document that builds on this one, or null. */
export async function downstreamOf(ctx: Ctx, shape: Shape, id: string): Promise<Shape | null> {
  for (const other of ctx.registry.shapes.values()) {
    const owner = other.parent ? ctx.registry.shapes.get(other.parent.entity) : other
    if (owner?.kind !== 'document') continue
    for (const { name, def, column } of other.fields.values()) {
      if (targetOf(def) !== shape.name || !column) continue
      const from = other.parent
        ? sql`${sql.id(ctx.tenant, other.name)} r join ${sql.id(ctx.tenant, owner.name)} o on o.id = r.parent`
        : sql`${sql.id(ctx.tenant, owner.name)} o join ${sql.id(ctx.tenant, owner.name)} r on r.id = o.id`
      const { rows } = await sql`select from ${from} where r.${sql.id(name)} = ${id}::uuid and o.deleted_at is null
        and o.state in ('pending', 'effective', 'closed') ${name === 'reverses' ? sql`` : sql`and o.reverses is null`} limit 1`.execute(
        ctx.db,
      )
      if (rows.length > 0) return owner
    }
  }
  return null
}
