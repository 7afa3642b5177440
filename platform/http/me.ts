// Me: the signed-in person as the shell shows them, with the roles they hold and the names of the places.
import type { Id, Me } from '@yingzao/kernel/entity'
import { dayIn } from '@yingzao/kernel/system'
import { sql } from 'kysely'
import type { LiveSession } from '../auth/session.ts'
import type { SessionInfo } from '../client/shapes.ts'
import { instant } from '../tables/typed.ts'
import type { Host } from './host.ts'

interface Row {
  readonly id: Id<'user'>
  readonly version: number
  readonly name: string
  readonly login: string
  readonly lang: 'zh' | 'en' | null
  readonly theme: Me['theme'] | null
  readonly company: Id<'org_unit'> | null
  readonly company_name: string | null
  readonly roles: readonly { role: string; kind: Me['roles'][number]['at']['kind']; at: string; name: string | null }[]
}

/** One's own name and roles need no grant. */
export async function meOf(
  host: Host,
  user: string,
): Promise<{ readonly me: Me; readonly login: string; readonly version: number }> {
  const table = (name: string) => sql.table(`${host.tenant}.${name}`)
  const today = dayIn(host.zone, host.now())
  // Places that are projects belong to a module, which may not be installed.
  const project = host.registry.scopes.get('project')?.entity
  const title = project ? host.registry.entities.get(project)?.def.title : undefined
  const projectName =
    project && title
      ? sql`(select p.${sql.id(title)} from ${table(project)} p where p.id::text = h.at_id and h.at_kind = 'project')`
      : sql`null`
  const { rows } = await sql<Row>`
    with recursive up as (
      select o.id, o.name, o.type, o.parent, 0 as far from ${table('org_unit')} o
        join ${table('user')} u on u.main_department = o.id where u.id = ${user}
      union all
      select o.id, o.name, o.type, o.parent, up.far + 1 from ${table('org_unit')} o join up on o.id = up.parent
        where up.far < 50)
    select u.id, u.version, u.name, u.login, u.lang, u.theme,
      (select id from up where type = 'company' order by far limit 1) as company,
      (select name from up where type = 'company' order by far limit 1) as company_name,
      coalesce((
        select json_agg(json_build_object('role', r.code, 'kind', h.at_kind, 'at', h.at_id,
          'name', coalesce((select o.name from ${table('org_unit')} o where o.id::text = h.at_id), ${projectName}))
          order by r.code)
        from ${table('role_holding')} h join ${table('role')} r on r.id = h.role
        where h."user" = u.id and h.deleted_at is null and r.deleted_at is null
          and coalesce(h."from" <= ${today}::date, true) and coalesce(h."to" >= ${today}::date, true)), '[]') as roles
    from ${table('user')} u where u.id = ${user}`.execute(host.db)
  const row = rows[0]
  if (!row) throw new Error(`no user ${user}`)
  return {
    login: row.login,
    version: row.version,
    me: {
      id: row.id,
      name: row.name,
      login: row.login,
      lang: row.lang ?? host.lang,
      theme: row.theme ?? 'system',
      company: row.company === null ? null : { id: row.company, name: row.company_name ?? '' },
      roles: row.roles.map(({ role, kind, at, name }) => ({ role, at: { kind, id: at, name: name ?? '' } })),
    },
  }
}

/** Tokens have no session: what they are told never expires by idling. */
export async function sessionInfo(host: Host, session: LiveSession | null, user?: string): Promise<SessionInfo> {
  const { me } = await meOf(host, session?.user ?? user ?? '')
  return {
    me,
    must_change_password: session?.mustChange ?? false,
    idle_minutes: session?.idleMinutes ?? 0,
    expires_at: instant(session?.expiresAt ?? new Date(host.now().getTime() + 86_400_000)),
  }
}
