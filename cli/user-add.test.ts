// An administrator at the console adds people, also when nobody can sign in.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from '@yingzao/platform/auth/setup'
import { signIn } from '@yingzao/platform/auth/sign-in'
import { openHost } from '@yingzao/platform/http/open'
import { silentLog } from '@yingzao/platform/runtime/log'
import { installationKeys } from '@yingzao/platform/runtime/secret'
import { testDatabase } from '@yingzao/platform/testing/database'
import { afterEach, expect, test, vi } from 'vitest'
import { command } from './user-add.ts'

afterEach(() => vi.unstubAllEnvs())

test('a user is added with a role and a password that signs in once it is changed', async () => {
  const home = await mkdtemp(join(tmpdir(), 'yingzao-user-add-'))
  const database = await testDatabase()
  vi.stubEnv('YINGZAO_HOME', home)
  vi.stubEnv('DATABASE_URL', database.url)
  const terminal = { say: () => {}, json: true }
  const open = () =>
    openHost({
      database: database.connection,
      modules: fileURLToPath(new URL('../modules', import.meta.url)),
      files: join(home, 'files'),
      keys: installationKeys({ home, secret: undefined }),
      log: silentLog,
    })
  try {
    await expect(command.run(['wang', '王工'], terminal)).rejects.toMatchObject({ code: 'auth.not_set_up' })
    const { host, close } = await open()
    const from = { address: '127.0.0.1', device: 'test' }
    const administrator = { login: 'admin', name: '管理员甲', password: 'Tunnel-Boring-88' }
    await setUp(host, { company: { name: '营造集团' }, administrator }, from)
    await expect(command.run(['wang', '王工', '--role', 'emperor'], terminal)).rejects.toMatchObject({
      code: 'auth.no_role',
    })
    const added = await command.run(['wang', '王工', '--role', 'administrator'], terminal)
    const password = /^wang {2}(\S+)$/m.exec(added?.text() ?? '')?.[1] ?? ''
    expect((await signIn(host, 'wang', password, from)).session.mustChange).toBe(true)
    await close()
    await expect(command.run(['wang', '王工'], terminal)).rejects.toMatchObject({ code: 'record.invalid' })
    await expect(command.run(['wang'], terminal)).rejects.toMatchObject({ code: 'cli.usage' })
  } finally {
    await database.drop()
    await rm(home, { recursive: true, force: true })
  }
})
