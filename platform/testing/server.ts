// The PostgreSQL of a test run: `YINGZAO_TEST_DATABASE_URL` when set, else an embedded one without fsync.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../postgres/supervisor.ts'
import { createLog } from '../runtime/log.ts'
import { scratchFolder } from './scratch.ts'

/**
 * Starts the server of a run, or names the given one. Several runs on one machine each have their own, in `folder` or one
 * of its own. `YINGZAO_TEST_POSTGRES_BIN` names a folder with other programs (PostgreSQL 15–18).
 */
export async function startTestServer(options: { durable?: boolean; folder?: string } = {}): Promise<{
  url: string
  stop: () => Promise<void>
}> {
  const given = process.env.YINGZAO_TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const { durable = false } = options
  const folder = options.folder ?? scratchFolder({ lasting: durable })
  const bin = process.env.YINGZAO_TEST_POSTGRES_BIN
  const server = await startPostgres(join(folder, 'home'), createLog('error'), { durable, ...(bin ? { bin } : {}) })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      if (!options.folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}
