// Prometheus metrics: requests by route and status, event loop and memory, the database pool, live sockets.
import type { FastifyInstance } from 'fastify'
import { Gauge, Histogram, type Registry } from 'prom-client'
import type { Host } from './host.ts'

export interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram<'method' | 'route' | 'status'>
  readonly sockets: Gauge
}

/** Adds the figures of HTTP, the pool and the live sockets to the node's registry. */
export function httpMetrics(
  registry: Registry,
  pool: { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number },
): Metrics {
  const poolGauge = new Gauge({
    name: 'yingzao_database_connections',
    help: 'Connections of this node to PostgreSQL',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      poolGauge.set({ state: 'total' }, pool.totalCount)
      poolGauge.set({ state: 'idle' }, pool.idleCount)
      poolGauge.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  return {
    registry,
    requests: new Histogram({
      name: 'yingzao_http_request_seconds',
      help: 'Time from the first byte to the answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    sockets: new Gauge({
      name: 'yingzao_live_sockets',
      help: 'Open live connections of this node',
      registers: [registry],
    }),
  }
}

/** Measures every answer and logs it: one line with the request's id, never its content. */
export function instrument(app: FastifyInstance, metrics: Metrics, host: Host): void {
  app.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1000
    // The pattern, not the address: a series per record would never end.
    const route = request.routeOptions.url ?? 'none'
    metrics.requests.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds)
    const line = {
      request: request.id,
      method: request.method,
      url: request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      user: request.caller?.user,
      ip: request.ip,
    }
    if (reply.statusCode >= 500) host.log.warn(line, 'answered')
    else host.log.info(line, 'answered')
    done()
  })
}
