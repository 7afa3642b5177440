// The devices on which somebody is told: his own to add, to see and to take away.
import type { Database } from '@yingzao/kernel/context'
import { refuse } from '@yingzao/kernel/refuse'
import { newId } from '../client/entity.ts'
import type { PushDevice } from '../client/shapes.ts'
import { instant, own } from '../tables/typed.ts'
import { type BrowserKeys, readBrowserKeys } from './encryption.ts'
import { readEndpoint } from './endpoint.ts'
import type { Outcome, Push } from './service.ts'

/** Of a host and of a context alike. */
interface Kept {
  readonly db: Database
  readonly tenant: string
}
export interface Device extends BrowserKeys {
  readonly id: string
  readonly endpoint: string
}

/** More than anybody has. */
const most = 20

/**
 * Switches a browser on, or says that it is in use still. A browser is one person's: whoever signs in at it next takes it over.
 * Refuses `push.endpoint`, `push.keys`, `push.many`.
 */
export async function keepDevice(
  kept: Kept,
  push: Push,
  by: { readonly user: string; readonly session: string; readonly name: string; readonly now: Date },
  given: BrowserKeys & { readonly endpoint: string },
): Promise<{ readonly id: string }> {
  const { endpoint, p256dh, auth } = given
  if (!readEndpoint(endpoint, push.anywhere))
    throw refuse('push.endpoint', {}, [{ path: 'endpoint', code: 'push.endpoint' }])
  if (!readBrowserKeys(given)) throw refuse('push.keys', {}, [{ path: 'keys', code: 'push.keys' }])
  const devices = await devicesOf(kept, by.user)
  if (devices.length >= most && !devices.some(each => each.endpoint === endpoint)) throw refuse('push.many', { most })
  const values = { user_id: by.user, session_id: by.session, p256dh, auth, name: by.name.slice(0, 80) }
  return own(kept.db, kept.tenant)
    .insertInto('push_device')
    .values({ ...values, id: newId(), endpoint, created_at: by.now, used_at: null, refused: null })
    .onConflict(known => known.column('endpoint').doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function devicesOf({ db, tenant }: Kept, user: string): Promise<readonly Device[]> {
  return own(db, tenant)
    .selectFrom('push_device')
    .select(['id', 'endpoint', 'p256dh', 'auth'])
    .where('user_id', '=', user)
    .execute()
}

/** Newest first; where they are reached is not shown. */
export async function listDevices({ db, tenant }: Kept, user: string): Promise<readonly PushDevice[]> {
  const rows = await own(db, tenant)
    .selectFrom('push_device')
    .select(['id', 'name', 'created_at', 'used_at', 'refused'])
    .where('user_id', '=', user)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(row => ({
    ...row,
    created_at: instant(row.created_at),
    used_at: row.used_at === null ? null : instant(row.used_at),
  }))
}

/** Of these people, who has a device. */
export async function peopleWithDevices({ db, tenant }: Kept, people: readonly string[]): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set()
  const rows = await own(db, tenant)
    .selectFrom('push_device')
    .select('user_id')
    .distinct()
    .where('user_id', 'in', [...people])
    .execute()
  return new Set(rows.map(row => row.user_id))
}

/** What its push service answered: a device that is gone is forgotten, one that refuses says so in the list. */
export async function noteOutcome({ db, tenant }: Kept, id: string, outcome: Outcome, now: Date): Promise<void> {
  const at = own(db, tenant)
  if (outcome.kind === 'gone') await at.deleteFrom('push_device').where('id', '=', id).execute()
  if (outcome.kind === 'sent')
    await at.updateTable('push_device').set({ used_at: now, refused: null }).where('id', '=', id).execute()
  if (outcome.kind === 'refused')
    await at.updateTable('push_device').set({ refused: outcome.status }).where('id', '=', id).execute()
}

/** False when the user has no such device. */
export async function dropDevice({ db, tenant }: Kept, user: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await own(db, tenant)
    .deleteFrom('push_device')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
