// Shapes of the routes around guests: what an inviter may offer and sees of his invitations, and what a guest gets.
import type { Fields, Instant, Json, Label } from '@yingzao/kernel/entity'

export const guestActs = ['confirm', 'answer', 'comment', 'attach', 'print'] as const
export type GuestAct = (typeof guestActs)[number]
export const guestRoles = ['client', 'supervisor', 'subcontractor', 'supplier', 'expert', 'other'] as const
export type GuestRole = (typeof guestRoles)[number]

/** GET /{entity}/{id}/guests. */
export interface GuestDesk {
  readonly offer: {
    /** `lines.qty` follows `lines`. Only what the inviter sees himself. */
    readonly fields: readonly { readonly name: string; readonly label: Label }[]
    readonly attachments: readonly { readonly id: string; readonly name: string }[]
    readonly acts: readonly GuestAct[]
    readonly confirm: Label | null
    readonly answer: Label | null
    readonly days: { readonly usual: number; readonly most: number }
    readonly domains: readonly string[]
    /** Letters can be sent. */
    readonly mailed: boolean
    /** As the other side's record has it. */
    readonly contact: {
      readonly name: string
      readonly party: string
      readonly mail: string
      readonly phone: string
    } | null
  }
  /** A confirmation of the record as it stands is needed before this action. */
  readonly waits: { readonly confirmed: boolean } | null
  readonly invitations: readonly InvitationRow[]
}
export interface InvitationRow {
  readonly id: string
  readonly who: string
  readonly name: string
  readonly party: string
  readonly role: GuestRole
  readonly mail: string
  readonly acts: readonly GuestAct[]
  readonly until: Instant
  readonly standing: 'open' | 'over' | 'withdrawn'
  readonly letter: 'waiting' | 'sent' | 'failed'
  readonly inviter: string
  readonly opened_at: Instant | null
  readonly events: readonly {
    readonly id: string
    readonly kind: string
    readonly at: Instant
    readonly code_no: number | null
    readonly address: string | null
    readonly note: string | null
  }[]
  readonly answers: readonly GuestAnswerRow[]
}
export interface GuestAnswerRow {
  readonly id: string
  readonly kind: 'confirm' | 'refuse' | 'answer'
  readonly at: Instant
  readonly reason: string | null
  readonly values: readonly { readonly label: Label; readonly text: string }[]
  readonly version: number
  /** What he saw has changed since. */
  readonly outdated: boolean
  readonly signed: boolean
}

/** POST /{entity}/{id}/guests. */
export interface GuestInput {
  readonly name: string
  readonly party: string
  readonly role: GuestRole
  readonly mail: string
  readonly phone?: string
  readonly acts: readonly GuestAct[]
  readonly fields: readonly string[]
  readonly attachments: readonly string[]
  readonly days: number
  readonly message?: string
  readonly lang: 'zh' | 'en'
}

/** POST /guest/open. */
export interface GuestDoor {
  readonly id: string
  /** Masked: l***@example.cn. */
  readonly mail: string
  readonly until: Instant
}

/** What of the sheet a guest's page draws. */
export type GuestBlock =
  | { readonly is: 'heading'; readonly text: string }
  | {
      readonly is: 'pairs'
      readonly pairs: readonly {
        readonly label: string
        readonly value: string
        readonly wide?: boolean
        readonly figure?: boolean
      }[]
    }
  | {
      readonly is: 'table'
      readonly columns: readonly { readonly label: string; readonly figure?: boolean }[]
      readonly rows: readonly (readonly string[])[]
      readonly totals?: readonly string[]
    }
  | { readonly is: 'text'; readonly text: string }

/** GET /guest/{id}: everything a guest gets, and nothing else. */
export interface GuestPage {
  readonly who: { readonly name: string; readonly party: string }
  readonly inviter: string
  readonly company: string
  readonly message: string | null
  readonly until: Instant
  readonly acts: readonly GuestAct[]
  readonly document: {
    readonly kind: string
    readonly title: string
    readonly about: readonly string[]
    readonly blocks: readonly GuestBlock[]
    readonly version: number
    /** To be sent back with what is said: it is said of this. */
    readonly seen: string
  }
  readonly files: readonly {
    readonly id: string
    readonly name: string
    readonly size: number
    readonly mine: boolean
  }[]
  readonly comments: readonly {
    readonly id: string
    readonly name: string
    readonly mine: boolean
    readonly at: Instant
    readonly body: string
  }[]
  readonly answers: readonly GuestAnswerRow[]
  readonly confirm: Label | null
  readonly question: {
    readonly label: Label
    readonly fields: Fields
    readonly lines: {
      readonly label: Label
      readonly fields: Fields
      readonly rows: readonly {
        readonly id: string
        readonly name: string
        readonly values: Readonly<Record<string, Json>>
      }[]
    } | null
  } | null
}

/** POST /guest/{id}/say. */
export interface GuestSaid {
  readonly kind: 'confirm' | 'refuse' | 'answer'
  /** `document.seen` of the page it is said on. */
  readonly seen: string
  readonly reason?: string
  /** Values of the question's fields. */
  readonly values?: Readonly<Record<string, Json>>
  /** Of its lines, by their ids. */
  readonly lines?: Readonly<Record<string, Readonly<Record<string, Json>>>>
  /** A drawn signature: a PNG as data in base64. */
  readonly signature?: string
}
