// Signing in and out, my sessions, my password, my API tokens.
import { isPlainDate } from '@yingzao/kernel/entity'
import { meOf } from '@yingzao/kernel/meta'
import { refuse } from '@yingzao/kernel/refuse'
import { patch } from '@yingzao/kernel/server'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { changePassword } from '../../auth/credential.ts'
import { recordEvent, type SignInOutcome } from '../../auth/event.ts'
import { forgetSessions, type LiveSession, listSessions, revokeSession, revokeSessions } from '../../auth/session.ts'
import { signIn } from '../../auth/sign-in.ts'
import { createToken, listTokens, revokeToken } from '../../auth/token.ts'
import { deviceOf } from '../context.ts'
import { clearSessionCookie, setSessionCookie } from '../cookie.ts'
import { type Caller, callerOf, demandCaller, demandPerson, demandSameOrigin, demandSession } from '../guard.ts'
import type { Host } from '../host.ts'
import { sessionInfo } from '../me.ts'
import { demandKeys, idOf, objectBody, textOf, wrongInput } from '../reply.ts'

interface ById {
  Params: { id: string }
}

export const originOfCaller = (request: FastifyRequest) => ({ address: request.ip, device: deviceOf(request) })

/** The answer to a browser that just got its cookie. */
export async function signedIn(host: Host, request: FastifyRequest, session: LiveSession) {
  const caller = await callerOf(host, request, session.user, session, null)
  if (!caller) throw refuse('auth.refused')
  return sessionInfo(caller.ctx, session)
}

export function sessionRoutes(app: FastifyInstance, host: Host): void {
  const log = async (request: FastifyRequest, event: SignInOutcome, { user, ctx }: Caller) =>
    recordEvent(host, event, { login: (await meOf(ctx)).login, user }, originOfCaller(request))

  app.post('/session', { config: { rateLimit: host.limits.signIn } }, async (request, reply) => {
    demandSameOrigin(request)
    const body = objectBody(request)
    demandKeys(body, ['login', 'password'])
    const { session, secret } = await signIn(
      host,
      textOf(body, 'login', 200),
      textOf(body, 'password', 4000),
      originOfCaller(request),
    )
    // A session of the same browser ends: nothing of the one before stays usable.
    if (request.caller?.session) await revokeSession(host, request.caller.user, request.caller.session.id)
    setSessionCookie(request, reply, secret, session.expiresAt)
    return signedIn(host, request, session)
  })

  app.get('/session', async request => {
    const caller = demandSession(request)
    return sessionInfo(caller.ctx, caller.session)
  })

  app.patch('/session', async request => {
    const { ctx, user } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['lang', 'theme'])
    await patch(ctx, 'user', user, undefined, body)
    forgetSessions(host)
    return meOf(ctx)
  })

  app.delete('/session', async (request, reply) => {
    const { caller } = request
    if (caller?.session) {
      await revokeSession(host, caller.user, caller.session.id)
      await log(request, 'signed_out', caller)
    }
    clearSessionCookie(request, reply)
    return reply.code(204).send()
  })

  app.get('/sessions', async request => {
    const caller = demandSession(request)
    return listSessions(host, caller.user, caller.session?.id ?? null)
  })
  app.delete<ById>('/sessions/:id', async (request, reply) => {
    const caller = demandPerson(request)
    const id = idOf('session', request.params.id)
    if (!(await revokeSession(host, caller.user, id))) throw refuse('record.not_found', { entity: 'session', id })
    await log(request, 'revoked', caller)
    return reply.code(204).send()
  })
  app.delete('/sessions', async (request, reply) => {
    const caller = demandPerson(request)
    await revokeSessions(host, caller.user, caller.session.id)
    await log(request, 'revoked', caller)
    return reply.code(204).send()
  })

  app.post('/password', { config: { rateLimit: host.limits.signIn } }, async (request, reply) => {
    const caller = demandPerson(request)
    const body = objectBody(request)
    demandKeys(body, ['current', 'next'])
    const [current, next] = [textOf(body, 'current', 4000), textOf(body, 'next', 4000)]
    await changePassword(host, caller.user, current, next, caller.session.id)
    await log(request, 'password_changed', caller)
    return reply.code(204).send()
  })

  app.get('/tokens', async request => listTokens(host, demandCaller(request).user))
  app.post('/tokens', async (request, reply) => {
    demandCaller(request)
    const caller = demandPerson(request)
    const body = objectBody(request)
    demandKeys(body, ['name', 'expires_on', 'scopes'])
    const { expires_on: expiresOn, scopes } = body
    if (!isPlainDate(expiresOn)) throw wrongInput('expires_on', 'must be a date such as 2026-11-21')
    const list = scopes === undefined || scopes === null ? null : scopes
    if (list !== null && !(Array.isArray(list) && list.length > 0 && list.length <= 200))
      throw wrongInput('scopes', 'must be a list of 1 to 200 functions such as project:read')
    const texts = list?.map(each => (typeof each === 'string' ? each : '')) ?? null
    const token = await createToken(host, caller.user, {
      name: textOf(body, 'name', 100),
      expires_on: expiresOn,
      scopes: texts,
    })
    await log(request, 'token_created', caller)
    reply.code(201)
    return token
  })
  app.delete<ById>('/tokens/:id', async (request, reply) => {
    const caller = demandPerson(request)
    const id = idOf('token', request.params.id)
    if (!(await revokeToken(host, caller.user, id))) throw refuse('record.not_found', { entity: 'token', id })
    await log(request, 'token_revoked', caller)
    return reply.code(204).send()
  })
}
