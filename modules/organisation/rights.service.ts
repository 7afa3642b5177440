// 权限: what the rights screen asks. Grants and holdings themselves are records, saved as such; here is what can be granted, who
// holds a role, why somebody may do something, and turning down what a new version offers.
import { grantableOf } from '@yingzao/kernel/access/grantable'
import { loadPrincipal } from '@yingzao/kernel/access/principal'
import { givesTheSame, shippedGrants } from '@yingzao/kernel/access/shipped'
import { type Way, whyRights } from '@yingzao/kernel/access/why'
import { isId, type Label, type RecordOf, titleField } from '@yingzao/kernel/entity'
import { grant, role, roleHolding } from '@yingzao/kernel/organisation/role.entity'
import { user } from '@yingzao/kernel/organisation/user.entity'
import { act, all, asSystem, type Ctx, get, list, patch, refuse } from '@yingzao/kernel/server'
import type { Holder, PlaceOption, RightsOverview, WhyAnswer } from './rights-shape.ts'

export const rights = act('organisation.rights', async (ctx): Promise<RightsOverview> => {
  const { registry } = ctx
  const shipped = shippedGrants(registry)
  // Bookkeeping that ships no right has none to give: comments follow the record they stand under.
  const owners = [...registry.shapes.values()].filter(
    ({ kind, def }) => kind !== 'line' && !(def.internal && def.access.length === 0),
  )
  const held = await heldRoles(ctx)
  const grants = await all(ctx, grant)
  const gone = (await list(ctx, grant, { deleted: true, limit: 500 })).items
  const roles = await all(ctx, role, { sort: ['code'] })
  return {
    modules: [...registry.modules.values()]
      .filter(module => owners.some(shape => shape.module === module.name))
      .map(({ name, label }) => ({ name, label })),
    entities: owners.map(shape => {
      const can = grantableOf(registry, shape)
      const label = (fn: string): Label | null =>
        shape.def.verbs?.[fn]?.label ?? shape.def.transitions?.find(each => each.action === fn)?.label ?? null
      return {
        name: shape.name,
        label: shape.def.label,
        module: shape.module,
        functions: can.functions.map(name => ({ name, label: label(name) })),
        scopes: can.scopes,
        fields: [...can.fields].map(([name, field]) => ({ name, label: field.def.label, group: field.group })),
      }
    }),
    shipped: Object.fromEntries([...shipped].map(([key, { content }]) => [key, content])),
    roles: roles.map(({ id, code }) => {
      const mine = grants.filter(each => each.role === id)
      return {
        id,
        code,
        people: new Set(held.filter(each => each.role === id).map(each => each.user)).size,
        grants: mine.length,
        changed:
          mine.filter(each => {
            const content = each.shipped ? shipped.get(each.shipped)?.content : undefined
            return !content || !givesTheSame(content, contentOf(each))
          }).length + gone.filter(each => each.role === id && shipped.has(each.shipped ?? '')).length,
        offered: mine.filter(each => each.offered !== null && each.offered !== undefined).length,
        actions: [...registry.modules.values()]
          .flatMap(module => module.actions)
          .filter(action => action.roles?.includes(code) && !action.reads)
          .map(action => action.label),
      }
    }),
  }
})

const contentOf = ({ functions, scope, fields }: Pick<RecordOf<typeof grant>, 'functions' | 'scope' | 'fields'>) => ({
  functions: Array.isArray(functions) ? functions.filter(each => typeof each === 'string') : [],
  scope,
  fields: fields ?? {},
})

/** Everybody who holds a role now or later. */
export const holders = act('organisation.holders', async (ctx, input): Promise<readonly Holder[]> => {
  const held = (await heldRoles(ctx, true)).filter(each => each.role === input.role)
  const people = new Map<string, RecordOf<typeof user>>(
    (await all(ctx, user, { filter: { id: { in: held.map(each => each.user) } } })).map(each => [each.id, each]),
  )
  const names = await placeNames(ctx, held)
  return held.flatMap(({ role: _role, ...each }) => {
    const person = people.get(each.user)
    return person
      ? [
          {
            ...each,
            name: person.name,
            active: person.active === true,
            place: names.get(each.at) ?? '',
            later: each.from !== null && each.from > ctx.today,
          },
        ]
      : []
  })
})

interface Held extends Omit<Holder, 'name' | 'active' | 'place' | 'later'> {
  readonly role: string
}

/** Holdings and memberships, as far as the caller may read them; `member`, which everybody holds, is no row. */
async function heldRoles(ctx: Ctx, later = false): Promise<Held[]> {
  const living = (from: unknown, to: unknown) =>
    !(typeof to === 'string' && to < ctx.today) && (later || !(typeof from === 'string' && from > ctx.today))
  const day = (value: unknown) => (typeof value === 'string' ? value : null)
  const found: Held[] = []
  for (const row of await all(ctx, roleHolding))
    if (living(row.from, row.to))
      found.push({
        entity: 'role_holding',
        id: row.id,
        version: row.version,
        role: row.role,
        user: row.user,
        kind: row.at_kind,
        at: row.at_id,
        from: row.from,
        to: row.to,
      })
  const members = ctx.registry.scopes.get('project')?.members
  if (!members?.role) return found
  const rows: readonly Readonly<Record<string, unknown>>[] = await all(asSystem(ctx), members.entity)
  for (const row of rows) {
    const [role, user, at, from, to] = [
      row[members.role],
      row[members.user],
      row[members.project],
      day(row[members.from ?? '']),
      day(row[members.to ?? '']),
    ]
    if (typeof role !== 'string' || typeof user !== 'string' || typeof at !== 'string' || !living(from, to)) continue
    const version = typeof row.version === 'number' ? row.version : 0
    found.push({ entity: members.entity, id: String(row.id), version, role, user, kind: 'project', at, from, to })
  }
  return found
}

