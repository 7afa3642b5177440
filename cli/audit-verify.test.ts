// `yingzao audit verify`, as a person or a script calls it; the chain is made here, without any server.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  digestOf,
  fingerprintOf,
  genesis,
  hashOf,
  leavesOf,
  sealKey,
  signCheckpoint,
} from '@yingzao/kernel/change/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzao-audit-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = sealKey(randomBytes(32))
function exportOf(count: number): string[] {
  const at = '2026-11-21T08:00:00.000Z'
  const lines: string[] = [JSON.stringify({ audit: 1, tenant: 't_main', at, key: key.public })]
  let hash = genesis
  for (let number = 1; number <= count; number++) {
    const id = `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`
    const change = {
      ...{ id, at, by: null, from: 'web', entity: 'project', record: id, version: 1, op: 'create' },
      ...{ action: null, cause: null, request: null, diff: { name: [null, `P${number}`] as const } },
    }
    const salt = randomBytes(16)
    const digest = digestOf(change, leavesOf(change, salt, null) ?? {})
    hash = hashOf(hash, number, id, digest)
    const seal = { number, digest: digest.toString('hex'), hash: hash.toString('hex'), salt: salt.toString('hex') }
    lines.push(JSON.stringify({ ...seal, change }))
  }
  const end = { number: count, hash: hash.toString('hex'), at }
  return [...lines, JSON.stringify({ end, signature: signCheckpoint(key, 't_main', end) })]
}

function verify(lines: readonly string[], ...more: string[]) {
  const file = join(folder, 'audit.ndjson')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const program = `import { main } from ${JSON.stringify(join(root, 'cli/main.ts'))}; process.exitCode = await main(process.argv.slice(1))`
  const args = ['--import', 'tsx', '--input-type=module', '-e', program, '--', 'audit', 'verify', file, ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root })
  return { status, out: String(stdout), err: String(stderr) }
}

test('an untouched export passes, also against the fingerprint that was written down', () => {
  const { status, out, err } = verify(exportOf(20), '--json', '--key', fingerprintOf(key.public))
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({ ok: true, changes: 20, first: null })
  expect(status).toBe(0)
})

test('the first altered row is named and the exit code says so', () => {
  const lines = exportOf(20).map((line, index) => (index === 12 ? line.replace('P12', 'P99') : line))
  const { status, out } = verify(lines, '--json')
  expect(status).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    first: { damage: 'altered', line: 13, number: 12, entity: 'project' },
  })
  expect(verify(lines).out).toContain('内容被修改 | altered')
})
