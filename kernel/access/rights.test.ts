// Who may what, where and how long.
import type { Id } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { openDatabase } from '../database.ts'
import { meta } from '../meta.ts'
import { grant, roleHolding } from '../organisation/role.entity.ts'
import { aggregate, create, get, list, patch, perform, remove, run, search } from '../records.ts'
import { buildRegistry } from '../registry/build.ts'
import { contract, member, project } from '../testing/enterprise.ts'
import { findings, tenant, testWorld, type World } from '../testing/world.ts'
import { delegate, revoke } from './delegation.ts'
import { loadPrincipal } from './principal.ts'
import { seedRights } from './seed.ts'

let world: World
beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.drop())
const names = (page: { items: readonly { name: string }[] }) => page.items.map(each => each.name).sort()
const everyone = (ctx: Ctx) => list(ctx, project, { limit: 500 }).then(names, error => error.code)

test('A2 a role counts where it is held and only from–to', async () => {
  const { id } = await world.person()
  const roleId = await roleOf('director')
  const hold = (at: Id<'org_unit'>, from: string | null, to: string | null) =>
    create(world.system, roleHolding.name, { user: id, role: roleId, at_kind: 'company', at_id: at, from, to })
  const { today } = world.system
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
  expect(await everyone(await world.as(id))).toBe('access.denied')
  await hold(world.units.south, null, yesterday)
  expect(await everyone(await world.as(id))).toBe('access.denied')
  await hold(world.units.north, yesterday, today)
  expect(await everyone(await world.as(id))).toEqual(['Bridge', 'Tower'])
  await hold(world.units.group, today, null)
  expect(await everyone(await world.as(id))).toEqual(['Bridge', 'Tower', 'Tunnel'])
})

test('A2 a membership of a project is a role held there, from–to', async () => {
  const { id } = await world.person()
  const joined = await create(world.system, member, {
    project: world.projects.tower,
    user: id,
    role: 'lead',
    to_on: world.system.today,
  })
  expect(await everyone(await world.as(id))).toEqual(['Tower'])
  await patch(world.system, member, joined.id, 1, { from_on: '2020-01-01', to_on: '2020-12-31' })
  expect(await everyone(await world.as(id))).toBe('access.denied')
})

test('A3 roles unite per function: reading everywhere does not make changing everywhere', async () => {
  const { ctx } = await world.person('clerk@group', 'lead@tower')
  const [tower, tunnel] = [
    await get(ctx, project, world.projects.tower),
    await get(ctx, project, world.projects.tunnel),
  ]
  expect(tower._can).toContain('update')
  expect(tunnel._can).toEqual([])
  await expect(patch(ctx, project, tunnel.id, 1, { name: 'Mine' })).rejects.toMatchObject({ code: 'access.denied' })
  await expect(patch(ctx, project, tower.id, tower.version, { budget: '1' })).rejects.toMatchObject({
    code: 'access.field',
  })
})

test('A9 nobody creates at, or moves to, a place where he may not', async () => {
  const { ctx } = await world.person('lead@tower', 'clerk@bridge')
  const made = await create(ctx, contract, { name: 'Here', project: world.projects.tower })
  await expect(
    create(ctx, contract, { name: 'No price', project: world.projects.bridge, discount: '0.1' }),
  ).rejects.toMatchObject({ code: 'access.field' })
  const head = await world.person('head@design')
  await expect(
    create(head.ctx, project, { name: 'Elsewhere', company: world.units.north, department: world.units.sales }),
  ).rejects.toMatchObject({ code: 'access.place' })
  const own = await create(head.ctx, project, {
    name: 'Own',
    company: world.units.north,
    department: world.units.design,
  })
  await expect(patch(head.ctx, project, own.id, 1, { department: world.units.sales })).rejects.toMatchObject({
    code: 'access.place',
  })
  expect((await get(head.ctx, project, own.id)).department).toBe(world.units.design)
  // Both projects are the writer's: moving between them is his to do.
  expect((await patch(ctx, contract, made.id, 1, { project: world.projects.bridge })).project).toBe(
    world.projects.bridge,
  )
})

