// Signing in: counted, constant in time for unknown names, logged, and never telling which half was wrong.
import { Refusal, refuse } from '@yingzao/kernel/refuse'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { type Origin, recordEvent } from './event.ts'
import { beginAttempt, forgetAttempts } from './lockout.ts'
import { verifyPassword } from './password.ts'
import { isAdministrator } from './principal.ts'
import { type LiveSession, openSession } from './session.ts'

/** Opens a session. Refuses `auth.refused` for a wrong login, a wrong password and a disabled account alike, `auth.locked`. */
export async function signIn(
  host: Host,
  login: string,
  password: string,
  from: Origin,
): Promise<{ readonly session: LiveSession; readonly secret: string }> {
  const name = login.trim()
  const attempt = await beginAttempt(host, name, from.address).catch(async (refusal: unknown) => {
    if (refusal instanceof Refusal) await recordEvent(host, 'locked', { login: name, user: null }, from)
    throw refusal
  })
  const person = await own(host.db, host.tenant)
    .selectFrom('user as u')
    .leftJoin('auth_credential as c', 'c.user_id', 'u.id')
    .select(['u.id', 'u.active', 'c.hash'])
    .where('u.login', '=', name)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst()
  const right = await verifyPassword(person?.hash ?? undefined, password)
  if (!right || !person?.active) {
    await recordEvent(host, 'failed', { login: name, user: person?.id ?? null }, from)
    throw refuse('auth.refused')
  }
  await forgetAttempts(host, attempt.login, from.address)
  const opened = await openSession(host, person.id, from, await isAdministrator(host, person.id))
  await recordEvent(host, 'signed_in', { login: name, user: person.id }, from)
  return opened
}
