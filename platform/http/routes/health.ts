// For load balancers and monitoring: alive, ready, and the numbers.
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Host } from '../host.ts'
import type { Metrics } from '../metrics.ts'

export function healthRoutes(app: FastifyInstance, host: Host, metrics: Metrics): void {
  const quiet = { config: { rateLimit: false as const } }

  /** The process answers. */
  app.get('/healthz', quiet, async () => ({ status: 'ok' }))

  /** The database answers, too: send people here. */
  app.get('/readyz', quiet, async (_, reply) => {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('late')), 2000).unref()
    })
    try {
      await Promise.race([sql`select 1`.execute(host.db), late])
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database away' })
    }
  })

  /** Numbers tell an outsider about the organisation: this machine or an API token only. */
  app.get('/metrics', quiet, async (request, reply) => {
    const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)
    if (!local && !(await host.mayReadMetrics(request))) return reply.code(403).send({ status: 'forbidden' })
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}
