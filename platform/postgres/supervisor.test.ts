// The embedded database with real processes: started, shared, killed, adopted, and nothing acknowledged is ever lost.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { silentLog } from '../runtime/log.ts'
import { connect } from './connection.ts'
import { isAlive, readPidFile } from './process.ts'
import { startPostgres } from './supervisor.ts'

// Real processes, first starts with fsync: seconds each, more on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

const program = join(dirname(fileURLToPath(import.meta.url)), '../testing/postgres-process.ts')
const repository = join(dirname(fileURLToPath(import.meta.url)), '../..')
/** A user every Linux knows; initdb wants a user that has a name. */
const DAEMON = 1
const asRoot = process.getuid?.() === 0

type Started = { pid: number; adopted: boolean; postmaster: number }
type Running = {
  child: ChildProcess
  started: Promise<Started>
  acked: number[]
  ended: Promise<number | null>
  complaint: () => string
}

const folders: string[] = []
const processes: Running[] = []

afterEach(async () => {
  for (const { child } of processes.splice(0)) child.kill('SIGTERM')
  for (const folder of folders.splice(0)) {
    const found = readPidFile(join(folder, 'home/database'))
    if (found && isAlive(found.pid)) process.kill(found.pid, 'SIGINT')
    for (let i = 0; found && isAlive(found.pid) && i < 400; i++) await sleep(25)
    rmSync(folder, { recursive: true, force: true })
  }
})

function newHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingzao-supervisor-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return join(folder, 'home')
}

/** Starts the database from a process of its own, which tests can kill. */
function launch(home: string, options: { write?: boolean; uid?: number; env?: NodeJS.ProcessEnv } = {}): Running {
  const identity = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }
  const args = ['--import', 'tsx', program, home, ...(options.write ? ['write'] : [])]
  const child = spawn(process.execPath, args, { cwd: repository, env: options.env ?? process.env, ...identity })
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  const acked: number[] = []
  const ended = new Promise<number | null>(done => child.once('exit', done))
  const started = new Promise<Started>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const event: { started?: Started; acked?: number } = JSON.parse(line)
      if (event.started) done(event.started)
      if (event.acked !== undefined) acked.push(event.acked)
    })
    void ended.then(code => fail(new Error(`ended with ${code} before the database answered: ${complaint}`)))
  })
  started.catch(() => {})
  const running = { child, started, acked, ended, complaint: () => complaint }
  processes.push(running)
  return running
}

async function stop(running: Running): Promise<void> {
  running.child.kill('SIGTERM')
  expect(await running.ended, running.complaint()).toBe(0)
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; !condition(); i++) {
    if (i > 1500) throw new Error(`waited in vain until ${what}`)
    await sleep(20)
  }
}

async function ask(home: string, sql: string): Promise<Record<string, unknown>[]> {
  const server = await startPostgres(home, silentLog)
  const client = await connect(server.connection)
  const { rows } = await client.query(sql)
  await client.end()
  await server.stop()
  return rows
}

describe('starting and stopping', () => {
  test('a home keeps its data, lets nobody else in, and is not on the network', async () => {
    const home = newHome()
    const server = await startPostgres(home, silentLog)
    const client = await connect(server.connection)
    await client.query('create table brick as select 7 as id')
    const { rows } = await client.query(
      `select current_setting('listen_addresses') as network, current_setting('server_encoding') as encoding,
              (select rolsuper from pg_roles where rolname = current_user) as super`,
    )
    expect(rows).toEqual([{ network: '', encoding: 'UTF8', super: false }])
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700)
    expect(statSync(join(home, 'database-passwords.json')).mode & 0o777).toBe(0o600)
    await expect(connect({ ...server.connection, password: 'guess' })).rejects.toMatchObject({ code: '28P01' })
    await client.end()
    await server.stop()
    expect(readPidFile(join(home, 'database'))).toBeUndefined()
    expect(await ask(home, 'select id from brick')).toEqual([{ id: 7 }])
  })

  test('two first starts at once make one database, and the last one out stops it', async () => {
    const home = newHome()
    const [one, two] = [launch(home), launch(home)]
    const [first, second] = await Promise.all([one.started, two.started])
    expect(first.postmaster).toBe(second.postmaster)
    const [adopter, starter] = first.adopted ? [one, two] : [two, one]
    await stop(adopter)
    expect(isAlive(first.postmaster)).toBe(true)
    await stop(starter)
    expect(isAlive(first.postmaster)).toBe(false)
  })

  test('after a power cut another process may have the number of the old server', async () => {
    const home = newHome()
    await ask(home, 'create table kept as select 1 as id')
    writeFileSync(join(home, 'database/postmaster.pid'), `${process.pid}\n${home}/database\n0\n5432\n`)
    expect(await ask(home, 'select id from kept')).toEqual([{ id: 1 }])
  })

  test.runIf(asRoot)('started by root, the database itself runs without root', async () => {
    const home = newHome()
    const { postmaster } = await launch(home).started
    expect(statSync(`/proc/${postmaster}`).uid).toBe(65_534)
    expect(statSync(home).mode & 0o777).toBe(0o710)
    expect(existsSync(join(home, 'database-elsewhere'))).toBe(false)
  })

  test.runIf(asRoot)('an ordinary user starts it plainly', async () => {
    const home = newHome()
    mkdirSync(home)
    chownSync(home, DAEMON, DAEMON)
    const running = launch(home, { uid: DAEMON })
    const { postmaster } = await running.started
    expect(statSync(`/proc/${postmaster}`).uid).toBe(DAEMON)
    await stop(running)
  })

  test.runIf(asRoot)('a home below a folder that only root may enter works too', async () => {
    const home = newHome()
    chmodSync(dirname(home), 0o700)
    const running = launch(home)
    const { postmaster } = await running.started
    expect(statSync(`/proc/${postmaster}`).uid).toBe(65_534)
    await stop(running)
    rmSync(realpathSync(join(home, 'database-elsewhere')), { recursive: true })
  })
})

