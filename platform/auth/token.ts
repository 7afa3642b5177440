// API tokens: named, expiring, narrowed to functions (`project:read`), shown once, stored as a digest.
import type { PlainDate } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { newId } from '../client/entity.ts'
import type { TokenRow } from '../client/shapes.ts'
import type { Host } from '../http/host.ts'
import { instant, own } from '../tables/typed.ts'
import { digestOf, newSecret, TOKEN_PREFIX } from './secret.ts'

type Needs = Pick<Host, 'db' | 'tenant' | 'now' | 'policy'>

export interface LiveToken {
  readonly id: string
  readonly user: string
  readonly name: string
  readonly scopes: readonly string[] | null
  readonly lang: 'zh' | 'en' | null
}

const scopePattern = /^(\*|[a-z][a-z0-9_.]{0,62}):(\*|[a-z][a-z0-9_]{0,62})$/

export async function createToken(
  host: Needs,
  user: string,
  input: { readonly name: string; readonly expires_on: PlainDate; readonly scopes: readonly string[] | null },
): Promise<TokenRow & { readonly token: string }> {
  const name = input.name.trim()
  if (!name || name.length > 100) throw refuse('auth.token_name', {}, [{ path: 'name', code: 'auth.token_name' }])
  const now = host.now()
  const last = new Date(now.getTime() + host.policy.tokenDays * 86_400_000).toISOString().slice(0, 10)
  if (input.expires_on <= now.toISOString().slice(0, 10) || input.expires_on > last)
    throw refuse('auth.token_expiry', { last }, [{ path: 'expires_on', code: 'auth.token_expiry', values: { last } }])
  const wrong = input.scopes?.find(scope => !scopePattern.test(scope))
  if (wrong !== undefined)
    throw refuse('auth.token_scope', { scope: wrong.slice(0, 80) }, [{ path: 'scopes', code: 'auth.token_scope' }])
  const secret = newSecret(TOKEN_PREFIX)
  const row = { id: newId(), user_id: user, name, scopes: input.scopes ? [...input.scopes] : null }
  await own(host.db, host.tenant)
    .insertInto('auth_token')
    .values({ ...row, digest: secret.digest, created_at: now, expires_on: input.expires_on, used_at: null })
    .execute()
  return {
    id: row.id,
    name,
    scopes: row.scopes,
    created_at: instant(now),
    expires_on: input.expires_on,
    used_at: null,
    token: secret.text,
  }
}

export async function findToken(host: Needs, secret: string): Promise<LiveToken | null> {
  if (!secret.startsWith(TOKEN_PREFIX)) return null
  const now = host.now()
  const db = own(host.db, host.tenant)
  const row = await db
    .selectFrom('auth_token as t')
    .innerJoin('user as u', 'u.id', 't.user_id')
    .select(['t.id', 't.user_id', 't.name', 't.scopes', 't.used_at', 'u.lang'])
    .where('t.digest', '=', digestOf(secret))
    .where('t.expires_on', '>=', now.toISOString().slice(0, 10))
    .where('u.active', '=', true)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  if (!row.used_at || now.getTime() - new Date(row.used_at).getTime() > 60_000)
    await db.updateTable('auth_token').set({ used_at: now }).where('id', '=', row.id).execute()
  return { id: row.id, user: row.user_id, name: row.name, scopes: row.scopes, lang: row.lang }
}

export async function listTokens(host: Needs, user: string): Promise<readonly TokenRow[]> {
  const rows = await own(host.db, host.tenant)
    .selectFrom('auth_token')
    .select(['id', 'name', 'scopes', 'created_at', 'used_at'])
    .select(eb => eb.cast<PlainDate>('expires_on', 'text').as('expires_on'))
    .where('user_id', '=', user)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(row => ({
    ...row,
    created_at: instant(row.created_at),
    used_at: row.used_at === null ? null : instant(row.used_at),
  }))
}

/** False when the user has no such token. */
export async function revokeToken(host: Needs, user: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await own(host.db, host.tenant)
    .deleteFrom('auth_token')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Tokens end with the person: a leaver's integrations stop at once. */
export async function revokeTokens(host: Needs, user: string): Promise<void> {
  await own(host.db, host.tenant).deleteFrom('auth_token').where('user_id', '=', user).execute()
}
