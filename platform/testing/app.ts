// testApp(): the real application on a database and port of its own; as(role) is a person with a session, without hashing.
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seedRights } from '@yingzao/kernel/access/seed'
import { openDatabase } from '@yingzao/kernel/database'
import type { Id, Module } from '@yingzao/kernel/entity'
import { buildRegistry, type Findings } from '@yingzao/kernel/registry/build'
import { syncSchema } from '@yingzao/kernel/schema/sync'
import type { Registration } from '@yingzao/kernel/serve'
import { create, list } from '@yingzao/kernel/server'
import { systemCtx } from '@yingzao/kernel/system'
import { WebSocket } from 'ws'
import { openSession } from '../auth/session.ts'
import { type Client, createClient } from '../client/index.ts'
import { diskStore } from '../files/disk.ts'
import { systemContext } from '../http/context.ts'
import { type RunningApp, type StartOptions, startApp } from '../http/start.ts'
import { findModules, withPlatform } from '../loader/find.ts'
import type { Connection } from '../postgres/connection.ts'
import { silentLog } from '../runtime/log.ts'
import { platformTables } from '../tables/tables.ts'
import { type Template, testDatabase } from './database.ts'

/** A client that is somebody. */
export interface Person extends Client {
  readonly user: Id<'user'>
  readonly name: string
  /** "name=value", for raw requests. */
  readonly cookie: string
}
export interface At {
  readonly kind: 'company' | 'department' | 'project'
  readonly id: string
}

export interface TestApp extends RunningApp {
  /** The root company. */
  readonly company: Id<'org_unit'>
  /** A new person who holds the role, at the root company unless said otherwise; without a role an ordinary member. */
  as(
    role?: string,
    options?: { readonly at?: At; readonly name?: string; readonly department?: string },
  ): Promise<Person>
  /** Another browser of the same person. */
  again(person: Person): Promise<Person>
  /** As `YINGZAO_HOME`: holds `files/`. */
  readonly home: string
  /** Folder of attachments. */
  readonly files: string
  readonly database: Connection
  /** Nobody: a client without a session. */
  readonly nobody: Client
  /** Starts a second node on the same database. */
  node(): Promise<TestApp>
  close(): Promise<void>
}

export interface TestOptions extends Partial<Omit<StartOptions, 'modules' | 'database' | 'files'>> {
  /** Folders of modules/ that are left out. */
  readonly skip?: readonly string[]
  /** Instead of modules/: declared by the test. */
  readonly modules?: readonly Module[]
  /** Beside modules/: declared by the test. */
  readonly more?: readonly Module[]
  readonly registrations?: readonly Registration[]
  /** Without the root company: as on the very first run. */
  readonly empty?: boolean
  /** An installation that is there already (restored from a backup); it stays when the application is closed. */
  readonly installation?: { readonly connection: Connection; readonly home: string }
  /** The state it starts from, made through the application once per run and copied for each test file that names it. */
  readonly prepared?: Prepared
}

export interface Prepared {
  /** Whatever decides the state, beside the declarations of the modules. */
  readonly key: string
  /** The application that it is made through is started with these. */
  readonly start?: () => Pick<StartOptions, 'now' | 'resting'>
  readonly prepare: (app: TestApp) => Promise<void>
}

const folder = fileURLToPath(new URL('../../modules', import.meta.url))
let people = 0

/**
 * ```ts
 * const app = await testApp()
 * afterAll(app.close)
 * const manager = await app.as('site_manager', { at: { kind: 'project', id: metro.id } })
 * ```
 */
