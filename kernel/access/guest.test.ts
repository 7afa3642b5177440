// Guests: an outside party reaches one record, behind whoever invited him.
import { allow, defineModule, entity, f } from '@yingzao/kernel/entity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { refsOf } from '../records/title.ts'
import { aggregate, create, get, history, list, patch, remove, run, search } from '../records.ts'
import { buildRegistry } from '../registry/build.ts'
import { shapeOf } from '../registry.ts'
import { handle } from '../serve.ts'
import { asSystem } from '../system.ts'
import { findings, testWorld, type World } from '../testing/world.ts'
import { loadPrincipal } from './principal.ts'

const label = (en: string) => ({ zh: en, en })
const sheet = entity('t_sheet', {
  label: label('Sheet'),
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true }),
    project: f.ref('t_project', label('Project'), { required: true }),
    keeper: f.user(label('Keeper')),
    secret: f.text(label('Between us')),
    cost: f.money(label('Cost'), { group: 'commercial' }),
    lines: f.lines('t_sheet_line', label('Lines')),
  },
  place: { project: 'project' },
  verbs: { sign: { label: label('Sign') } },
  guests: {
    shows: ['name', 'project', 'cost', 'lines', 'lines.qty'],
    answer: { label: label('Sign'), verb: 'sign', fields: {} },
  },
  access: [
    allow('lead', 'read create update delete sign invite export', { fields: { commercial: 'edit' } }),
    allow('planner', 'read invite'),
  ],
})
const line = entity('t_sheet_line', {
  kind: 'line',
  label: label('Line'),
  fields: { qty: f.integer(label('Quantity')), price: f.money(label('Price')) },
  access: [],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_sheet_line: typeof line
  }
}
const module = defineModule({ name: 'sheet', label: label('Sheet'), entities: [sheet, line] })

let world: World
let id: string
let other: string
beforeAll(async () => {
  world = await testWorld([handle(sheet, { sign: async () => ({ signed: true }) })], [module])
  const made = async (name: string) =>
    await create(world.system, sheet.name, {
      ...{ name, project: world.projects.tower, secret: 'hush', cost: '10.00', lines: [{ qty: 3, price: '5.00' }] },
    })
  id = (await made('First')).id
  other = (await made('Second')).id
})
afterAll(() => world.drop())

const all = ['name', 'project', 'cost', 'lines', 'lines.qty']
/** Invited by this person, as his rights are now. */
async function guest(sponsor: Ctx, { fields = all, functions = ['read', 'sign'] } = {}): Promise<Ctx> {
  const [record, invitation] = [id, world.projects.bridge]
  const named = {
    entity: sheet.name,
    functions: new Set(functions),
    fields: new Set(fields),
    attachments: new Set<string>(),
  }
  const principal = {
    kind: 'guest',
    user: null,
    name: 'Li · Client',
    roles: [],
    departments: [],
    narrowed: null,
  } as const
  return {
    ...sponsor,
    principal: {
      ...principal,
      guest: { ...named, invitation, record: record as typeof invitation, sponsor: sponsor.principal },
    },
  }
}
const refused = (code: string) => ({ code })

