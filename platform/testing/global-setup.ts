// Vitest global setup: one real PostgreSQL for the whole run and one folder for everything temporary, both gone afterwards.
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { scratchFolder } from './scratch.ts'
import { startTestServer } from './server.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const folder = scratchFolder()
  const server = await startTestServer({ folder })
  // For the workers and what they start; the unpacked browser stays for the next run.
  process.env.YINGZAO_TEST_LASTING = tmpdir()
  process.env.TMPDIR = folder
  process.env.YINGZAO_TEST_DATABASE_URL = server.url
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
