// Who a step asks: the holders of a role where the document belongs, or nearest above it, never the starter himself.
import type { Who } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Draft } from '../records/draft.ts'
import { type Shape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Active people, or nobody. 本人: when the starter holds the role alone, the next place above is asked. */
export async function approversOf(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  who: Who,
  starter: string | null,
): Promise<string[]> {
  const users =
    'field' in who
      ? [text(draft.values[who.field])].filter(each => each !== null)
      : await holdersOf(ctx, shape, draft, who.role, starter)
  const { rows } = await sql<{ id: string }>`select id from ${sql.id(ctx.tenant, 'user')}
    where id = any(${users}::uuid[]) and active and deleted_at is null and (left_on is null or left_on >= ${ctx.today}::date)
    order by id`.execute(ctx.db)
  return rows.map(row => row.id)
}

async function holdersOf(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  role: string,
  starter: string | null,
): Promise<string[]> {
  const place = shape.def.place ?? {}
  const value = (field: string | undefined) =>
    field === undefined ? null : field === 'id' ? draft.id : text(draft.values[field])
  const project = value(place.project)
  const units = [value(place.department), value(place.company), ...(await unitsOfProject(ctx, project))].filter(
    each => each !== null,
  )
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
