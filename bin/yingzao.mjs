#!/usr/bin/env node
// The `yingzao` command: runs the built program; `npm run build` makes it.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const built = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/cli/main.js')
if (!existsSync(built)) {
  console.error('请先运行 npm ci && npm run build | run npm ci && npm run build first')
  process.exit(1)
}
process.env.NODE_ENV ??= 'production'
const { main } = await import(pathToFileURL(built).href)
process.exitCode = await main(process.argv.slice(2))
