// Before any route: who is it (cookie or bearer token), may a browser have been tricked into asking, is it too often.
import type { Ctx } from '@yingzao/kernel/context'
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyRequest } from 'fastify'
import { principalOf } from '../auth/principal.ts'
import { findSession, type LiveSession } from '../auth/session.ts'
import { findToken, type LiveToken } from '../auth/token.ts'
import { CHANNELS, langOf, originOf, userContext } from './context.ts'
import { cookieName, readCookie } from './cookie.ts'
import type { Host } from './host.ts'

export interface Caller {
  readonly user: string
  readonly session: LiveSession | null
  readonly token: LiveToken | null
  readonly ctx: Ctx
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
}

const changes = (method: string) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

/**
 * A request that a browser sends with its cookie and that changes something must prove where it was made: our own
 * header, which no foreign page can set without a preflight that we never answer, and an Origin of our own.
 */
export function demandSameOrigin(request: FastifyRequest): void {
  const named = request.headers['x-yingzao-client']
  if (!CHANNELS.some(each => each === named)) throw refuse('access.csrf')
  demandOwnOrigin(request)
}

/** Sockets and forms: an Origin, when one is sent, must be this very host. */
export function demandOwnOrigin(request: FastifyRequest): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refuse('access.csrf')
  if (origin !== undefined && hostOf(origin) !== request.host.toLowerCase()) throw refuse('access.csrf')
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null // "null": a sandboxed frame or a redirect
  }
}

/** Finds out who asks. Null when the request carries nothing or a session that ended; refuses a token that does not count. */
export async function identify(host: Host, request: FastifyRequest): Promise<Caller | null> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const secret = /^Bearer ([\w-]{20,200})$/.exec(authorization)?.[1]
    const token = secret ? await findToken(host, secret) : null
    const caller = token && (await callerOf(host, request, token.user, null, token))
    if (!caller) throw refuse('auth.token_invalid')
    return caller
  }
  const secret = readCookie(request, cookieName(request))
  if (!secret) return null
  if (changes(request.method)) demandSameOrigin(request)
  const session = await findSession(host, secret)
  return session && callerOf(host, request, session.user, session, null)
}

/** A caller as it follows from a session or token; null when the person is gone. */
export async function callerOf(
  host: Host,
  request: FastifyRequest,
  user: string,
  session: LiveSession | null,
  token: LiveToken | null,
): Promise<Caller | null> {
  const principal = await principalOf(host, user, token)
  if (!principal) return null
  const lang = session?.lang ?? token?.lang ?? langOf(request, host)
  return {
    user,
    session,
    token,
    ctx: userContext(host, principal, { lang, requestId: request.id, from: originOf(request) }),
  }
}

/** The caller, signed in and with a password that counts. Refuses `auth.required` and `auth.password_must_change`. */
export function demandCaller(request: FastifyRequest): Caller {
  const { caller } = request
  if (!caller) throw refuse(readCookie(request, cookieName(request)) ? 'auth.session_ended' : 'auth.required')
  if (caller.session?.mustChange) throw refuse('auth.password_must_change')
  return caller
}

/** The same, but also while the password waits to be changed: my session, changing the password, signing out. */
export function demandSession(request: FastifyRequest): Caller {
  const { caller } = request
  if (!caller) throw refuse(readCookie(request, cookieName(request)) ? 'auth.session_ended' : 'auth.required')
  return caller
}

/** Account matters are for people at a screen: a token never makes another token or changes a password. */
export function demandPerson(request: FastifyRequest): Caller & { readonly session: LiveSession } {
  const caller = demandSession(request)
  if (!caller.session) throw refuse('access.token_narrowed')
  return { ...caller, session: caller.session }
}
