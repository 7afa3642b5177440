// What commands work on: this installation's database, modules and keys, without HTTP.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OpenHost, openHost } from '@yingzao/platform/http/open'
import { openPostgres } from '@yingzao/platform/postgres/open'
import { readConfig } from '@yingzao/platform/runtime/config'
import { createLog } from '@yingzao/platform/runtime/log'
import { installationKeys, type Keys } from '@yingzao/platform/runtime/secret'

/** The organisation that this installation serves: the name of its PostgreSQL schema. */
export const tenant = 't_main'

/** Opens the installation (which brings its schema up to date), runs the work and closes everything again. */
export async function withInstallation<T>(
  work: (opened: OpenHost & { readonly keys: Keys }) => Promise<T>,
): Promise<T> {
  const config = readConfig()
  const log = createLog('error')
  const keys = installationKeys(config)
  const postgres = await openPostgres(config, log)
  try {
    const opened = await openHost({
      database: postgres.connection,
      tenant,
      modules: fileURLToPath(new URL('../modules', import.meta.url)),
      files: join(config.home, 'files'),
      keys,
      log,
    })
    try {
      return await work({ ...opened, keys })
    } finally {
      await opened.close()
    }
  } finally {
    await postgres.stop()
  }
}
