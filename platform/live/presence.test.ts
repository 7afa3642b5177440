// Who else has a record open: seen through every node, within the reader's rights, and gone when a window or a node is.
import type { LivePerson } from '@yingzao/kernel/entity'
import { create, list, patch } from '@yingzao/kernel/server'
import { Client as Connection } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../client/index.ts'
import type { Meeting } from '../client/live.ts'
import { systemContext } from '../http/context.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { yardModule, yardServices } from '../testing/yard.ts'

let app: TestApp
let other: TestApp
let keeper: Person
const open: Client[] = []
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices })
  other = await app.node()
  keeper = await app.as('yard_keeper', { name: '李思雨' })
})
afterAll(async () => {
  for (const client of open) client.live.close()
  await app?.close()
})

let yards = 0
const newYard = (company: string = app.company) =>
  keeper.entity<string>('yard').create({ name: `场 ${++yards}`, company })

interface Sitting extends Meeting {
  readonly others: () => readonly LivePerson[]
  /** Told anything at all: the connection stands and rights were looked at. */
  readonly told: () => boolean
}
function sitAt(person: Client, id: string): Sitting {
  open.push(person)
  let people: readonly LivePerson[] | undefined
  const meeting = person.live.meet({ entity: 'yard', id }, all => {
    people = all
  })
  return { ...meeting, others: () => people ?? [], told: () => people !== undefined }
}
async function until(done: () => boolean, patience = 15_000) {
  const end = Date.now() + patience
  while (!done()) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

test('two planners on two nodes see each other, where they are, and when one leaves', async () => {
  const yard = await newYard()
  const wang = await other.as('yard_keeper', { name: '王建国' })
  const li = sitAt(keeper, yard.id)
  const there = sitAt(wang, yard.id)
  await until(() => li.others().some(person => person.name === '王建国'))
  await until(() => there.others().some(person => person.name === '李思雨'))
  there.move('task-7/duration')
  await until(() => li.others()[0]?.at === 'task-7/duration')
  expect(li.others()).toMatchObject([{ user: wang.user, name: '王建国', at: 'task-7/duration' }])
  there.leave()
  await until(() => li.others().length === 0)
  li.leave()
})

test('a closed window is gone; after a cut connection both see each other again', async () => {
  const yard = await newYard()
  const wang = await other.as('yard_keeper')
  const li = sitAt(keeper, yard.id)
  sitAt(wang, yard.id)
  await until(() => li.others().length === 1)
  wang.live.interrupt()
  await until(() => li.others().length === 0)
  await until(() => li.others().length === 1)
  wang.live.close()
  await until(() => li.others().length === 0)
  li.leave()
})

test('whoever may not read the record neither sees nor is seen, and is gone as soon as the right is', async () => {
  const ctx = systemContext(app.host, 'test')
  const south = await create(ctx, 'org_unit', { name: '南方', type: 'company', parent: app.company })
  const yard = await newYard()
  const stranger = await other.as('yard_clerk', { at: { kind: 'company', id: south.id } })
  const clerk = await other.as('yard_clerk')
  const li = sitAt(keeper, yard.id)
  const outside = sitAt(stranger, yard.id)
  const inside = sitAt(clerk, yard.id)
  await until(() => li.others().length === 1 && inside.others().length === 1)
  outside.move('x')
  inside.move('y')
  await until(() => li.others()[0]?.at === 'y')
  expect(li.others().map(person => person.key)).toHaveLength(1)
  expect(outside.others()).toEqual([])

  const { items } = await list(ctx, 'role_holding', { filter: { user: { eq: clerk.user } } })
  await patch(ctx, 'role_holding', items[0]?.id ?? '', undefined, { to: '2020-01-01', from: '2020-01-01' })
  await until(() => li.others().length === 0)
  await until(() => inside.others().length === 0)
  li.leave()
})

test('a person whose name may not be read is somebody, not a name', async () => {
  const yard = await newYard()
  const hand = await other.as('yard_hand')
  const mine = await hand.entity<string>('yard').create({ name: '自己的', company: app.company })
  const li = sitAt(keeper, mine.id)
  const seen = sitAt(hand, mine.id)
  await until(() => li.others().length === 1 && seen.others().length === 1)
  const users = await hand
    .entity<string>('user')
    .list({ filter: { id: { eq: keeper.user } } })
    .catch(() => ({ items: [] }))
  expect('name' in (seen.others()[0] ?? {})).toBe(users.items.length > 0)
  expect(yard.id).not.toBe(mine.id)
  li.leave()
})

test('the seats of a node that dies without a word are gone within seconds', async () => {
  const yard = await newYard()
  const li = sitAt(keeper, yard.id)
  await until(li.told)
  const connection = new Connection(app.database)
  await connection.connect()
  const wang = await other.as('yard_keeper')
  const say = (more: object) =>
    connection.query('select pg_notify($1, $2)', [
      'yingzao_presence',
      JSON.stringify({ tenant: app.host.tenant, node: 'doomed', ...more }),
    ])
  await say({ seat: { entity: 'yard', id: yard.id, key: 'k1', user: wang.user } })
  await until(() => li.others().length === 1)
  // Now the node is silent.
  await until(() => li.others().length === 0)
  await connection.query("select pg_notify('yingzao_presence', '{nonsense')")
  await connection.end()
  li.leave()
})
