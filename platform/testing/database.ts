// A fresh database for one test file, copied from a template that is prepared once per run.
import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import {
  type Connection,
  connect,
  connectionOfUrl,
  connectionUrl,
  errorCode,
  quoteName,
} from '../postgres/connection.ts'

export type TestDatabase = {
  readonly connection: Connection
  readonly url: string
  drop(): Promise<void>
}

export type Template = {
  /** Whatever decides the content: the same key means the same template, so include a hash of the definitions. */
  readonly key: string
  readonly prepare: (connection: Connection) => Promise<void>
}

/** Advisory lock space of template building: (this, hash of the key). */
const TEMPLATE_LOCK = 7_951_202

/**
 * Makes a database of its own, empty or copied from the template (prepared by the first caller with that key).
 * Needs the global setup of this repository, or `YINGZAO_TEST_DATABASE_URL` with the right to create databases.
 * ```ts
 * const db = await testDatabase()
 * afterAll(db.drop)
 * ```
 */
export async function testDatabase(template?: Template): Promise<TestDatabase> {
  const server = testServer()
  const name = `yz_test_${process.pid}_${randomBytes(5).toString('hex')}`
  const source = template ? await ensureTemplate(server, template) : undefined
  await onServer(server, client =>
    client.query(
      `create database ${quoteName(name)}${source ? ` template ${quoteName(source)}` : ''} strategy file_copy`,
    ),
  )
  const connection = { ...server, database: name }
  return {
    connection,
    url: connectionUrl(connection),
    drop: () => onServer(server, client => dropDatabase(client, name)),
  }
}

/** The server that tests may make databases on. */
export function testServer(): Connection {
  const url = process.env.YINGZAO_TEST_DATABASE_URL
  if (!url)
    throw new Error('no test database: run through vitest with the global setup, or set YINGZAO_TEST_DATABASE_URL')
  return connectionOfUrl(url)
}

async function ensureTemplate(server: Connection, { key, prepare }: Template): Promise<string> {
  const digest = createHash('sha256').update(key).digest()
  const name = `yz_template_${digest.toString('hex').slice(0, 16)}`
  await onServer(server, async client => {
    await client.query('select pg_advisory_lock($1, $2)', [TEMPLATE_LOCK, digest.readInt32BE(0)])
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount) return
    // Prepared under another name: a run killed in the middle leaves no half-made template behind.
    const draft = `${name}_draft`
    await dropDatabase(client, draft)
    await client.query(`create database ${quoteName(draft)}`)
    await prepare({ ...server, database: draft })
    await whenFree(() => client.query(`alter database ${quoteName(draft)} rename to ${quoteName(name)}`))
  })
  return name
}

/**
 * Ends our own sessions first. Not `with (force)`: that also wants to end an autovacuum worker, which only a superuser
 * may; a plain drop makes such a worker give way.
 */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user`,
    [name],
  )
  await whenFree(() => client.query(`drop database if exists ${quoteName(name)}`))
}

/** A session that was just closed may live a moment longer on the server (55006 object in use). */
async function whenFree(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (errorCode(error) !== '55006' || attempt === 100) throw error
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}

async function onServer(server: Connection, work: (client: pg.Client) => Promise<unknown>) {
  const client = await connect(server)
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
