// meta(): all that a generic screen knows, for this reader: entities, fields and verbs with his rights; nothing else leaves.
import { createHash } from 'node:crypto'
import {
  type EntityMeta,
  type FieldMeta,
  type Id,
  type Json,
  type Me,
  type Meta,
  type Role,
  titleField,
} from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { type Rights, rightsOf } from './access/rights.ts'
import { isNone } from './access/rows.ts'
import type { Ctx, Principal } from './context.ts'
import { allFunctions } from './records/can.ts'
import { mayPerform } from './records/run.ts'
import { titlesOf } from './records/title.ts'
import { refuse } from './refuse.ts'
import { type FieldShape, isReadOnly, type Shape } from './registry/shape.ts'

/** What does not change for a principal; he is a snapshot himself. */
const known = new WeakMap<Principal, Partial<Record<Ctx['lang'], readonly EntityMeta[]>>>()

export async function meta(
  ctx: Ctx,
  product: Meta['product'],
): Promise<{ readonly meta: Meta; readonly etag: string }> {
  const { principal, registry } = ctx
  const before = known.get(principal)
  const entities = before?.[ctx.lang] ?? entitiesOf(ctx)
  known.set(principal, { ...before, [ctx.lang]: entities })
  const seen = new Set(entities.map(each => each.name))
  const made: Meta = {
    product,
    me: await meOf(ctx),
    modules: [...registry.modules.values()].map(({ name, label, menu }) => ({
      name,
      label,
      ...(menu
        ? {
            menu: {
              ...menu,
              ...(menu.items
                ? {
                    items: menu.items.filter(item =>
                      [item.entity, item.needs].every(each => each === undefined || seen.has(each)),
                    ),
                  }
                : {}),
            },
          }
        : {}),
    })),
    entities,
    actions: [...registry.modules.values()]
      .flatMap(module => module.actions)
      .filter(action => mayPerform(ctx, action.name)),
    roles: await rolesOf(ctx),
  }
  return { meta: made, etag: `"${createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 27)}"` }
}

function entitiesOf(ctx: Ctx): EntityMeta[] {
  return [...ctx.registry.shapes.values()].flatMap(shape => {
    const owner = shape.parent?.entity ?? shape.name
    const rights = rightsOf(ctx, owner)
    const can = ctx.principal.kind === 'system' ? allFunctions(shape) : [...rights.functions]
    if (can.length === 0 || (shape.parent && isNone(rights.field(shape.parent.field, 'read')))) return []
    return [entityMeta(shape, rights, can, ctx.lang)]
  })
}

function entityMeta(shape: Shape, rights: Rights, can: readonly string[], lang: Ctx['lang']): EntityMeta {
  const { fields: _fields, access: _access, posting: _posting, rules: _rules, verbs, apart, ...rest } = shape.def
  const fields = [...shape.fields.values()].flatMap(field => fieldMeta(shape, field, rights))
  const shown = new Set(['id', ...fields.map(each => each.name)])
  return {
    ...rest,
    ...(apart !== undefined && shown.has(apart) ? { apart } : {}),
    title: titleField(shape.def, lang),
    ...(rest.views
      ? { views: Object.fromEntries(Object.entries(rest.views).map(([name, view]) => [name, trimmed(view, shown)])) }
      : {}),
    ...(rest.transitions
      ? {
          transitions: rest.transitions
            .filter(each => can.includes(each.action))
            .map(({ when: _when, ...each }) => each),
        }
      : {}),
    name: shape.name,
    module: shape.module,
    fields,
    can,
    verbs: Object.fromEntries(
      Object.entries(verbs ?? {})
        .filter(([name, verb]) => can.includes(name) || (verb.reads && !isNone(rights.rows('read'))))
        .map(([name, { when: _when, ...verb }]) => [name, verb]),
    ),
  }
}

