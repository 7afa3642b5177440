// The HTTP server: parsers, identity, limits, problems, headers, and every group of routes below /api/v1.
import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import type { SealKey } from '@yingzao/kernel/change/chain'
import { refuse } from '@yingzao/kernel/refuse'
import Fastify, { type FastifyInstance } from 'fastify'
import { exchangeRoutes } from '../exchange/routes.ts'
import { guestDeskRoutes, guestRoutes } from '../guest/routes.ts'
import type { LiveHub } from '../live/hub.ts'
import type { PresenceBoard } from '../live/presence.ts'
import { liveRoutes } from '../live/routes.ts'
import { printRoutes, verifyRoute } from '../print/routes.ts'
import { reportRoutes } from '../report/routes.ts'
import { langOf } from './context.ts'
import { docsPage, openApiRoute } from './docs.ts'
import { identify } from './guard.ts'
import type { Host } from './host.ts'
import { parseJson } from './json.ts'
import { instrument, type Metrics } from './metrics.ts'
import { problemOf, refusalOf, sendProblem } from './problem.ts'
import { auditRoutes } from './routes/audit.ts'
import { discussionRoutes } from './routes/discussion.ts'
import { feedRoutes } from './routes/feeds.ts'
import { fileRoutes } from './routes/files.ts'
import { healthRoutes } from './routes/health.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { jobRoutes } from './routes/jobs.ts'
import { metricRoutes } from './routes/metric.ts'
import { platformRoutes } from './routes/platform.ts'
import { pushRoutes } from './routes/push.ts'
import { recordRoutes } from './routes/records.ts'
import { sessionRoutes } from './routes/session.ts'
import { setupRoutes } from './routes/setup.ts'
import { viewRoutes } from './routes/views.ts'
import { securityHeaders, webRoutes } from './web.ts'

export interface AppOptions {
  readonly tls: { readonly key: string; readonly cert: string } | null
  /** Addresses of proxies whose X-Forwarded-* count, or true for any. */
  readonly trustProxy: boolean | string
  /** Folder of the built web app; null serves the API alone. */
  readonly web: string | null
  readonly timeouts: { readonly headers: number; readonly request: number; readonly keepAlive: number }
}

/** Generous with headers: a machine that stands still for a while must not cut off who has asked meanwhile. */
export const defaultTimeouts = { headers: 60_000, request: 300_000, keepAlive: 65_000 }

export async function createApp(
  host: Host,
  parts: {
    readonly live: LiveHub
    readonly presence: PresenceBoard
    readonly metrics: Metrics
    readonly seal: SealKey
  },
  options: AppOptions,
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy,
    bodyLimit: host.limits.json,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    serverFactory: handler => listenerOf(options, handler),
  })

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/(?:json|[\w.+-]+\+json)(?:;|$)/, { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body === '' ? undefined : parseJson(body.toString()))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })

  app.decorateRequest('caller', null)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    for (const [name, value] of securityHeaders(request.protocol === 'https', request.host)) reply.header(name, value)
    done()
  })
  instrument(app, parts.metrics, host)

  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error, request)
    if (!refusal) host.log.error({ err: error, request: request.id, url: request.url.split('?')[0] }, 'bug')
    const lang = request.caller?.ctx.lang ?? langOf(request, host)
    return sendProblem(reply, problemOf(refusal ?? refuse('http.bug'), host.registry, lang, request.id))
  })

  await app.register(cookie)
  await app.register(multipart)
  await app.register(compress, {
    global: true,
    threshold: 1400,
    encodings: ['gzip', 'identity'],
    zlibOptions: { level: 4 },
    customTypes: /^(?:application\/(?:problem\+)?json|text\/|image\/svg)/,
  })
  await app.register(websocket, { options: { maxPayload: 65_536, perMessageDeflate: false } })
  await app.register(rateLimit, {
    ...host.limits.requests,
    hook: 'preHandler',
    keyGenerator: request =>
      request.caller?.token?.id ??
      (request.routeOptions.config.rateLimit ? request.ip : (request.caller?.user ?? request.ip)),
    errorResponseBuilder: (_, context) => refuse('rate.limited', { seconds: Math.ceil(context.ttl / 1000) }),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  })

  healthRoutes(app, host, parts.metrics)
  await app.register(
    async api => {
      api.addHook('onRequest', async (request, reply) => {
        // Nothing of the API is kept by browsers or proxies unless its route says so.
        reply.header('cache-control', 'no-store')
        request.caller = await identify(host, request)
      })
      setupRoutes(api, host)
      sessionRoutes(api, host)
      feedRoutes(api, host)
      platformRoutes(api, host)
      fileRoutes(api, host)
      viewRoutes(api, host)
      jobRoutes(api, host)
      inboxRoutes(api, host)
      pushRoutes(api, host)
      metricRoutes(api)
      auditRoutes(api, host, parts.seal)
      liveRoutes(api, parts.live, parts.presence)
      guestRoutes(api, host)
      guestDeskRoutes(api, host)
      discussionRoutes(api, host)
      exchangeRoutes(api, host)
      printRoutes(api, host)
      reportRoutes(api)
      recordRoutes(api, host)
      openApiRoute(api, host)
      api.setNotFoundHandler(() => {
        throw refuse('http.not_found')
      })
    },
    { prefix: '/api/v1' },
  )
  docsPage(app)
  verifyRoute(app, host)
  await webRoutes(app, options.web)
  return app
}

/** A client that is slow to say what it wants is cut off: headers and bodies have their time. */
function listenerOf({ tls, timeouts }: AppOptions, handler: RequestListener): Server {
  const settings = {
    maxHeaderSize: 16_384,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: Math.min(5000, timeouts.headers),
  }
  return tls ? createTlsServer({ ...settings, ...tls }, handler) : createServer(settings, handler)
}
