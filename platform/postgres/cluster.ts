// Making the data directory: passwords, initdb, and the settings the server runs with.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { startRefusal } from '../runtime/refusal.ts'
import { readOrCreate } from '../runtime/secret.ts'
import type { Binaries } from './binaries.ts'
import { give, type Identity, spawnIdentity } from './identity.ts'
import type { Layout } from './layout.ts'
import { deathSignal, isAlive } from './process.ts'

/** `postgres` is the superuser and used for first preparation only; the application owns its database as `yingzao`. */
export type Passwords = { readonly postgres: string; readonly yingzao: string }

const run = promisify(execFile)

/** Reads this installation's random passwords, or makes them; with two starts at once, the first one's count. */
export function passwords(path: string): Passwords {
  const random = () => randomBytes(24).toString('base64url')
  const text = readOrCreate(path, () => JSON.stringify({ postgres: random(), yingzao: random() }))
  const stored = parseJson(text)
  if (typeof stored === 'object' && stored !== null && 'postgres' in stored && 'yingzao' in stored) {
    return { postgres: String(stored.postgres), yingzao: String(stored.yingzao) }
  }
  throw startRefusal('postgres.passwords_broken', {
    zh: `数据库口令文件 ${path} 已损坏，请从备份恢复它`,
    en: `the database password file ${path} is broken: restore it from your backup`,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Makes the data directory if there is none. It appears by rename: a kill in the middle leaves nothing half made. */
export async function ensureCluster(
  layout: Layout,
  binaries: Binaries,
  secret: Passwords,
  identity: Identity | undefined,
  durable: boolean,
): Promise<void> {
  removeAbandoned(layout.data)
  if (existsSync(join(layout.data, 'PG_VERSION'))) return
  const fresh = `${layout.data}.new-${process.pid}`
  const passwordFile = join(layout.run, `initdb-${process.pid}`)
  writeFileSync(passwordFile, `${secret.postgres}\n`, { mode: 0o600 })
  give(passwordFile, identity)
  try {
    await initdb(fresh, passwordFile, binaries, identity, durable)
    renameSync(fresh, layout.data)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(join(layout.data, 'PG_VERSION'))) throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function initdb(
  data: string,
  passwordFile: string,
  binaries: Binaries,
  identity: Identity | undefined,
  durable: boolean,
): Promise<void> {
  let failure: unknown
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    rmSync(data, { recursive: true, force: true })
    mkdirSync(data, { mode: 0o700 })
    give(data, identity)
    // Text compares by code point everywhere; pg_trgm needs a UTF-8 character type to see Chinese letters.
    const locale =
      binaries.major >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${ctype}`]
        : ['--locale=C', `--lc-ctype=${ctype}`]
    const login = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    const sync = durable ? [] : ['--no-sync']
    try {
      const program = [...(await deathSignal()), join(binaries.bin, 'initdb')]
      const command = [...program, '-D', data, '--encoding=UTF8', ...locale, ...login, ...sync]
      await run(command[0] ?? '', command.slice(1), {
        ...spawnIdentity(identity),
        cwd: identity ? '/' : dirname(data),
        env: { PATH: process.env.PATH, LC_ALL: ctype, TZ: 'UTC', SystemRoot: process.env.SystemRoot },
      })
      return
    } catch (error) {
      failure = error
    }
  }
  throw startRefusal('postgres.initdb', {
    zh: `无法创建数据库目录 ${data}：${String(failure)}`,
    en: `cannot create the database directory: ${String(failure)}`,
  })
}

/** Half-made directories of processes that were killed. */
function removeAbandoned(data: string): void {
  const prefix = `${basename(data)}.new-`
  for (const name of readdirSync(dirname(data))) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      try {
        rmSync(join(dirname(data), name), { recursive: true, force: true })
      } catch {
        // an initdb without its parent still writes there: next time
      }
    }
  }
}

/** Small enough for an idle server below 350 MB with Node, kept out of the network, and durable unless a test says no. */
export function serverSettings(major: number, run: string, port: number, durable: boolean): Record<string, string> {
  const socket: Record<string, string> =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', unix_socket_directories: '' }
      : { listen_addresses: '', unix_socket_directories: run, unix_socket_permissions: '0700' }
  return {
    ...socket,
    port: String(port),
    ssl: 'off',
    password_encryption: 'scram-sha-256',
    max_connections: '100',
    shared_buffers: '96MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_locks_per_transaction: '256', // a restore makes every table of every tenant in one transaction
    max_wal_size: '512MB',
    wal_compression: 'on',
    max_wal_senders: '0',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    ...(major >= 18 ? { io_method: 'sync' } : {}),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
}
