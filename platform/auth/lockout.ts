// Guessing is slowed: five failures of one login from one address within 15 minutes close that pair for 15 minutes.
import { refuse } from '@yingzao/kernel/refuse'
import { sql } from 'kysely'
import { newId } from '../client/entity.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { digestOf } from './secret.ts'

export interface Attempt {
  readonly id: string
  readonly login: Buffer
  readonly address: string
}

type Needs = Pick<Host, 'db' | 'tenant' | 'now' | 'policy'>

/**
 * Counts this attempt before the password is looked at, so that a hundred guesses at once do not all slip through,
 * and refuses when there were too many. Known and unknown logins are counted alike; refused attempts are not counted,
 * or a lock would never end for one who keeps trying.
 */
export async function beginAttempt(host: Needs, login: string, address: string): Promise<Attempt> {
  const attempt = { id: newId(), login: digestOf(login.trim().toLowerCase()), address }
  const { failures, minutes } = host.policy.lockout
  const now = host.now()
  await host.db.transaction().execute(async tx => {
    // One attempt of a login at a time is counted: of a hundred at once the sixth already sees five.
    await sql`select pg_advisory_xact_lock(hashtextextended(${attempt.login.toString('hex')}, 1))`.execute(tx)
    const db = own(tx, host.tenant)
    const counted = db.selectFrom('auth_attempt').where('login', '=', attempt.login)
    const { here } = await counted
      .select(eb => eb.fn.countAll<number>().as('here'))
      .where('address', '=', address)
      .where('at', '>', new Date(now.getTime() - minutes * 60_000))
      .executeTakeFirstOrThrow()
    if (here >= failures) throw refuse('auth.locked', { minutes })
    const { everywhere } = await counted
      .select(eb => eb.fn.countAll<number>().as('everywhere'))
      .where('at', '>', new Date(now.getTime() - 3_600_000))
      .executeTakeFirstOrThrow()
    if (everywhere >= host.policy.loginFailuresPerHour) throw refuse('auth.locked', { minutes: 60 })
    await db
      .insertInto('auth_attempt')
      .values({ ...attempt, at: now })
      .execute()
  })
  return attempt
}

/** The right password opens the pair again; an administrator's unlock opens the login from everywhere. */
export async function forgetAttempts(host: Needs, login: Buffer | string, address?: string): Promise<void> {
  const digest = typeof login === 'string' ? digestOf(login.trim().toLowerCase()) : login
  let query = own(host.db, host.tenant).deleteFrom('auth_attempt').where('login', '=', digest)
  if (address !== undefined) query = query.where('address', '=', address)
  await query.execute()
}
