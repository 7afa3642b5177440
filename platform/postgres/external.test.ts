// A database that somebody else runs: checked before anything uses it, and every refusal names the next step.
import { afterAll, expect, test } from 'vitest'
import { testDatabase, testServer } from '../testing/database.ts'
import { connect, connectionOfUrl, connectionUrl } from './connection.ts'
import { externalPostgres } from './external.ts'

const cleanup: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const clean of cleanup) await clean()
})

test('a PostgreSQL 15–18 in UTF-8 is taken, and left running at the end', async () => {
  const database = await testDatabase()
  cleanup.push(database.drop)
  const external = await externalPostgres(database.url)
  expect(external.major).toBeGreaterThanOrEqual(15)
  await external.stop()
  const client = await connect(external.connection)
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await client.end()
})

test('another encoding than UTF-8 is refused', async () => {
  const server = testServer()
  const client = await connect(server)
  const name = `yz_ascii_${process.pid}`
  await client.query(`create database ${name} encoding 'SQL_ASCII' template template0 locale 'C' locale_provider libc`)
  cleanup.push(async () => {
    await client.query(`drop database ${name}`)
    await client.end()
  })
  const url = connectionUrl({ ...server, database: name })
  await expect(externalPostgres(url)).rejects.toMatchObject({ code: 'postgres.encoding' })
})

test.each([
  ['a closed port', 'postgresql://u:p@127.0.0.1:1/db', 'postgres.unreachable'],
  ['no such socket', 'postgresql://u:p@localhost/db?host=/nonexistent', 'postgres.unreachable'],
  ['a broken address', 'postgresql://u:p@[/db', 'postgres.url'],
])('%s is refused', async (_, url, code) => {
  await expect(externalPostgres(url)).rejects.toMatchObject({ code })
})

test('a wrong password is told', async () => {
  const url = connectionUrl({ ...testServer(), password: 'guess' })
  await expect(externalPostgres(url)).rejects.toThrow(/password/)
})

test('odd names and passwords survive the address', () => {
  const connection = { host: '/a b/ü', port: 5433, user: 'ü@:', password: 'p/?#%', database: 'd b' }
  expect(connectionOfUrl(connectionUrl(connection))).toMatchObject(connection)
  const remote = { ...connection, host: 'db.example.com' }
  expect(connectionOfUrl(connectionUrl(remote))).toMatchObject(remote)
})
