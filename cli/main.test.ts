// The command line as scripts and people use it: answers on stdout, errors on stderr, exit codes, help for typos.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '@yingzao/platform/testing/database'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { allCommands, main } from './main.ts'

const folder = mkdtempSync(join(tmpdir(), 'yingzao-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

async function yingzao(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const catching = (add: (text: string) => void) => (text: string | Uint8Array) => {
    add(String(text))
    return true
  }
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(
    catching(text => {
      out += text
    }),
  )
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(
    catching(text => {
      err += text
    }),
  )
  const code = await main(argv)
  stdout.mockRestore()
  stderr.mockRestore()
  return { code, out, err }
}

test('help lists every command with its meaning in both languages', async () => {
  const { code, out } = await yingzao('help')
  expect(code).toBe(0)
  for (const { command } of await allCommands()) {
    for (const form of command.usage) expect(out).toContain(`yingzao ${form}`)
    expect(out).toContain(command.summary.zh)
    expect(out).toContain(command.summary.en)
  }
})

test('a mistyped command gets the nearest one, on stderr, with exit code 2', async () => {
  const { code, out, err } = await yingzao('bakup', 'x')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('yingzao backup?')
})

test('a call without what it needs shows the usage', async () => {
  const { code, out, err } = await yingzao('backup', '--json')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('yingzao backup FILE')
})

test('an option that does not exist is a wrong call, not a crash', async () => {
  const { code, err } = await yingzao('backup', '--forse', 'x')
  expect(code).toBe(2)
  expect(err).toContain('--forse')
})

test('a wrong setting is refused with its name', async () => {
  vi.stubEnv('YINGZAO_PORT', 'eighty')
  const { code, err } = await yingzao('backup', join(folder, 'x.yzb'))
  expect(code).toBe(1)
  expect(err).toContain('YINGZAO_PORT')
})

test('backup and restore answer with one JSON document each, and nothing else on stdout', async () => {
  const [from, to] = [await testDatabase(), await testDatabase()]
  const file = join(folder, 'all.yzb')
  vi.stubEnv('YINGZAO_HOME', join(folder, 'from'))
  vi.stubEnv('DATABASE_URL', from.url)
  const backup = await yingzao('backup', file, '--json')
  expect(backup).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(backup.out)).toMatchObject({ file, tables: 0 })
  vi.stubEnv('YINGZAO_HOME', join(folder, 'to'))
  vi.stubEnv('DATABASE_URL', to.url)
  expect(JSON.parse((await yingzao('restore', file, '--json')).out)).toEqual(JSON.parse(backup.out))
  const again = await yingzao('backup', file, '--json')
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toContain('backup.exists')
  await Promise.all([from.drop(), to.drop()])
})
