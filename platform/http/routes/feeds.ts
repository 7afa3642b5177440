// Calendar feeds: my own, and the calendar that one of their addresses opens. The secret stands behind the question mark, which
// the log leaves out. What stands in the calendar is said by the modules: actions that are marked `calendar`.
import { hash } from 'node:crypto'
import { type IcsEvent, writeIcs } from '@yingzao/formats/ics'
import { meOf } from '@yingzao/kernel/meta'
import { mayPerform } from '@yingzao/kernel/records/run'
import { refuse } from '@yingzao/kernel/refuse'
import { perform } from '@yingzao/kernel/server'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { recordEvent, type SignInOutcome } from '../../auth/event.ts'
import { createFeed, listFeeds, openFeed, revokeFeed } from '../../auth/feed.ts'
import type { CalendarEntry } from '../../client/shapes.ts'
import { langOf, originOf, userContext } from '../context.ts'
import { type Caller, demandCaller, demandPerson } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, idOf, objectBody, textOf } from '../reply.ts'
import { originOfCaller } from './session.ts'

/** How often readers are asked to come again. */
const REFRESH_MINUTES = 60
const titles = {
  zh: (name: string) => `${name}的工作日历`,
  en: (name: string) => `Work of ${name}`,
}

export function feedRoutes(app: FastifyInstance, host: Host): void {
  const actions = [...host.registry.modules.values()]
    .flatMap(module => module.actions)
    .filter(action => action.calendar)
    .map(action => action.name)

  const log = async (request: FastifyRequest, event: SignInOutcome, { user, ctx }: Caller) =>
    recordEvent(host, event, { login: (await meOf(ctx)).login, user }, originOfCaller(request))

  app.get('/feeds', async request => listFeeds(host, demandCaller(request).user))
  app.post('/feeds', async (request, reply) => {
    demandCaller(request)
    const caller = demandPerson(request)
    const body = objectBody(request)
    demandKeys(body, ['name'])
    const { secret, ...row } = await createFeed(host, caller.user, textOf(body, 'name', 60))
    await log(request, 'feed_created', caller)
    reply.code(201)
    return { ...row, path: `/api/v1/feeds/calendar.ics?key=${secret}` }
  })
  app.delete<{ Params: { id: string } }>('/feeds/:id', async (request, reply) => {
    const caller = demandPerson(request)
    const id = idOf('feed', request.params.id)
    if (!(await revokeFeed(host, caller.user, id))) throw refuse('record.not_found', { entity: 'feed', id })
    await log(request, 'feed_revoked', caller)
    return reply.code(204).send()
  })

  app.get<{ Querystring: { key?: string } }>(
    '/feeds/calendar.ics',
    { config: { rateLimit: host.limits.feeds } },
    async (request, reply) => {
      const { key } = request.query
      const found = typeof key === 'string' && key.length <= 100 ? await openFeed(host, key, actions) : null
      // Gone, revoked and never there look the same.
      if (!found) throw refuse('http.not_found')
      const { principal } = found
      const lang = found.lang ?? langOf(request, host)
      const ctx = userContext(host, principal, { lang, requestId: request.id, from: originOf(request) })
      const entries: CalendarEntry[] = []
      for (const action of actions) {
        // Whoever holds no such right has nothing of that kind in his calendar.
        if (!mayPerform(ctx, action)) continue
        const answer = await perform(ctx, action, {})
        if (Array.isArray(answer)) entries.push(...answer)
      }
      const site = `${request.protocol}://${request.host}`
      const text = writeIcs({
        ...{ name: titles[lang](principal.name), zone: host.zone, refresh: REFRESH_MINUTES },
        events: entries.map(({ path, ...entry }): IcsEvent => ({ ...entry, url: site + path })),
      })
      const etag = `"${hash('sha256', text).slice(0, 32)}"`
      reply.header('etag', etag).header('cache-control', 'private, no-cache')
      if (request.headers['if-none-match']?.replace(/^W\//, '') === etag) return reply.code(304).send()
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="calendar.ics"')
        .send(text)
    },
  )
}
