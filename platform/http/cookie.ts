// The session cookie: HttpOnly, SameSite=Lax, Secure and host-bound as soon as there is TLS.
import type { FastifyReply, FastifyRequest } from 'fastify'

const PLAIN = 'yingzao'

const isSecure = (request: FastifyRequest) => request.protocol === 'https'
/** The prefix makes browsers refuse one set by a neighbouring host or over plain HTTP. */
export const cookieName = (request: FastifyRequest) => (isSecure(request) ? `__Host-${PLAIN}` : PLAIN)

export function readCookie(request: FastifyRequest, name: string): string | null {
  const value = request.cookies[name]
  return value !== undefined && /^[\w-]{20,200}$/.test(value) ? value : null
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string, expires: Date): void {
  reply.setCookie(cookieName(request), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(request),
    expires,
  })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request) })
}
