// Starts a node: what openHost() opens, the change feed, the routes; and closes them in the right order.
import { sealKey } from '@yingzao/kernel/change/chain'
import { startNode } from '@yingzao/kernel/node'
import type { FastifyInstance } from 'fastify'
import type { PoolConfig } from 'pg'
import { decoy } from '../auth/password.ts'
import { createHub } from '../live/hub.ts'
import { createPresence } from '../live/presence.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { type AppOptions, createApp, defaultTimeouts } from './app.ts'
import type { Host } from './host.ts'
import { httpMetrics } from './metrics.ts'
import { type OpenOptions, openHost } from './open.ts'

export interface StartOptions extends Omit<OpenOptions, 'pooled'> {
  /** To PostgreSQL itself when `database` goes through a pooler, for LISTEN and locks: laid over `database`. */
  readonly direct?: PoolConfig
  readonly web: string | null
  readonly host: string
  readonly port: number
  readonly tls?: AppOptions['tls']
  readonly trustProxy?: AppOptions['trustProxy']
  readonly timeouts?: Partial<AppOptions['timeouts']>
  /** While true no job is begun. */
  readonly resting?: () => boolean
}

export interface RunningApp {
  readonly url: string
  readonly host: Host
  readonly app: FastifyInstance
  /** Answers what is under way, then closes sockets and database connections. */
  close(): Promise<void>
}

export async function startApp(options: StartOptions): Promise<RunningApp> {
  const { host, pool, close: closeHost } = await openHost({ ...options, pooled: options.direct !== undefined })
  const { db, tenant, registry, log } = host
  const closing: (() => Promise<unknown>)[] = [closeHost]
  const closeAll = async () => {
    for (const close of closing.reverse()) await close()
  }
  try {
    const seal = sealKey(options.keys.derive('seal'))
    const node = await startNode({
      db,
      registry,
      tenant,
      zone: host.zone,
      connection: { ...options.database, ...options.direct },
      ...(host.keys ? { keys: host.keys } : {}),
      content: sha256 => host.files.read(sha256),
      seal,
      ...(options.resting ? { resting: options.resting } : {}),
      onError: (error, where) => log.warn({ err: error }, where),
    })
    closing.push(node.close)
    const live = createHub(host, node.feed)
    const presence = createPresence(host, node.direct)
    const metrics = httpMetrics(createMetrics(host.product.version), pool)
    const app = await createApp(
      host,
      { live, presence, metrics, seal },
      {
        tls: options.tls ?? null,
        trustProxy: options.trustProxy ?? false,
        web: options.web,
        timeouts: { ...defaultTimeouts, ...options.timeouts },
      },
    )
    closing.push(() => closeGently(app), presence.close, live.close)
    await decoy()
    await app.listen({ host: options.host, port: options.port })
    return { url: addressOf(app, options), host, app, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** How long requests under way may take once the server closes. */
const GRACE = 10_000

/** A socket that was opened and never asked anything counts as busy: it must not hold up the end. */
async function closeGently(app: FastifyInstance): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), GRACE)
  await app.close()
  clearTimeout(late)
}

/** What people open: a wildcard address is reached as localhost. */
function addressOf(app: FastifyInstance, { host, tls }: StartOptions): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}
