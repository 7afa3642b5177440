// Setting and checking a user's password: the door for sign-in, my account, administrators and the set-up.
import { refuse } from '@yingzao/kernel/refuse'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { forgetAttempts } from './lockout.ts'
import { demandStrong, hashPassword, randomPassword, verifyPassword } from './password.ts'
import { forgetSessions, revokeSessions } from './session.ts'

type Needs = Pick<Host, 'db' | 'tenant' | 'now' | 'policy' | 'registry'>

/** Sets a password by the policy. `mustChange` for one that somebody else knows. Refuses `auth.password_*`. */
export async function setPassword(host: Needs, user: string, password: string, mustChange: boolean): Promise<void> {
  const db = own(host.db, host.tenant)
  const person = await db.selectFrom('user').select(['login', 'name']).where('id', '=', user).executeTakeFirst()
  if (!person) throw refuse('record.not_found', { entity: 'user', id: user })
  demandStrong(password, host.policy.password, [person.login, person.name])
  const before = await db.selectFrom('auth_credential').selectAll().where('user_id', '=', user).executeTakeFirst()
  const history = host.policy.password.history
  const former = before ? [before.hash, ...before.former].slice(0, history) : []
  for (const hash of former) {
    if (await verifyPassword(hash, password))
      throw refuse('auth.password_used', { history }, [{ path: 'password', code: 'auth.password_used' }])
  }
  const row = { hash: await hashPassword(password), set_at: host.now(), must_change: mustChange, former }
  await db
    .insertInto('auth_credential')
    .values({ user_id: user, ...row })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet(row))
    .execute()
  forgetSessions(host)
}

/** One's own change: proves the current password and ends all other sessions. */
export async function changePassword(
  host: Needs,
  user: string,
  current: string,
  next: string,
  session: string | undefined,
): Promise<void> {
  if (!(await checkPassword(host, user, current)))
    throw refuse('auth.password_wrong', {}, [{ path: 'current', code: 'auth.password_wrong' }])
  await setPassword(host, user, next, false)
  await revokeSessions(host, user, session)
}

export async function checkPassword(host: Needs, user: string, password: string): Promise<boolean> {
  const row = await own(host.db, host.tenant)
    .selectFrom('auth_credential')
    .select('hash')
    .where('user_id', '=', user)
    .executeTakeFirst()
  return verifyPassword(row?.hash, password)
}

/** For administrators: a password to hand over, to be changed at the first sign-in; ends the user's sessions and locks. */
export async function issuePassword(host: Needs, user: string): Promise<string> {
  const password = randomPassword()
  const db = own(host.db, host.tenant)
  await setPassword(host, user, password, true)
  await revokeSessions(host, user)
  const person = await db.selectFrom('user').select('login').where('id', '=', user).executeTakeFirstOrThrow()
  await forgetAttempts(host, person.login)
  return password
}
