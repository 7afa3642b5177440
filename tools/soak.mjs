// `npm run soak [-- N]`: the random tests of engines and kernel with N operations (default 1,000,000) instead of the few
// thousand of every day. Such a test reads `YINGZAO_TEST_OPERATIONS`; property tests of fast-check take a share of it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { install, oneAtATime, requireNode } from './install.mjs'
import { root, walk } from './sources.mjs'
import { protocol } from './steps.mjs'

const [operations = '1000000'] = process.argv.slice(2)
if (!/^\d+$/.test(operations)) {
  console.error('npm run soak [-- NUMBER OF OPERATIONS]')
  process.exit(2)
}
requireNode()
await oneAtATime(install)
const files = ['engines', 'formats', 'kernel', 'platform', 'modules']
  .flatMap(walk)
  .filter(
    path => path.endsWith('.test.ts') && readFileSync(join(root, path), 'utf8').includes('YINGZAO_TEST_OPERATIONS'),
  )
const steps = protocol(`soak, ${operations} operations`)
const env = { ...process.env, YINGZAO_TEST_OPERATIONS: operations }
if (files.length > 0) await steps.vitest('random operations', ['--testTimeout=0', ...files], { env })
process.exitCode = steps.close()
