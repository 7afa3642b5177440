// `npm test`: installs if needed, then types, lint, dependency rules, tests on a real PostgreSQL, journeys in a real
// Chromium. The last line is `N passed, N failed`; the exit code is not 0 when anything failed.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, oneAtATime, requireNode } from './install.mjs'
import { root } from './sources.mjs'
import { protocol } from './steps.mjs'

const LAYERS = ['engines', 'formats', 'kernel', 'platform', 'modules', 'ui', 'web', 'server', 'cli', 'demo']
const program = path => join(root, 'node_modules', path)

/** All steps of `npm test`, onto the given protocol. */
export async function testEverything(steps) {
  const node = (name, path, ...args) => steps.check(name, process.execPath, [program(path), ...args])
  for (const project of ['pure', 'server', 'browser']) {
    await node(`types: ${project}`, 'typescript-native/bin/tsc', '-p', `tsconfig.${project}.json`)
  }
  await node('format and lint', '@biomejs/biome/bin/biome', 'check', '.')
  const rules = ['--config', '.dependency-cruiser.cjs', ...LAYERS]
  await node('dependency rules', 'dependency-cruiser/bin/dependency-cruise.mjs', ...rules)
  await steps.vitest('engines, formats, kernel, platform, modules')
  const built = await steps.check('build', process.execPath, [join(root, 'tools/build.mjs')])
  if (built) await steps.vitest('journeys in a browser', { args: ['--config', 'vitest.journeys.config.ts'] })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  requireNode()
  await oneAtATime(install)
  const steps = protocol('npm test')
  await testEverything(steps)
  process.exitCode = steps.close()
}
