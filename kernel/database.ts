// The door to PostgreSQL: a pool whose values arrive as the API speaks them, safe behind PgBouncer in transaction mode.
import { Kysely } from 'kysely'
import { Pool, type PoolConfig, types } from 'pg'
import type { Tables } from './context.ts'
import { postgresDialect } from './driver.ts'
import { parserOf } from './wire.ts'

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
    // Set on the pool, not on the driver: other users of the driver in this process are left alone.
    types: {
      getTypeParser: ((id: number, format?: 'text' | 'binary') =>
        format === 'binary' ? types.getTypeParser(id, format) : parserOf(id)) as typeof types.getTypeParser,
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