test('A12 a right taken away counts at once here and within a second on another node', async () => {
  const { id } = await world.person('director@north')
  const database = openDatabase({ ...(await connection()), onError: () => {} })
  const registry = buildRegistry(findings())
  const elsewhere = async () => {
    const principal = await loadPrincipal({ db: database.db, registry, tenant, user: id, today: world.system.today })
    return everyone({ ...world.system, registry, db: database.db, principal: principal ?? world.system.principal })
  }
  try {
    expect(await elsewhere()).toEqual(['Bridge', 'Own', 'Tower'])
    const holding = await list(world.system, roleHolding.name, { filter: { user: { eq: id } } })
    await remove(world.system, roleHolding.name, holding.items[0]?.id ?? '')
    expect(await everyone(await world.as(id))).toBe('access.denied')
    await new Promise(resolve => setTimeout(resolve, 900))
    expect(await elsewhere()).toBe('access.denied')
  } finally {
    await database.pool.end()
  }
})

test('A13 a delegation opens one record, with the fields it names, until it expires', async () => {
  const director = await world.person('director@group')
  const made = await create(director.ctx, contract, {
    name: 'Delegated',
    project: world.projects.tunnel,
    discount: '0.25',
    contact: '13812345678',
  })
  const other = await create(director.ctx, contract, { name: 'Not delegated', project: world.projects.tunnel })
  const guest = await world.person()
  await expect(get(guest.ctx, contract, made.id)).rejects.toMatchObject({
    code: 'record.not_found',
  })
  await delegate(world.system, [
    {
      user: guest.id,
      entity: 't_contract',
      record: made.id,
      functions: ['read'],
      fields: { commercial: 'read' },
      until: null,
      source: 'task 1',
    },
  ])
  const ctx = await world.as(guest.id)
  const seen = await get(ctx, contract, made.id)
  expect(seen).toMatchObject({ name: 'Delegated', discount: '0.250000', _can: ['peek'] })
  expect(seen).not.toHaveProperty('contact')
  expect(names(await list(ctx, contract))).toEqual(['Delegated'])
  expect((await search(ctx, 'delegated')).map(hit => hit.id)).toEqual([made.id])
  await expect(get(ctx, contract, other.id)).rejects.toMatchObject({ code: 'record.not_found' })

  // Of another record he may not see the price: a sum is of what he sees, asked for as such, or refused.
  await patch(director.ctx, contract, other.id, other.version, { discount: '0.5' })
  const bare = { user: guest.id, entity: 't_contract', record: other.id, functions: ['read'], until: null }
  await delegate(world.system, [{ ...bare, fields: {}, source: 'copy 1' }])
  const both = await world.as(guest.id)
  const sum = { measures: [{ fn: 'count' as const }, { fn: 'sum' as const, field: 'discount' }] }
  await expect(aggregate(both, contract, sum)).rejects.toMatchObject({ code: 'query.field' })
  expect(await aggregate(both, contract, { ...sum, seen: true })).toEqual([{ key: [], values: [2, '0.250000'] }])
  // What is hidden decides nothing: neither which rows count nor how they are grouped.
  for (const by of [{ filter: { discount: { gt: '0.1' } } }, { by: ['supplier'], where: 'discount > 0.1' }])
    await expect(aggregate(both, contract, { ...sum, ...by, seen: true })).rejects.toMatchObject({
      code: 'query.field',
    })
  await revoke(world.system, 'copy 1')

  await expect(patch(ctx, contract, made.id, 1, { name: 'x' })).rejects.toMatchObject({ code: 'access.denied' })
  await sql`update t_main.record_grant set until = now() - interval '1 second' where source = 'task 1'`.execute(
    world.system.db,
  )
  await expect(get(ctx, contract, made.id)).rejects.toMatchObject({ code: 'record.not_found' })
  await revoke(world.system, 'task 1')
  expect(await list(await world.as(guest.id), contract).catch(error => error.code)).toBe('access.denied')
})