test('G1 a guest sees the named fields of one record and nothing else at any exit', async () => {
  const ctx = await guest((await world.person('lead@tower')).ctx)
  const seen = await get(ctx, sheet.name, id)
  expect(seen).toMatchObject({ name: 'First', cost: '10.00', _can: ['sign'], lines: [{ qty: 3 }] })
  for (const hidden of ['secret', 'keeper', 'created_by', 'created_at']) expect(seen).not.toHaveProperty(hidden)
  expect(JSON.stringify(seen.lines)).not.toContain('price')
  await expect(get(ctx, sheet.name, other)).rejects.toMatchObject(refused('record.not_found'))
  expect((await list(ctx, sheet.name, {})).items.map(each => each.id)).toEqual([id])
  expect((await search(ctx, 'Second')).length + (await search(ctx, 'hush')).length).toBe(0)
  await expect(list(ctx, sheet.name, { filter: { secret: { eq: 'hush' } } })).rejects.toThrow()
  await expect(list(ctx, sheet.name, { sort: ['secret'] })).rejects.toThrow()
  for (const { name } of [...ctx.registry.shapes.values()].filter(
    shape => shape.kind !== 'line' && shape.name !== sheet.name,
  )) {
    await expect(list(ctx, name, {}), name).rejects.toMatchObject(refused('access.denied'))
    await expect(aggregate(ctx, name, { measures: [{ fn: 'count' }] }), name).rejects.toThrow()
    await expect(create(ctx, name, {}), name).rejects.toMatchObject(refused('access.denied'))
  }
  const refs = await refsOf(ctx, shapeOf(ctx.registry, sheet.name), [seen])
  expect(Object.values(refs.t_project ?? {})).toHaveLength(1)
})

test('G2 he is never wider than his inviter: not in fields, not in verbs, not after that person lost a right', async () => {
  const planner = await guest((await world.person('planner@tower')).ctx)
  const seen = await get(planner, sheet.name, id)
  expect(seen).toMatchObject({ name: 'First', _can: [] })
  expect(seen).not.toHaveProperty('cost')
  await expect(run(planner, sheet.name, id, 'sign', {})).rejects.toMatchObject(refused('access.denied'))
  const lead = await world.person('lead@tower')
  expect(await run(await guest(lead.ctx), sheet.name, id, 'sign', {})).toEqual({ signed: true })
  await expect(run(await guest(lead.ctx, { functions: ['read'] }), sheet.name, id, 'sign', {})).rejects.toMatchObject(
    refused('access.denied'),
  )
  const [held] = (await list(world.system, 't_member', { filter: { user: { eq: lead.id } } })).items
  await remove(world.system, 't_member', held?.id ?? '', held?.version ?? 0)
  const { db, registry, tenant, today } = world.system
  const now = await loadPrincipal({ db, registry, tenant, user: lead.id, today })
  const later = await guest({ ...world.system, principal: now ?? world.system.principal })
  await expect(get(later, sheet.name, id)).rejects.toMatchObject(refused('record.not_found'))
})

test('G3 he writes nothing by himself, and what is written for him names him', async () => {
  const { ctx: lead } = await world.person('lead@tower')
  const ctx = await guest(lead)
  await expect(patch(ctx, sheet.name, id, 1, { name: 'Mine' })).rejects.toMatchObject(refused('access.denied'))
  await expect(remove(ctx, sheet.name, id, 1)).rejects.toMatchObject(refused('access.denied'))
  await expect(create(ctx, sheet.name, { name: 'Mine', project: world.projects.tower })).rejects.toMatchObject(
    refused('access.denied'),
  )
  await patch(asSystem(ctx), sheet.name, id, 1, { secret: 'said' })
  const [last] = await history(lead, sheet.name, id)
  expect(last?.by?.id).toBe(world.projects.bridge)
})

test('G4 a declaration for guests that names what is not there fails the boot', () => {
  const broken = (guests: NonNullable<typeof sheet.def.guests>) => () =>
    buildRegistry(
      findings(
        [handle(sheet, { sign: async () => ({}) })],
        [defineModule({ ...module, entities: [{ name: sheet.name, def: { ...sheet.def, guests } }, line] })],
      ),
    )
  expect(broken({ shows: ['nothing'] })).toThrow('unknown field "nothing"')
  expect(broken({ shows: ['lines.qty'] })).toThrow('not "lines"')
  expect(broken({ shows: [], answer: { label: label('A'), verb: 'fly', fields: {} } })).toThrow('unknown verb "fly"')
  expect(broken({ shows: [], confirm: { label: label('C'), before: 'fly' } })).toThrow('unknown action "fly"')
})
