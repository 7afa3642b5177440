// Records of any entity: list, create, read, change, recycle, restore, aggregate, history, and their verbs.
import type { Json } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { aggregate, create, get, history, listJson, patch, remove, restore, run, unmask } from '@yingzao/kernel/server'
import type { FastifyInstance } from 'fastify'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'
import { aggregateOf, queryOf, queryOfAddress } from '../query.ts'
import {
  demandKeys,
  entityOf,
  idempotencyKeyOf,
  idOf,
  isObject,
  objectBody,
  optionalText,
  optionalVersion,
  sendRecord,
  textOf,
  versionOf,
} from '../reply.ts'

interface Named {
  Params: { entity: string }
}
interface One {
  Params: { entity: string; id: string }
}
interface Verb {
  Params: { entity: string; id: string; verb: string }
}

const json = 'application/json; charset=utf-8'

export function recordRoutes(app: FastifyInstance, host: Host): void {
  app.get<Named>('/:entity', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const page = await listJson(ctx, entityOf(host, request.params.entity), queryOfAddress(request.query))
    reply.type(json)
    return page
  })
  app.post<Named>('/:entity/query', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const page = await listJson(ctx, entityOf(host, request.params.entity), queryOf(objectBody(request)))
    reply.type(json)
    return page
  })
  app.post<Named>('/:entity/aggregate', async request => {
    const { ctx } = demandCaller(request)
    return aggregate(ctx, entityOf(host, request.params.entity), aggregateOf(objectBody(request)))
  })
  app.post<Named>('/:entity', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const record = await create(ctx, entity, objectBody(request))
    reply.header('location', `/api/v1/${entity}/${record.id}`)
    return sendRecord(reply, record, 201)
  })

  app.get<One>('/:entity/:id', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    return sendRecord(reply, await get(ctx, entity, idOf(entity, request.params.id)))
  })
  app.patch<One>('/:entity/:id', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const id = idOf(entity, request.params.id)
    return sendRecord(reply, await patch(ctx, entity, id, versionOf(request), objectBody(request)))
  })
  app.delete<One>('/:entity/:id', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    await remove(ctx, entity, idOf(entity, request.params.id), versionOf(request))
    return reply.code(204).send()
  })
  app.post<One>('/:entity/:id/restore', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    return sendRecord(reply, await restore(ctx, entity, idOf(entity, request.params.id), versionOf(request)))
  })
  app.get<One>('/:entity/:id/history', async request => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    return history(ctx, entity, idOf(entity, request.params.id))
  })

  app.post<One>('/:entity/:id/unmask', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const body = objectBody(request)
    demandKeys(body, ['field', 'line'])
    const asked = { field: textOf(body, 'field'), line: optionalText(body, 'line') }
    const value = await unmask(ctx, entity, idOf(entity, request.params.id), asked)
    return reply.type(json).send(JSON.stringify(value))
  })

  app.post<Verb>('/:entity/:id/:verb', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const version = optionalVersion(request)
    const idempotencyKey = idempotencyKeyOf(request)
    const answer = await run(ctx, entity, idOf(entity, request.params.id), request.params.verb, objectBody(request), {
      ...(version === undefined ? {} : { version }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
    return reply.type(json).send(JSON.stringify(answer ?? null))
  })
  app.get<Verb>('/:entity/:id/:verb', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const { verb } = request.params
    const entity = entityOf(host, request.params.entity)
    const declared = host.registry.entities.get(entity)?.def.verbs?.[verb]
    if (!declared) throw refuse('http.not_found')
    // What changes something is not answered to GET: a link or a prefetch must never do anything.
    if (!declared.reads) throw refuse('http.method', { method: 'GET' })
    const input = readInput(request.query, declared.input)
    const answer = await run(ctx, entity, idOf(entity, request.params.id), verb, input, {})
    return reply.type(json).send(JSON.stringify(answer ?? null))
  })
}

const NUMERIC = new Set(['integer', 'duration'])

/** Everything in an address is text: numbers and flags are read as their field's kind says. */
function readInput(
  query: unknown,
  fields: Readonly<Record<string, { readonly kind: string }>> = {},
): Readonly<Record<string, Json>> {
  const given = isObject(query) ? query : {}
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const kind = fields[name]?.kind ?? ''
      if (typeof value === 'string' && NUMERIC.has(kind) && /^-?\d{1,15}$/.test(value)) return [name, Number(value)]
      if (typeof value === 'string' && kind === 'flag') return [name, value === 'true' || value === '1']
      return [name, value]
    }),
  )
}
