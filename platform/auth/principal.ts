// From a user to the principal: which roles they hold where, and their departments. Asked on every request.
import type { HeldRole, Principal } from '@yingzao/kernel/context'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Host } from '../http/host.ts'
import type { LiveToken } from './token.ts'

interface Person {
  readonly id: Id<'user'>
  readonly name: string
  readonly lang: 'zh' | 'en' | null
  readonly main: Id<'org_unit'> | null
  readonly side: readonly Id<'org_unit'>[]
  readonly roles: readonly {
    readonly role: string
    readonly kind: HeldRole['at']['kind']
    readonly at: string
    readonly from: PlainDate | null
    readonly to: PlainDate | null
  }[]
}

/** One statement: the person, side departments and holdings, today's and others (the store looks at the dates). */
async function readPerson(host: Pick<Host, 'db' | 'tenant'>, user: string): Promise<Person | undefined> {
  const table = (name: string) => sql.table(`${host.tenant}.${name}`)
  const { rows } = await sql<Person>`
    select u.id, u.name, u.lang, u.main_department as main,
      coalesce((select json_agg(d."to") from ${table('user__side_departments')} d where d."from" = u.id), '[]') as side,
      coalesce((
        select json_agg(json_build_object('role', r.code, 'kind', h.at_kind, 'at', h.at_id, 'from', h."from", 'to', h."to"))
        from ${table('role_holding')} h join ${table('role')} r on r.id = h.role
        where h."user" = u.id and h.deleted_at is null and r.deleted_at is null), '[]') as roles
    from ${table('user')} u where u.id = ${user}`.execute(host.db)
  return rows[0]
}

export async function principalOf(
  host: Pick<Host, 'db' | 'tenant' | 'lang'>,
  user: string,
  token: LiveToken | null,
): Promise<{ readonly principal: Principal; readonly lang: 'zh' | 'en' }> {
  const person = await readPerson(host, user)
  if (!person) throw new Error(`session of a user that does not exist: ${user}`)
  return {
    lang: person.lang ?? host.lang,
    principal: {
      kind: token ? 'token' : 'user',
      user: person.id,
      name: person.name,
      roles: person.roles.map(({ role, kind, at, from, to }) => ({ role, at: { kind, id: at }, from, to })),
      departments: [...new Set([...(person.main ? [person.main] : []), ...person.side])],
      narrowed: token?.scopes ?? null,
    },
  }
}

/** Administrators' screens lock themselves sooner. */
export async function isAdministrator(host: Pick<Host, 'db' | 'tenant'>, user: string): Promise<boolean> {
  const person = await readPerson(host, user)
  return person?.roles.some(held => held.role === 'administrator') ?? false
}
