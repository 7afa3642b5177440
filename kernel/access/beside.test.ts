// A record between two places: read and acted on from both, changed only from its own.
import { allow, defineModule, entity, f } from '@yingzao/kernel/entity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { aggregate, create, get, history, list, patch, remove, run, search } from '../records.ts'
import { handle } from '../serve.ts'
import { testWorld, type World } from '../testing/world.ts'
import { loadPrincipal } from './principal.ts'
import { whyRights } from './why.ts'

const label = (en: string) => ({ zh: en, en })
const handover = entity('t_handover', {
  label: label('Handover'),
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true }),
    company: f.orgUnit(label('Company')),
    project: f.ref('t_project', label('Project'), { required: true }),
    giver: f.ref('t_project', label('Giving project'), { required: true }),
    giver_company: f.orgUnit(label('Giving company')),
  },
  place: { company: 'company', project: 'project', beside: { company: 'giver_company', project: 'giver' } },
  verbs: { agree: { label: label('Agree') } },
  access: [
    allow('lead', 'read update delete agree'),
    allow('director', 'read update agree'),
    allow('head', 'read', { scope: 'department_below' }),
    allow('planner', 'read agree', { scope: 'my_projects' }),
  ],
})
const module = defineModule({ name: 'handover', label: label('Handover'), entities: [handover] })

let world: World
let id: string
beforeAll(async () => {
  world = await testWorld([handle(handover, { agree: async () => ({ agreed: true }) })], [module])
  const { tower, tunnel } = world.projects
  const { north, south } = world.units
  id = (
    await create(world.system, handover.name, {
      name: 'Shaft',
      ...{ project: tower, company: north, giver: tunnel, giver_company: south },
    })
  ).id
})
afterAll(() => world.drop())

const sees = async (ctx: Ctx) => (await list(ctx, handover.name, { limit: 10 })).items.map(each => each.name)

test('A18 both sides see it at every exit, somebody of neither side at none', async () => {
  for (const who of [
    'lead@tower',
    'lead@tunnel',
    'planner@tunnel',
    'director@north',
    'director@south',
    'director@group',
  ]) {
    const { ctx } = await world.person(who)
    expect([who, await sees(ctx)]).toEqual([who, ['Shaft']])
    expect((await get(ctx, handover.name, id)).name).toBe('Shaft')
    expect((await search(ctx, 'Shaft')).map(each => each.id)).toEqual([id])
    expect(await history(ctx, handover.name, id)).toHaveLength(1)
    expect(await aggregate(ctx, handover.name, { measures: [{ fn: 'count' }] })).toEqual([{ key: [], values: [1] }])
  }
  const stranger = (await world.person('lead@bridge')).ctx
  expect(await sees(stranger)).toEqual([])
  await expect(get(stranger, handover.name, id)).rejects.toMatchObject({ code: 'record.not_found' })
  await expect(run(stranger, handover.name, id, 'agree', {})).rejects.toMatchObject({ code: 'record.not_found' })
})

test('A18 the giving side does its verbs, and neither changes nor removes it', async () => {
  const { ctx } = await world.person('lead@tunnel')
  expect((await get(ctx, handover.name, id))._can).toEqual(['agree'])
  expect(await run(ctx, handover.name, id, 'agree', {})).toMatchObject({ agreed: true })
  await expect(patch(ctx, handover.name, id, 1, { name: 'Mine' })).rejects.toMatchObject({ code: 'access.denied' })
  await expect(remove(ctx, handover.name, id, 1)).rejects.toMatchObject({ code: 'access.denied' })
  const own = (await world.person('lead@tower')).ctx
  expect((await patch(own, handover.name, id, 1, { name: 'Shaft 2' })).name).toBe('Shaft 2')
  await patch(world.system, handover.name, id, 2, { name: 'Shaft' })
})

test('A18 departments reach it through the department of either project', async () => {
  expect(await sees((await world.person('head@build')).ctx)).toEqual(['Shaft'])
  expect(await sees((await world.person('head@sales')).ctx)).toEqual(['Shaft'])
  expect(await sees((await world.person('head@design')).ctx)).toEqual([])
})

test('A18 the explanation of a right says the same', async () => {
  const { id: user } = await world.person('lead@tunnel')
  const { db, registry, tenant, today } = world.system
  const principal = await loadPrincipal({ db, registry, tenant, user, today })
  if (!principal) throw new Error('nobody')
  const { functions } = await whyRights(world.system, principal, handover.name, id)
  const allowed = functions.filter(each => each.allowed).map(each => each.function)
  expect(allowed.sort()).toEqual(['agree', 'read'])
  const change = functions.find(each => each.function === 'update')
  expect(change?.ways.map(way => way.inPlace)).toEqual([false])
})
