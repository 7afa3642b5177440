// My saved views of an entity's list.
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyInstance } from 'fastify'
import type { SavedView } from '../../client/shapes.ts'
import { own } from '../../tables/typed.ts'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, entityOf, idOf, objectBody, textOf, wrongInput } from '../reply.ts'

const MOST = 50
const LONGEST = 20_000

export function viewRoutes(app: FastifyInstance, host: Host): void {
  const db = own(host.db, host.tenant)

  app.get<{ Querystring: { entity?: string } }>('/views', async (request): Promise<readonly SavedView[]> => {
    const { user } = demandCaller(request)
    const entity = entityOf(host, String(request.query.entity ?? ''))
    return db
      .selectFrom('saved_view')
      .select(['id', 'entity', 'name', 'state'])
      .where('user_id', '=', user)
      .where('entity', '=', entity)
      .orderBy('name')
      .execute()
  })

  app.put<{ Params: { id: string } }>('/views/:id', async (request): Promise<SavedView> => {
    const { user } = demandCaller(request)
    const id = idOf('view', request.params.id)
    const body = objectBody(request)
    demandKeys(body, ['entity', 'name', 'state'])
    const entity = entityOf(host, textOf(body, 'entity', 80))
    const name = textOf(body, 'name', 100).trim()
    if (!name) throw wrongInput('name', 'must not be empty')
    const state = body.state ?? null
    const text = JSON.stringify(state)
    if (text.length > LONGEST) throw wrongInput('state', `must be at most ${LONGEST} letters of JSON`)
    const { mine } = await db
      .selectFrom('saved_view')
      .select(eb => eb.fn.countAll<number>().as('mine'))
      .where('user_id', '=', user)
      .where('entity', '=', entity)
      .where('id', '<>', id)
      .executeTakeFirstOrThrow()
    if (mine >= MOST) throw wrongInput('entity', `has ${MOST} views of yours already: remove one`)
    const row = { entity, name, state: text, changed_at: host.now() }
    const saved = await db
      .insertInto('saved_view')
      .values({ id, user_id: user, ...row })
      .onConflict(conflict => conflict.column('id').doUpdateSet(row).where('saved_view.user_id', '=', user))
      .returning('id')
      .executeTakeFirst()
    if (!saved) throw refuse('record.not_found', { entity: 'view', id })
    return { id, entity, name, state }
  })

  app.delete<{ Params: { id: string } }>('/views/:id', async (request, reply) => {
    const { user } = demandCaller(request)
    const id = idOf('view', request.params.id)
    const { numDeletedRows } = await db
      .deleteFrom('saved_view')
      .where('id', '=', id)
      .where('user_id', '=', user)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw refuse('record.not_found', { entity: 'view', id })
    return reply.code(204).send()
  })
}
