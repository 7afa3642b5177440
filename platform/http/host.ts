// What every route and background part is given: the database, the registry, the policies, the clock.
import type { Ctx, Tables } from '@yingzao/kernel/context'
import type { Registry } from '@yingzao/kernel/registry'
import type { Kysely } from 'kysely'
import type { AuthPolicy } from '../auth/policy.ts'
import type { FileStore } from '../files/store.ts'
import type { ChannelName } from '../inbox/channel.ts'
import type { Post } from '../inbox/mail-channel.ts'
import type { Push } from '../push/service.ts'
import type { Log } from '../runtime/log.ts'

export interface Limits {
  /** Bytes of a JSON body, of a batch's, of an uploaded file, of an imported table. */
  readonly json: number
  readonly batch: number
  readonly file: number
  readonly table: number
  /** Requests a minute of one caller; of one address for signing in. */
  readonly requests: RateLimit
  readonly signIn: RateLimit
  /** Readings of calendar feeds from one address, guessed ones with them. */
  readonly feeds: RateLimit
  /** Opening links of guests and asking for codes from one address. */
  readonly guests: RateLimit
  /** Looking up printed codes from one address, guessed ones with them. */
  readonly verify: RateLimit
}
export interface RateLimit {
  readonly max: number
  readonly timeWindow: number
}

export const defaultLimits: Limits = {
  json: 1_000_000,
  batch: 8_000_000,
  file: 200_000_000,
  table: 50_000_000,
  requests: { max: 6000, timeWindow: 60_000 },
  signIn: { max: 30, timeWindow: 60_000 },
  feeds: { max: 120, timeWindow: 60_000 },
  guests: { max: 60, timeWindow: 60_000 },
  verify: { max: 60, timeWindow: 60_000 },
}

export interface Host {
  readonly db: Kysely<Tables>
  /** PostgreSQL schema of the organisation. */
  readonly tenant: string
  readonly registry: Registry
  /** For fields of kind secret. */
  readonly keys: Ctx['keys']
  /** IANA name; `today` is the day there. */
  readonly zone: string
  readonly lang: 'zh' | 'en'
  readonly policy: AuthPolicy
  readonly limits: Limits
  readonly files: FileStore
  readonly log: Log
  /** Tests move it; everything that expires asks it. */
  readonly now: () => Date
  /** What messages go out by, beside the inbox. */
  readonly channels: readonly ChannelName[]
  /** Null: this installation does not push. */
  readonly push: Push | null
  readonly product: { readonly name: string; readonly version: string; readonly demo: boolean }
  /** Sends the letters that cannot wait in a queue; null: no mail server. */
  readonly post: Post | null
  /** Where people reach this system; null: as each request did. */
  readonly publicUrl: string | null
  /** Printed on the console when the server listens on a public address; null when only this machine reaches it. */
  readonly setupToken: string | null
}
