// Stopping with real signals: what is under way is finished, the last opened closes first, nothing hangs for ever.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const program = join(here, '../testing/shutdown-process.ts')

async function ended(mode: string, signals: NodeJS.Signals[]): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, mode], { cwd: join(here, '../..') })
  let output = ''
  const expected = ['up', 'not ready']
  child.stdout.on('data', text => {
    output += text
    // Each signal waits for the line that shows the effect of the one before.
    while (signals.length > 0 && output.includes(expected[0] ?? '')) {
      expected.shift()
      const signal = signals.shift()
      if (signal) child.kill(signal)
    }
  })
  const code = await new Promise<number | null>(done => child.once('close', done))
  return { code, lines: output.trim().split('\n') }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s drains the server before the database closes', async signal => {
  expect(await ended('', [signal])).toEqual({
    code: 0,
    lines: ['up', 'not ready', 'request answered', 'server', 'database'],
  })
})

test('a second signal ends it at once', async () => {
  const { code, lines } = await ended('', ['SIGINT', 'SIGINT'])
  expect(code).toBe(1)
  expect(lines).not.toContain('database')
})

test('a part that never closes does not keep the process for ever', async () => {
  expect(await ended('stuck', ['SIGTERM'])).toMatchObject({ code: 1, lines: ['up', 'not ready'] })
})

test('an uncaught error closes in order, with exit code 1', async () => {
  const { code, lines } = await ended('bug', [])
  expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: 'database' })
})
