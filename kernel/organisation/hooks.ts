// Rules of the organisation that look at other records: where a role is held, the one root, who may hand out what.
import { type Id, isId, type Scope } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { faultsOfGrant, readScope } from '../access/grantable.ts'
import { givesTheSame, shippedGrants } from '../access/shipped.ts'
import type { Ctx } from '../context.ts'
import { type FieldError, refuse, refuseInput } from '../refuse.ts'
import type { Found } from '../registry.ts'
import { shapeOf } from '../registry.ts'
import { hooks, type Registration } from '../serve.ts'
import { orgUnit } from './org-unit.entity.ts'
import { grant, role, roleHolding } from './role.entity.ts'
import { user } from './user.entity.ts'

type UnitId = Id<'org_unit'>
const file = 'kernel/organisation/hooks.ts'

/** A holding belongs to the unit it is held at, a project's to the project's department or company. */
const holdingUnit = hooks(roleHolding, {
  async beforeSave(ctx, holding) {
    const bad = () => refuseInput([{ path: 'at_id', code: 'field.reference' }])
    if (!isId(holding.at_id)) throw bad()
    const unit =
      holding.at_kind === 'project'
        ? await unitOfProject(ctx, holding.at_id)
        : await unitOfType(ctx, holding.at_id, holding.at_kind)
    if (unit === null) throw bad()
    return { unit }
  },
})

async function unitOfType(ctx: Ctx, id: string, type: string): Promise<UnitId | null> {
  const { rows } = await sql<{ id: UnitId }>`select id from ${sql.id(ctx.tenant, 'org_unit')}
    where id = ${id}::uuid and type = ${type} and deleted_at is null`.execute(ctx.db)
  return rows[0]?.id ?? null
}
async function unitOfProject(ctx: Ctx, id: string): Promise<UnitId | null> {
  const scope = ctx.registry.scopes.get('project')
  if (!scope) return null
  const { department, company } = shapeOf(ctx.registry, scope.entity).def.place ?? {}
  const columns = [department, company].flatMap(name => (name ? [sql`${sql.id(name)}`] : []))
  if (columns.length === 0) return null
  const { rows } = await sql<{ unit: UnitId | null }>`select coalesce(${sql.join(columns)}) as unit
    from ${sql.id(ctx.tenant, scope.entity)} where id = ${id}::uuid and deleted_at is null`.execute(ctx.db)
  return rows[0]?.unit ?? null
}

/** One root: everything else hangs on it, so that a role held at the root counts everywhere. */
const oneRoot = hooks(orgUnit, {
  async beforeSave(ctx, unit) {
    if (unit.parent !== null) return undefined
    // Two first set-ups at once make one root.
    await sql`select pg_advisory_xact_lock(hashtext(${`${ctx.tenant} root`}))`.execute(ctx.db)
    const { rows } = await sql<{ id: string }>`select id from ${sql.id(ctx.tenant, 'org_unit')}
      where parent is null and deleted_at is null and id <> ${unit.id}::uuid limit 1`.execute(ctx.db)
    if (rows.length > 0 || unit.type !== 'company') throw refuseInput([{ path: 'parent', code: 'field.required' }])
    return undefined
  },
})

/**
 * A grant that means nothing is refused when it is written, not ignored when it is needed. One that says again what its module
 * ships is the shipped one: it follows the next version, and an offer is answered by it.
 */
const meaningfulGrant = hooks(grant, {
  async beforeSave(ctx, row, before) {
    const text = (of: typeof row) => ({
      entity: of.entity,
      functions: of.functions,
      scope: of.scope,
      fields: of.fields ?? null,
    })
    const errors = faultsOfGrant(ctx.registry, text(row), before && text(before))
    const scope = readScope(row.scope)
    if (scope && typeof scope === 'object') errors.push(...(await missingPlaces(ctx, scope)))
    if (errors.length > 0) throw refuseInput(errors)
    const shipped = row.shipped ? shippedGrants(ctx.registry).get(row.shipped) : undefined
    const functions = Array.isArray(row.functions) ? row.functions.filter(each => typeof each === 'string') : []
    if (!shipped || !givesTheSame(shipped.content, { functions, scope: row.scope, fields: row.fields ?? {} }))
      return undefined
    return {
      functions: [...shipped.content.functions],
      fields: row.fields ?? {},
      shipped_hash: shipped.digest,
      offered: null,
    }
  },
})

/** Places a scope names that are not there (any more). */
async function missingPlaces(ctx: Ctx, scope: Exclude<Scope, string>): Promise<FieldError[]> {
  const [entity, ids] =
    'departments' in scope
      ? ['org_unit', scope.departments]
      : [ctx.registry.scopes.get('project')?.entity, scope.projects]
  if (entity === undefined) return [{ path: 'scope', code: 'field.option' }]
  const { rows } = await sql<{ id: string }>`select id from ${sql.id(ctx.tenant, entity)}
    where id = any(${[...ids]}::uuid[]) and deleted_at is null`.execute(ctx.db)
  return rows.length < new Set(ids).size ? [{ path: 'scope', code: 'field.reference' }] : []
}

/** Shipped roles are named by the modules' code and cannot be renamed away from it. */
const shippedRole = hooks(role, {
  async beforeSave(_ctx, after, before) {
    if (before?.shipped && before.code !== after.code) throw refuseInput([{ path: 'code', code: 'field.read_only' }])
    return undefined
  },
  async beforeRemove(_ctx, row) {
    if (row.shipped) throw refuseInput([{ path: 'code', code: 'field.read_only' }])
  },
})

/** Somebody must stay who can give rights back: whoever may change grants, at the root and without an end. */
async function demandAdministrator(ctx: Ctx): Promise<void> {
  if (ctx.principal.kind === 'system') return
  const of = (table: string) => sql.id(ctx.tenant, table)
  const { rows } = await sql`select 1 from ${of('role_holding')} h
    join ${of('user')} u on u.id = h."user" and u.deleted_at is null and u.active and u.left_on is null
    join ${of('role')} r on r.id = h.role and r.deleted_at is null
    join ${of('grant')} g on g.role = r.id and g.deleted_at is null and g.entity = ${grant.name}
      and g.functions ? 'update' and g.scope = '"all"'::jsonb
    join ${of('org_unit')} c on c.id::text = h.at_id and c.parent is null and c.deleted_at is null
    where h.deleted_at is null and h.at_kind = 'company' and (h."from" is null or h."from" <= ${ctx.today}::date) and h."to" is null
    limit 1`.execute(ctx.db)
  if (rows.length === 0) throw refuse('access.last_administrator')
}
const keepsAdministrator = [
  hooks(roleHolding, {
    async afterSave(ctx, _after, before) {
      if (before) await demandAdministrator(ctx)
    },
  }),
  hooks(grant, {
    async afterSave(ctx, after, before) {
      if (before?.entity === grant.name || after?.entity === grant.name) await demandAdministrator(ctx)
    },
  }),
  hooks(user, {
    async afterSave(ctx, after, before) {
      if (before?.active && (!after?.active || after.left_on !== null)) await demandAdministrator(ctx)
    },
  }),
]

export const organisationHooks: readonly (Found<Registration> & { readonly module: string })[] = [
  holdingUnit,
  oneRoot,
  meaningfulGrant,
  shippedRole,
  ...keepsAdministrator,
].map(value => ({ value, file, module: 'kernel' }))
