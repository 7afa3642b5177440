// loadPrincipal(): who somebody is today. Cached on each node; a node asks the database at most twice a second whether any
// right changed, so nobody keeps a right longer than that after it was taken away on another node.
import { type FieldRight, type Id, isId, type PlainDate, type Scope } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Database, HeldRole, Principal } from '../context.ts'
import { targetOf } from '../registry/shape.ts'
import { type Registry, shapeOf } from '../registry.ts'
import type { GrantRow, Grants, Units } from './book.ts'

/** Milliseconds for which a node believes what it knows. */
const checkEvery = 500

interface Kept {
  readonly principal: Principal
  checkedAt: number
  readonly delegated: string
  /** See `written`. */
  writing: number | undefined
}
interface Known {
  version: string
  grants: Grants | null
  readonly principals: Map<string, Kept>
  /** Of people whose delegations were written here: which writing it was, so that a read which began before it is not believed. */
  readonly written: Map<string, number>
}
let writings = 0
const mostKept = 5000
/** Per registry, which is one per node and tenant set. */
const caches = new WeakMap<Registry, Map<string, Known>>()

function cacheOf(registry: Registry, tenant: string): Known {
  const tenants = caches.get(registry) ?? new Map<string, Known>()
  caches.set(registry, tenants)
  const known = tenants.get(tenant) ?? { version: '', grants: null, principals: new Map(), written: new Map() }
  tenants.set(tenant, known)
  return known
}

/** Called after a commit that touched rights, so that this node sees its own writes at once. */
export function forgetRights(registry: Registry, tenant: string): void {
  caches.get(registry)?.delete(tenant)
}

/** After a commit that gave or took delegations: who these people are is asked anew, what they may do is still known. */
export function forgetDelegated(registry: Registry, tenant: string, users: ReadonlySet<string>): void {
  if (users.size === 0) return
  const { written, principals } = cacheOf(registry, tenant)
  if (written.size + users.size > mostKept) {
    written.clear()
    principals.clear()
  }
  for (const user of users) written.set(user, ++writings)
}

export interface PrincipalQuery {
  readonly db: Database
  readonly registry: Registry
  readonly tenant: string
  readonly user: string
  readonly today: PlainDate
}

/** Null when there is no such user, or not any more (disabled, deleted, left before today). */
export async function loadPrincipal(query: PrincipalQuery): Promise<Principal | null> {
  const { db, registry, tenant, user, today } = query
  const cache = cacheOf(registry, tenant)
  const key = `${user} ${today}`
  const known = cache.principals.get(key)
  const at = performance.now()
  const writing = cache.written.get(user)
  if (known && at - known.checkedAt < checkEvery && known.writing === writing) return known.principal

  const { rows } = await sql<{ version: string; delegated: string }>`select
      coalesce((select version from ${sql.id(tenant, 'rights_version')}), 0)::text as version,
      coalesce((select string_agg(g.what, ' ' order by g.what) from (
        select distinct array_to_string(entity || hides, ':') as what from ${sql.id(tenant, 'record_grant')}
        where "user" = ${user}::uuid and (until is null or until > now())) g), '') as delegated`.execute(db)
  const { version = '0', delegated = '' } = rows[0] ?? {}
  if (version !== cache.version) {
    cache.version = version
    cache.grants = null
    cache.principals.clear()
  }
  const still = cache.principals.get(key)
  if (still && still.delegated === delegated) {
    still.checkedAt = at
    still.writing = writing
    return still.principal
  }
  const grants = cache.grants ?? (await loadGrants(db, tenant))
  // Kept only if nobody changed rights meanwhile: the version was read before the grants.
  if (cache.version === version) cache.grants = grants
  const principal = await loadPerson(query, grants, readDelegated(delegated))
  if (principal && cache.version === version) {
    if (cache.principals.size >= mostKept) cache.principals.clear()
    cache.principals.set(key, { principal, checkedAt: at, delegated, writing })
  }
  return principal
}

/** `contract:reason:amount payment`: entities, and what some delegation of their records hides. */
function readDelegated(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const each of text.split(' ').filter(Boolean)) {
    const [entity = '', ...hides] = each.split(':')
    found.set(entity, new Set([...(found.get(entity) ?? []), ...hides]))
  }
  return found
}

async function loadGrants(db: Database, tenant: string): Promise<Grants> {
  const grants = await sql<GrantRow>`
    select r.code as role, g.entity, g.functions, g.scope, coalesce(g.fields, '{}') as fields
    from ${sql.id(tenant, 'grant')} g join ${sql.id(tenant, 'role')} r on r.id = g.role
    where g.deleted_at is null and r.deleted_at is null`.execute(db)
  const byEntity = new Map<string, GrantRow[]>()
  for (const row of grants.rows) {
    const list = byEntity.get(row.entity) ?? []
    list.push(readGrant(row))
    byEntity.set(row.entity, list)
  }
  const units = await sql<{ id: string; parent: string | null; type: string }>`
    select id, parent, type from ${sql.id(tenant, 'org_unit')} where deleted_at is null`.execute(db)
  const parent = new Map(units.rows.map(row => [row.id, row.parent]))
  const children = new Map<string, string[]>()
  for (const row of units.rows)
    if (row.parent !== null) children.set(row.parent, [...(children.get(row.parent) ?? []), row.id])
  const roots = units.rows.filter(row => row.parent === null && row.type === 'company')
  return {
    byEntity,
    units: { parent, children, root: roots.length === 1 ? (roots[0]?.id ?? null) : null } satisfies Units,
  }
}

