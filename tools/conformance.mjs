// `npm run conformance -- FOLDER`: the external checks of tools/conformance/*.ts on real data that is not ours to copy.
// Each file is a program that gets the folder as its argument and exits with another code than 0 when a check fails.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, oneAtATime, requireNode } from './install.mjs'
import { root, walk } from './sources.mjs'
import { protocol, run } from './steps.mjs'

/** Runs every check on the folder and adds each to the protocol as one test. */
export async function conform(steps, folder) {
  const programs = walk('tools/conformance').filter(path => path.endsWith('.ts') && !/\.(test|d)\.ts$/.test(path))
  for (const path of programs.sort()) {
    const name = `conformance: ${path.replace(/^tools\/conformance\/|\.ts$/g, '')}`
    console.log(`\n── ${name}`)
    const from = Date.now()
    const status = await run(process.execPath, ['--import', 'tsx', join(root, path), folder])
    const passed = status === 0
    steps.add({ name, passed: passed ? 1 : 0, failed: passed ? 0 : 1, seconds: (Date.now() - from) / 1000 })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [given] = process.argv.slice(2)
  if (!given || !existsSync(given)) {
    console.error(given ? `${given}: no such folder` : 'npm run conformance -- FOLDER')
    process.exit(2)
  }
  requireNode()
  await oneAtATime(install)
  const steps = protocol('conformance')
  await conform(steps, resolve(given))
  process.exitCode = steps.close()
}
