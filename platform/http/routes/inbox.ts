// My messages, and how I wish to be told.
import { isId } from '@yingzao/kernel/entity'
import type { FastifyInstance } from 'fastify'
import type { Inbox, MessageSettings } from '../../client/shapes.ts'
import { markRead, readInbox } from '../../inbox/inbox.ts'
import { readSettings, writeSettings } from '../../inbox/settings.ts'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, entityOf, objectBody, textOf, wrongInput } from '../reply.ts'

const mostIds = 500

export function inboxRoutes(app: FastifyInstance, host: Host): void {
  app.get<{ Querystring: { unread?: string; after?: string } }>('/inbox', (request): Promise<Inbox> => {
    const { ctx } = demandCaller(request)
    const { unread, after } = request.query
    return readInbox(ctx, { unread: unread === '1', ...(typeof after === 'string' ? { after } : {}) })
  })

  app.post('/inbox/read', (request): Promise<Inbox['unread']> => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['all', 'ids', 'entity', 'record'])
    if (body.all === true) return markRead(ctx, 'all')
    if (body.entity !== undefined) {
      const entity = entityOf(host, textOf(body, 'entity', 80))
      return markRead(ctx, { entity, record: textOf(body, 'record', 36) })
    }
    const { ids } = body
    if (!Array.isArray(ids) || ids.length > mostIds || !ids.every(isId))
      throw wrongInput('ids', `must be a list of at most ${mostIds} ids`)
    return markRead(ctx, { ids })
  })

  app.get('/inbox/settings', (request): Promise<MessageSettings> => {
    const { ctx } = demandCaller(request)
    return readSettings(ctx, host.channels)
  })
  app.put('/inbox/settings', async (request): Promise<MessageSettings> => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['mail', 'push', 'quiet_from', 'quiet_to', 'muted', 'push_muted'])
    for (const list of ['muted', 'push_muted'] as const) {
      const names = body[list] ?? []
      if (!Array.isArray(names) || names.length > mostIds || !names.every(each => typeof each === 'string'))
        throw wrongInput(list, 'must be a list of names')
    }
    await writeSettings(ctx, body)
    return readSettings(ctx, host.channels)
  })
}
