// Opens an installation: database, modules, registry, schema, rights. The server serves it, commands work on it.
import { mkdir } from 'node:fs/promises'
import { seedRights } from '@yingzao/kernel/access/seed'
import { openDatabase } from '@yingzao/kernel/database'
import { buildRegistry, type Findings } from '@yingzao/kernel/registry/build'
import { type SyncResult, syncSchema } from '@yingzao/kernel/schema/sync'
import type { Pool, PoolConfig } from 'pg'
import { type AuthPolicy, defaultPolicy } from '../auth/policy.ts'
import { isSetUp, newSetupToken } from '../auth/setup.ts'
import { diskStore } from '../files/disk.ts'
import { type ChannelParts, channelsOf } from '../inbox/channels.ts'
import { findModules } from '../loader/find.ts'
import type { Log } from '../runtime/log.ts'
import type { Keys } from '../runtime/secret.ts'
import { platformTables } from '../tables/tables.ts'
import { systemContext } from './context.ts'
import { defaultLimits, type Host, type Limits } from './host.ts'

export interface OpenOptions extends ChannelParts {
  readonly database: PoolConfig
  /** `database` goes through a pooler that hands each transaction another connection. */
  readonly pooled?: boolean
  /** Seconds after which a statement is ended with `query.timeout`; 0 = never, default 30. */
  readonly statementSeconds?: number
  /** PostgreSQL schema of the organisation. */
  readonly tenant?: string
  /** Folder of module folders, or what was found there already. */
  readonly modules: string | Findings
  /** Folder of attachments. */
  readonly files: string
  readonly zone?: string
  readonly lang?: 'zh' | 'en'
  readonly keys: Keys
  readonly policy?: Partial<AuthPolicy>
  readonly limits?: Partial<Limits>
  readonly log: Log
  readonly now?: () => Date
  /** Before the first record of an organisation whose tables have just been made. */
  readonly onFresh?: () => void
  readonly product?: Host['product']
  readonly publicUrl?: string
  /** Others than this machine reach the server: the first set-up then needs a token that the console shows. */
  readonly open?: boolean
}

export interface OpenHost {
  readonly host: Host
  readonly pool: Pool
  /** What opening changed of the schema. */
  readonly schema: SyncResult
  close(): Promise<void>
}

/** Throws a RegistryError or SchemaRefusal that says what does not fit and what to do. */
export async function openHost(options: OpenOptions): Promise<OpenHost> {
  const { log, tenant = 't_main' } = options
  await mkdir(options.files, { recursive: true, mode: 0o700 })
  const files = await diskStore(options.files)
  const zone = options.zone ?? 'Asia/Shanghai'
  const { post, push } = options
  const channelParts: ChannelParts = { ...(post ? { post } : {}), ...(push ? { push } : {}) }
  const findings =
    typeof options.modules === 'string'
      ? await findModules(options.modules, {
          ...{ files, zone, demo: options.product?.demo ?? false },
          ...channelParts,
        })
      : options.modules
  const registry = buildRegistry(findings)
  const open = (statementSeconds: number) =>
    openDatabase({
      application_name: 'yingzao',
      ...options.database,
      pooled: options.pooled ?? false,
      statementSeconds,
      onError: error => log.warn({ err: error }, 'a database connection broke'),
    })
  // Indexes of a large table, and waiting for the node that builds them, take as long as they take.
  const unhurried = open(0)
  const schema = await syncSchema(unhurried.db, registry, tenant, {
    tables: platformTables,
  }).finally(() => unhurried.db.destroy())
  const { db, pool } = open(options.statementSeconds ?? 30)
  try {
    const { fresh, statements, migrations } = schema
    if (fresh) options.onFresh?.()
    // A new organisation's tables are nothing to report; what an update did to living data is.
    if (statements.length > 0)
      log[fresh ? 'debug' : 'info'](
        { statements: statements.length, migrations },
        '数据库结构已更新 | schema brought up to date',
      )
    const host: Host = {
      db,
      tenant,
      registry,
      keys: { encryption: options.keys.derive('secret field'), blindIndex: options.keys.derive('secret field index') },
      zone,
      lang: options.lang ?? 'zh',
      policy: { ...defaultPolicy, ...options.policy },
      limits: { ...defaultLimits, ...options.limits },
      files,
      log,
      now: options.now ?? (() => new Date()),
      post: post ?? null,
      channels: channelsOf(channelParts).map(each => each.name),
      push: push ?? null,
      product: options.product ?? { name: '营造 Yingzao', version: '0.1.0', demo: false },
      publicUrl: options.publicUrl ?? null,
      setupToken: options.open && !(await isSetUp({ db, tenant })) ? newSetupToken() : null,
    }
    await seedRights(systemContext(host, 'start'))
    return { host, pool, schema, close: () => db.destroy() }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
