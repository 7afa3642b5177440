// Tables follow the declarations: added silently, never lost silently.
import { defineModule, type Entity, entity, f } from '@yingzao/kernel/entity'
import { testDatabase } from '@yingzao/platform/testing/database'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Tables } from '../context.ts'
import { openDatabase } from '../database.ts'
import { create, createAll, get, patch } from '../records.ts'
import { buildRegistry } from '../registry/build.ts'
import type { Migration, Registry } from '../registry.ts'
import { systemCtx } from '../system.ts'
import { findings } from '../testing/world.ts'
import { planSync, SchemaRefusal, syncSchema } from './sync.ts'

const opened: (() => Promise<void>)[] = []
let db: Kysely<Tables>
let url: string
beforeEach(async () => {
  const database = await testDatabase()
  url = database.url
  const open = openDatabase({ connectionString: url, max: 10, onError: () => {} })
  db = open.db
  opened.push(async () => {
    await open.pool.end()
    await database.drop()
  })
})
afterAll(() => Promise.all(opened.map(each => each())))

const label = { zh: '名', en: 'Name' }
const text = f.text(label)
type Fields = Entity['def']['fields']
const shop = (fields: Fields, migrations: readonly Migration[] = [], name = 'shop_order'): Registry =>
  buildRegistry({
    modules: [
      {
        value: defineModule({ name: 'shop', label, entities: [entity(name, { label, fields, access: [] } as never)] }),
        file: 'modules/shop/module.ts',
      },
    ],
    migrations,
  })
const migration = (name: string, text_: string): Migration => ({
  module: 'shop',
  name,
  file: `modules/shop/migrations/${name}.sql`,
  sql: text_,
})
const ctx = (registry: Registry) => systemCtx({ db, registry, tenant: 't_main', zone: 'Asia/Shanghai', from: 'test' })
const refused = (work: Promise<unknown>) =>
  work.then(
    () => [],
    error => (error instanceof SchemaRefusal ? error.plan.refused : [error.message]),
  )

test('S1 a second sync finds nothing to do, and added fields are added', async () => {
  const first = await syncSchema(db, buildRegistry(findings()), 't_main')
  expect(first.statements.length).toBeGreaterThan(30)
  expect((await syncSchema(db, buildRegistry(findings()), 't_main')).statements).toEqual([])

  await syncSchema(db, shop({ name: text }), 't_other')
  const kept = await create({ ...ctx(shop({ name: text })), tenant: 't_other' }, 'shop_order', { name: 'kept' })
  const wider = shop({
    name: text,
    price: f.money(label, { indexed: true }),
    done: f.flag(label),
    tags: f.multiChoice(label, { a: label }),
    who: f.multiRef('user', label),
  })
  const added = await syncSchema(db, wider, 't_other')
  expect(added.statements.filter(each => each.includes('add column'))).toHaveLength(3)
  expect(await get({ ...ctx(wider), tenant: 't_other' }, 'shop_order', kept.id)).toMatchObject({
    name: 'kept',
    price: null,
    done: false,
    tags: [],
    who: [],
  })
  expect((await syncSchema(db, wider, 't_other')).statements).toEqual([])
})

test('S1 an index that is not wanted any more goes, one with another definition is made anew', async () => {
  await syncSchema(db, shop({ name: f.text(label, { indexed: true }) }), 't_main')
  const changed = await syncSchema(db, shop({ name: f.text(label, { unique: true }) }), 't_main')
  expect(changed.statements.map(each => each.split(' ').slice(0, 3).join(' '))).toContain('create unique index')
  const dropped = await syncSchema(db, shop({ name: text }), 't_main')
  expect(dropped.statements.every(each => each.startsWith('drop index'))).toBe(true)
})

test('S2 a rename, a removal and another type refuse the boot and say the statement', async () => {
  await syncSchema(db, shop({ name: text, price: f.money(label) }), 't_main')
  expect(await refused(syncSchema(db, shop({ title: text, price: f.money(label) }), 't_main'))).toEqual([
    {
      module: 'shop',
      message: 'shop_order.name is in the database and no longer declared',
      file: 'modules/shop/migrations/001-what-changed.sql',
      sql: 'alter table "shop_order" rename column "name" to "title";  -- or, to delete its data: alter table "shop_order" drop column "name";',
    },
  ])
  expect(await refused(syncSchema(db, shop({ name: text }), 't_main'))).toMatchObject([
    { sql: 'alter table "shop_order" drop column "price";' },
  ])
  expect(await refused(syncSchema(db, shop({ name: text, price: f.integer(label) }), 't_main'))).toMatchObject([
    { message: 'shop_order.price is numeric(18,2) in the database and bigint in the declaration' },
  ])
  expect(await refused(syncSchema(db, shop({ name: text }, [], 'shop_sale'), 't_main'))).toMatchObject([
    { message: 'table shop_order is in the database, but module "shop" no longer declares it' },
  ])
  const message = await syncSchema(db, shop({ name: text }), 't_main').catch(error => error.message)
  expect(message).toContain(
    'write modules/shop/migrations/001-what-changed.sql with: alter table "shop_order" drop column "price";',
  )
  const third = [migration('002-b', 'select 1'), migration('001-a', 'select 1')]
  expect(await refused(syncSchema(db, shop({ name: text }, third), 't_main'))).toMatchObject([
    { file: 'modules/shop/migrations/003-what-changed.sql' },
  ])
})

