// Values as they come out of PostgreSQL.
import { testDatabase } from '@yingzao/platform/testing/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase, parseInstant } from './database.ts'

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
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      other.db,
    )
    await other.pool.end()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
    expect(errors.length).toBeGreaterThan(0)
  } finally {
    await pool.end()
    await database.drop()
  }
})
