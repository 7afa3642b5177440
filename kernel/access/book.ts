// The rights of an organisation as one principal's requests read them: grants by entity, the tree of units, memberships.
import type { FieldRight, Scope } from '@yingzao/kernel/entity'

export interface GrantRow {
  readonly role: string
  readonly entity: string
  readonly functions: readonly string[]
  readonly scope: Scope
  readonly fields: Readonly<Record<string, FieldRight>>
}

/** Shared by all principals of an organisation until a write changes it. */
export interface Grants {
  readonly byEntity: ReadonlyMap<string, readonly GrantRow[]>
  readonly units: Units
}

export interface Units {
  readonly parent: ReadonlyMap<string, string | null>
  readonly children: ReadonlyMap<string, readonly string[]>
  /** The one company without a parent; a role held there counts everywhere. */
  readonly root: string | null
}

/** One person's, with the day it holds for. */
export interface RightsBook {
  readonly grants: Grants
  /** Projects this person takes part in today. */
  readonly projects: readonly string[]
  /** Entities of which some records are delegated to this person, and what of them some delegation hides: fields or groups. */
  readonly delegated: ReadonlyMap<string, ReadonlySet<string>>
}

/** A unit and everything below it. A damaged tree (a circle) ends, too. */
export function below(units: Units, id: string): string[] {
  const found = new Set<string>([id])
  for (const each of found) for (const child of units.children.get(each) ?? []) found.add(child)
  return [...found]
}
