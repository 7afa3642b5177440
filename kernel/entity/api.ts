// The shapes of /api/v1: what the server answers and what the web app, the CLI and integrators rely on.
import type { EntityDef, Verb } from './entity.ts'
import type { FieldDef, FieldKind } from './field.ts'
import type { Menu, Role } from './module.ts'
import type { Decimal, Id, Instant, Json, Label } from './value.ts'

/** A field as *I* may see it: hidden ones are absent; formulas come as AST for the form's live preview. */
export type FieldMeta = FieldDef & {
  readonly name: string
  readonly right: 'masked' | 'read' | 'edit'
  readonly ast?: Json
  /** AST of `when`: the form shows the field only while it is true. */
  readonly whenAst?: Json
  readonly sortable: boolean
}

export interface EntityMeta extends Omit<EntityDef, 'fields' | 'access' | 'posting' | 'rules' | 'title' | 'verbs'> {
  readonly name: string
  /** In my language. */
  readonly title: string
  readonly module: string
  readonly fields: readonly FieldMeta[]
  /** Functions and verbs I hold anywhere on this entity; the record's own `_can` decides for a row. */
  readonly can: readonly string[]
  readonly verbs: Readonly<Record<string, Verb>>
}

/** GET /api/v1/meta (ETag): all that generic screens know. */
export interface Meta {
  readonly product: { readonly name: string; readonly version: string; readonly demo: boolean }
  readonly me: Me
  readonly modules: readonly { readonly name: string; readonly label: Label; readonly menu?: Menu }[]
  readonly entities: readonly EntityMeta[]
  readonly actions: readonly ({ readonly name: string } & Verb)[]
  readonly roles: Readonly<Record<string, Role>>
}

export interface Me {
  readonly id: Id<'user'>
  readonly name: string
  readonly login: string
  readonly lang: 'zh' | 'en'
  readonly theme: 'light' | 'dark' | 'system'
  readonly company: { readonly id: Id<'org_unit'>; readonly name: string } | null
  /** The organisation has several companies: lists say early which one a row belongs to. */
  readonly group: boolean
  readonly roles: readonly {
    readonly role: string
    readonly at: { readonly kind: 'company' | 'department' | 'project'; readonly id: string; readonly name: string }
  }[]
}

/** A record in JSON: its granted fields, system fields, and what I may do with it. */
export type RecordJson = {
  readonly id: string
  readonly version: number
  readonly _can: readonly string[]
  /** Of a single record: what of it I see masked, `phone` or `accounts.number`; absent where nothing is. */
  readonly _masked?: readonly string[]
} & {
  readonly [field: string]: Json
}

/** GET /api/v1/{entity} and POST /api/v1/{entity}/query. */
export interface Query {
  /** FEEL over the granted fields. */
  readonly where?: string
  /** Simple filters, all must hold: `{ state: { in: ['draft'] }, total: { ge: '100' } }`. */
  readonly filter?: Readonly<Record<string, Filter>>
  /** "-worked_on" = descending; ties by created_at, id. */
  readonly sort?: readonly string[]
  readonly search?: string
  readonly fields?: readonly string[]
  /** ≤ 500, default 50. */
  readonly limit?: number
  /** Cursor of the page before (`next`). */
  readonly after?: string
  /** Asks for the count, exact up to 1,000. */
  readonly count?: boolean
  /** The recycle bin instead of the living. */
  readonly deleted?: boolean
}
export type Filter = {
  readonly eq?: Json
  readonly ne?: Json
  readonly in?: readonly Json[]
  readonly lt?: Json
  readonly le?: Json
  readonly gt?: Json
  readonly ge?: Json
  readonly contains?: string
  readonly empty?: boolean
}

export interface Page<R = RecordJson> {
  readonly items: readonly R[]
  readonly next: string | null
  readonly count?: { readonly value: number; readonly more: boolean }
  /** Titles of referred records that I may see: `refs.project[id]`. */
  readonly refs: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** POST /api/v1/{entity}/aggregate. */
export interface AggregateQuery extends Pick<Query, 'where' | 'filter' | 'search'> {
  readonly by?: readonly string[] /* "worked_on:month" truncates */
  readonly measures: readonly { readonly fn: 'count' | 'sum' | 'min' | 'max' | 'avg'; readonly field?: string }[]
  /** Of what I see: a value that some rows hide from me counts on the others. Without it such a measure is refused. */
  readonly seen?: boolean
}
export interface AggregateRow {
  readonly key: readonly Json[]
  readonly values: readonly (Decimal | number | string | null)[]
}

/** One write in the history of a record: GET /api/v1/{entity}/{id}/history. */
export interface HistoryEntry {
  readonly id: string
  readonly at: Instant
  readonly by: { readonly id: string; readonly name: string } | null
  /** web · api · import · mobile · system, with address and device. */
  readonly from: string
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'action'
  readonly action?: string
  readonly version: number
  /** What limits warned of when it was submitted or approved, in the reader's language. */
  readonly warnings?: readonly string[]
  /** The masked field that was shown whole: `phone`, or `accounts.number` of a line. */
  readonly unmasked?: string
  /** Fields I may see; masked values masked. */
  readonly diff: readonly {
    readonly field: string
    readonly kind: FieldKind
    readonly before: Json
    readonly after: Json
  }[]
}

/** RFC 9457 problem details; `code` is stable, `errors` point at fields, `detail` says the next step in the reader's language. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly values?: Readonly<Record<string, Json>>
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  /** 409 stale: the record as it is now and who changed it. */
  readonly current?: RecordJson
  readonly changed?: HistoryEntry
  readonly request_id: string
}

/** WebSocket /api/v1/live. */
export type LiveAsk = {
  readonly subscribe: readonly { readonly entity: string; readonly id?: string }[]
  readonly since?: string
}
/** Where this connection is: told to the others who have the same record open, who are told back. null = nowhere. */
export type LiveHere = {
  readonly here: { readonly entity: string; readonly id: string; readonly at?: string } | null
}
/** Everybody else who has the record open. */
export interface LivePeople {
  readonly people: { readonly entity: string; readonly id: string; readonly all: readonly LivePerson[] }
}
export interface LivePerson {
  /** Of one window; a person may have several. */
  readonly key: string
  /** Absent when I may not see this person. */
  readonly user?: string
  readonly name?: string
  /** Where in the record, as the page there said it. */
  readonly at?: string
}
export interface LiveChange {
  readonly entity: string
  readonly id: string
  readonly version: number
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'action' | 'gone'
  readonly by?: string
}
export interface LiveNews {
  readonly changes: readonly LiveChange[]
  /** Pass as `since` when reconnecting. */
  readonly seq: string
  /** Too much was missed: reload what you show. */
  readonly reload?: boolean
}
