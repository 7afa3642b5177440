// Titles of records that others refer to: only of those the reader may see, and only where the title itself may be seen.
import { titleField, titleFields } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { isOneOf, predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { isNone, keyOf } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { type FieldShape, type Shape, targetOf } from '../registry/shape.ts'
import { type Registry, shapeOf } from '../registry.ts'
import { asSystem } from '../system.ts'
import type { DatabaseRow } from './flag.ts'

/** By entity, then id. */
export type Refs = Record<string, Record<string, string>>
/** How far a title that is itself a reference is followed. */
const deepest = 3

export async function titlesOf(ctx: Ctx, entity: string, ids: readonly string[]): Promise<Record<string, string>> {
  return (await titles(ctx, new Map([[entity, new Set(ids)]])))[entity] ?? {}
}

/**
 * Names of those whom the history names: people, and guests by their invitations, an entity of the platform. Whoever may see
 * what was done to a record may know which outside party did it.
 */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Record<string, string>> {
  const asked = [...new Set(ids)]
  const people = await titlesOf(ctx, 'user', asked)
  const rest = asked.filter(id => people[id] === undefined)
  if (rest.length === 0 || !ctx.registry.entities.has('guest_invitation')) return people
  return { ...people, ...(await titlesOf(asSystem(ctx), 'guest_invitation', rest)) }
}

/**
 * Titles that everybody sees, as this node read them less than half a second ago: every page of every list shows the same
 * companies and people. A commit of this node and the change feed forget an entity's at once.
 */
interface Kept {
  readonly at: number
  /** Null: there is no such record. */
  readonly titles: Map<string, string | null>
}
const kept = new WeakMap<Registry, Map<string, Kept>>()
const keep = 500
const mostKept = 10_000

export function forgetTitles(registry: Registry, tenant: string, entities: Iterable<string>): void {
  for (const entity of entities)
    for (const field of titleFields(shapeOf(registry, entity).def))
      kept.get(registry)?.delete(`${tenant} ${entity} ${field}`)
}

function keptOf({ registry, tenant }: Ctx, entity: string, field: string): Kept {
  const key = `${tenant} ${entity} ${field}`
  const all = kept.get(registry) ?? new Map<string, Kept>()
  kept.set(registry, all)
  const known = all.get(key)
  const at = performance.now()
  if (known && at - known.at < keep && known.titles.size < mostKept) return known
  const fresh: Kept = { at, titles: new Map() }
  all.set(key, fresh)
  return fresh
}

/** One entity's part of the question: what is known already, and what must be read. */
interface Part {
  readonly entity: string
  readonly title: FieldShape
  readonly found: Map<string, string | null>
  readonly missing: readonly string[]
  readonly visible: RawBuilder<unknown>
  readonly keep: Kept | null
}

/** At most one statement for all entities. Deleted records keep their title: what refers to them must stay readable. */
async function titles(ctx: Ctx, asked: ReadonlyMap<string, ReadonlySet<string>>, depth = 0): Promise<Refs> {
  const parts = [...asked].flatMap(([entity, ids]) => partOf(ctx, entity, ids) ?? [])
  const reading = parts.filter(({ missing }) => missing.length > 0)
  if (reading.length > 0) {
    const selects = reading.map(
      ({ entity, title, missing, visible }) => sql`select ${sql.lit(entity)} as entity, t.id,
        t.${sql.id(title.column ?? 'id')}::text as title from ${sql.id(ctx.tenant, entity)} t
        where ${isOneOf(sql`t.id`, missing)} and ${visible}`,
    )
    const { rows } = await sql<{ entity: string; id: string; title: string | null }>`${sql.join(
      selects,
      sql` union all `,
    )}`.execute(ctx.db)
    const byEntity = new Map(reading.map(part => [part.entity, part]))
    for (const { entity, id, title } of rows) byEntity.get(entity)?.found.set(id, title)
    for (const { keep, missing, found } of reading)
      if (keep) for (const id of missing) keep.titles.set(id, found.get(id) ?? null)
  }
  const inner = new Map<string, Set<string>>()
  for (const { title, found } of parts) {
    const target = targetOf(title.def)
    if (target === null) continue
    const ids = inner.get(target) ?? new Set()
    inner.set(target, ids)
    for (const id of found.values()) if (id !== null) ids.add(id)
  }
  const followed = inner.size > 0 && depth < deepest ? await titles(ctx, inner, depth + 1) : {}
  const refs: Refs = {}
  for (const { entity, title, found } of parts) {
    const target = targetOf(title.def)
    const texts: Record<string, string> = {}
    for (const [id, value] of found) {
      if (value === null) continue
      const text = target === null ? titleText(title, value, ctx.lang) : followed[target]?.[value]
      if (text !== undefined) texts[id] = text
    }
    refs[entity] = texts
  }
  return refs
}

function partOf(ctx: Ctx, entity: string, ids: ReadonlySet<string>): Part | null {
  const shape = shapeOf(ctx.registry, entity)
  const title = shape.fields.get(titleField(shape.def, ctx.lang))
  const rights = rightsOf(ctx, entity)
  const read = rights.rows('read')
  const seen = title ? rights.field(title.name, 'read') : []
  if (ids.size === 0 || !title?.column || isNone(read) || isNone(seen)) return null
  const at = { tenant: ctx.tenant, entity, alias: 't' }
  const visible =
    keyOf(seen) === keyOf(read) ? predicate(read, at) : sql`${predicate(read, at)} and ${predicate(seen, at)}`
  // Inside a transaction the database's own answer counts.
  const keep = read === 'all' && seen === 'all' && !ctx.db.isTransaction ? keptOf(ctx, entity, title.name) : null
  const found = new Map<string, string | null>()
  const missing: string[] = []
  for (const id of ids) {
    const known = keep?.titles.get(id)
    if (known === undefined) missing.push(id)
    else found.set(id, known)
  }
  return { entity, title, found, missing, visible, keep }
}

const titleText = ({ def }: FieldShape, value: string, lang: 'zh' | 'en'): string =>
  (def.kind === 'choice' && def.options[value]?.[lang]) || value

interface Reference {
  readonly name: string
  readonly target: string
}
const referring = new WeakMap<Shape, readonly Reference[]>()
function referencesOf(shape: Shape): readonly Reference[] {
  const known = referring.get(shape)
  if (known) return known
  const made = [...shape.fields.values()].flatMap(({ name, def }) => {
    const target = targetOf(def)
    return target === null ? [] : [{ name, target }]
  })
  referring.set(shape, made)
  return made
}

/** `refs[entity][id]`: titles of everything these records refer to, as far as the reader may see them. */
export async function refsOf(ctx: Ctx, shape: Shape, records: readonly DatabaseRow[]): Promise<Refs> {
  const ids = new Map<string, Set<string>>()
  const collect = (of: Shape, records: readonly DatabaseRow[]) => {
    for (const { name, target } of referencesOf(of)) {
      let set = ids.get(target)
      let last: unknown = null
      for (const record of records) {
        const value = record[name]
        // Neighbours in a list often refer to the same.
        if (value === null || value === undefined || value === last) continue
        last = value
        if (set === undefined) {
          set = new Set()
          ids.set(target, set)
        }
        if (typeof value === 'string') set.add(value)
        else if (Array.isArray(value)) for (const id of value) if (typeof id === 'string') set.add(id)
      }
    }
  }
  collect(shape, records)
  for (const { field, of } of shape.lines)
    collect(
      of,
      records.flatMap(record => (Array.isArray(record[field]) ? record[field] : [])),
    )
  // What a guest is shown he reads with the names that his inviter knows.
  const { guest, kind } = ctx.principal
  return refsTo(guest && kind === 'guest' ? { ...ctx, principal: guest.sponsor } : ctx, ids)
}

/** The same of ids by entity. */
export async function refsTo(ctx: Ctx, ids: ReadonlyMap<string, ReadonlySet<string>>): Promise<Refs> {
  const found = await titles(ctx, ids)
  return Object.fromEntries([...ids.keys()].map(entity => [entity, found[entity] ?? {}]))
}