test('A14 a token is never wider than its user', async () => {
  const { ctx } = await world.person('director@north')
  const narrowed = (...functions: string[]): Ctx => ({ ...ctx, principal: { ...ctx.principal, narrowed: functions } })
  const reader = narrowed('t_project:read')
  expect(await everyone(reader)).toEqual(await everyone(ctx))
  await expect(patch(reader, project, world.projects.tower, 1, { name: 'x' })).rejects.toMatchObject({
    code: 'access.denied',
  })
  await expect(list(reader, contract)).rejects.toMatchObject({ code: 'access.denied' })
  await expect(perform(reader, 'enterprise.tally', { add: 1 })).rejects.toMatchObject({ code: 'access.denied' })
  await expect(run(reader, project, world.projects.tower, 'start')).rejects.toMatchObject({ code: 'access.denied' })
  const stranger = await world.person('director@south')
  expect(await everyone({ ...stranger.ctx, principal: { ...stranger.ctx.principal, narrowed: ['*'] } })).toEqual([
    'Tunnel',
  ])
})

test('A15 an edited grant survives the next version, an untouched one follows, a deleted one stays away', async () => {
  const grantsOf = (code: string) =>
    list(world.system, grant.name, { where: `entity = "t_supplier"`, limit: 500 }).then(async page => {
      const id = await roleOf(code)
      return page.items.filter(each => each.role === id)
    })
  const [clerk] = await grantsOf('clerk')
  const [lead] = await grantsOf('lead')
  await patch(world.system, grant.name, clerk?.id ?? '', undefined, { functions: ['read'] })
  await remove(world.system, grant.name, lead?.id ?? '')
  await seedRights(world.system)
  expect(await grantsOf('clerk')).toMatchObject([{ functions: ['read'], offered: null }])
  expect(await grantsOf('lead')).toEqual([])

  const shipped = findings()
  const next = buildRegistry({
    ...shipped,
    modules: shipped.modules.map(({ value, file }) => ({
      file,
      value: {
        ...value,
        entities: value.entities.map(each =>
          each.name === 't_supplier'
            ? {
                ...each,
                def: {
                  ...each.def,
                  access: each.def.access.map(allow => ({ ...allow, functions: [...allow.functions, 'export'] })),
                },
              }
            : each,
        ),
      },
    })),
  })
  await seedRights({ ...world.system, registry: next })
  expect(await grantsOf('clerk')).toMatchObject([
    { functions: ['read'], offered: { functions: ['read', 'create', 'export'] } },
  ])
  expect(await grantsOf('director')).toMatchObject([
    { functions: ['read', 'create', 'update', 'delete', 'export'], offered: null },
  ])
  expect(await grantsOf('lead')).toEqual([])
})

test('A16 someone disabled or left may do nothing', async () => {
  const { id } = await world.person('director@group')
  await patch(world.system, 'user', id, undefined, { active: false })
  await expect(world.as(id)).rejects.toThrow('no such person')
  await patch(world.system, 'user', id, undefined, { active: true, left_on: '2020-01-01' })
  await expect(world.as(id)).rejects.toThrow('no such person')
})

test('A17 nobody hands out roles beyond the part of the organisation he administers', async () => {
  const administrator = await world.person('administrator@north')
  const { id: friend } = await world.person()
  const director = await roleOf('director')
  const give = (at: string, kind = 'company') =>
    create(administrator.ctx, 'role_holding', { user: friend, role: director, at_kind: kind, at_id: at })
  await give(world.units.north)
  await give(world.projects.tower, 'project')
  await expect(give(world.units.group)).rejects.toMatchObject({ code: 'access.place' })
  await expect(give(world.units.south)).rejects.toMatchObject({ code: 'access.place' })
  await expect(give(world.projects.tunnel, 'project')).rejects.toMatchObject({ code: 'access.place' })
  await expect(give(newId())).rejects.toMatchObject({ errors: [{ path: 'at_id', code: 'field.reference' }] })
  const [any] = (await list(world.system, 'grant', { limit: 1 })).items
  await expect(
    patch(administrator.ctx, 'grant', any?.id ?? '', undefined, { functions: ['read'] }),
  ).rejects.toMatchObject({ code: 'access.denied' })
  await expect(
    create(administrator.ctx, 'role', { code: 'mine', label_zh: '我', label_en: 'Mine', places: ['company'] }),
  ).rejects.toMatchObject({ code: 'access.denied' })
  const root = await world.person('administrator@group')
  await create(root.ctx, 'role', { code: 'theirs', label_zh: '他', label_en: 'Theirs', places: ['company'] })
})

