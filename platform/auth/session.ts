// Sessions live in PostgreSQL, so that every node knows them and revoking works at once, everywhere.
import type { Registry } from '@yingzao/kernel/registry'
import { newId } from '../client/entity.ts'
import type { SessionRow } from '../client/shapes.ts'
import type { Host } from '../http/host.ts'
import { instant, own } from '../tables/typed.ts'
import { digestOf, newSecret } from './secret.ts'

type Needs = Pick<Host, 'db' | 'tenant' | 'now' | 'policy' | 'registry'>

export interface LiveSession {
  readonly id: string
  readonly user: string
  readonly idleMinutes: number
  readonly expiresAt: Date
  readonly mustChange: boolean
  /** The person's own choice. */
  readonly lang: 'zh' | 'en' | null
}

/** Opens a session and returns the secret for the cookie; a fresh one on every sign-in, so none can be planted. */
export async function openSession(
  host: Needs,
  user: string,
  from: { readonly address: string; readonly device: string },
  administrator: boolean,
): Promise<{ readonly session: LiveSession; readonly secret: string }> {
  const { policy } = host
  const now = host.now()
  const secret = newSecret()
  const id = newId()
  const idleMinutes = administrator ? policy.administratorIdleMinutes : policy.idleMinutes
  const expiresAt = new Date(now.getTime() + policy.absoluteHours * 3_600_000)
  const db = own(host.db, host.tenant)
  await db
    .insertInto('auth_session')
    .values({
      id,
      digest: secret.digest,
      user_id: user,
      created_at: now,
      seen_at: now,
      expires_at: expiresAt,
      idle_minutes: idleMinutes,
      address: from.address,
      device: from.device.slice(0, 300),
    })
    .execute()
  await db
    .deleteFrom('auth_session')
    .where('user_id', '=', user)
    .where('id', 'not in', eb =>
      eb
        .selectFrom('auth_session')
        .select('id')
        .where('user_id', '=', user)
        .orderBy('seen_at', 'desc')
        .orderBy('id', 'desc')
        .limit(policy.sessions),
    )
    .execute()
  forget(host)
  const found = await findSession(host, secret.text)
  if (!found) throw new Error('a session that was just opened is not there')
  return { session: found, secret: secret.text }
}

interface Row {
  readonly id: string
  readonly user: string
  readonly seen: number
  readonly expires: number
  readonly idleMinutes: number
  readonly mustChange: boolean
  readonly setAt: Date | string | null
  readonly lang: 'zh' | 'en' | null
}

/**
 * What a node read of sessions less than half a second ago: a page asks a dozen times at once. Rights are kept as long
 * (kernel/access/principal.ts); what this node revokes it forgets at once.
 */
const remembered = new WeakMap<Registry, Map<string, { readonly row: Row; readonly at: number }>>()
const KEEP = 500
const MOST_KEPT = 5000
const forget = (host: Needs) => remembered.delete(host.registry)

/** The living session of a cookie, or null. Seen times are written at most once a minute. */
export async function findSession(host: Needs, secret: string): Promise<LiveSession | null> {
  const digest = digestOf(secret)
  const kept = remembered.get(host.registry) ?? new Map<string, { row: Row; at: number }>()
  remembered.set(host.registry, kept)
  const key = digest.toString('base64')
  const known = kept.get(key)
  const fresh = known !== undefined && performance.now() - known.at < KEEP
  const row = fresh ? known.row : await readSession(host, digest)
  if (!row) return null
  const now = host.now().getTime()
  if (row.expires <= now || row.seen + row.idleMinutes * 60_000 <= now) {
    // Ran out, which is not ended by hand: devices that are told go on being told.
    await dropSession(host, row.user, row.id)
    return null
  }
  let { seen } = row
  if (now - seen > 60_000) {
    seen = now
    await own(host.db, host.tenant)
      .updateTable('auth_session')
      .set({ seen_at: new Date(now) })
      .where('id', '=', row.id)
      .execute()
  }
  if (!fresh || seen !== row.seen) {
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, { row: { ...row, seen }, at: fresh ? known.at : performance.now() })
  }
  return {
    id: row.id,
    user: row.user,
    idleMinutes: row.idleMinutes,
    expiresAt: new Date(row.expires),
    mustChange: row.mustChange || isOutworn(host, row.setAt),
    lang: row.lang,
  }
}

async function readSession(host: Needs, digest: Buffer): Promise<Row | null> {
  const row = await own(host.db, host.tenant)
    .selectFrom('auth_session as s')
    .innerJoin('user as u', 'u.id', 's.user_id')
    .leftJoin('auth_credential as c', 'c.user_id', 's.user_id')
    .select(['s.id', 's.user_id', 's.seen_at', 's.expires_at', 's.idle_minutes', 'c.must_change', 'c.set_at', 'u.lang'])
    .where('s.digest', '=', digest)
    .where('u.active', '=', true)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst()
  return row
    ? {
        id: row.id,
        user: row.user_id,
        seen: new Date(row.seen_at).getTime(),
        expires: new Date(row.expires_at).getTime(),
        idleMinutes: row.idle_minutes,
        mustChange: Boolean(row.must_change),
        setAt: row.set_at,
        lang: row.lang,
      }
    : null
}

const isOutworn = (host: Needs, setAt: Date | string | null): boolean => {
  const { days } = host.policy.password
  return setAt !== null && days > 0 && new Date(setAt).getTime() + days * 86_400_000 < host.now().getTime()
}

export async function listSessions(host: Needs, user: string, current: string | null): Promise<readonly SessionRow[]> {
  const rows = await own(host.db, host.tenant)
    .selectFrom('auth_session')
    .select(['id', 'created_at', 'seen_at', 'address', 'device', 'expires_at', 'idle_minutes'])
    .where('user_id', '=', user)
    .orderBy('seen_at', 'desc')
    .execute()
  const now = host.now().getTime()
  return rows
    .filter(row => new Date(row.expires_at).getTime() > now)
    .filter(row => new Date(row.seen_at).getTime() + row.idle_minutes * 60_000 > now)
    .map(row => ({
      id: row.id,
      current: row.id === current,
      created_at: instant(row.created_at),
      seen_at: instant(row.seen_at),
      address: row.address,
      device: row.device,
    }))
}

/** What a node remembers of a person's sessions no longer holds: the password was changed. */
export const forgetSessions = forget

/** Ends one session of the user, and what is pushed to its device; false when there is none of that id. */
export async function revokeSession(host: Needs, user: string, id: string): Promise<boolean> {
  await own(host.db, host.tenant)
    .deleteFrom('push_device')
    .where('user_id', '=', user)
    .where('session_id', '=', id)
    .execute()
  return dropSession(host, user, id)
}

async function dropSession(host: Needs, user: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await own(host.db, host.tenant)
    .deleteFrom('auth_session')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst()
  forget(host)
  return numDeletedRows > 0n
}

/** Ends all sessions of the user, but the one kept, and what is pushed to other devices. */
export async function revokeSessions(host: Needs, user: string, keep?: string): Promise<void> {
  let query = own(host.db, host.tenant).deleteFrom('auth_session').where('user_id', '=', user)
  let devices = own(host.db, host.tenant).deleteFrom('push_device').where('user_id', '=', user)
  if (keep !== undefined) {
    query = query.where('id', '<>', keep)
    devices = devices.where('session_id', '<>', keep)
  }
  await query.execute()
  await devices.execute()
  forget(host)
}
