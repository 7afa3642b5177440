// The standard checks themselves, on the yard; and: the system stands without any of its modules, and those that need it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kernelMessages } from '@yingzao/kernel/messages'
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
  const needs = new Map(shipped.map(({ value }) => [value.name, value.needs]))
  /** The module and all that cannot be without it. */
  const withDependants = (name: string): ReadonlySet<string> => {
    const gone = new Set([name])
    for (const each of gone) for (const [other, needed] of needs) if (needed.includes(each)) gone.add(other)
    return gone
  }

  test('the modules of this repository are among them', () => {
    expect(shipped.map(({ value }) => value.name)).toEqual(expect.arrayContaining(['project', 'schedule', 'home']))
    expect(shipped.filter(({ value }) => withDependants(value.name).size === 1)).not.toEqual([])
  })

  for (const { value } of shipped) {
    const gone = withDependants(value.name)
    test(`without ${[...gone].join(', ')} everything else still fits together`, async () => {
      const skip = shipped.filter(each => gone.has(each.value.name)).map(({ file }) => folderOf(file))
      const registry = buildRegistry(await findModules(modules, { files, demo: false }, { skip }))
      const left = new Set([...registry.entities.values()].map(entity => entity.module))
      for (const name of gone) {
        expect(registry.modules.has(name)).toBe(false)
        expect(left.has(name)).toBe(false)
      }
      expect(registry.modules.size).toBe(all.modules.length - gone.size + 1)
    })
  }

  test('every refusal that a module says has its words', () => {
    const registry = buildRegistry(all)
    const known = new Set([...registry.refusals.keys(), ...Object.keys(kernelMessages)])
    const areas = new Set(shipped.map(({ value }) => value.name.replaceAll('-', '_')))
    const said = readdirSync(modules, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.ts$/.test(file) && !/\.(test|bench)\.ts$|testing\//.test(file))
      .flatMap(file => [
        ...readFileSync(join(modules, file), 'utf8').matchAll(/(?:refuse\(|code: )'([a-z_-]+)\.([a-z_]+)'/g),
      ])
      .flatMap(([, area = '', name = '']) => (areas.has(area.replaceAll('-', '_')) ? [`${area}.${name}`] : []))
    expect(said.length).toBeGreaterThan(100)
    expect([...new Set(said)].filter(code => !known.has(code))).toEqual([])
  })

  test('no file of a module, page or test, reaches into a module that it does not need', () => {
    for (const { value, file } of shipped) {
      const folder = join(modules, folderOf(file))
      for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.tsx?$/.test(path)) continue
        const imported = [...readFileSync(join(folder, path), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
        for (const [, target = ''] of imported) {
          const to = relative(modules, join(folder, dirname(path), target)).split(sep)[0] ?? ''
          if (to !== folderOf(file)) expect(value.needs, `modules/${folderOf(file)}/${path} → ${target}`).toContain(to)
        }
      }
    }
  })

  test('without any of them the server starts and signs people in', async () => {
    const app = await testApp({ skip: shipped.map(({ file }) => folderOf(file)) })
    try {
      const boss = await app.as('administrator')
      expect((await boss.meta())?.meta.entities.map(each => each.name)).toContain('user')
    } finally {
      await app.close()
    }
  })
})
