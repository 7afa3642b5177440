// From anything thrown to RFC 9457 problem details; what is not a refusal is a bug and tells nothing but its number.

import { Refused } from '@yingzao/formats/limit'
import type { HistoryEntry, Problem, RecordJson } from '@yingzao/kernel/entity'
import { Refusal, refuse } from '@yingzao/kernel/refuse'
import type { Registry } from '@yingzao/kernel/registry'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type Lang, renderMessage, type Values } from '../messages/render.ts'
import { errorCode } from '../postgres/connection.ts'

const exact: Readonly<Record<string, number>> = {
  'http.unknown_entity': 404,
  'record.unknown_entity': 404,
  'record.stale': 409,
  'record.exists': 409,
  'http.bad_json': 400,
  'http.too_large': 413,
  'file.too_large': 413,
  'http.media_type': 415,
  'http.if_match_required': 428,
  'http.method': 405,
  'http.timeout': 408,
  'http.starting': 503,
  'http.database_away': 503,
  'http.bug': 500,
  'auth.password_must_change': 403,
  'auth.setup_done': 409,
  'job.over': 409,
  'guest.required': 401,
  'guest.link_unknown': 404,
  'guest.code_often': 429,
  'guest.changed': 409,
}
/** Refusals of whoever asks: the browser takes 401 for a session that ended. Other `auth.*` are about what was entered. */
const unknownCaller = new Set([
  'required',
  'session_ended',
  'token_invalid',
  'refused',
  'locked',
  'not_set_up',
  'no_role',
  'setup_token',
  'setup_host',
])

/** The HTTP status of a refusal's code. */
export function statusOf(code: string): number {
  const status = exact[code]
  if (status !== undefined) return status
  const [area, name = ''] = code.split('.')
  if (area === 'auth') return unknownCaller.has(name) ? 401 : 422
  if (name === 'not_found') return 404
  if (area === 'access') return 403
  if (area === 'rate') return 429
  if (area === 'limit' || name === 'limit') return 409
  return 422
}

/** A refusal may carry more for the caller: the record as it is now, and who changed it. */
interface Extra {
  readonly current?: RecordJson
  readonly changed?: HistoryEntry
}

export function problemOf(refusal: Refusal & Extra, registry: Registry, lang: Lang, requestId: string): Problem {
  const { code, values, errors } = refusal
  const text = (each: string, with_: Values) => renderMessage(registry, each, with_, lang)
  return {
    type: `urn:yingzao:${code}`,
    title: code,
    status: statusOf(code),
    detail: text(code, { ...values, request_id: requestId }),
    code,
    ...(Object.keys(values).length ? { values } : {}),
    ...(errors.length
      ? {
          errors: errors.map(each => ({
            path: each.path,
            code: each.code,
            message: text(each.code, each.values ?? values),
          })),
        }
      : {}),
    ...(refusal.current ? { current: refusal.current } : {}),
    ...(refusal.changed ? { changed: refusal.changed } : {}),
    request_id: requestId,
  }
}

/** Sends a refusal; a header says when to come back. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="yingzao"')
  if (problem.status === 503) reply.header('retry-after', '2')
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}

/** Connection lost, server shutting down, too many connections: trying again helps. */
const awayCodes = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET'])

/** Turns what Fastify, a parser, the database or our code threw into a refusal; null for a bug. */
export function refusalOf(error: unknown, request: FastifyRequest): Refusal | null {
  if (error instanceof Refusal) return error
  if (error instanceof Refused) return refuse(error.refusal.code, { ...error.refusal.values })
  const code = errorCode(error) ?? ''
  if (
    awayCodes.has(code) ||
    (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
  )
    return refuse('http.database_away')
  if (!isFastifyError(error)) return null
  if (error.validation) {
    const first = error.validation[0]
    const path = (first?.instancePath ?? '').slice(1).replaceAll('/', '.')
    const extra =
      first?.params && 'additionalProperty' in first.params ? ` (${String(first.params.additionalProperty)})` : ''
    const reason = `${path || (error.validationContext ?? 'body')} ${first?.message ?? ''}${extra}`
    return refuse('http.invalid', { reason }, [{ path, code: 'http.invalid', values: { reason } }])
  }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('http.too_large', { limit: request.routeOptions.bodyLimit ?? 0 })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('http.media_type', { type: (request.headers['content-type'] ?? '-').slice(0, 80) })
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refuse('http.bad_json', { reason: error.message })
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_NOT_FOUND':
      return refuse('http.not_found')
  }
  return error.statusCode === 400 ? refuse('http.bad_json', { reason: error.message }) : null
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && ('validation' in error || 'statusCode' in error)