export async function testApp(options: TestOptions = {}): Promise<TestApp> {
  const { skip, modules, more, registrations = [], empty, installation, prepared, ...start } = options
  const channels = { ...(start.post ? { post: start.post } : {}), ...(start.push ? { push: start.push } : {}) }
  const home = installation?.home ?? (await mkdtemp(join(tmpdir(), 'yingzao-app-')))
  const folderOfFiles = join(home, 'files')
  await mkdir(folderOfFiles, { recursive: true })
  const files = await diskStore(folderOfFiles)
  const demo = options.product?.demo ?? false
  const found = modules
    ? withPlatform(declared(modules, registrations), { files, ...channels })
    : await findModules(folder, { files, demo, ...channels }, skip ? { skip } : {})
  // What a test adds to the shipped modules comes in as the application opens, as by an update.
  const findings = modules ? found : beside(found, declared(more ?? [], registrations))
  const shipped = modules ? null : JSON.stringify(skip ?? [])
  const bare: Template = {
    key: (shipped !== null && keys.get(shipped)) || keyOf(found),
    async prepare(connection) {
      const { db } = openDatabase({ ...connection, onError: () => {} })
      const registry = buildRegistry(found)
      try {
        await syncSchema(db, registry, 't_main', { tables: platformTables })
        await seedRights(systemCtx({ db, registry, tenant: 't_main', zone: 'Asia/Shanghai', from: 'test' }))
      } finally {
        await db.destroy()
      }
    },
  }
  if (shipped !== null) keys.set(shipped, bare.key)
  const kept = installation && { connection: installation.connection, drop: async () => {} }
  const state = prepared && stateOf(bare, prepared, options)
  const database = kept ?? (await testDatabase(state?.template ?? bare))
  if (state) await cp(state.home, home, { recursive: true })
  const launch = () =>
    startApp({
      web: null,
      host: '127.0.0.1',
      port: 0,
      keys: { derive: purpose => Buffer.alloc(32, purpose) },
      log: silentLog,
      ...start,
      database: { ...database.connection, max: 6 },
      files: folderOfFiles,
      modules: findings,
    })
  const first = await launch()
  const system = systemContext(first.host, 'test')
  const root = empty
    ? { id: '' }
    : ((await list(system, 'org_unit', { filter: { parent: { empty: true } } })).items[0] ??
      (await create(system, 'org_unit', { name: '测试集团', type: 'company' })))
  const extra: RunningApp[] = []

  const wrap = (running: RunningApp): TestApp => {
    const { host, url } = running
    const client = (cookie?: string): Client =>
      createClient({
        url,
        kind: 'cli',
        ...(cookie ? { cookie } : {}),
        openSocket: (address, headers) => new WebSocket(address, { headers: { ...headers, origin: url } }),
      })
    const person = async (user: Id<'user'>, name: string, administrator: boolean): Promise<Person> => {
      const { secret } = await openSession(host, user, { address: '127.0.0.1', device: 'test' }, administrator)
      const cookie = `yingzao=${secret}`
      return { ...client(cookie), user, name, cookie }
    }
    return {
      ...running,
      company: root.id as Id<'org_unit'>,
      home,
      files: folderOfFiles,
      database: database.connection,
      nobody: client(),
      async as(role, { at, name, department } = {}) {
        const ctx = systemContext(host, 'test')
        const login = `p${++people}-${process.pid}`
        const shown = name ?? `${role ?? 'member'} ${people}`
        const made = await create(ctx, 'user', { login, name: shown, main_department: department ?? root.id })
        const user = made.id as Id<'user'>
        if (role !== undefined) {
          const found = await list(ctx, 'role', { filter: { code: { eq: role } } })
          const held = found.items[0]
          if (!held) throw new Error(`no role "${role}": declare it in a module's roles`)
          const place = at ?? { kind: 'company' as const, id: root.id }
          await create(ctx, 'role_holding', { user, role: held.id, at_kind: place.kind, at_id: place.id })
        }
        return person(user, shown, role === 'administrator')
      },
      again: of => person(of.user, of.name, false),
      async node() {
        const running = await launch()
        extra.push(running)
        return wrap(running)
      },
      async close() {
        for (const each of extra) await each.close()
        await first.close()
        await database.drop()
        if (!installation) await rm(home, { recursive: true, force: true })
      },
    }
  }
  return wrap(first)
}

/** Keys of the templates of the shipped modules: telling one takes as long as opening the application. */
const keys = new Map<string, string>()

function keyOf(findings: Findings): string {
  const entities = [...buildRegistry(findings).entities.values()].map(({ name, def }) => [name, def])
  return createHash('sha256')
    .update(JSON.stringify([entities, platformTables]))
    .digest('hex')
}

/** A prepared state as a template of the database and the folder that its attachments lie in. */
function stateOf(bare: Template, { key, start, prepare }: Prepared, options: TestOptions) {
  // Attachments lie in the folder of this run: a database server that outlives it must not offer the state again.
  const more = options.more?.map(each => each.name) ?? []
  const whole = JSON.stringify([bare.key, more, key, tmpdir()])
  const home = join(tmpdir(), `prepared-${createHash('sha256').update(whole).digest('hex').slice(0, 16)}`)
  const template: Template = {
    key: whole,
    async prepare(connection) {
      await rm(home, { recursive: true, force: true })
      await bare.prepare(connection)
      const { prepared: _, ...rest } = options
      const app = await testApp({ ...rest, ...start?.(), installation: { connection, home } })
      try {
        await prepare(app)
      } finally {
        await app.close()
      }
    },
  }
  return { home, template }
}

/** Modules declared in a test file, in the shape in which the loader finds them. */
export const declared = (modules: readonly Module[], registrations: readonly Registration[]): Findings => ({
  modules: modules.map(value => ({ value, file: `test/${value.name}/module.ts` })),
  registrations: registrations.map(value => ({ value, file: 'test/service.ts', module: modules[0]?.name ?? '' })),
})

const beside = (found: Findings, more: Findings): Findings => ({
  ...found,
  modules: [...found.modules, ...more.modules],
  registrations: [...(found.registrations ?? []), ...(more.registrations ?? [])],
})