test('S3 a migration runs once, keeps the data, and is not run where there was nothing before', async () => {
  const before = shop({ name: text })
  await syncSchema(db, before, 't_main')
  const made = await create(ctx(before), 'shop_order', { name: 'old' })
  const rename = migration('001-title', 'alter table shop_order rename column name to title')
  const after = shop({ title: text }, [rename])
  expect((await syncSchema(db, after, 't_main')).migrations).toEqual(['shop/001-title'])
  expect(await get(ctx(after), 'shop_order', made.id)).toMatchObject({ title: 'old' })
  expect((await syncSchema(db, after, 't_main')).migrations).toEqual([])
  expect((await syncSchema(db, after, 't_fresh')).migrations).toEqual([])
  expect((await syncSchema(db, after, 't_fresh')).statements).toEqual([])
  await expect(syncSchema(db, shop({ title: text }, [{ ...rename, sql: `${rename.sql};` }]), 't_main')).rejects.toThrow(
    'modules/shop/migrations/001-title.sql was changed after it ran here',
  )
})

test('S3 a migration that fails leaves everything as it was', async () => {
  await syncSchema(db, shop({ name: text }), 't_main')
  const broken = migration('001-broken', 'alter table shop_order rename column name to title; select nonsense')
  await expect(syncSchema(db, shop({ title: text }, [broken]), 't_main')).rejects.toThrow(
    'modules/shop/migrations/001-broken.sql failed',
  )
  expect((await syncSchema(db, shop({ name: text }), 't_main')).statements).toEqual([])
})

test('S4 five nodes boot at once on an empty database, and while others work', async () => {
  const registry = buildRegistry(findings())
  const results = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const node = openDatabase({ connectionString: url, max: 3, onError: () => {} })
      try {
        return await syncSchema(node.db, registry, 't_main')
      } finally {
        await node.pool.end()
      }
    }),
  )
  expect(results.map(each => each.statements.length > 0).filter(Boolean)).toHaveLength(1)
})

test('S4 a table in use is waited for without stopping its readers', async () => {
  const before = shop({ name: text })
  await syncSchema(db, before, 't_main')
  let release = () => {}
  const busy = db.transaction().execute(async tx => {
    await sql`select * from t_main.shop_order`.execute(tx)
    await new Promise<void>(resolve => {
      release = resolve
    })
  })
  const wanted = syncSchema(db, shop({ name: text, more: text }), 't_main')
  await new Promise(resolve => setTimeout(resolve, 700))
  // Between two attempts of the sync a reader gets through.
  await sql`select * from t_main.shop_order`.execute(db)
  release()
  await busy
  expect((await wanted).statements.some(each => each.includes('"more"'))).toBe(true)
})

test('S5 the table of a module that is gone is kept', async () => {
  const registry = shop({ name: text })
  await syncSchema(db, registry, 't_main')
  const made = await create(ctx(registry), 'shop_order', { name: 'kept' })
  const without = buildRegistry({ modules: [] })
  expect((await syncSchema(db, without, 't_main')).kept).toEqual(['shop_order'])
  await syncSchema(db, registry, 't_main')
  expect(await get(ctx(registry), 'shop_order', made.id)).toMatchObject({ name: 'kept' })
})

test('S6 a plan tells what a boot would do and changes nothing', async () => {
  await syncSchema(db, shop({ name: text }), 't_main')
  const after = shop({ title: text, more: text }, [
    migration('001', 'alter table shop_order rename column name to title'),
  ])
  for (let time = 0; time < 2; time++) {
    const plan = await planSync(db, after, 't_main')
    expect(plan).toMatchObject({ migrations: ['shop/001'], refused: [] })
    expect(plan.statements[0]).toContain('add column "more" text')
  }
  expect((await planSync(db, shop({ title: text }), 't_main')).refused).toHaveLength(1)
})

test('S7 a changed formula is computed again for all stored records, with the rounding of a save', async () => {
  const fields = (formula: string): Fields => ({
    a: f.number(label, { scale: 3 }),
    b: f.number(label, { scale: 3 }),
    total: f.money(label, { formula }),
    many: f.flag(label, { formula: 'total > 10' }),
  })
  const before = shop(fields('a + b'))
  await syncSchema(db, before, 't_main')
  const pairs = Array.from({ length: 40 }, (_, index) => ({
    a: `${index}.${100 + index}` as const,
    b: `${(index % 5) - 2}.005` as const,
  }))
  const made = await createAll(ctx(before), 'shop_order', [...pairs, { a: null, b: '1' }])
  const after = shop(fields('a * b / 3'))
  await syncSchema(db, after, 't_main')
  for (const { id, total, many } of made) {
    const now = await get(ctx(after), 'shop_order', id)
    expect(now.version).toBe(1)
    // The same record saved by hand: touched, so that everything is computed in JavaScript.
    const a = typeof now.a === 'string' ? now.a : null
    await patch(ctx(after), 'shop_order', id, undefined, { a: '0' })
    const again = await patch(ctx(after), 'shop_order', id, undefined, { a })
    expect([now.total, now.many]).toEqual([again.total, again.many])
    expect([total, many]).toBeDefined()
  }
})

test('an index of a large table is built beside its writers', async () => {
  await syncSchema(db, shop({ name: text }), 't_main')
  await sql`insert into t_main.shop_order (id, name, created_at, updated_at) select gen_random_uuid(), n::text, now(), now() from generate_series(1, 12000) n`.execute(
    db,
  )
  await sql`analyze t_main.shop_order`.execute(db)
  const done = await syncSchema(db, shop({ name: f.text(label, { indexed: true }) }), 't_main')
  expect(done.statements.every(each => each.includes('concurrently'))).toBe(true)
  expect((await syncSchema(db, shop({ name: f.text(label, { indexed: true }) }), 't_main')).statements).toEqual([])
})