/** An administrator appoints people to projects he need not read: their names, nothing else. */
async function placeNames(
  ctx: Ctx,
  places: readonly { readonly kind: string; readonly at: string }[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  const project = ctx.registry.scopes.get('project')?.entity
  for (const [entity, of] of [
    ['org_unit', places.filter(each => each.kind !== 'project')],
    [project, places.filter(each => each.kind === 'project')],
  ] as const) {
    const ids = [...new Set(of.map(each => each.at))].filter(isId)
    if (entity === undefined || ids.length === 0) continue
    const shape = ctx.registry.shapes.get(entity)
    const title = shape ? titleField(shape.def, ctx.lang) : 'id'
    const rows: readonly Readonly<Record<string, unknown>>[] = await all(asSystem(ctx), entity, {
      filter: { id: { in: ids } },
      fields: [title],
    })
    for (const row of rows) names.set(String(row.id), String(row[title] ?? ''))
  }
  return names
}

/** Companies, departments or projects by name, to hold a role at or to name in a scope. `ids`: these ones. */
export const places = act('organisation.places', async (ctx, input): Promise<readonly PlaceOption[]> => {
  const project = input.kind === 'project'
  const entity = project ? ctx.registry.scopes.get('project')?.entity : 'org_unit'
  const shape = ctx.registry.shapes.get(entity ?? '')
  if (!shape) return []
  const title = titleField(shape.def, ctx.lang)
  const above = project ? shape.def.place?.company : shape.def.tree
  const ids = Array.isArray(input.ids) ? input.ids.filter(isId).slice(0, 200) : null
  const search = typeof input.search === 'string' ? input.search.trim() : ''
  const page = await list(asSystem(ctx), shape.name, {
    ...(ids ? { filter: { id: { in: ids } } } : project ? {} : { filter: { type: { eq: String(input.kind) } } }),
    ...(search && !ids ? { search } : {}),
    fields: [title, ...(above ? [above] : [])],
    limit: ids ? 200 : 30,
  })
  return page.items.map(row => {
    const more = row[above ?? '']
    return {
      id: row.id,
      name: String(row[title] ?? ''),
      above: typeof more === 'string' ? (page.refs.org_unit?.[more] ?? '') : '',
    }
  })
})

/** Why may this person do what, on an entity or with one record? */
export const why = act('organisation.why', async (ctx, input): Promise<WhyAnswer> => {
  const asked = String(input.user)
  const entity = String(input.entity)
  const shape = ctx.registry.shapes.get(entity)
  if (!shape || shape.kind === 'line') throw refuse('record.unknown_entity', { entity })
  // Whoever may not see the person's record may not ask about him.
  const person = await get(ctx, user, asked)
  const record = typeof input.record === 'string' && input.record !== '' ? input.record : null
  if (record !== null && !isId(record)) throw refuse('record.not_found', { entity })
  const { db, registry, tenant, today } = ctx
  const principal = await loadPrincipal({ db, registry, tenant, user: asked, today })
  const answer = principal ? await whyRights(ctx, principal, entity, record) : { functions: [], fields: [] }
  const roles = principal?.roles ?? []
  const names = await placeNames(
    ctx,
    roles.map(({ at }) => ({ kind: at.kind, at: at.id })),
  )
  const place = (id: string) => names.get(id) ?? ''
  const told = ({ role, at, scope, inPlace, inScope }: Way) => ({ role, place: place(at.id), scope, inPlace, inScope })
  return {
    person: { name: person.name, active: principal !== null },
    roles: roles.map(({ role, at }) => ({ role, kind: at.kind, place: place(at.id) })),
    functions: answer.functions.map(({ ways, ...each }) => ({ ...each, ways: ways.map(told) })),
    fields: answer.fields.map(({ ways, ...each }) => ({
      ...each,
      ways: ways.map(way => ({ ...told(way), right: way.right })),
    })),
  }
})

/** The edited grant stays as it is and is not offered this text again. */
export const declineOffer = act('organisation.decline_offer', async (ctx, input) => {
  const id = String(input.grant)
  const row = await get(ctx, grant, id)
  const { offered } = row
  if (!row._can.includes('update')) throw refuse('access.denied', { function: 'grant:update' })
  const hash: unknown = typeof offered === 'object' && offered !== null ? Reflect.get(offered, 'hash') : undefined
  if (typeof hash !== 'string') return { declined: false }
  await patch(asSystem(ctx), 'grant', id, undefined, { offered: null, shipped_hash: hash })
  return { declined: true }
})
