// Changing, deleting and restoring records.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { create, get, history, list, patch, remove, restore } from '../records.ts'
import { refuse } from '../refuse.ts'
import { hooks } from '../serve.ts'
import { asSystem } from '../system.ts'
import { contract, supplier } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'

let world: World
let seen: string[] = []
beforeAll(async () => {
  world = await testWorld([
    hooks(supplier, {
      async beforeSave(_ctx, record, before) {
        seen.push(`before ${before?.name ?? '-'} → ${record.name}`)
        if (record.name === 'Forbidden') throw refuse('enterprise.odd')
        return record.name === 'fill me' ? { tax_id: 'FILLED' } : undefined
      },
      async afterSave(ctx, after, before) {
        seen.push(`after ${before?.name ?? '-'} → ${after?.name ?? '-'}`)
        if (after?.name === 'with child' && !before)
          await create(asSystem(ctx), supplier, { name: 'the child', parent: after.id })
        if (after?.name === 'fails late') throw refuse('enterprise.odd')
      },
      async beforeRemove(_ctx, record) {
        if (record.name === 'kept') throw refuse('enterprise.odd')
      },
    }),
  ])
})
beforeEach(() => {
  seen = []
})
afterAll(() => world.drop())
const errorsOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    error => Object.fromEntries(error.errors.map((each: { path: string; code: string }) => [each.path, each.code])),
  )

test('W4 an old version is refused with the record as it is and who changed it', async () => {
  const one = await world.person('lead@tower')
  const two = await world.person('clerk@tower')
  const made = await create(one.ctx, contract, { name: 'Shared', project: world.projects.tower, discount: '0.1' })
  await patch(one.ctx, contract, made.id, 1, { name: 'By one', discount: '0.2' })
  const refused = await patch(two.ctx, contract, made.id, 1, { name: 'By two' }).catch(e => e)
  expect(refused).toMatchObject({
    code: 'record.stale',
    current: { name: 'By one', version: 2 },
    changed: { by: { id: one.id }, version: 2 },
  })
  // The clerk may not see the discount, not even here.
  expect(refused.current).not.toHaveProperty('discount')
  expect(refused.changed.diff.map((each: { field: string }) => each.field)).toEqual(['name'])
})

test('W22 of many patches of one version exactly one wins', async () => {
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, contract, { name: 'Race', project: world.projects.tower })
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) => patch(ctx, contract, made.id, 1, { name: `Race ${index}` })),
  )
  expect(results.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  for (const each of results)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'record.stale' })
})

test('W5 a patch that changes nothing makes no version and no change row', async () => {
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, contract, {
    name: 'Same',
    project: world.projects.tower,
    discount: '0.5',
    tags: ['urgent'],
    lines: [{ what: 'x', qty: '1' }],
  })
  const again = await patch(ctx, contract, made.id, 1, {
    name: 'Same',
    discount: '0.50',
    tags: ['urgent'],
    lines: { upsert: [{ id: made.lines[0]?.id, qty: '1.0' }] },
  })
  expect(again).toEqual(made)
  expect(await history(ctx, contract, made.id)).toHaveLength(1)
})

test('W6 lines are added, changed, moved and removed; absent ones stay', async () => {
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, contract, {
    name: 'Lines',
    project: world.projects.tower,
    lines: ['a', 'b', 'c'].map(what => ({ what, qty: '1' as const, price: '10' as const })),
  })
  const [a, b, c] = made.lines.map(line => line.id)
  const after = await patch(ctx, contract, made.id, 1, {
    lines: {
      upsert: [
        { id: a, qty: '2' },
        { what: 'd', qty: '4', price: '10' },
        { id: c, position: 1 },
      ],
      remove: b ? [b] : [],
    },
  })
  expect(after.lines.map(line => [line.what, line.qty, line.position])).toEqual([
    ['c', '1.0000', 1],
    ['a', '2.0000', 2],
    ['d', '4.0000', 3],
  ])
  expect(after).toMatchObject({ total: '70.00', version: 2 })
  expect(await errorsOf(patch(ctx, contract, made.id, 2, { lines: { remove: b ? [b] : [] } }))).toEqual({
    'lines.remove': 'field.reference',
  })
  expect(await errorsOf(patch(ctx, 't_contract', made.id, 2, { lines: [{ what: 'x', qty: '1' }] }))).toEqual({
    lines: 'field.type',
  })
  expect(await errorsOf(patch(ctx, contract, made.id, 2, { lines: { upsert: [{ id: a, qty: '-1' }] } }))).toEqual({
    'lines.upsert.0.qty': 'field.min',
  })
})

