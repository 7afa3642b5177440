// What the rights screen is told: all that can be granted, who holds what, and why somebody may do something.
import type { FieldRight, Json, Label, Scope } from '@yingzao/kernel/entity'

export interface RightsContent {
  readonly functions: readonly string[]
  readonly scope: Json
  readonly fields: Json
}
export interface GrantableEntity {
  readonly name: string
  readonly label: Label
  readonly module: string
  readonly functions: readonly { readonly name: string; readonly label: Label | null }[]
  readonly scopes: readonly string[]
  /** By the name a grant uses: `lines.amount`. */
  readonly fields: readonly { readonly name: string; readonly label: Label; readonly group: string }[]
}
/** organisation.rights */
export interface RightsOverview {
  readonly modules: readonly { readonly name: string; readonly label: Label }[]
  readonly entities: readonly GrantableEntity[]
  /** What the modules ship, by the key a grant remembers in `shipped`. */
  readonly shipped: Readonly<Record<string, RightsContent>>
  readonly roles: readonly RoleOverview[]
}
export interface RoleOverview {
  readonly id: string
  readonly code: string
  /** People who hold it today, memberships of projects included. */
  readonly people: number
  readonly grants: number
  /** Grants that differ from what is shipped: edited, own, taken away. */
  readonly changed: number
  readonly offered: number
  /** Actions of no single record that the role may do, fixed by their module. */
  readonly actions: readonly Label[]
}

/** organisation.holders: everybody who holds a role now or later; the past on request. */
export interface Holder {
  /** The record that says so: a role holding, or a membership of a project. */
  readonly entity: string
  readonly id: string
  readonly version: number
  readonly user: string
  readonly name: string
  readonly active: boolean
  readonly kind: 'company' | 'department' | 'project'
  readonly at: string
  readonly place: string
  readonly from: string | null
  readonly to: string | null
  /** Not yet begun. */
  readonly later: boolean
}

/** organisation.places */
export interface PlaceOption {
  readonly id: string
  readonly name: string
  /** What it lies in, to tell namesakes apart. */
  readonly above: string
}

/** organisation.why */
export interface WhyAnswer {
  readonly person: { readonly name: string; readonly active: boolean }
  readonly roles: readonly { readonly role: string; readonly kind: string; readonly place: string }[]
  readonly functions: readonly {
    readonly function: string
    readonly allowed: boolean
    readonly everywhere: boolean
    /** Does its state allow it now? Null when the asker may not read the record. */
    readonly possible: boolean | null
    readonly delegated: boolean
    readonly ways: readonly WhyWay[]
  }[]
  readonly fields: readonly {
    readonly field: string
    readonly right: FieldRight
    readonly delegated: boolean
    /** What gives this right or a better one. */
    readonly ways: readonly (WhyWay & { readonly right: FieldRight })[]
  }[]
}
/** A grant of a role held somewhere; with a record: does it lie there, and in the grant's scope? */
export interface WhyWay {
  readonly role: string
  readonly place: string
  readonly scope: Scope
  readonly inPlace: boolean | null
  readonly inScope: boolean | null
}
