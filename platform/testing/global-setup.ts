// Vitest global setup: one real PostgreSQL for the whole run, in a directory of its own, gone afterwards.
import { startTestServer } from './server.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer()
  process.env.YINGZAO_TEST_DATABASE_URL = server.url
  return server.stop
}
