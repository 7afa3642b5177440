// Whom a step asks: the holders of a role where the document belongs or nearest above it, leaders upward, people named; and
// who stands above or in for somebody. Active people only.
import { type Query, superiors, type Units } from '@yingzao/engines/approval'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { amountOf } from '../documents/amount.ts'
import type { Draft } from '../records/draft.ts'
import { type Shape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What the engine asks about people. With a `starter` the nearest place counts where somebody else holds the role. */
export async function peopleFor(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  query: Query,
  starter: string | null,
): Promise<string[]> {
  switch (query.is) {
    case 'step': {
      const { who } = query
      if ('users' in who) return activeOf(ctx, who.users)
      if ('field' in who)
        return activeOf(
          ctx,
          [text(draft.values[who.field])].filter(each => each !== null),
        )
      if ('role' in who)
        return activeOf(ctx, await holdersOf(ctx, shape, draft, who.role, query.starter ? null : starter))
      if ('power' in who) return poweredOf(ctx, shape, draft, query.starter ? null : starter)
      if ('leaders' in who) return leadersOf(ctx, starter, who.leaders, who.upTo)
      return (await leadersOf(ctx, starter, who.leader)).slice(who.leader - 1, who.leader)
    }
    case 'superior':
      return superiorOf(ctx, query.user)
    case 'admin':
      return activeOf(ctx, await holdersOf(ctx, shape, draft, 'administrator', starter))
    case 'agent':
      return []
  }
}

/** 授权表: the lowest power that is enough, where somebody else than the starter holds it. */
async function poweredOf(ctx: Ctx, shape: Shape, draft: Draft, starter: string | null): Promise<string[]> {
  const [table] = ctx.registry.powerTables.values()
  if (!table) return []
  const { project, units } = await placeOf(ctx, shape, draft)
  const { rows } = await sql<{ id: string; near: number }>`
    with recursive up(id, near) as (
      select u.id, 1 from unnest(${units}::uuid[]) as u(id)
      union select o.parent, up.near + 1 from up join ${sql.id(ctx.tenant, 'org_unit')} o on o.id = up.id
        where o.parent is not null and up.near < 50)
    select id, min(near)::integer as near from up group by id`.execute(ctx.db)
  const groups = await table.people(ctx, {
    ...{ entity: shape.name, amount: amountOf(shape, draft), project },
    units: new Map(rows.map(row => [row.id, row.near])),
  })
  for (const people of groups) {
    const there = (await activeOf(ctx, people)).filter(user => user !== starter)
    if (there.length > 0) return there
  }
  return []
}

/** Of them those who are there, in the order given. */
async function activeOf(ctx: Ctx, users: readonly string[]): Promise<string[]> {
  if (users.length === 0) return []
  const { rows } = await sql<{ id: string }>`select id from ${sql.id(ctx.tenant, 'user')}
    where id = any(${[...users]}::uuid[]) and active and deleted_at is null and (left_on is null or left_on >= ${ctx.today}::date)`.execute(
    ctx.db,
  )
  const there = new Set(rows.map(row => row.id))
  return [...new Set(users)].filter(user => there.has(user))
}

/** 逐级主管: leaders from the person's main department upward, not beyond the first who holds the role today. */
async function leadersOf(ctx: Ctx, user: string | null, count: number, upTo?: string): Promise<string[]> {
  if (user === null) return []
  const last = upTo === undefined ? new Set<string>() : await whoeverHolds(ctx, upTo)
  const person = await sql<{ unit: string | null }>`select main_department as unit from ${sql.id(ctx.tenant, 'user')}
    where id = ${user}::uuid`.execute(ctx.db)
  return superiors(await unitsOf(ctx), person.rows[0]?.unit ?? null, user, count, last)
}

/** Wherever he holds it: a leader is met where he leads. */
async function whoeverHolds(ctx: Ctx, role: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ user: string }>`select distinct h."user" from ${sql.id(ctx.tenant, 'role_holding')} h
    join ${sql.id(ctx.tenant, 'role')} r on r.id = h.role and r.code = ${role} and r.deleted_at is null
    where h.deleted_at is null and (h."from" is null or h."from" <= ${ctx.today}::date)
      and (h."to" is null or h."to" >= ${ctx.today}::date)`.execute(ctx.db)
  return new Set(rows.map(row => row.user))
}

async function unitsOf(ctx: Ctx): Promise<Units> {
  const { rows } = await sql<{ id: string; parent: string | null; leader: string | null }>`
    select o.id, o.parent, u.id as leader from ${sql.id(ctx.tenant, 'org_unit')} o
      left join ${sql.id(ctx.tenant, 'user')} u on u.id = o.leader and u.active and u.deleted_at is null
        and (u.left_on is null or u.left_on >= ${ctx.today}::date)
    where o.deleted_at is null`.execute(ctx.db)
  return {
    parent: new Map(rows.map(row => [row.id, row.parent])),
    leader: new Map(rows.flatMap(row => (row.leader === null ? [] : [[row.id, row.leader] as const]))),
  }
}

