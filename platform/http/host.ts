// What every route and background part is given: the database, the registry, the policies, the clock.
import type { Tables } from '@yingzao/kernel/context'
import type { Registry } from '@yingzao/kernel/registry'
import type { Kysely } from 'kysely'
import type { AuthPolicy } from '../auth/policy.ts'
import type { FileStore } from '../files/store.ts'
import type { Log } from '../runtime/log.ts'

export interface Host {
  readonly db: Kysely<Tables>
  /** PostgreSQL schema of the organisation. */
  readonly tenant: string
  readonly registry: Registry
  /** IANA name; `today` is the day there. */
  readonly zone: string
  readonly lang: 'zh' | 'en'
  readonly policy: AuthPolicy
  readonly files: FileStore
  readonly log: Log
  /** Tests move it; everything that expires asks it. */
  readonly now: () => Date
  readonly product: { readonly name: string; readonly version: string; readonly demo: boolean }
}
