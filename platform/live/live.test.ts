// Live updates: what one person writes, another sees at once, on every node, and only what he may see.

import type { LiveChange } from '@yingzao/kernel/entity'
import { create, patch } from '@yingzao/kernel/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { revokeSessions } from '../auth/session.ts'
import type { Client } from '../client/index.ts'
import { systemContext } from '../http/context.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { yard, yardModule, yardServices } from '../testing/yard.ts'

let app: TestApp
let other: TestApp
let keeper: Person
const listening: Client[] = []
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices })
  other = await app.node()
  keeper = await app.as('yard_keeper')
})
afterAll(async () => {
  for (const client of listening) client.live.close()
  await app?.close()
})

/** Everything this person is told; waits until it is listening. */
async function listen(person: Client, targets = [{ entity: 'yard' }] as { entity: string; id?: string }[]) {
  listening.push(person)
  const heard: LiveChange[] = []
  let reloads = 0
  person.live.subscribe(targets, { changes: changes => heard.push(...changes), reload: () => reloads++ })
  await until(() => person.live.since() !== undefined)
  return { heard, reloads: () => reloads }
}
async function until(true_: () => boolean, patience = 20_000) {
  const end = Date.now() + patience
  while (!true_()) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
let names = 0
const newYard = (by: Person = keeper, company: string = app.company) =>
  by.entity<string>('yard').create({ name: `活 ${++names}`, company })

test('a colleague on another node hears of a new and a changed yard, with its version', async () => {
  const there = await other.as('yard_clerk')
  const { heard } = await listen(there)
  const made = await newYard()
  await until(() => heard.some(each => each.id === made.id && each.op === 'create'))
  await keeper.entity(yard).patch(made.id, 1, { area: '3' })
  await until(() => heard.some(each => each.id === made.id && each.version === 2))
  expect(heard.find(each => each.version === 2)).toEqual({
    entity: 'yard',
    id: made.id,
    version: 2,
    op: 'update',
    by: keeper.user,
  })
  await keeper.entity(yard).remove(made.id, 2)
  await until(() => heard.some(each => each.id === made.id && each.op === 'delete'))
})

test('who may see only his own hears only of his own, and of what he loses', async () => {
  const ctx = systemContext(app.host, 'test')
  const south = await create(ctx, 'org_unit', { name: '南方公司', type: 'company', parent: app.company })
  const hand = await app.as('yard_hand')
  const { heard } = await listen(hand)
  const all = await listen(await app.as('yard_clerk'))
  const foreign = await newYard()
  const mine = await newYard(hand)
  await until(() => heard.some(each => each.id === mine.id))
  await keeper.entity(yard).patch(foreign.id, 1, { keeper: hand.user })
  await until(() => heard.some(each => each.id === foreign.id && each.op === 'update'))
  await keeper.entity(yard).patch(foreign.id, 2, { keeper: keeper.user })
  await until(() => heard.some(each => each.id === foreign.id && each.op === 'gone'))
  await until(() => all.heard.some(each => each.id === foreign.id && each.version === 3))
  expect(heard.filter(each => each.id === foreign.id).map(each => each.op)).toEqual(['update', 'gone'])
  // A yard that moves to a company where the clerk holds nothing is gone for him.
  const clerk = await app.as('yard_clerk', { at: { kind: 'company', id: south.id } })
  const southern = await listen(clerk)
  const moving = await newYard(keeper, south.id)
  await until(() => southern.heard.some(each => each.id === moving.id))
  await keeper.entity(yard).patch(moving.id, 1, { company: app.company })
  await until(() => southern.heard.some(each => each.id === moving.id && each.op === 'gone'))
})

test('what changes between reading a list and beginning to listen is heard', async () => {
  const person = await other.as('yard_clerk')
  await person.session.get()
  const before = await person.entity('yard').list()
  const made = await newYard()
  expect(before.items.some(each => each.id === made.id)).toBe(false)
  // A slow machine opens its socket only now.
  const { heard, reloads } = await listen(person)
  await until(() => heard.some(each => each.id === made.id && each.op === 'create'))
  expect(reloads()).toBe(0)
})

test('after a cut connection everything missed is heard, once', async () => {
  const person = await app.as('yard_clerk')
  const { heard, reloads } = await listen(person)
  const first = await newYard()
  await until(() => heard.some(each => each.id === first.id))
  person.live.interrupt()
  const missed = [await newYard(), await newYard()]
  await until(() => missed.every(({ id }) => heard.some(each => each.id === id)))
  expect(reloads()).toBe(0)
  expect(heard.filter(each => each.id === first.id)).toHaveLength(1)
})

test('whoever missed thousands is told to read again', async () => {
  const person = await app.as('yard_clerk')
  const { reloads } = await listen(person)
  const ctx = systemContext(app.host, 'test')
  person.live.interrupt()
  await import('@yingzao/kernel/server').then(({ createAll }) =>
    createAll(
      ctx,
      'yard',
      Array.from({ length: 700 }, (_, n) => ({ name: `多 ${n}`, company: app.company })),
    ),
  )
  await until(() => reloads() === 1)
})

test('a changed right means reading again', async () => {
  const person = await app.as('yard_clerk')
  const { reloads } = await listen(person)
  const ctx = systemContext(app.host, 'test')
  const { items } = await import('@yingzao/kernel/server').then(({ list }) =>
    list(ctx, 'role_holding', { filter: { user: { eq: person.user } } }),
  )
  await patch(ctx, 'role_holding', items[0]?.id ?? '', undefined, { to: '2020-01-01', from: '2020-01-01' })
  await until(() => reloads() >= 1)
})

test('comments tell those who look at the record', async () => {
  const person = await app.as('yard_clerk')
  const made = await newYard()
  const { heard } = await listen(person, [{ entity: 'yard', id: made.id }])
  // Of several changes of a record at once one is told: the yard's own first.
  await keeper.entity(yard).patch(made.id, 1, { area: '4' })
  await until(() => heard.some(each => each.version === 2))
  await keeper.entity(yard).comments.add(made.id, '请核对面积')
  await until(() => heard.some(each => each.id === made.id && each.op === 'action'))
})

test('a revoked session hears nothing any more', async () => {
  const person = await app.as('yard_clerk')
  await listen(person)
  await revokeSessions(app.host, person.user)
  await until(() => person.live.state() !== 'open', 9000)
})

const opened = (headers: Record<string, string>) =>
  new Promise<number>(resolve => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/live`, { headers })
    socket.on('open', () => {
      socket.close()
      resolve(101)
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => {})
  })

test('strangers and foreign pages get no socket; nonsense closes it', async () => {
  expect(await opened({ origin: app.url })).toBe(401)
  expect(await opened({ cookie: keeper.cookie, origin: 'https://evil.example' })).toBe(403)
  expect(await opened({ cookie: keeper.cookie, origin: app.url })).toBe(101)
  for (const nonsense of [
    '{',
    '[]',
    '{"subscribe": "all"}',
    `{"subscribe": [${'{"entity":"yard"},'.repeat(600)}{"entity":"yard"}]}`,
  ]) {
    const code = await new Promise<number>(resolve => {
      const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/live`, {
        headers: { cookie: keeper.cookie, origin: app.url },
      })
      socket.on('open', () => socket.send(nonsense))
      socket.on('close', closed => resolve(closed))
    })
    expect(code).toBe(1007)
  }
})
