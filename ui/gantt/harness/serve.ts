// Builds the harness page and serves it on a free port: for the journeys and the bench.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'

export interface Harness {
  url: string
  close: () => Promise<void>
}

/** A production build in a temporary folder, served on 127.0.0.1. */
export async function serveHarness(): Promise<Harness> {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const outDir = await mkdtemp(join(tmpdir(), 'gantt-harness-'))
  const shared = { root, configFile: false as const, logLevel: 'warn' as const, plugins: [react()] }
  await build({
    ...shared,
    build: {
      outDir,
      emptyOutDir: true,
      minify: process.env.GANTT_PROFILE ? false : 'oxc',
      chunkSizeWarningLimit: 4000,
    },
    worker: { format: 'es' },
  })
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
  const address = server.httpServer.address()
  if (!address || typeof address === 'string') throw new Error('The harness server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