test('an administrator keeps accounts and sees no business data', async () => {
  const { ctx } = await world.person('administrator@group')
  expect((await list(ctx, 'user', { limit: 1 })).items[0]).toHaveProperty('phone')
  for (const entity of ['t_project', 't_contract', 't_supplier', 't_member'])
    await expect(list(ctx, entity)).rejects.toMatchObject({ code: 'access.denied' })
})

test('everybody sees colleagues by name, phones masked, and edits only his own preferences', async () => {
  const one = await world.person()
  const two = await world.person()
  await patch(world.system, 'user', two.id, undefined, { phone: '13812345678' })
  expect(await get(one.ctx, 'user', two.id)).toMatchObject({
    name: expect.stringMatching(/^Person/),
    phone: '138****5678',
    _can: [],
  })
  expect(await get(two.ctx, 'user', two.id)).toMatchObject({ phone: '13812345678', lang: 'zh', _can: ['update'] })
  await patch(two.ctx, 'user', two.id, undefined, { lang: 'en', phone: '13900000000' })
  await expect(patch(two.ctx, 'user', two.id, undefined, { name: 'Boss' })).rejects.toMatchObject({
    code: 'access.field',
  })
  await expect(patch(one.ctx, 'user', two.id, undefined, { lang: 'zh' })).rejects.toMatchObject({
    code: 'access.denied',
  })
})

test('meta names only what the reader may see, and its ETag follows his rights', async () => {
  const { ctx, id } = await world.person('clerk@tower')
  const product = { name: 'Yingzao', version: '0', demo: false }
  const before = await meta(ctx, product)
  const entity = before.meta.entities.find(each => each.name === 't_contract')
  const fields = Object.fromEntries((entity?.fields ?? []).map(field => [field.name, field.right]))
  expect(fields).toMatchObject({ name: 'edit', contact: 'masked', code: 'read' })
  for (const hidden of ['total', 'discount', 'bank_card', 'x_rating']) expect(fields).not.toHaveProperty(hidden)
  expect(JSON.stringify(before.meta)).not.toMatch(/discount|x_rating|lines\.amount|"access"|"posting"/)
  expect(before.meta.entities.map(each => each.name)).not.toContain('grant')
  expect((await meta(await world.as(id), product)).etag).toBe(before.etag)
  await create(world.system, member, { project: world.projects.bridge, user: id, role: 'lead' })
  const after = await meta(await world.as(id), product)
  expect(after.etag).not.toBe(before.etag)
  expect(
    after.meta.entities.find(each => each.name === 't_contract')?.fields.find(field => field.name === 'total'),
  ).toMatchObject({ right: 'read', formula: 'sum(lines.amount)', ast: { op: 'call' } })
  expect(after.meta.me.roles).toContainEqual({
    role: 'lead',
    at: { kind: 'project', id: world.projects.bridge, name: 'Bridge' },
  })
})

async function roleOf(code: string): Promise<Id<'role'>> {
  const { rows } = await sql<{ id: Id<'role'> }>`select id from t_main.role where code = ${code}`.execute(
    world.system.db,
  )
  return rows[0]?.id ?? (newId() as Id<'role'>)
}
async function connection() {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(world.system.db)
  return { connectionString: process.env.YINGZAO_TEST_DATABASE_URL?.replace(/\/[^/?]*(\?|$)/, `/${rows[0]?.name}$1`) }
}