/** The best right held on any record; the record itself shows what holds for it. */
function fieldMeta(shape: Shape, field: FieldShape, rights: Rights): FieldMeta[] {
  const path = shape.parent ? `${shape.parent.field}.${field.name}` : field.name
  const has = (use: 'read' | 'masked' | 'create' | 'update') => !isNone(rights.field(path, use))
  const right = has('create') || has('update') ? 'edit' : has('read') ? 'read' : has('masked') ? 'masked' : null
  if (right === null) return []
  const visible = (name: string) => {
    const [first = ''] = name.split('.')
    return (
      name === 'id' ||
      first === 'id' ||
      !isNone(rights.field(shape.parent ? `${shape.parent.field}.${first}` : name, 'read'))
    )
  }
  const { formula, when, ...def } = field.def
  const computed = shape.computed.find(each => each.field.name === field.name)
  const condition = shape.conditions.when.get(field.name)
  // A formula names the fields it reads: it is shown to those who may read them.
  const open = computed?.uses.every(visible)
  return [
    {
      ...def,
      ...(open && formula !== undefined ? { formula } : formula !== undefined ? { system: true } : {}),
      ...(open && computed ? { ast: computed.ast as unknown as Json } : {}),
      ...(condition?.uses.every(visible) && when !== undefined
        ? { when, whenAst: condition.ast as unknown as Json }
        : {}),
      name: field.name,
      right: right === 'edit' && isReadOnly(field.def) ? 'read' : right,
      sortable: shape.sortable.has(field.name) && !isNone(rights.field(path, 'read')),
    } as FieldMeta,
  ]
}

type View = NonNullable<EntityMeta['views']>[string]
function trimmed(view: View, shown: ReadonlySet<string>): View {
  const has = (name: string) => shown.has(name.replace(/^-/, ''))
  if (view.kind === 'table') {
    const { columns, sort, group, ...rest } = view
    return {
      ...rest,
      columns: columns.filter(has),
      ...(sort?.every(has) ? { sort } : {}),
      ...(group !== undefined && has(group) ? { group } : {}),
    }
  }
  if (view.kind !== 'form') return view
  return { ...view, sections: view.sections.map(section => ({ ...section, fields: section.fields.filter(has) })) }
}

export async function meOf(ctx: Ctx): Promise<Me> {
  const { principal, tenant, db } = ctx
  if (principal.user === null) throw refuse('access.denied', { function: 'meta' })
  const { rows } = await sql<
    Pick<Me, 'id' | 'name' | 'login' | 'lang' | 'theme' | 'group'> & { department: string | null }
  >`
    select id, name, login, lang, theme, main_department as department,
      (select count(*) > 1 from ${sql.id(tenant, 'org_unit')} where type = 'company' and deleted_at is null) as "group"
    from ${sql.id(tenant, 'user')} where id = ${principal.user}::uuid`.execute(db)
  const [me] = rows
  if (!me) throw refuse('access.denied', { function: 'meta' })
  const project = ctx.registry.scopes.get('project')?.entity
  const ids = (kinds: readonly string[]) =>
    principal.roles.filter(({ at }) => kinds.includes(at.kind)).map(({ at }) => at.id)
  const names = {
    ...(await titlesOf(ctx, 'org_unit', ids(['company', 'department']))),
    ...(project ? await titlesOf(ctx, project, ids(['project'])) : {}),
  }
  const { department, ...rest } = me
  return {
    ...rest,
    company: await companyOf(ctx, department),
    roles: principal.roles.map(({ role, at }) => ({ role, at: { ...at, name: names[at.id] ?? '' } })),
  }
}

/** The company above the main department; the root for those without one. */
async function companyOf(ctx: Ctx, department: string | null): Promise<Me['company']> {
  const units = ctx.principal.rights?.grants.units
  let at = department ?? units?.root ?? null
  const path: string[] = []
  while (at !== null && !path.includes(at)) {
    path.push(at)
    at = units?.parent.get(at) ?? null
  }
  if (path.length === 0) return null
  const { rows } = await sql<{
    id: Id<'org_unit'>
    name: string
  }>`select id, name from ${sql.id(ctx.tenant, 'org_unit')}
    where id = any(${path}::uuid[]) and type = 'company' order by array_position(${path}::uuid[], id) limit 1`.execute(
    ctx.db,
  )
  return rows[0] ?? null
}

async function rolesOf({ db, tenant }: Ctx): Promise<Record<string, Role>> {
  const { rows } = await sql<{ code: string; zh: string; en: string; at: Role['at'] }>`
    select code, label_zh as zh, label_en as en, places as at from ${sql.id(tenant, 'role')} where deleted_at is null order by code`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ code, zh, en, at }) => [code, { label: { zh, en }, at }]))
}
