// Calendar feeds: a secret address that a phone or mail program reads a person's calendar from. Kept as a digest, ended by
// revoking it or with the person; it opens nothing but the calendar, and that as far as he may see on the day it is read.
import type { Principal } from '@yingzao/kernel/context'
import { refuse } from '@yingzao/kernel/refuse'
import { newId } from '../client/entity.ts'
import type { FeedRow } from '../client/shapes.ts'
import type { Host } from '../http/host.ts'
import { instant, own } from '../tables/typed.ts'
import { principalOf } from './principal.ts'
import { digestOf, FEED_PREFIX, newSecret } from './secret.ts'

type Needs = Pick<Host, 'db' | 'tenant' | 'now'>

/** More than anybody has devices. */
const MOST = 20

export async function createFeed(
  host: Needs,
  user: string,
  given: string,
): Promise<FeedRow & { readonly secret: string }> {
  const name = given.trim()
  if (!name || name.length > 60) throw refuse('auth.feed_name', {}, [{ path: 'name', code: 'auth.feed_name' }])
  if ((await listFeeds(host, user)).length >= MOST) throw refuse('auth.feed_many', { most: MOST })
  const secret = newSecret(FEED_PREFIX)
  const now = host.now()
  const row = { id: newId(), user_id: user, name, digest: secret.digest, created_at: now, used_at: null }
  await own(host.db, host.tenant).insertInto('auth_feed').values(row).execute()
  return { id: row.id, name, created_at: instant(now), used_at: null, secret: secret.text }
}

/** Whose calendar it is, narrowed to reading and to these actions; null when the secret opens nothing (any more). */
export async function openFeed(
  host: Needs & Pick<Host, 'registry' | 'zone'>,
  secret: string,
  actions: readonly string[],
): Promise<{ readonly principal: Principal; readonly lang: 'zh' | 'en' | null } | null> {
  if (!secret.startsWith(FEED_PREFIX)) return null
  const db = own(host.db, host.tenant)
  const row = await db
    .selectFrom('auth_feed as f')
    .innerJoin('user as u', 'u.id', 'f.user_id')
    .select(['f.id', 'f.user_id', 'f.used_at', 'u.lang'])
    .where('f.digest', '=', digestOf(secret))
    .where('u.active', '=', true)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const principal = await principalOf(host, row.user_id, null)
  if (!principal) return null
  const now = host.now()
  if (!row.used_at || now.getTime() - new Date(row.used_at).getTime() > 60_000)
    await db.updateTable('auth_feed').set({ used_at: now }).where('id', '=', row.id).execute()
  return { principal: { ...principal, kind: 'token', narrowed: ['*:read', ...actions] }, lang: row.lang }
}

export async function listFeeds(host: Needs, user: string): Promise<readonly FeedRow[]> {
  const rows = await own(host.db, host.tenant)
    .selectFrom('auth_feed')
    .select(['id', 'name', 'created_at', 'used_at'])
    .where('user_id', '=', user)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(row => ({
    ...row,
    created_at: instant(row.created_at),
    used_at: row.used_at === null ? null : instant(row.used_at),
  }))
}

/** False when the user has no such feed. */
export async function revokeFeed(host: Needs, user: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await own(host.db, host.tenant)
    .deleteFrom('auth_feed')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
