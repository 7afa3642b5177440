// Finds modules by file suffix below a folder: TypeScript sources (tests, tsx) and the transpiled tree (dist) alike.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Entity, Module } from '@yingzao/kernel/entity'
import type { Migration } from '@yingzao/kernel/registry'
import type { Findings, Found } from '@yingzao/kernel/registry/build'
import type { Registration } from '@yingzao/kernel/serve'
import { type PlatformParts, platformFindings } from './platform-module.ts'

/** Folders of a module that the server does not run. */
const ASIDE = new Set(['web', 'migrations', 'testing', 'fixtures', 'node_modules', 'dist'])
const own = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/**
 * Imports every module below `root` (a folder of folders) and returns what they declare and register.
 * `skip` leaves folders out; a test without a module uses it. Throws with the file name when a file does not load.
 */
export async function findModules(
  root: string,
  parts: PlatformParts,
  options: { readonly skip?: readonly string[] } = {},
): Promise<Findings> {
  const modules: Found<Module>[] = []
  const entities: (Found<Entity> & { module: string })[] = []
  const registrations: (Found<Registration> & { module: string })[] = []
  const migrations: Migration[] = []

  for (const folder of subfolders(root)) {
    if (options.skip?.includes(folder)) continue
    const path = join(root, folder)
    const contents = join(path, `module${own}`)
    if (!existsSync(contents)) continue
    const shown = (file: string) => ['modules', ...relative(root, file).split(sep)].join('/').replace(/\.js$/, '.ts')
    const exported = await load(contents)
    const module = exported.default
    if (!isModule(module)) throw new Error(`${shown(contents)}: the default export must be defineModule({ … })`)
    modules.push({ value: module, file: shown(contents) })
    for (const file of files(path)) {
      const kind = /\.(entity|service|hooks|jobs|report)\.(ts|js)$/.exec(file)?.[1]
      if (!kind || !file.endsWith(own)) continue
      const values = new Set(Object.values(await load(file)).flatMap(value => (Array.isArray(value) ? value : [value])))
      for (const value of values) {
        const at = { file: shown(file), module: module.name }
        if (kind === 'entity' && isEntity(value)) entities.push({ value, ...at })
        if (kind !== 'entity' && isRegistration(value)) registrations.push({ value, ...at })
      }
    }
    for (const file of existsSync(join(path, 'migrations')) ? readdirSync(join(path, 'migrations')).sort() : []) {
      if (!file.endsWith('.sql')) continue
      const sql = readFileSync(join(path, 'migrations', file), 'utf8')
      migrations.push({
        module: module.name,
        file: shown(join(path, 'migrations', file)),
        name: file.slice(0, -4),
        sql,
      })
    }
  }
  return withPlatform({ modules, entities, registrations, migrations }, parts)
}

/** Adds what the platform itself declares and registers. */
export function withPlatform(found: Findings, parts: PlatformParts): Findings {
  const own = platformFindings(
    found.modules.flatMap(each => each.value.entities),
    parts,
  )
  return {
    modules: [...own.modules, ...found.modules],
    entities: [...own.entities, ...(found.entities ?? [])],
    registrations: [...own.registrations, ...(found.registrations ?? [])],
    migrations: found.migrations ?? [],
  }
}

async function load(file: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (cause) {
    throw new Error(`${file} does not load: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

const subfolders = (root: string): string[] =>
  existsSync(root)
    ? readdirSync(root, { withFileTypes: true })
        .filter(entry => entry.isDirectory() && !ASIDE.has(entry.name) && !entry.name.startsWith('.'))
        .map(entry => entry.name)
        .sort()
    : []

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile()) yield join(folder, entry.name)
    else if (entry.isDirectory() && !ASIDE.has(entry.name)) yield* files(join(folder, entry.name))
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const isModule = (value: unknown): value is Module =>
  isObject(value) && typeof value.name === 'string' && Array.isArray(value.entities) && isObject(value.label)
const isEntity = (value: unknown): value is Entity =>
  isObject(value) && typeof value.name === 'string' && isObject(value.def) && 'fields' in value.def
/** All of them: one that is left out here would be declared and never heard of. */
const KINDS: Readonly<Record<Registration['is'], true>> = {
  handler: true,
  action: true,
  hooks: true,
  job: true,
  work_time: true,
  teller: true,
  file_keeper: true,
  power_table: true,
  report: true,
}
const isRegistration = (value: unknown): value is Registration =>
  isObject(value) && typeof value.is === 'string' && Object.hasOwn(KINDS, value.is)
