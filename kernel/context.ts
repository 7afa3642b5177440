// The context every read and write runs in: who, where, when, in which transaction and because of what.
import type { Id, Instant, PlainDate } from '@yingzao/kernel/entity'
import type { CompiledQuery, Kysely, Transaction } from 'kysely'
import type { RightsBook } from './access/book.ts'
import type { SecretKeys } from './records/secret.ts'
import type { Registry } from './registry.ts'

/** A role held at a place; it counts only there, from–to inclusive. */
export interface HeldRole {
  readonly role: string
  readonly at: { readonly kind: 'company' | 'department' | 'project'; readonly id: string }
  readonly from: PlainDate | null
  readonly to: PlainDate | null
}

export interface Principal {
  readonly kind: 'user' | 'guest' | 'token' | 'system'
  readonly user: Id<'user'> | null
  readonly name: string
  readonly roles: readonly HeldRole[]
  /** Main and side departments. */
  readonly departments: readonly Id<'org_unit'>[]
  /** API tokens: the functions they are narrowed to (`project:read`); null = as the user. */
  readonly narrowed: readonly string[] | null
  /** Somebody outside, by an invitation: what he may do is that of one record, and never more than his inviter may. */
  readonly guest?: Guest
  /** Set by `loadPrincipal`: grants, places and memberships as they were then. Without it a principal may do nothing. */
  readonly rights?: RightsBook
}

/** An outside party let in to one record. Made anew for each request from the invitation as it then is. */
export interface Guest {
  /** Stands in the history where a user's id would. */
  readonly invitation: Id
  readonly entity: string
  readonly record: Id
  /** `read`, and the verbs he was asked to do. */
  readonly functions: ReadonlySet<string>
  /** `amount`, `lines.qty`: nothing else is shown, basic or not. */
  readonly fields: ReadonlySet<string>
  /** Attachments he was shown. */
  readonly attachments: ReadonlySet<string>
  /** Who invited him, with the rights he has today. */
  readonly sponsor: Principal
}

/** Tables are declared at run time: the query builder knows names and columns as text, the record store types rows by entity. */
export type Tables = Record<string, Record<string, unknown>>
export type Database = Kysely<Tables> | Transaction<Tables>

/** What the running transaction owes. */
export interface WriteUnit {
  /** Entities of which something was written. */
  readonly changed: Set<string>
  /** Something that decides rights was written. */
  rights: boolean
  /** People to whom a delegation was given or from whom it was taken: this node sees it at once, others within half a second. */
  readonly delegated: Set<string>
  /** Statements that nothing follows: they are done before the commit, the last one in its packet. */
  readonly closing: CompiledQuery[]
  /** Runs after the commit, on this node only; what must not be lost is a job. */
  readonly afterCommit: (() => void)[]
}

export interface Ctx {
  /** PostgreSQL schema of the organisation. */
  readonly tenant: string
  readonly registry: Registry
  readonly principal: Principal
  readonly lang: 'zh' | 'en'
  readonly now: Instant
  /** In the tenant's zone. */
  readonly today: PlainDate
  /** IANA zone of the organisation: which day a moment fell on. */
  readonly zone: string
  readonly requestId: string
  /** Channel and address, for the history: "web 10.0.0.7". */
  readonly from: string
  readonly db: Database
  /** The change that caused a system write. */
  readonly cause: string | null
  /** The verb or action that is running: every change it makes carries its name. */
  readonly action?: string
  /** For fields of kind secret; without keys none can be saved or read. */
  readonly keys?: SecretKeys
  /** Content of stored files by SHA-256; the platform gives it, `@yingzao/platform/files/open` asks the right first. */
  readonly content?: (sha256: string) => Promise<AsyncIterable<Uint8Array>>
  /** What the running transaction has to do before and after its commit; made by `write`. */
  readonly unit?: WriteUnit
}
