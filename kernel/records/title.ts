// Titles of records that others refer to: only of those the reader may see, and only where the title itself may be seen.
import { sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { isNone, keyOf } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { type Shape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import type { DatabaseRow } from './flag.ts'

/** How far a title that is itself a reference is followed. */
const deepest = 3

/** Deleted records keep their title: what refers to them must stay readable. */
export async function titlesOf(
  ctx: Ctx,
  entity: string,
  ids: readonly string[],
  depth = 0,
): Promise<Record<string, string>> {
  const shape = shapeOf(ctx.registry, entity)
  const rights = rightsOf(ctx, entity)
  const read = rights.rows('read')
  const name = shape.def.title
  const field = shape.fields.get(name)
  if (ids.length === 0 || isNone(read) || !field?.column) return {}
  const seen = rights.field(name, 'read')
  if (isNone(seen)) return {}
  const at = { tenant: ctx.tenant, entity, alias: 't' }
  const { rows } = await sql<{ id: string; title: unknown }>`
    select t.id, t.${sql.id(field.column)} as title from ${sql.id(ctx.tenant, entity)} t
    where t.id = any(${ids}::uuid[]) and ${predicate(read, at)}
      ${keyOf(seen) === keyOf(read) ? sql`` : sql`and ${predicate(seen, at)}`}`.execute(ctx.db)
  const target = targetOf(field.def)
  if (target !== null) {
    if (depth >= deepest) return {}
    const inner = await titlesOf(
      ctx,
      target,
      rows.flatMap(row => (typeof row.title === 'string' ? [row.title] : [])),
      depth + 1,
    )
    return Object.fromEntries(
      rows.flatMap(({ id, title }) =>
        typeof title === 'string' && inner[title] !== undefined ? [[id, inner[title]]] : [],
      ),
    )
  }
  return Object.fromEntries(
    rows.flatMap(({ id, title }) => (title === null ? [] : [[id, titleText(field.def, title, ctx.lang)]])),
  )
}

function titleText(def: Parameters<typeof targetOf>[0], value: unknown, lang: 'zh' | 'en'): string {
  return (def.kind === 'choice' && typeof value === 'string' && def.options[value]?.[lang]) || String(value)
}

/** `refs[entity][id]`: titles of everything these records refer to, as far as the reader may see them. */
export async function refsOf(
  ctx: Ctx,
  shape: Shape,
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<Record<string, Record<string, string>>> {
  const ids = new Map<string, Set<string>>()
  const collect = (of: Shape, record: DatabaseRow) => {
    for (const { name, def } of of.fields.values()) {
      const target = targetOf(def)
      const value = record[name]
      if (target === null || value === null || value === undefined) continue
      const set = ids.get(target) ?? new Set()
      for (const id of Array.isArray(value) ? value : [value]) if (typeof id === 'string') set.add(id)
      ids.set(target, set)
    }
  }
  for (const record of records) {
    collect(shape, record)
    for (const { field, of } of shape.lines) {
      const lines = record[field]
      if (Array.isArray(lines)) for (const line of lines) collect(of, line)
    }
  }
  const refs: Record<string, Record<string, string>> = {}
  for (const [entity, set] of ids) refs[entity] = await titlesOf(ctx, entity, [...set])
  return refs
}
