// Parsing what a request names, and presenting what the record store answered.
import type { Json } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Host } from './host.ts'

/** Entity names of the address: known, and reachable by themselves (lines belong to their parents). */
export function entityOf(host: Host, name: string): string {
  const entity = host.registry.entities.get(name)
  if (!entity || entity.def.kind === 'line') throw refuse('http.unknown_entity', { entity: name.slice(0, 80) })
  return name
}

/** What is no id cannot be found. */
export function idOf(entity: string, id: string): string {
  if (!isId(id)) throw refuse('record.not_found', { entity, id: id.slice(0, 80) })
  return id
}

/** If-Match: "3" (the version one read). Refuses when it is absent, weak or no number. */
export function versionOf(request: FastifyRequest): number {
  const version = optionalVersion(request)
  if (version === undefined) throw refuse('http.if_match_required')
  return version
}

export function optionalVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined) return undefined
  const digits = /^"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (digits === undefined) throw refuse('http.if_match_invalid')
  return Number(digits)
}

export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw refuse('http.idempotency_key')
  return key
}

/** A record with its version as ETag. */
export function sendRecord<R extends { readonly version: number }>(reply: FastifyReply, record: R, status = 200): R {
  reply.code(status).header('etag', `"${record.version}"`)
  return record
}

type Body = Readonly<Record<string, Json>>

/** A JSON object as body; nothing counts as the empty one. */
export function objectBody(request: FastifyRequest): Body {
  const { body } = request
  if (body === undefined || body === null) return {}
  if (!isObject(body))
    throw refuse('http.invalid', { reason: 'body must be an object' }, [
      { path: '', code: 'http.invalid', values: { reason: 'body must be an object' } },
    ])
  return body
}

/** Bodies come from our JSON parser, so an object holds JSON. */
export const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrong = (path: string, reason: string) =>
  refuse('http.invalid', { reason: `${path} ${reason}` }, [
    { path, code: 'http.invalid', values: { reason: `${path} ${reason}` } },
  ])

/** A text of the body. */
export function textOf(body: Body, path: string, most = 1000): string {
  const value = body[path]
  if (typeof value !== 'string' || value.length > most) throw wrong(path, `must be a text of at most ${most} letters`)
  return value
}

export function optionalText(body: Body, path: string, most = 1000): string | undefined {
  return body[path] === undefined || body[path] === null ? undefined : textOf(body, path, most)
}

/** Only these keys: a typo is told, not swallowed. */
export function demandKeys(body: Body, known: readonly string[]): void {
  const unknown = Object.keys(body).find(key => !known.includes(key))
  if (unknown !== undefined) throw wrong(unknown.slice(0, 80), `is unknown; known are ${known.join(', ')}`)
}

export { wrong as wrongInput }
