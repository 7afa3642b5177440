// What concerns no single entity: meta, module actions, batches, search.
import { meta } from '@yingzao/kernel/meta'
import { batch, type Operation, perform, search } from '@yingzao/kernel/server'
import type { FastifyInstance } from 'fastify'
import type { BatchAnswer } from '../../client/shapes.ts'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, entityOf, idempotencyKeyOf, idOf, isObject, objectBody, textOf, wrongInput } from '../reply.ts'

const MOST_STEPS = 500
const OPERATIONS = ['create', 'patch', 'remove', 'restore'] as const

export function platformRoutes(app: FastifyInstance, host: Host): void {
  app.get('/meta', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const { meta: body, etag } = await meta(ctx, host.product)
    reply.header('etag', etag).header('cache-control', 'private, no-cache')
    if (request.headers['if-none-match']?.replace(/^W\//, '') === etag) return reply.code(304).send()
    return body
  })

  app.post<{ Params: { action: string } }>('/actions/:action', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const idempotencyKey = idempotencyKeyOf(request)
    const answer = await perform(
      ctx,
      request.params.action,
      objectBody(request),
      idempotencyKey === undefined ? {} : { idempotencyKey },
    )
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer ?? null))
  })

  app.post('/batch', { bodyLimit: host.limits.batch }, async (request): Promise<BatchAnswer> => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['steps'])
    if (!Array.isArray(body.steps) || body.steps.length > MOST_STEPS)
      throw wrongInput('steps', `must be a list of at most ${MOST_STEPS} steps`)
    const steps = body.steps.map((step, index): Operation => {
      const path = `steps.${index}`
      if (!isObject(step)) throw wrongInput(path, 'must be an object')
      const op = OPERATIONS.find(each => each === step.op)
      if (!op) throw wrongInput(`${path}.op`, `must be one of ${OPERATIONS.join(', ')}`)
      const entity = entityOf(host, textOf(step, 'entity', 80))
      const input = step.input ?? {}
      if (!isObject(input)) throw wrongInput(`${path}.input`, 'must be an object')
      if (op === 'create') return { op, entity, input }
      const { version } = step
      if (typeof version !== 'number' || !Number.isInteger(version))
        throw wrongInput(`${path}.version`, 'must be a whole number')
      const at = { entity, id: idOf(entity, textOf(step, 'id', 80)), version }
      return op === 'patch' ? { op, ...at, input } : { op, ...at }
    })
    return { results: await batch(ctx, steps) }
  })

  app.get<{ Querystring: { q?: string; entities?: string; limit?: string } }>('/search', async request => {
    const { ctx } = demandCaller(request)
    const { q = '', entities, limit } = request.query
    if (typeof q !== 'string' || q.length > 200) throw wrongInput('q', 'must be a text of at most 200 letters')
    return search(ctx, q, {
      limit: Math.min(50, Math.max(1, Number(limit) || 20)),
      ...(entities ? { entities: entities.split(',').map(each => entityOf(host, each)) } : {}),
    })
  })
}
