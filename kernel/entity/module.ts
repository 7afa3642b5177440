// defineModule(): the contents page of a module. The server finds it by file name; no file lists the modules.

import type { Card } from './card.ts'
import type { Entity, Verb } from './entity.ts'
import type { Fields } from './field.ts'
import type { Flow } from './flow.ts'
import type { Ledger, Limit } from './ledger.ts'
import type { Metric } from './metric.ts'
import type { Label } from './value.ts'

/** A verb that belongs to no single record: `organisation.hand_over`. */
export interface Action extends Verb {
  readonly name: string
  readonly input?: Fields
  /** Offered to whoever holds this function on some record: `plan:create`. */
  readonly needs?: string
  /** Or to these roles, held anywhere. Without either every member may: the code then checks what it touches. */
  readonly roles?: readonly string[]
  /** Reads what stands in the asker's own calendar: a list of entries, shown by the calendar feeds. */
  readonly calendar?: true
}

export interface Role {
  readonly label: Label
  /** Where it may be held. */
  readonly at: readonly ('company' | 'department' | 'project')[]
}

export interface Menu {
  readonly under: MenuGroup
  readonly order: number
  readonly icon?: string
  /** Entity whose list opens, or a page of the module's `web/`. */
  readonly items?: readonly {
    readonly entity?: string
    readonly page?: string
    readonly label?: Label
    readonly order?: number
    /** Entity one must be able to read, else the page is not offered. */
    readonly needs?: string
  }[]
}
export type MenuGroup =
  | 'home'
  | 'plan'
  | 'cost'
  | 'funds'
  | 'labour'
  | 'material'
  | 'machine'
  | 'quality'
  | 'delivery'
  | 'collaboration'
  | 'data'
  | 'system'

/** A kind of place beside company and department where roles may be held and which rows may belong to. */
export interface ScopeKind {
  /** The entity whose records are such places. */
  readonly entity: string
  /** Who takes part, by field names; a `role` field (a role's code or a reference to it) makes the membership a role held there. */
  readonly members?: {
    readonly entity: string
    readonly project: string
    readonly user: string
    readonly from?: string
    readonly to?: string
    readonly role?: string
  }
}

export interface Module {
  readonly name: string
  readonly label: Label
  readonly needs: readonly string[]
  readonly entities: readonly Entity[]
  readonly ledgers: readonly Ledger[]
  readonly limits: readonly Limit[]
  readonly flows: readonly Flow[]
  readonly actions: readonly Action[]
  readonly roles: Readonly<Record<string, Role>>
  /** `{ project: { entity: 'project', members: … } }`: one module registers each kind. */
  readonly scopes?: { readonly project?: ScopeKind }
  readonly metrics: readonly Metric[]
  /** What it shows on the home page. */
  readonly cards: readonly Card[]
  /** Codes (without the module's prefix) and their messages; `{name}` is replaced by the value. Every message says the next step. */
  readonly refusals: Readonly<Record<string, Label>>
  readonly menu?: Menu
}

export const defineModule = (module: Pick<Module, 'name' | 'label'> & Partial<Module>): Module => ({
  needs: [],
  entities: [],
  ledgers: [],
  limits: [],
  flows: [],
  actions: [],
  roles: {},
  metrics: [],
  cards: [],
  refusals: {},
  ...module,
})