/** 直接上级, else the next leader upward. */
export async function superiorOf(ctx: Ctx, user: string): Promise<string[]> {
  const { rows } = await sql<{ manager: string | null }>`select manager from ${sql.id(ctx.tenant, 'user')}
    where id = ${user}::uuid`.execute(ctx.db)
  const manager = rows[0]?.manager ?? null
  const named = manager === null || manager === user ? [] : await activeOf(ctx, [manager])
  return named.length > 0 ? named : leadersOf(ctx, user, 1)
}

/** 代理: who acts for whom today in documents of the entity; an absence of all kinds yields to one of this kind. */
export async function agentsFor(ctx: Ctx, entity: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ person: string; agent: string }>`
    select distinct on (a.person) a.person, a.agent from ${sql.id(ctx.tenant, 'approval_absence')} a
      join ${sql.id(ctx.tenant, 'user')} u on u.id = a.agent and u.active and u.deleted_at is null
        and (u.left_on is null or u.left_on >= ${ctx.today}::date)
    where a.deleted_at is null and a.from_on <= ${ctx.today}::date and a.to_on >= ${ctx.today}::date
      and (a.entity is null or a.entity = ${entity})
    order by a.person, a.entity nulls last, a.created_at desc`.execute(ctx.db)
  return new Map(rows.map(row => [row.person, row.agent]))
}

async function holdersOf(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  role: string,
  starter: string | null,
): Promise<string[]> {
  const { project, units } = await placeOf(ctx, shape, draft)
  const { rows } = await sql<{ user: string; near: number }>`
    with recursive up(id, near) as (
      select u.id, 1 from unnest(${units}::uuid[]) as u(id)
      union select o.parent, up.near + 1 from up join ${sql.id(ctx.tenant, 'org_unit')} o on o.id = up.id
        where o.parent is not null and up.near < 50),
    places as (select id, min(near) as near from up group by id
      union all select ${project}::uuid, 0 where ${project}::uuid is not null),
    root as (select id from ${sql.id(ctx.tenant, 'org_unit')} where parent is null and deleted_at is null)
    select h."user", coalesce(p.near, 100) as near from ${sql.id(ctx.tenant, 'role_holding')} h
      join ${sql.id(ctx.tenant, 'role')} r on r.id = h.role and r.code = ${role} and r.deleted_at is null
      left join places p on p.id::text = h.at_id::text
      where h.deleted_at is null and (p.id is not null or h.at_id::text in (select id::text from root))
        and (h."from" is null or h."from" <= ${ctx.today}::date) and (h."to" is null or h."to" >= ${ctx.today}::date)
    ${membersOf(ctx, role, project)}
    order by near`.execute(ctx.db)
  const others = rows.filter(row => row.user !== starter)
  const nearest = others[0]?.near
  return [...new Set(others.filter(row => row.near === nearest).map(row => row.user))]
}

/** The project of a document, and the units it belongs to by itself and by its project. */
async function placeOf(ctx: Ctx, shape: Shape, draft: Draft): Promise<{ project: string | null; units: string[] }> {
  const place = shape.def.place ?? {}
  const value = (field: string | undefined) =>
    field === undefined ? null : field === 'id' ? draft.id : text(draft.values[field])
  const project = value(place.project)
  const units = [value(place.department), value(place.company), ...(await unitsOfProject(ctx, project))].filter(
    each => each !== null,
  )
  return { project, units }
}

/** A membership with the role is the role held at the project. */
function membersOf(ctx: Ctx, role: string, project: string | null) {
  const members = ctx.registry.scopes.get('project')?.members
  if (!members?.role || project === null) return sql``
  const field = shapeOf(ctx.registry, members.entity).fields.get(members.role)
  const held =
    field && targetOf(field.def) === 'role'
      ? sql`(select r.code from ${sql.id(ctx.tenant, 'role')} r where r.id = m.${sql.id(members.role)})`
      : sql`m.${sql.id(members.role)}`
  const day = (name: string | undefined, compare: '<=' | '>=') =>
    name === undefined
      ? sql``
      : sql`and (m.${sql.id(name)} is null or m.${sql.id(name)} ${sql.raw(compare)} ${ctx.today}::date)`
  return sql`union all select m.${sql.id(members.user)}, 0 from ${sql.id(ctx.tenant, members.entity)} m
    where m.${sql.id(members.project)} = ${project}::uuid and m.deleted_at is null and ${held} = ${role}
      ${day(members.from, '<=')} ${day(members.to, '>=')}`
}

async function unitsOfProject(ctx: Ctx, project: string | null): Promise<(string | null)[]> {
  const scope = ctx.registry.scopes.get('project')
  if (project === null || !scope) return []
  const { department, company } = shapeOf(ctx.registry, scope.entity).def.place ?? {}
  const columns = [department, company].flatMap(name => (name ? [sql`${sql.id(name)}`] : []))
  if (columns.length === 0) return []
  const { rows } = await sql<{ units: (string | null)[] }>`select array[${sql.join(columns)}]::uuid[] as units
    from ${sql.id(ctx.tenant, scope.entity)} where id = ${project}::uuid`.execute(ctx.db)
  return rows[0]?.units ?? []
}
