// The embedded PostgreSQL: started, adopted when it outlived its node process, restarted when it dies, stopped last.
import type { ChildProcess } from 'node:child_process'
import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'
import { startRefusal } from '../runtime/refusal.ts'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'
import { ensureCluster, type Passwords, passwords, serverSettings } from './cluster.ts'
import { type Connection, connect, connectionUrl, errorCode, quoteName, quoteText } from './connection.ts'
import { databaseIdentity, giveTree, type Identity } from './identity.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { endPostmaster, isPostmasterOf, logTail, readPidFile, removeStalePidFile, spawnPostmaster } from './process.ts'

export type PostgresOptions = {
  /** false: no fsync, for tests only. */
  readonly durable?: boolean
  /** A folder with `postgres` and `initdb` to use instead of the embedded ones. */
  readonly bin?: string
  /** The other identity to run as; default: nobody when we are root. */
  readonly identity?: Identity
}

export type RunningPostgres = {
  readonly connection: Connection
  readonly url: string
  readonly major: number
  /** True when the server was already running: an orphan of a killed process, or shared with one that lives. */
  readonly adopted: boolean
  /** Stops the server, unless another live process of this installation uses it too. */
  stop(): Promise<void>
}

type Site = {
  readonly layout: Layout
  readonly binaries: Binaries
  readonly secret: Passwords
  readonly identity: Identity | undefined
  readonly durable: boolean
  readonly log: Log
  port: number
}

const DATABASE = 'yingzao'
const START_PATIENCE = 60_000
/** Every supervisor holds this advisory lock shared: the last one out turns off the light. */
const SUPERVISOR_LOCK = 7_951_201

/**
 * Starts the embedded PostgreSQL below `home` or joins the one that runs there, and keeps it running until `stop()`.
 * Safe to call twice at once, after kill -9 of anything, as root (the server then runs as nobody) or as anyone.
 * Throws a StartRefusal naming the next step.
 */
export async function startPostgres(home: string, log: Log, options: PostgresOptions = {}): Promise<RunningPostgres> {
  const identity = options.identity ?? databaseIdentity()
  const layout = prepareLayout(home, identity)
  const binaries = options.bin ? await binariesIn(options.bin) : await findBinaries(layout.root, layout.data)
  const secret = passwords(layout.passwords)
  const durable = options.durable ?? true
  await ensureCluster(layout, binaries, secret, identity, durable)
  if (identity && statSync(layout.data).uid !== identity.uid) giveTree(layout.data, identity) // a copied home
  const port = process.platform === 'win32' ? (readPidFile(layout.data)?.port ?? (await freePort())) : 5432
  return supervise({ layout, binaries, secret, identity, durable, log, port })
}

async function supervise(site: Site): Promise<RunningPostgres> {
  let stopping = false
  const first = await attach(site)
  let session = first.session

  const keep = (current: pg.Client) => {
    session = current
    current.once('end', () => {
      if (!stopping) void recover()
    })
  }
  const recover = async () => {
    site.log.error('数据库意外停止，正在重新启动 | the database ended unexpectedly, starting it again')
    for (let pause = 200; !stopping; pause = Math.min(pause * 2, 10_000)) {
      try {
        const again = await attach(site)
        if (stopping) await leave(site, again.session)
        else keep(again.session)
        return
      } catch (error) {
        site.log.error({ err: error }, '数据库无法启动，稍后重试 | the database does not start, trying again')
        await sleep(pause, undefined, { ref: false })
      }
    }
  }
  keep(first.session)

  const connection = connectionOf(site, 'yingzao')
  let stopped: Promise<void> | undefined
  return {
    connection,
    url: connectionUrl(connection),
    major: site.binaries.major,
    adopted: first.adopted,
    stop() {
      stopping = true
      stopped ??= leave(site, session)
      return stopped
    },
  }
}

