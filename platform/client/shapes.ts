// Shapes of the routes around records: session, tokens, set-up, files, exchange, jobs, comments, saved views.
// They belong to the contract of /api/v1 as kernel/entity/api.ts does; the server's routes answer exactly these.
import type { FileRef, Id, Instant, Json, Label, Me, PlainDate, Query, RecordJson } from '@yingzao/kernel/entity'

/** GET and POST /session. */
export interface SessionInfo {
  readonly me: Me
  /** First sign-in or an expired password: until it is changed nothing else is answered (403 auth.password_must_change). */
  readonly must_change_password: boolean
  readonly idle_minutes: number
  /** Position of the live feed: who reads a list after this answer and listens from here misses no change of it. */
  readonly live_from: string
  readonly expires_at: Instant
}
export interface SessionRow {
  readonly id: string
  readonly current: boolean
  readonly created_at: Instant
  readonly seen_at: Instant
  readonly address: string
  readonly device: string
}
export interface TokenRow {
  readonly id: string
  readonly name: string
  /** Functions it is narrowed to, `project:read`; null = all of mine. */
  readonly scopes: readonly string[] | null
  readonly created_at: Instant
  readonly expires_on: PlainDate
  readonly used_at: Instant | null
}
/** A calendar feed: what reads it and when it last did. */
export interface FeedRow {
  readonly id: string
  readonly name: string
  readonly created_at: Instant
  readonly used_at: Instant | null
}
/** A browser on which I am told. */
export interface PushDevice {
  readonly id: string
  readonly name: string
  readonly created_at: Instant
  /** When its push service last took a message. */
  readonly used_at: Instant | null
  /** Status with which it refused the last one; 0 when its address is none. */
  readonly refused: number | null
}
/** What became of a test message. */
export interface PushTest {
  readonly outcome: 'sent' | 'gone' | 'later' | 'refused'
  readonly status?: number
}
/** One entry of somebody's calendar, as an action marked `calendar` answers it: `IcsEvent` with an address of this app. */
export interface CalendarEntry {
  /** Stable, and unique among all kinds of entries: "task-<id>". */
  readonly uid: string
  /** Days since 1970-01-01, both included; or minutes of naive local time. */
  readonly at: { readonly from: number; readonly to: number } | { readonly start: number; readonly finish: number }
  readonly summary: string
  readonly description?: string
  readonly path: string
  readonly categories?: readonly string[]
  readonly busy?: boolean
  readonly changed: Instant
}
/** GET /setup, answered without a session. */
export interface SetupState {
  readonly needed: boolean
  /** The console printed a one-time token: the server listens on a public address. */
  readonly token_required: boolean
}
export interface SetupInput {
  readonly company: { readonly name: string; readonly code?: string; readonly tax_id?: string }
  readonly administrator: { readonly login: string; readonly name: string; readonly password: string }
  readonly lang?: 'zh' | 'en'
  readonly token?: string
}

export interface Comment {
  readonly id: string
  readonly version: number
  readonly body: string
  readonly at: Instant
  readonly by: { readonly id: string; readonly name: string } | null
  /** It stands in the conversation with this guest, who reads it too. */
  readonly guest?: { readonly id: string; readonly name: string }
  readonly edited: boolean
  readonly _can: readonly ('update' | 'delete')[]
}
export interface Attachment extends FileRef {
  /** Id of the attachment (not of the content, which is `file`). */
  readonly file: Id<'file'>
  readonly at: Instant
  readonly by: { readonly id: string; readonly name: string } | null
  readonly thumbnail: boolean
}
export interface SearchHit {
  readonly entity: string
  readonly id: string
  readonly title: string
  readonly snippet?: string
}
/** GET /jobs/{id}. */
export interface JobState {
  readonly id: string
  readonly name: string
  readonly label: Label
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  /** 0–1. */
  readonly progress: number
  readonly note?: Label
  readonly result?: Json
  readonly problem?: { readonly code: string; readonly detail: string }
}
/** A message in its reader's words. */
export interface InboxItem {
  readonly id: string
  readonly kind: string
  /** Null when the record is hidden from its reader by now, or gone; `to` with it. */
  readonly text: string | null
  readonly urgent: boolean
  readonly at: Instant
  readonly read: boolean
  readonly by: { readonly id: string; readonly name: string } | null
  readonly to: { readonly module: string; readonly entity: string; readonly id: string } | null
}
export interface Inbox {
  readonly items: readonly InboxItem[]
  readonly next: string | null
  /** Counted to a thousand. */
  readonly unread: { readonly value: number; readonly more: boolean }
}
/** How I am told outside of Yingzao. */
export interface MessageSettings {
  /** What the installation can send by. */
  readonly channels: readonly ('mail' | 'push')[]
  readonly mail: 'at_once' | 'daily' | 'weekly' | 'never'
  readonly push: 'at_once' | 'daily' | 'weekly' | 'never'
  /** "22:00"; both or neither. */
  readonly quiet_from: string | null
  readonly quiet_to: string | null
  /** What there is news about, of what I may read. */
  readonly kinds: readonly {
    readonly name: string
    readonly label: string
    readonly about: string
    readonly urgent: boolean
    readonly mail: boolean
    readonly push: boolean
  }[]
}

/** A person's own view of an entity: what the generic table shows. `state` belongs to the screen. */
export interface SavedView {
  readonly id: string
  readonly entity: string
  readonly name: string
  readonly state: Json
}

/** POST /batch: all or nothing. */
export type BatchStep =
  | { readonly op: 'create'; readonly entity: string; readonly input: Readonly<Record<string, unknown>> }
  | {
      readonly op: 'patch'
      readonly entity: string
      readonly id: string
      readonly version: number
      readonly input: Readonly<Record<string, unknown>>
    }
  | { readonly op: 'remove' | 'restore'; readonly entity: string; readonly id: string; readonly version: number }
export interface BatchAnswer {
  /** The record after each step; null after a removal. */
  readonly results: readonly (RecordJson | null)[]
}

/** POST /{entity}/import: what the file holds and what would happen; nothing is written yet. */
export interface ImportPreview {
  readonly id: string
  /** As found in the file, with the field each is taken for (null = left out). */
  readonly columns: readonly {
    readonly header: string
    readonly field: string | null
    readonly sure: boolean
    readonly samples: readonly string[]
  }[]
  /** Required fields no column is taken for. */
  readonly missing: readonly string[]
  readonly rows: { readonly total: number; readonly good: number; readonly bad: number }
  readonly first: readonly ImportRow[]
  /** The first rows with an error; all of them are in the file to correct. */
  readonly bad: readonly ImportRow[]
}
export interface ImportRow {
  readonly row: number
  readonly op: 'create' | 'update' | 'error'
  readonly cells: Readonly<Record<string, string>>
  readonly errors: readonly { readonly field: string | null; readonly code: string; readonly message: string }[]
}
export interface ImportChoice {
  /** Column header → field (null = leave out). */
  readonly mapping?: Readonly<Record<string, string | null>>
  /** Field whose value finds the record to update; without one every row creates. */
  readonly match?: string | null
  /** Write the good rows and return the bad ones, or write nothing while one row is bad. */
  readonly skip_bad?: boolean
}
export type ExportQuery = Pick<Query, 'where' | 'filter' | 'search' | 'sort' | 'fields'>
