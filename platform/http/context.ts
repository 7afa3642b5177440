// Who asks, from where, in which language: the context a request's reads and writes run in.
import type { Ctx, Principal } from '@yingzao/kernel/context'
import type { PlainDate } from '@yingzao/kernel/entity'
import { isPlainDate } from '@yingzao/kernel/entity'
import type { FastifyRequest } from 'fastify'
import { newId } from '../client/entity.ts'
import { chooseLang, type Lang } from '../messages/render.ts'
import { instant } from '../tables/typed.ts'
import type { Host } from './host.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day in a zone. */
export function dayIn(zone: string, at: Date): PlainDate {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(zone, format)
  }
  const day = format.format(at)
  if (!isPlainDate(day)) throw new Error(`no calendar day: ${day}`)
  return day
}

export const system: Principal = {
  kind: 'system',
  user: null,
  name: 'system',
  roles: [],
  departments: [],
  narrowed: null,
}

/** For what the system does by itself: rules, hooks and limits hold, the access filter does not. */
export const systemContext = (host: Host, from: string, cause: string | null = null): Ctx => ({
  tenant: host.tenant,
  registry: host.registry,
  principal: system,
  lang: host.lang,
  now: instant(host.now()),
  today: dayIn(host.zone, host.now()),
  requestId: newId(),
  from,
  db: host.db,
  cause,
  ...(host.keys ? { keys: host.keys } : {}),
})

export const userContext = (
  host: Host,
  principal: Principal,
  asked: { readonly lang: Lang; readonly requestId: string; readonly from: string },
): Ctx => {
  const now = host.now()
  return {
    tenant: host.tenant,
    registry: host.registry,
    principal,
    lang: asked.lang,
    now: instant(now),
    today: dayIn(host.zone, now),
    requestId: asked.requestId,
    from: asked.from,
    db: host.db,
    cause: null,
    ...(host.keys ? { keys: host.keys } : {}),
  }
}

export const CHANNELS = ['web', 'mobile', 'cli'] as const

/** "web 10.0.0.7", as the history shows it. */
export function originOf(request: FastifyRequest): string {
  const named = request.headers['x-yingzao-client']
  const channel = CHANNELS.find(each => each === named) ?? 'api'
  return `${channel} ${request.ip}`
}

export const langOf = (request: FastifyRequest, host: Host): Lang =>
  chooseLang(request.headers['accept-language'], host.lang)

export const deviceOf = (request: FastifyRequest): string =>
  (request.headers['user-agent'] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 300)
