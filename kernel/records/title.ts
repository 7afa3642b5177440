// Titles of records that others refer to: only of those the reader may see, and only where the title itself may be seen.
import type { FieldDef } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { isNone, keyOf } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { type Shape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import type { DatabaseRow } from './flag.ts'

/** By entity, then id. */
export type Refs = Record<string, Record<string, string>>
/** How far a title that is itself a reference is followed. */
const deepest = 3

export async function titlesOf(ctx: Ctx, entity: string, ids: readonly string[]): Promise<Record<string, string>> {
  return (await titles(ctx, new Map([[entity, new Set(ids)]])))[entity] ?? {}
}

/** One statement for all entities. Deleted records keep their title: what refers to them must stay readable. */
async function titles(ctx: Ctx, asked: ReadonlyMap<string, ReadonlySet<string>>, depth = 0): Promise<Refs> {
  const defs = new Map<string, FieldDef>()
  const parts = [...asked].flatMap(([entity, ids]) => {
    const rights = rightsOf(ctx, entity)
    const read = rights.rows('read')
    const field = shapeOf(ctx.registry, entity).fields.get(shapeOf(ctx.registry, entity).def.title)
    const seen = field ? rights.field(field.name, 'read') : []
    if (ids.size === 0 || !field?.column || isNone(read) || isNone(seen)) return []
    defs.set(entity, field.def)
    const at = { tenant: ctx.tenant, entity, alias: 't' }
    return [
      sql`select ${entity}::text as entity, t.id, t.${sql.id(field.column)}::text as title from ${sql.id(ctx.tenant, entity)} t
        where t.id = any(${[...ids]}::uuid[]) and ${predicate(read, at)}
          ${keyOf(seen) === keyOf(read) ? sql`` : sql`and ${predicate(seen, at)}`}`,
    ]
  })
  if (parts.length === 0) return {}
  const { rows } = await sql<{
    entity: string
    id: string
    title: string | null
  }>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  const inner = new Map<string, Set<string>>()
  for (const { entity, title } of rows) {
    const target = targetOf(defs.get(entity) ?? plain)
    if (target !== null && title !== null) inner.set(target, (inner.get(target) ?? new Set()).add(title))
  }
  const followed = inner.size > 0 && depth < deepest ? await titles(ctx, inner, depth + 1) : {}
  const refs: Refs = {}
  for (const { entity, id, title } of rows) {
    const def = defs.get(entity) ?? plain
    const target = targetOf(def)
    const text =
      title === null ? undefined : target !== null ? followed[target]?.[title] : titleText(def, title, ctx.lang)
    if (text === undefined) continue
    refs[entity] ??= {}
    refs[entity][id] = text
  }
  return refs
}
const plain: FieldDef = { kind: 'text', label: { zh: '', en: '' } }

const titleText = (def: FieldDef, value: string, lang: 'zh' | 'en'): string =>
  (def.kind === 'choice' && def.options[value]?.[lang]) || value

/** `refs[entity][id]`: titles of everything these records refer to, as far as the reader may see them. */
export async function refsOf(ctx: Ctx, shape: Shape, records: readonly DatabaseRow[]): Promise<Refs> {
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
  const found = await titles(ctx, ids)
  return Object.fromEntries([...ids.keys()].map(entity => [entity, found[entity] ?? {}]))
}
