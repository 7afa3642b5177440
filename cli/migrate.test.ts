// An operator looks at what an upgrade would do to the database before he lets it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@yingzao/platform/postgres/connection'
import { type TestDatabase, testDatabase } from '@yingzao/platform/testing/database'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { command } from './migrate.ts'

let home: string
let database: TestDatabase
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'yingzao-migrate-'))
  database = await testDatabase()
  vi.stubEnv('YINGZAO_HOME', home)
  vi.stubEnv('DATABASE_URL', database.url)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await database.drop()
  await rm(home, { recursive: true, force: true })
})

const terminal = { say: () => {}, json: true }
const migrate = async (...args: string[]) => {
  const answer = await command.run(args, terminal)
  return { exit: answer?.exit ?? 0, document: answer?.document, text: answer?.text() ?? '' }
}
async function query(text: string) {
  const client = await connect(database.connection)
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
const schemas = () => query(`select nspname from pg_namespace where nspname in ('t_main', 'yingzao')`)

test('a plan of an empty database lists every table and makes none; applied, nothing is pending', async () => {
  const plan = await migrate('--plan')
  expect(plan.exit).toBe(3)
  expect(plan.text).toContain('create table "t_main"."project"')
  expect(await schemas()).toEqual([])
  const done = await migrate()
  expect(done).toMatchObject({ exit: 0, document: { migrations: [], kept: [] } })
  expect(done.text).toContain('create table "t_main"."project"')
  expect(await migrate('--plan')).toMatchObject({ exit: 0, document: { pending: false, statements: [] } })
  expect((await migrate()).text).toContain('已是最新')
})

test('a missing column is pending until it is applied; a rename is refused with the file to write', async () => {
  await migrate()
  await query('alter table t_main.project drop column address')
  expect(await migrate('--plan')).toMatchObject({
    exit: 3,
    document: {
      pending: true,
      refused: [],
      statements: ['alter table "t_main"."project" add column "address" text'],
    },
  })
  await migrate()
  expect(await migrate('--plan')).toMatchObject({ exit: 0 })

  await query('alter table t_main.project rename column address to location')
  const plan = await migrate('--plan')
  expect(plan.exit).toBe(1)
  expect(plan.text).toContain('modules/project/migrations/001-what-changed.sql')
  expect(plan.text).toContain('rename column "location" to "address"')
  await expect(migrate()).rejects.toMatchObject({
    code: 'schema.needs_migration',
    message: expect.stringContaining('modules/project/migrations/001-what-changed.sql'),
  })
  expect(await query(`select 1 from information_schema.columns where column_name = 'location'`)).toHaveLength(1)
})

test('a word that migrate does not know is a wrong call', async () => {
  await expect(migrate('--plam')).rejects.toMatchObject({ code: expect.stringContaining('ERR_PARSE_ARGS') })
})
