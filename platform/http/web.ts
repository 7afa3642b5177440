// The web app's files: hashed assets kept for ever, the page itself never, and a policy that lets nothing leave the host.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyInstance } from 'fastify'

/**
 * No inline script, no foreign origin, no frame around us. Styles may be inline: antd writes its theme into <style>.
 * The socket is named for browsers in which 'self' does not cover it; WebAssembly and workers come from our own files.
 */
const policy = (host: string, secure: boolean) =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    `connect-src 'self' ${secure ? 'wss' : 'ws'}://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

type Headers = readonly (readonly [string, string])[]

/** Nearly every request names the same host. */
let last: { readonly secure: boolean; readonly host: string; readonly headers: Headers } | null = null
export function securityHeaders(secure: boolean, host: string): Headers {
  if (last?.secure !== secure || last.host !== host) last = { secure, host, headers: headersOf(secure, host) }
  return last.headers
}

function headersOf(secure: boolean, host: string): Headers {
  // The Host header is the sender's: what is no host name does not get into a policy.
  const named = /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost'
  return [
    ['content-security-policy', policy(named, secure)],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()'],
    ...(secure ? ([['strict-transport-security', 'max-age=31536000']] as const) : []),
  ]
}

export async function webRoutes(app: FastifyInstance, folder: string | null): Promise<void> {
  const built = folder !== null && existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders(reply, path) {
        const hashed = /[\\/]assets[\\/]/.test(path)
        reply.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.get('/', (_, reply) => reply.sendFile('index.html'))
    // The link of a guest stands behind #: it is in no log and no referrer.
    app.get('/guest', (_, reply) => reply.sendFile('guest.html'))
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const page = request.method === 'GET' && !path.startsWith('/api/') && !/\.\w{1,8}$/.test(path)
    // Every address of the app is its page; a missing file is missing.
    if (built && page && (request.headers.accept ?? '').includes('text/html')) return reply.sendFile('index.html')
    throw refuse('http.not_found')
  })
}
