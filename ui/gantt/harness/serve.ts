// Builds the harness page and serves it on a free port, and starts a Chromium: for the journeys and the bench.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { type Browser, chromium } from 'playwright-core'
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

/** Chromium from CHROME_PATH, the system, or the packaged one (works as root, before any installation). */
export async function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  const own = [process.env.CHROME_PATH, '/usr/bin/chromium'].find(path => path !== undefined && existsSync(path))
  if (own) return chromium.launch({ executablePath: own, args })
  const packaged = (await import('@sparticuz/chromium')).default
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...args, '--headless=new', '--disable-gpu'],
  })
}