/** Grants are data that administrators edit: what makes no sense grants nothing. */
function readGrant({ role, entity, functions, scope, fields }: GrantRow): GrantRow {
  return {
    role,
    entity,
    functions: Array.isArray(functions) ? functions.filter(each => typeof each === 'string') : [],
    scope: isScope(scope) ? scope : { projects: [] },
    fields: Object.fromEntries(Object.entries(fields ?? {}).filter(([, right]) => isFieldRight(right))),
  }
}
const isScope = (value: unknown): value is Scope =>
  ['own', 'department', 'department_below', 'my_projects', 'all'].some(each => each === value) ||
  (typeof value === 'object' &&
    value !== null &&
    (('departments' in value && isIds(value.departments)) || ('projects' in value && isIds(value.projects))))
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every(isId)
const isFieldRight = (value: unknown): value is FieldRight =>
  ['hidden', 'masked', 'read', 'edit'].some(each => each === value)

async function loadPerson(
  { db, registry, tenant, user, today }: PrincipalQuery,
  grants: Grants,
  delegated: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Principal | null> {
  const { rows } = await sql<{
    name: string
    departments: Id<'org_unit'>[]
    holdings: { role: string; kind: HeldRole['at']['kind']; id: string; from: PlainDate | null; to: PlainDate | null }[]
    memberships: { role: string | null; project: string; from: PlainDate | null; to: PlainDate | null }[]
  }>`
    select u.name,
      (select coalesce(json_agg(d.id), '[]') from (
        select u.main_department as id where u.main_department is not null
        union select j.target from ${sql.id(tenant, 'user__side_departments')} j where j.source = u.id) d) as departments,
      (select coalesce(json_agg(json_build_object('role', r.code, 'kind', h.at_kind, 'id', h.at_id, 'from', h."from", 'to', h."to")), '[]')
        from ${sql.id(tenant, 'role_holding')} h join ${sql.id(tenant, 'role')} r on r.id = h.role
        where h."user" = u.id and h.deleted_at is null and r.deleted_at is null
          and (h."from" is null or h."from" <= ${today}::date) and (h."to" is null or h."to" >= ${today}::date)) as holdings,
      (${membershipsOf(registry, tenant, today)}) as memberships
    from ${sql.id(tenant, 'user')} u
    where u.id = ${user}::uuid and u.deleted_at is null and u.active and (u.left_on is null or u.left_on >= ${today}::date)`.execute(
    db,
  )
  const row = rows[0]
  if (!row || !isId(user)) return null
  const { root } = grants.units
  return {
    kind: 'user',
    user: user as Id<'user'>,
    name: row.name,
    roles: [
      ...(root === null ? [] : [{ role: 'member', at: { kind: 'company' as const, id: root }, from: null, to: null }]),
      ...row.holdings
        .filter(({ id }) => isId(id))
        .map(({ role, kind, id, from, to }) => ({ role, at: { kind, id }, from, to })),
      ...row.memberships.flatMap(({ role, project, from, to }) =>
        role === null ? [] : [{ role, at: { kind: 'project' as const, id: project }, from, to }],
      ),
    ],
    departments: row.departments,
    narrowed: null,
    rights: { grants, projects: [...new Set(row.memberships.map(each => each.project))], delegated },
  }
}

/** A membership of a project is taking part in it, and its role is held there. */
function membershipsOf(registry: Registry, tenant: string, today: PlainDate) {
  const members = registry.scopes.get('project')?.members
  if (!members) return sql`'[]'::json`
  const column = (name: string) => sql`m.${sql.id(name)}`
  const roleField = members.role === undefined ? undefined : shapeOf(registry, members.entity).fields.get(members.role)
  const role =
    members.role === undefined
      ? sql`null`
      : roleField && targetOf(roleField.def) === 'role'
        ? sql`(select r.code from ${sql.id(tenant, 'role')} r where r.id = ${column(members.role)} and r.deleted_at is null)`
        : column(members.role)
  const day = (name: string | undefined, compare: 'from' | 'to') =>
    name === undefined
      ? sql``
      : compare === 'from'
        ? sql`and (${column(name)} is null or ${column(name)} <= ${today}::date)`
        : sql`and (${column(name)} is null or ${column(name)} >= ${today}::date)`
  return sql`select coalesce(json_agg(json_build_object('role', ${role}, 'project', ${column(members.project)},
      'from', ${members.from === undefined ? sql`null` : column(members.from)}, 'to', ${members.to === undefined ? sql`null` : column(members.to)})), '[]')
    from ${sql.id(tenant, members.entity)} m
    where ${column(members.user)} = u.id and m.deleted_at is null and ${column(members.project)} is not null
      ${day(members.from, 'from')} ${day(members.to, 'to')}`
}
