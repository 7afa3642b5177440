// The standard checks themselves, on the yard; and: the system boots without any module that no other needs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildRegistry } from '@yingzao/kernel/registry/build'
import { afterAll, describe, expect, test } from 'vitest'
import { diskStore } from '../files/disk.ts'
import { findModules } from '../loader/find.ts'
import { testApp } from './app.ts'
import { standardChecks } from './checks.ts'
import { yardModule, yardServices } from './yard.ts'

standardChecks(yardModule, { app: { modules: [yardModule], registrations: yardServices } })

describe('modules are folders', async () => {
  const modules = fileURLToPath(new URL('../../modules', import.meta.url))
  const home = mkdtempSync(join(tmpdir(), 'yingzao-modules-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const files = await diskStore(home)
  const all = await findModules(modules, { files, demo: false })
  const folderOf = (file: string) => file.split('/')[1] ?? ''
  const shipped = all.modules.filter(({ file }) => file.startsWith('modules/'))
  const needed = new Set(shipped.flatMap(({ value }) => value.needs))
  const free = shipped.filter(({ value }) => !needed.has(value.name))

  test('some module is needed by no other', () => {
    expect(free.length).toBeGreaterThan(0)
  })
  for (const { value, file } of free)
    test(`without ${value.name} everything else still fits together`, async () => {
      const rest = await findModules(modules, { files, demo: false }, { skip: [folderOf(file)] })
      const registry = buildRegistry(rest)
      expect(registry.modules.has(value.name)).toBe(false)
      expect([...registry.entities.values()].some(entity => entity.module === value.name)).toBe(false)
    })

  test('without all of them the server starts and signs people in', async () => {
    const app = await testApp({ skip: free.map(({ file }) => folderOf(file)) })
    try {
      const boss = await app.as('administrator')
      expect((await boss.meta())?.meta.entities.map(each => each.name)).toContain('user')
    } finally {
      await app.close()
    }
  })
})
