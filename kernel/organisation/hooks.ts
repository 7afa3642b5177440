// Rules of the organisation that look at other records: where a role is held, the one root, who may hand out what.
import { type Id, isId, type Json } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { refuseInput } from '../refuse.ts'
import type { Found } from '../registry.ts'
import { shapeOf } from '../registry.ts'
import { hooks, type Registration } from '../serve.ts'
import { orgUnit } from './org-unit.entity.ts'
import { grant, role, roleHolding } from './role.entity.ts'

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

const places: ReadonlySet<unknown> = new Set(['own', 'department', 'department_below', 'my_projects', 'all'])
const rights: ReadonlySet<unknown> = new Set(['hidden', 'masked', 'read', 'edit'])

/** A grant that means nothing is refused when it is written, not ignored when it is needed. */
const meaningfulGrant = hooks(grant, {
  async beforeSave(ctx, row) {
    const errors: { path: string; code: string }[] = []
    if (!ctx.registry.shapes.has(row.entity)) errors.push({ path: 'entity', code: 'field.option' })
    const functions: unknown = row.functions
    if (!Array.isArray(functions) || !functions.every(each => typeof each === 'string'))
      errors.push({ path: 'functions', code: 'field.option' })
    if (!isScope(row.scope)) errors.push({ path: 'scope', code: 'field.option' })
    const fields: unknown = row.fields ?? {}
    if (typeof fields !== 'object' || fields === null || !Object.values(fields).every(each => rights.has(each)))
      errors.push({ path: 'fields', code: 'field.option' })
    if (errors.length > 0) throw refuseInput(errors)
    return undefined
  },
})
function isScope(scope: Json): boolean {
  if (places.has(scope)) return true
  if (typeof scope !== 'object' || scope === null || Array.isArray(scope)) return false
  const [[kind, ids] = [], ...more] = Object.entries(scope)
  return more.length === 0 && (kind === 'departments' || kind === 'projects') && Array.isArray(ids) && ids.every(isId)
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

export const organisationHooks: readonly (Found<Registration> & { readonly module: string })[] = [
  holdingUnit,
  oneRoot,
  meaningfulGrant,
  shippedRole,
].map(value => ({ value, file, module: 'kernel' }))
