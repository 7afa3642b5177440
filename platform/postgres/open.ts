// The one way to get a database: DATABASE_URL when set, else the embedded PostgreSQL below YINGZAO_HOME.
import type { Log } from '../runtime/log.ts'
import { externalPostgres } from './external.ts'
import { type RunningPostgres, startPostgres } from './supervisor.ts'

/** Opens the database of this installation; call `stop()` when the last query has been answered. */
export function openPostgres(
  config: { readonly home: string; readonly databaseUrl: string | undefined },
  log: Log,
): Promise<RunningPostgres> {
  return config.databaseUrl ? externalPostgres(config.databaseUrl) : startPostgres(config.home, log)
}
