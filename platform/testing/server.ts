// The PostgreSQL of a test run: `YINGZAO_TEST_DATABASE_URL` when set, else an embedded one without fsync.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../postgres/process.ts'
import { startPostgres } from '../postgres/supervisor.ts'
import { createLog } from '../runtime/log.ts'

const PREFIX = 'yingzao-test-'

/**
 * Starts the server of a run, or names the given one. Several runs on one machine each have their own.
 * `YINGZAO_TEST_POSTGRES_BIN` names a folder with other programs (PostgreSQL 15–18).
 */
export async function startTestServer(options: { durable?: boolean } = {}): Promise<{
  url: string
  stop: () => Promise<void>
}> {
  const given = process.env.YINGZAO_TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  removeAbandoned()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  chmodSync(folder, 0o711) // root's database runs as nobody, who must be able to walk in
  const home = join(folder, 'home')
  const bin = process.env.YINGZAO_TEST_POSTGRES_BIN
  const server = await startPostgres(home, createLog('error'), {
    durable: options.durable ?? false,
    ...(bin ? { bin } : {}),
  })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Directories of test runs that were killed. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}
