// Starts a node: database, modules, registry, schema, routes, live feed; and closes them in the right order.

import { mkdir } from 'node:fs/promises'
import { seedRights } from '@yingzao/kernel/access/seed'
import { sealKey } from '@yingzao/kernel/change/chain'
import { openDatabase } from '@yingzao/kernel/database'
import { startNode } from '@yingzao/kernel/node'
import { buildRegistry, type Findings } from '@yingzao/kernel/registry/build'
import { syncSchema } from '@yingzao/kernel/schema/sync'
import type { FastifyInstance } from 'fastify'
import type { PoolConfig } from 'pg'
import { decoy } from '../auth/password.ts'
import { type AuthPolicy, defaultPolicy } from '../auth/policy.ts'
import { isSetUp, newSetupToken } from '../auth/setup.ts'
import { diskStore } from '../files/disk.ts'
import { createHub } from '../live/hub.ts'
import { findModules } from '../loader/find.ts'
import type { Log } from '../runtime/log.ts'
import { createMetrics } from '../runtime/metrics.ts'
import type { Keys } from '../runtime/secret.ts'
import { platformTables } from '../tables/tables.ts'
import { type AppOptions, createApp, defaultTimeouts } from './app.ts'
import { systemContext } from './context.ts'
import { defaultLimits, type Host, type Limits } from './host.ts'
import { httpMetrics } from './metrics.ts'

export interface StartOptions {
  readonly database: PoolConfig
  /** To PostgreSQL itself when `database` goes through a pooler: for LISTEN and locks. */
  readonly direct?: PoolConfig
  /** PostgreSQL schema of the organisation. */
  readonly tenant?: string
  /** Folder of module folders, or what was found there already. */
  readonly modules: string | Findings
  /** Folder of attachments. */
  readonly files: string
  readonly web: string | null
  readonly host: string
  readonly port: number
  readonly tls?: AppOptions['tls']
  readonly trustProxy?: AppOptions['trustProxy']
  readonly timeouts?: Partial<AppOptions['timeouts']>
  readonly zone?: string
  readonly lang?: 'zh' | 'en'
  readonly keys: Keys
  readonly policy?: Partial<AuthPolicy>
  readonly limits?: Partial<Limits>
  readonly log: Log
  readonly now?: () => Date
  readonly product?: Host['product']
  /** Others than this machine reach the server: the first set-up then needs a token that the console shows. */
  readonly open?: boolean
}

export interface RunningApp {
  readonly url: string
  readonly host: Host
  readonly app: FastifyInstance
  /** Answers what is under way, then closes sockets and database connections. */
  close(): Promise<void>
}

export async function startApp(options: StartOptions): Promise<RunningApp> {
  const { log, tenant = 't_main' } = options
  await mkdir(options.files, { recursive: true, mode: 0o700 })
  const files = await diskStore(options.files)
  const findings =
    typeof options.modules === 'string'
      ? await findModules(options.modules, { files, demo: options.product?.demo ?? false })
      : options.modules
  const registry = buildRegistry(findings)
  const { db, pool } = openDatabase({
    application_name: 'yingzao',
    ...options.database,
    onError: error => log.warn({ err: error }, 'a database connection broke'),
  })
  try {
    await syncSchema(db, registry, tenant, { tables: platformTables, log: line => log.info({ sql: line }, 'schema') })
    const host: Host = {
      db,
      tenant,
      registry,
      keys: { encryption: options.keys.derive('secret field'), blindIndex: options.keys.derive('secret field index') },
      zone: options.zone ?? 'Asia/Shanghai',
      lang: options.lang ?? 'zh',
      policy: { ...defaultPolicy, ...options.policy },
      limits: { ...defaultLimits, ...options.limits },
      files,
      log,
      now: options.now ?? (() => new Date()),
      product: options.product ?? { name: '营造 Yingzao', version: '0.1.0', demo: false },
      setupToken: options.open && !(await isSetUp({ db, tenant })) ? newSetupToken() : null,
    }
    await seedRights(systemContext(host, 'start'))
    const { keys, zone } = host
    const node = await startNode({
      ...{ db, registry, tenant, zone, connection: options.direct ?? options.database },
      ...(keys ? { keys } : {}),
      seal: sealKey(options.keys.derive('seal')),
      onError: (error, where) => log.warn({ err: error }, where),
    })
    const live = createHub(host, node.feed)
    const metrics = httpMetrics(createMetrics(host.product.version), pool)
    const app = await createApp(
      host,
      { live, metrics },
      {
        tls: options.tls ?? null,
        trustProxy: options.trustProxy ?? false,
        web: options.web,
        timeouts: { ...defaultTimeouts, ...options.timeouts },
      },
    )
    await decoy()
    const url = await app.listen({ host: options.host, port: options.port })
    return {
      url,
      host,
      app,
      async close() {
        await live.close()
        await app.close()
        await node.close()
        await db.destroy()
      },
    }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
