// The history leaves the system as a file and is checked without it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '@yingzao/platform/testing/database'
import { afterAll, expect, test, vi } from 'vitest'
import { command as exporting } from './audit-export.ts'
import { command as verifying } from './audit-verify.ts'

const kept: (() => Promise<unknown>)[] = []
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const each of kept) await each()
})

test('an export of a new installation verifies offline; an existing file is not overwritten', async () => {
  const home = await mkdtemp(join(tmpdir(), 'yingzao-audit-'))
  const database = await testDatabase()
  kept.push(database.drop, () => rm(home, { recursive: true }))
  vi.stubEnv('YINGZAO_HOME', home)
  vi.stubEnv('DATABASE_URL', database.url)
  const terminal = { say: () => {}, json: true }
  const file = join(home, 'history.ndjson')
  expect((await exporting.run([file], terminal))?.document).toMatchObject({ file })
  expect((await verifying.run([file], terminal))?.document).toMatchObject({ ok: true })
  await expect(exporting.run([file], terminal)).rejects.toMatchObject({ code: 'EEXIST' })
})
