// A person's verbs, transitions and actions.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { create, get, history, patch, perform, run } from '../records.ts'
import { contract, project } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.drop())

test('W16 A10 a transition moves the stage from where it may, for whom it is granted, when its condition holds', async () => {
  const director = await world.person('director@group')
  const made = await create(director.ctx, project, { name: 'New site', company: world.units.north })
  expect(made).toMatchObject({ stage: 'planned', _can: expect.not.arrayContaining(['start', 'finish']) })
  await expect(run(director.ctx, project, made.id, 'start')).rejects.toMatchObject({
    code: 'verb.not_now',
    values: { verb: 'Start' },
  })
  await expect(run(director.ctx, project, made.id, 'finish')).rejects.toMatchObject({ code: 'verb.not_now' })
  const ready = await patch(director.ctx, project, made.id, 1, { manager: director.id })
  expect(ready._can).toContain('start')
  const clerk = await world.person('clerk@group')
  expect((await get(clerk.ctx, project, made.id))._can).toEqual([])
  await expect(run(clerk.ctx, project, made.id, 'start')).rejects.toMatchObject({ code: 'access.denied' })
  await expect(run(director.ctx, project, made.id, 'start', {}, { version: 1 })).rejects.toMatchObject({
    code: 'record.stale',
  })
  await run(director.ctx, project, made.id, 'start', {}, { version: 2 })
  const active = await get(director.ctx, project, made.id)
  expect(active).toMatchObject({ stage: 'active', version: 3 })
  expect(active._can).toContain('finish')
  expect((await history(director.ctx, project, made.id))[0]).toMatchObject({
    op: 'action',
    action: 'start',
    diff: [{ field: 'stage', before: 'planned', after: 'active' }],
  })
})

test('W16 of many who start at once one does', async () => {
  const { ctx, id } = await world.person('director@group')
  const made = await create(ctx, project, { name: 'Rush', company: world.units.north, manager: id })
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => run(ctx, project, made.id, 'start')))
  expect(results.filter(each => each.status === 'fulfilled')).toHaveLength(1)
})

test('W17 an idempotency key does a verb once, answers it again and refuses another request', async () => {
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, contract, { name: 'Counted', project: world.projects.tower })
  const results = await Promise.all(
    Array.from({ length: 8 }, () => run(ctx, contract, made.id, 'count', { by: 2 }, { idempotencyKey: 'k1' })),
  )
  expect(results).toEqual(Array.from({ length: 8 }, () => ({ counted: 2 })))
  expect((await get(ctx, contract, made.id)).counted).toBe(2)
  await expect(run(ctx, contract, made.id, 'count', { by: 4 }, { idempotencyKey: 'k1' })).rejects.toMatchObject({
    code: 'idempotency.reused',
  })
  // A key belongs to its caller, and a request that failed leaves nothing behind.
  const other = await world.person('director@group')
  expect(await run(other.ctx, contract, made.id, 'count', { by: 4 }, { idempotencyKey: 'k1' })).toEqual({ counted: 6 })
  await expect(run(ctx, contract, made.id, 'count', { by: 1 }, { idempotencyKey: 'k2' })).rejects.toMatchObject({
    code: 'enterprise.odd',
  })
  await expect(run(ctx, contract, made.id, 'count', { by: 1 }, { idempotencyKey: 'k2' })).rejects.toMatchObject({
    code: 'enterprise.odd',
  })
})

test('W17 actions that belong to no record, too', async () => {
  const { ctx } = await world.person()
  const all = await Promise.all(
    Array.from({ length: 6 }, () => perform(ctx, 'enterprise.tally', { add: 5 }, { idempotencyKey: 'tally' })),
  )
  expect(all).toEqual(Array.from({ length: 6 }, () => ({ tally: 5 })))
  const { rows } = await sql<{ last: number }>`select last from t_main.number_counter where name = 'tally'`.execute(
    ctx.db,
  )
  expect(rows).toEqual([{ last: 5 }])
  await expect(perform(ctx, 'enterprise.nothing')).rejects.toMatchObject({ code: 'verb.unknown' })
  await expect(perform(ctx, 'enterprise.tally', { add: 'x', more: 1 })).rejects.toMatchObject({
    errors: [
      { path: 'add', code: 'field.type' },
      { path: 'more', code: 'field.unknown' },
    ],
  })
})

test('a reading verb needs only the right to read and changes nothing', async () => {
  const director = await world.person('director@group')
  const made = await create(director.ctx, contract, { name: 'Peeked', project: world.projects.tower })
  const head = await world.person('head@build')
  // What is not given starts from its default, also where that is a formula.
  expect(await run(head.ctx, contract, made.id, 'peek')).toEqual({ name: 'Peeked', on: head.ctx.today, twice: true })
  expect(await run(head.ctx, contract, made.id, 'peek', { on: '2026-01-31', twice: false })).toEqual({
    ...{ name: 'Peeked', on: '2026-01-31', twice: false },
  })
  await expect(run(head.ctx, contract, made.id, 'count', { by: 2 })).rejects.toMatchObject({ code: 'access.denied' })
  const stranger = await world.person('head@sales')
  await expect(run(stranger.ctx, contract, made.id, 'peek')).rejects.toMatchObject({ code: 'record.not_found' })
  expect(await history(director.ctx, contract, made.id)).toHaveLength(1)
})

test('a verb leaves its name on every change it makes', async () => {
  const { ctx, id } = await world.person('director@group')
  const made = await create(ctx, contract, { name: 'Traced', project: world.projects.tower })
  await run(ctx, contract, made.id, 'count', { by: 2 })
  expect((await history(ctx, contract, made.id)).map(each => [each.op, each.action, each.by?.id])).toEqual([
    ['update', 'count', id],
    ['create', undefined, id],
  ])
})
