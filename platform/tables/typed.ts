// The platform's own tables with their columns' types, for the query builder.
import type { Database } from '@yingzao/kernel/context'
import { type Instant, isInstant } from '@yingzao/kernel/entity'
import type { Kysely } from 'kysely'
import type { AuthTables, PeopleTables } from '../auth/tables.ts'
import type { ExchangeTables } from '../exchange/tables.ts'
import type { FileTables } from '../files/tables.ts'
import type { GuestTables } from '../guest/tables.ts'
import type { ViewTables } from '../http/tables.ts'
import type { PushTables } from '../push/tables.ts'

export type PlatformTables = AuthTables &
  PeopleTables &
  FileTables &
  ViewTables &
  ExchangeTables &
  GuestTables &
  PushTables

/** The same connection or transaction, typed for the platform's tables of one organisation. */
export const own = (db: Database, tenant: string): Kysely<PlatformTables> =>
  // Entities' tables are declared at run time, so Database knows no columns; these tables are declared in the steps.
  (db as unknown as Kysely<PlatformTables>).withSchema(tenant)

/** A timestamptz as the API speaks it, whichever parser the pool has. */
export function instant(value: Date | string): Instant {
  const text = new Date(value).toISOString()
  if (!isInstant(text)) throw new Error(`not a moment: ${text}`)
  return text
}
