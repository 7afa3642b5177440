// First run: the root company and its administrator, once, while nobody exists.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { refuse } from '@yingzao/kernel/refuse'
import { create, list, write } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import type { SetupInput, SetupState } from '../client/shapes.ts'
import { systemContext } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { setPassword } from './credential.ts'
import { type Origin, recordEvent } from './event.ts'
import { digestOf } from './secret.ts'

/** One lock for all nodes: of two set-ups at once one finds a user. */
const SETUP_LOCK = 7_951_204

/** Handed out on the console when anybody could reach the page; null when only this machine can. */
export const newSetupToken = () => randomBytes(9).toString('base64url')

export async function isSetUp(host: Pick<Host, 'db' | 'tenant'>): Promise<boolean> {
  const row = await own(host.db, host.tenant).selectFrom('user').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

export async function setupState(host: Host): Promise<SetupState> {
  const needed = !(await isSetUp(host))
  return { needed, token_required: needed && host.setupToken !== null }
}

/**
 * Without a token only a page opened by address or as localhost may set up: a foreign page that rebinds its own name to
 * 127.0.0.1 comes with that name as Host.
 */
export function demandSetupRight(host: Host, hostname: string, token: string | undefined): void {
  if (host.setupToken !== null) {
    const given = digestOf(token ?? '')
    if (!timingSafeEqual(given, digestOf(host.setupToken))) throw refuse('auth.setup_token')
    return
  }
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) === 0 && bare !== 'localhost') throw refuse('auth.setup_host')
}

/** Makes company, administrator and password in one transaction and returns the administrator's id. */
export async function setUp(host: Host, input: SetupInput, from: Origin): Promise<string> {
  const lang = input.lang ?? host.lang
  const user = await write(systemContext(host, `setup ${from.address}`), async ctx => {
    await sql`select pg_advisory_xact_lock(${SETUP_LOCK})`.execute(ctx.db)
    const inside = { ...host, db: ctx.db }
    if (await isSetUp(inside)) throw refuse('auth.setup_done')
    const company = await create(ctx, 'org_unit', {
      name: input.company.name,
      code: input.company.code ?? null,
      tax_id: input.company.tax_id ?? null,
      type: 'company',
    })
    const administrator = await create(ctx, 'user', {
      name: input.administrator.name,
      login: input.administrator.login,
      main_department: company.id,
      lang,
      theme: 'system',
    })
    const roles = await list(ctx, 'role', { filter: { code: { eq: 'administrator' } } })
    const role = roles.items[0]
    if (!role) throw new Error('the role administrator was not seeded')
    await create(ctx, 'role_holding', {
      user: administrator.id,
      role: role.id,
      at_kind: 'company',
      at_id: company.id,
    })
    await setPassword(inside, administrator.id, input.administrator.password, false)
    return administrator.id
  })
  await recordEvent(host, 'set_up', { login: input.administrator.login, user }, from)
  return user
}