/** Reaches a running server or starts one, until it answers; then prepares our role and database. */
async function attach(site: Site): Promise<{ session: pg.Client; adopted: boolean }> {
  let child: ChildProcess | undefined
  let spawns = 0
  let unreachable = 0
  let lastError: unknown
  for (const until = Date.now() + START_PATIENCE; Date.now() < until; await sleep(spawns > 3 ? 250 : 25)) {
    const running = readPidFile(site.layout.data)
    if (running && (await isPostmasterOf(running.pid, site.layout.data))) {
      try {
        const session = await openSession(site)
        return { session, adopted: child?.pid !== running.pid }
      } catch (error) {
        lastError = error
        if (isFinal(error)) throw refuseConnection(site, error)
        // Alive, but its socket is gone or it never opens it: end it and start anew. 57P03 = starting up or ending.
        const silent = errorCode(error) !== '57P03' && errorCode(error) !== '57P01'
        unreachable = silent ? unreachable + 1 : 0
        if (unreachable > 400 && !(child && child.exitCode === null)) {
          site.log.warn({ pid: running.pid }, '接管不了遗留的数据库，正在关闭它 | ending an unreachable database')
          await endPostmaster(site.layout.data, site.binaries)
          unreachable = 0
        }
      }
    } else if (!child || child.exitCode !== null || child.signalCode !== null) {
      if (child && spawns >= 20) break
      await removeStalePidFile(site.layout.data)
      spawns += 1
      const settings = serverSettings(site.binaries.major, site.layout.run, site.port, site.durable)
      child = await spawnPostmaster(site.layout, site.binaries, settings, site.identity)
      child.on('error', error => {
        lastError = error
      })
    }
  }
  throw startRefusal('postgres.start', {
    zh: `数据库没有启动（${String(lastError ?? '')}）。日志 ${site.layout.log} 末尾：\n${logTail(site.layout.log)}`,
    en: `the database did not start; the end of its log is above`,
  })
}

/** Wrong password or a foreign server: waiting does not help. */
const isFinal = (error: unknown) => ['28P01', '28000'].includes(errorCode(error) ?? '')

const refuseConnection = (site: Site, error: unknown) =>
  startRefusal('postgres.passwords_mismatch', {
    zh: `数据库拒绝了 ${site.layout.passwords} 中的口令（${String(error)}），请从备份恢复该文件`,
    en: `the database refuses the password in ${site.layout.passwords}: restore that file from your backup`,
  })

async function openSession(site: Site): Promise<pg.Client> {
  const session = await openOwn(site)
  const lock = await session.query('select pg_try_advisory_lock_shared($1) as held', [SUPERVISOR_LOCK])
  if (lock.rows[0]?.held === true) return session
  await session.end()
  // Another process holds it exclusively: it is just about to stop the server.
  throw Object.assign(new Error('the database is being stopped'), { code: '57P03' })
}

async function openOwn(site: Site): Promise<pg.Client> {
  try {
    return await connect(connectionOf(site, 'yingzao'))
  } catch (error) {
    // No such role or database yet: the very first start, or one that was killed before it finished.
    if (!['28P01', '3D000'].includes(errorCode(error) ?? '')) throw error
    await prepareDatabase(site)
    return connect(connectionOf(site, 'yingzao'))
  }
}

/** Role and database of the application; every step may have been done before, also by a second start right now. */
async function prepareDatabase(site: Site): Promise<void> {
  const admin = await connect(connectionOf(site, 'postgres'))
  try {
    await admin.query('select pg_advisory_lock($1)', [SUPERVISOR_LOCK])
    const role = await admin.query('select 1 from pg_roles where rolname = $1', [DATABASE])
    const verb = role.rowCount === 0 ? 'create' : 'alter'
    await admin.query(
      `${verb} role ${quoteName(DATABASE)} with login createdb password ${quoteText(site.secret.yingzao)}`,
    )
    const database = await admin.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (database.rowCount === 0) {
      await admin.query(`create database ${quoteName(DATABASE)} owner ${quoteName(DATABASE)}`)
    }
  } finally {
    await admin.end()
  }
}

const connectionOf = (site: Site, user: keyof Passwords): Connection => ({
  host: process.platform === 'win32' ? '127.0.0.1' : site.layout.run,
  port: site.port,
  user,
  password: site.secret[user],
  database: user === 'postgres' ? 'postgres' : DATABASE,
})

async function leave(site: Site, session: pg.Client): Promise<void> {
  const last = await session
    .query('select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) as last', [SUPERVISOR_LOCK])
    .then(answer => answer.rows[0]?.last === true)
    .catch(() => true) // no session: the server is dead or dying already
  if (last) await endPostmaster(site.layout.data, site.binaries)
  await session.end().catch(() => {})
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
