// The grants that modules ship, by the key under which a seeded row remembers where it came from.
import { createHash } from 'node:crypto'
import type { Json } from '@yingzao/kernel/entity'
import { canonical } from '../records/draft.ts'
import type { Registry } from '../registry.ts'

/** What a grant gives, without to whom and on what. */
export interface GrantContent {
  readonly functions: readonly string[]
  readonly scope: Json
  readonly fields: Json
}
export interface ShippedGrant {
  /** `project/boss/1`: the first line for the role. */
  readonly key: string
  readonly entity: string
  readonly role: string
  readonly content: GrantContent
  readonly digest: string
}

export const digestOf = ({ functions, scope, fields }: GrantContent): string =>
  createHash('sha256')
    .update(canonical([functions, scope, fields]))
    .digest('hex')
    .slice(0, 32)

/** Equal in what they give, whatever the order of their functions. */
export const givesTheSame = (a: GrantContent, b: GrantContent): boolean =>
  canonical([[...a.functions].sort(), a.scope, a.fields]) === canonical([[...b.functions].sort(), b.scope, b.fields])

const known = new WeakMap<Registry, ReadonlyMap<string, ShippedGrant>>()

/** By key, in the order in which the modules declare them. */
export function shippedGrants(registry: Registry): ReadonlyMap<string, ShippedGrant> {
  const before = known.get(registry)
  if (before) return before
  const made = new Map<string, ShippedGrant>()
  for (const { name: entity, def } of registry.entities.values()) {
    const seen = new Map<string, number>()
    for (const { role, functions, scope, fields } of def.access) {
      const line = (seen.get(role) ?? 0) + 1
      seen.set(role, line)
      const key = `${entity}/${role}/${line}`
      // A scope is plain JSON; its readonly lists are only the type's.
      const content: GrantContent = { functions, scope: typeof scope === 'string' ? scope : plain(scope), fields }
      made.set(key, { key, entity, role, content, digest: digestOf(content) })
    }
  }
  known.set(registry, made)
  return made
}

const plain = (value: Readonly<Record<string, readonly string[]>>): Json =>
  Object.fromEntries(Object.entries(value).map(([name, ids]) => [name, [...ids]]))
