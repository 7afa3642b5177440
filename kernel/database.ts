// The door to PostgreSQL: a pool whose values arrive as the API speaks them, safe behind PgBouncer in transaction mode.
import { Kysely } from 'kysely'
import { Pool, type PoolConfig, types } from 'pg'
import type { Tables } from './context.ts'
import { postgresDialect } from './driver.ts'

const oid = { int8: 20, date: 1082, timestamptz: 1184, numeric: 1700, dateArray: 1182, numericArray: 1231 } as const
const asText = (value: string): string => value
/** `{2026-01-01,NULL}`: dates and numbers need no quoting, so the text of an array is easily read. */
const textArray = (value: string): (string | null)[] =>
  value === '{}'
    ? []
    : value
        .slice(1, -1)
        .split(',')
        .map(each => (each === 'NULL' ? null : each))

/** "2026-11-21 14:05:00.12+00" → "2026-11-21T14:05:00.120Z", whatever zone the session has. */
export function parseInstant(text: string): string {
  // Sessions are in UTC; a list has hundreds of these, so they are not worth a Date.
  if (text.length >= 22 && text.endsWith('+00') && text[4] === '-') {
    const places = text.length > 22 ? text.slice(20, -3) : ''
    if (places.length <= 3) return `${text.slice(0, 10)}T${text.slice(11, 19)}.${places.padEnd(3, '0')}Z`
  }
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}

/**
 * Money, numbers and dates stay text (never a float, never a shifted day); counts are numbers; instants are ISO in UTC.
 * Set on the pool, not on the driver: other users of the driver in this process are left alone.
 */
const parsers = new Map<number, (value: string) => unknown>([
  [oid.int8, Number],
  [oid.date, asText],
  [oid.numeric, asText],
  [oid.timestamptz, parseInstant],
  [oid.dateArray, textArray],
  [oid.numericArray, textArray],
])

export interface DatabaseOptions extends PoolConfig {
  /** An idle connection that breaks (the server restarts) is told here instead of ending the process. */
  readonly onError: (error: Error) => void
  /** Behind a pooler that hands each transaction another connection (PgBouncer): nothing is prepared. */
  readonly pooled?: boolean
  /** Seconds after which a statement is ended with `query.timeout`; 0 = never. */
  readonly statementSeconds?: number
}

export interface OpenDatabase {
  readonly db: Kysely<Tables>
  readonly pool: Pool
}

/** Every statement names its tables with their schema; a session keeps nothing but prepared statements. */
export function openDatabase({
  onError,
  pooled = false,
  statementSeconds = 0,
  ...config
}: DatabaseOptions): OpenDatabase {
  const pool = new Pool({
    pipeline: true,
    // A pooler knows no such parameter: there it is set for the role (`alter role … set statement_timeout`).
    ...(pooled ? {} : { statement_timeout: Math.round(statementSeconds * 1000) }),
    max: 10,
    idleTimeoutMillis: 30_000,
    // Each connection keeps memory for every tenant's tables it has touched.
    maxLifetimeSeconds: 1800,
    ...config,
    types: {
      getTypeParser: ((id: number, format?: 'text' | 'binary') =>
        (format === 'binary' ? undefined : parsers.get(id)) ??
        types.getTypeParser(id, format ?? 'text')) as typeof types.getTypeParser,
    },
  })
  pool.on('error', onError)
  // A connection that breaks while it is lent out reports here as well as to its query.
  pool.on('connect', client => client.on('error', onError))
  return {
    db: new Kysely<Tables>({ dialect: postgresDialect(pool, { prepare: !pooled, seconds: statementSeconds }) }),
    pool,
  }
}