describe('refusing with the way out', () => {
  test('data of another major version is not touched', async () => {
    const home = newHome()
    mkdirSync(join(home, 'database'), { recursive: true })
    writeFileSync(join(home, 'database/PG_VERSION'), '14\n')
    await expect(startPostgres(home, silentLog)).rejects.toMatchObject({ code: 'postgres.data_version' })
  })

  test('passwords that others can read are refused', async () => {
    const home = newHome()
    await ask(home, 'select 1')
    chmodSync(join(home, 'database-passwords.json'), 0o644)
    await expect(startPostgres(home, silentLog)).rejects.toMatchObject({ code: 'start.key_readable' })
  })

  test('a lost password file is told apart from a dead server', async () => {
    const home = newHome()
    await ask(home, 'select 1')
    rmSync(join(home, 'database-passwords.json'))
    await expect(startPostgres(home, silentLog)).rejects.toMatchObject({ code: 'postgres.passwords_mismatch' })
  })
})

describe('kill -9', () => {
  test('of node: the database that outlived it is adopted, and stopped at the end', async () => {
    const home = newHome()
    const withoutDeathSignal = { ...process.env, PATH: '/nonexistent' }
    const orphaned = launch(home, { write: true, env: withoutDeathSignal })
    const { postmaster } = await orphaned.started
    await until(() => orphaned.acked.length > 5, 'rows are acknowledged')
    orphaned.child.kill('SIGKILL')
    await orphaned.ended
    const next = launch(home)
    expect(await next.started).toMatchObject({ adopted: true, postmaster })
    await stop(next)
    expect(isAlive(postmaster)).toBe(false)
    const [{ count } = {}] = await ask(home, 'select count(*)::int as count from acked')
    expect(count).toBeGreaterThanOrEqual(orphaned.acked.length)
  })

  test('of the process that started it: another one that uses it goes on after a moment', async () => {
    const home = newHome()
    const starter = launch(home)
    await starter.started
    const other = launch(home, { write: true })
    await until(() => other.acked.length > 5, 'rows are acknowledged')
    starter.child.kill('SIGKILL')
    await starter.ended
    await sleep(300)
    const before = other.acked.length
    await until(() => other.acked.length > before + 20, 'the other one has the database again')
    await stop(other)
    const stored = new Set((await ask(home, 'select id::int from acked')).map(({ id }) => id))
    expect(other.acked.filter(id => !stored.has(id))).toEqual([])
  })

  test('during initdb: the next start is clean', async () => {
    const home = newHome()
    const killed = launch(home)
    await until(() => existsSync(join(home, `database.new-${killed.child.pid}`)), 'initdb works')
    killed.child.kill('SIGKILL')
    await killed.ended
    for (let start = 0; start < 2; start++) expect(await ask(home, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(join(home, `database.new-${killed.child.pid}`))).toBe(false)
  })

  test('of node or of the database, twenty times during acknowledged writes: nothing is lost', async () => {
    const home = newHome()
    const acked = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const writer = launch(home, { write: true })
      const { postmaster } = await writer.started
      await until(() => writer.acked.length > 20 + round * 7, 'rows are acknowledged')
      if (round % 2 === 0) {
        process.kill(postmaster, 'SIGKILL')
        const before = writer.acked.length
        await until(() => writer.acked.length > before + 20, 'the supervisor has started the database again')
      }
      writer.child.kill('SIGKILL')
      await writer.ended
      for (const id of writer.acked) acked.add(id)
    }
    const stored = new Set((await ask(home, 'select id::int from acked')).map(({ id }) => id))
    expect([...acked].filter(id => !stored.has(id))).toEqual([])
    expect(acked.size).toBeGreaterThan(1000)
  })
})
