// Every test file gets a database of its own; a template is prepared once and copied.
import { afterAll, expect, test } from 'vitest'
import { type Connection, connect } from '../postgres/connection.ts'
import { testDatabase } from './database.ts'

const opened: { drop(): Promise<void> }[] = []
afterAll(() => Promise.all(opened.map(database => database.drop())))

async function rows(connection: Connection, sql: string): Promise<unknown[]> {
  const client = await connect(connection)
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a template is prepared once, also when four test files ask at once', async () => {
  let prepared = 0
  const template = {
    key: `once-${process.pid}-${Math.random()}`,
    prepare: async (connection: Connection) => {
      prepared++
      await rows(connection, 'create table brick as select 1 as id')
    },
  }
  const databases = await Promise.all([1, 2, 3, 4].map(() => testDatabase(template)))
  opened.push(...databases)
  for (const { connection } of databases) expect(await rows(connection, 'select id from brick')).toEqual([{ id: 1 }])
  expect(prepared).toBe(1)
})

test('what one test file writes, another does not see', async () => {
  const [mine, yours] = await Promise.all([testDatabase(), testDatabase()])
  opened.push(mine, yours)
  await rows(mine.connection, 'create table wall (id int)')
  await expect(rows(yours.connection, 'select * from wall')).rejects.toMatchObject({ code: '42P01' })
})

test('a test database is dropped even when somebody is still connected', async () => {
  const database = await testDatabase()
  const client = await connect(database.connection)
  await database.drop()
  await expect(client.query('select 1')).rejects.toThrow()
  await expect(connect(database.connection)).rejects.toMatchObject({ code: '3D000' })
})

test('text sorts by code point and Chinese is found by trigram', async () => {
  const database = await testDatabase()
  opened.push(database)
  const sorted = await rows(database.connection, `select x from (values ('b'), ('A'), ('中'), ('a')) v (x) order by x`)
  expect(sorted).toEqual([{ x: 'A' }, { x: 'a' }, { x: 'b' }, { x: '中' }])
  await rows(database.connection, 'create extension pg_trgm')
  expect(await rows(database.connection, `select show_trgm('盾构机') <> '{}' as seen`)).toEqual([{ seen: true }])
})
