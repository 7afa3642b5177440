// Values as they come out of PostgreSQL.
import { testDatabase } from '@yingzao/platform/testing/database'
import { Kysely, sql } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import type { Tables } from './context.ts'
import { openDatabase } from './database.ts'
import { firstly, lastly, postgresDialect } from './driver.ts'
import { parseInstant } from './wire.ts'

test('money stays text, days do not shift, moments are in UTC whatever the session says', async () => {
  const database = await testDatabase()
  const { db, pool } = openDatabase({ connectionString: database.url, max: 1, onError: () => {} })
  try {
    const query = sql`select 12345678901234.50::numeric(18,2) as money, '2026-03-29'::date as day, 42::bigint as count,
      '2026-03-29 01:59:59.12+00'::timestamptz as at, '{2026-01-01,NULL}'::date[] as days, '{1.50,2}'::numeric[] as amounts, '{}'::date[] as none`
    const expected = [
      {
        money: '12345678901234.50',
        day: '2026-03-29',
        count: 42,
        at: '2026-03-29T01:59:59.120Z',
        days: ['2026-01-01', null],
        amounts: ['1.50', '2'],
        none: [],
      },
    ]
    expect((await query.execute(db)).rows).toEqual(expected)
    for (const zone of ['Asia/Shanghai', 'America/St_Johns', 'Asia/Kathmandu']) {
      await sql`set timezone = ${sql.lit(zone)}`.execute(db)
      expect((await query.execute(db)).rows, zone).toEqual(expected)
    }
  } finally {
    await pool.end()
    await database.drop()
  }
})

test('an instant is read the same fast and slow', () => {
  for (const text of ['2026-11-21 14:05:00+00', '2026-11-21 14:05:00.1+00', '2026-11-21 14:05:00.123+00'])
    expect(parseInstant(text)).toBe(parseInstant(text.replace('+00', '+00:00')))
  expect(parseInstant('2026-11-21 22:05:00.5+08')).toBe('2026-11-21T14:05:00.500Z')
})

test('a connection that the server ends is replaced, not fatal', async () => {
  const database = await testDatabase()
  const errors: Error[] = []
  const { db, pool } = openDatabase({ connectionString: database.url, max: 2, onError: error => errors.push(error) })
  try {
    await sql`select 1`.execute(db)
    const other = openDatabase({ connectionString: database.url, max: 1, onError: () => {} })
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and usename = current_user`.execute(other.db)
    await other.pool.end()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
    expect(errors.length).toBeGreaterThan(0)
  } finally {
    await pool.end()
    await database.drop()
  }
})

test('Q7 a statement that takes too long is ended and told how to be narrowed, and its transaction leaves nothing', async () => {
  const database = await testDatabase()
  const { db, pool } = openDatabase({
    connectionString: database.url,
    max: 1,
    statementSeconds: 0.2,
    onError: () => {},
  })
  try {
    await sql`create table kept (id integer)`.execute(db)
    const slow = sql`select pg_sleep(60)`
    await expect(slow.execute(db)).rejects.toMatchObject({ code: 'query.timeout', values: { seconds: 0.2 } })
    const inside = db.transaction().execute(async tx => {
      await sql`insert into kept values (1)`.execute(tx)
      await slow.execute(tx)
    })
    await expect(inside).rejects.toMatchObject({ code: 'query.timeout' })
    expect((await sql`select id from kept`.execute(db)).rows).toEqual([])
  } finally {
    await pool.end()
    await database.drop()
  }
})

test('a transaction that begins and ends in the packets of its statements is one all the same', async () => {
  const database = await testDatabase()
  const { db, pool } = openDatabase({ connectionString: database.url, max: 2, onError: () => {} })
  const put = (id: number) => sql`insert into kept values (${id}) returning id`
  const stored = async () =>
    (await sql<{ id: number }>`select id from kept order by id`.execute(db)).rows.map(each => each.id)
  try {
    await sql`create table kept (id integer primary key)`.execute(db)
    // All of it in one statement, begun with the first and ended with the last, and one that does nothing at all.
    await db.transaction().execute(tx => tx.executeQuery(lastly(put(1).compile(tx))))
    await db.transaction().execute(async tx => {
      await tx.executeQuery(firstly(sql`select 1`.compile(tx)))
      await put(2).execute(tx)
      await tx.executeQuery(lastly(put(3).compile(tx)))
    })
    await db.transaction().execute(async () => {})
    expect(await stored()).toEqual([1, 2, 3])
    // What fails takes everything with it, wherever in the transaction it stands.
    const failing = [
      db.transaction().execute(tx => tx.executeQuery(lastly(put(1).compile(tx)))),
      db.transaction().execute(async tx => {
        await put(4).execute(tx)
        await tx.executeQuery(lastly(put(1).compile(tx)))
      }),
      db.transaction().execute(async tx => {
        await put(5).execute(tx)
        throw new Error('changed his mind')
      }),
    ]
    expect((await Promise.allSettled(failing)).map(each => each.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await stored()).toEqual([1, 2, 3])
    // Nothing of the failed ones is left on the connections.
    const states = await Promise.all(
      [1, 2, 3].map(() => sql<{ own: boolean }>`select pg_current_xact_id_if_assigned() is null as own`.execute(db)),
    )
    expect(states.every(({ rows }) => rows[0]?.own)).toBe(true)
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async tx => {
        expect((await sql`show transaction_isolation`.execute(tx)).rows).toEqual([
          { transaction_isolation: 'repeatable read' },
        ])
        await expect(put(6).execute(tx)).rejects.toMatchObject({ code: '25006' })
      })
  } finally {
    await pool.end()
    await database.drop()
  }
})

test('a session keeps what is asked last: it forgets the statement asked longest ago, not the new one', async () => {
  const database = await testDatabase()
  const pool = new Pool({ connectionString: database.url, max: 1, pipeline: true })
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool, { prepare: true, seconds: 0, most: 2 }) })
  try {
    const often = async (text: string) => {
      for (let n = 0; n < 30; n++) await sql.raw(text).execute(db)
    }
    const prepared = async () => {
      const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)
      return rows.map(row => row.statement).sort()
    }
    await often('select 1')
    await often('select 2')
    await sql.raw('select 1').execute(db)
    await often('select 3')
    expect(await prepared()).toEqual(['select 1', 'select 3'])
    // What was forgotten is asked as ever, and remembered when it is asked often again; also in a transaction.
    await db.transaction().execute(async tx => {
      for (let n = 0; n < 30; n++) expect((await sql.raw('select 2 as two').execute(tx)).rows).toEqual([{ two: 2 }])
      expect((await sql.raw('select 1').execute(tx)).rows).toHaveLength(1)
    })
    expect(await prepared()).toEqual(['select 2 as two', 'select 3'].sort())
  } finally {
    await db.destroy()
    await database.drop()
  }
})

test('what is asked often is prepared, and behind a pooler nothing is', async () => {
  const database = await testDatabase()
  try {
    for (const pooled of [false, true]) {
      const { db, pool } = openDatabase({ connectionString: database.url, max: 1, pooled, onError: () => {} })
      for (let n = 0; n < 40; n++)
        expect((await sql<{ n: number }>`select ${n}::integer as n`.execute(db)).rows[0]?.n).toBe(n)
      const { rows } = await sql`select name from pg_prepared_statements`.execute(db)
      expect(rows.length).toBe(pooled ? 0 : 1)
      await pool.end()
    }
  } finally {
    await database.drop()
  }
})
