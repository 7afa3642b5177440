// Who asks, from where, in which language: the context a request's reads and writes run in.
import type { Ctx, Principal } from '@yingzao/kernel/context'
import { dayIn, instantOf, systemCtx } from '@yingzao/kernel/system'
import type { FastifyRequest } from 'fastify'
import { chooseLang, type Lang } from '../messages/render.ts'
import type { Host } from './host.ts'

/** For what the system does by itself: rules, hooks and limits hold, the access filter does not. */
export const systemContext = (host: Host, from: string, cause: string | null = null): Ctx => ({
  ...systemCtx({ ...host, now: host.now(), from, cause, ...(host.keys ? { keys: host.keys } : {}) }),
  content: sha256 => host.files.read(sha256),
})

type Clock = Pick<Host, 'zone' | 'now'>

/** The day changes at most once a second; asking the calendar for it costs more than a query's parsing. */
const days = new WeakMap<Clock, { readonly second: number; readonly day: Ctx['today'] }>()
export function todayOf(host: Clock, now: Date = host.now()): Ctx['today'] {
  const second = Math.floor(now.getTime() / 1000)
  const known = days.get(host)
  if (known?.second === second) return known.day
  const day = dayIn(host.zone, now)
  days.set(host, { second, day })
  return day
}

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
    now: instantOf(now),
    today: todayOf(host, now),
    zone: host.zone,
    requestId: asked.requestId,
    from: asked.from,
    db: host.db,
    cause: null,
    content: sha256 => host.files.read(sha256),
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
