// For load balancers and monitoring: alive, ready, and the numbers.
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { identify } from '../guard.ts'
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

  /** Numbers tell an outsider about the organisation: this machine without a proxy in between, or an administrator's token. */
  app.get('/metrics', quiet, async (request, reply) => {
    const { remoteAddress = '' } = request.socket
    const local = LOCAL.has(remoteAddress) && request.headers['x-forwarded-for'] === undefined
    if (!local) {
      const caller = await identify(host, request)
      if (!caller?.ctx.principal.roles.some(held => held.role === 'administrator'))
        throw refuse(caller ? 'access.denied' : 'auth.required', caller ? { function: 'metrics' } : {})
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}
const LOCAL = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