test('W6 a line of another record cannot be taken over', async () => {
  const { ctx } = await world.person('director@group')
  const mine = await create(ctx, contract, { name: 'Mine', project: world.projects.tower })
  const theirs = await create(ctx, contract, {
    name: 'Theirs',
    project: world.projects.tower,
    lines: [{ what: 'x', qty: '1' }],
  })
  await expect(
    patch(ctx, contract, mine.id, 1, { lines: { upsert: [{ id: theirs.lines[0]?.id, what: 'stolen', qty: '9' }] } }),
  ).rejects.toMatchObject({
    code: 'record.exists',
  })
  expect((await get(ctx, contract, theirs.id)).lines).toEqual(theirs.lines)
})

test('W13 what is used stays; unused it goes to the bin and comes back', async () => {
  const { ctx } = await world.person('director@group')
  const used = await create(ctx, supplier, { name: 'Used' })
  const user = await create(ctx, contract, { name: 'User', project: world.projects.tower, supplier: used.id })
  await expect(remove(ctx, supplier, used.id, 1)).rejects.toMatchObject({
    code: 'record.in_use',
    values: { entity: '合同' },
  })
  await remove(ctx, contract, user.id, 1)
  await remove(ctx, supplier, used.id, 1)
  await expect(get(ctx, supplier, used.id)).rejects.toMatchObject({ code: 'record.not_found' })
  const bin = await list(ctx, supplier, { deleted: true })
  expect(bin.items).toMatchObject([{ id: used.id, version: 2, _can: ['restore'] }])
  const back = await restore(ctx, supplier, used.id, 2)
  expect(back).toMatchObject({ name: 'Used', version: 3 })
  expect((await history(ctx, supplier, used.id)).map(each => each.op)).toEqual(['restore', 'delete', 'create'])
})

test('W13 a restored record may not clash with one that took its name', async () => {
  const { ctx } = await world.person('director@group')
  const old = await create(ctx, supplier, { name: 'Name taken' })
  await remove(ctx, supplier, old.id, 1)
  await create(ctx, supplier, { name: 'Name taken' })
  expect(await errorsOf(restore(ctx, supplier, old.id, 2))).toEqual({ name: 'field.unique' })
})

test('W15 hooks fill their record, keep others in step, and undo everything when they refuse', async () => {
  const { ctx } = await world.person('director@group')
  const filled = await create(ctx, supplier, { name: 'fill me' })
  expect(filled.tax_id).toBe('FILLED')
  await create(ctx, supplier, { name: 'with child' })
  expect((await list(ctx, supplier, { filter: { name: { eq: 'the child' } } })).items).toHaveLength(1)
  await expect(create(ctx, supplier, { name: 'Forbidden' })).rejects.toMatchObject({ code: 'enterprise.odd' })
  await expect(create(ctx, supplier, { name: 'fails late' })).rejects.toMatchObject({ code: 'enterprise.odd' })
  expect((await list(ctx, supplier, { search: 'fails late' })).items).toEqual([])
  const kept = await create(ctx, supplier, { name: 'kept' })
  await expect(remove(ctx, supplier, kept.id, 1)).rejects.toMatchObject({ code: 'enterprise.odd' })
  expect(seen.slice(0, 2)).toEqual(['before - → fill me', 'after - → fill me'])
})

test('W18 a secret is unreadable at rest, found by its exact value, and only "changed" in the history', async () => {
  const { ctx } = await world.person('director@group')
  const lead = await world.person('lead@tower')
  const clerk = await world.person('clerk@tower')
  const card = '6222 0212 3456 7890'
  const made = await create(ctx, contract, { name: 'Secret', project: world.projects.tower, bank_card: card })
  expect(made.bank_card).toBe(card)
  const { rows } = await sql<{
    bank_card: Buffer
  }>`select bank_card from t_main.t_contract where id = ${made.id}::uuid`.execute(ctx.db)
  expect(rows[0]?.bank_card.toString('latin1')).not.toContain('7890')
  expect((await list(ctx, contract, { filter: { bank_card: { eq: '6222021234567890' } } })).items).toHaveLength(1)
  expect((await get(lead.ctx, contract, made.id)).bank_card).toBe('****7890')
  expect(await get(clerk.ctx, contract, made.id)).not.toHaveProperty('bank_card')
  await expect(list(lead.ctx, contract, { filter: { bank_card: { eq: card } } })).rejects.toMatchObject({
    code: 'query.field',
  })
  await patch(ctx, contract, made.id, 1, { bank_card: '6222 0000 0000 0000' })
  const [entry] = await history(ctx, contract, made.id)
  expect(entry?.diff).toEqual([{ field: 'bank_card', kind: 'secret', before: '****', after: '****' }])
  expect(
    JSON.stringify((await sql`select diff from t_main.change where record = ${made.id}::uuid`.execute(ctx.db)).rows),
  ).not.toContain('6222')
  await expect(
    create({ ...ctx, keys: undefined as never }, contract, {
      name: 'No key',
      project: world.projects.tower,
      bank_card: card,
    }),
  ).rejects.toMatchObject({ code: 'secret.no_key' })
})
