// WebSocket /api/v1/live: the same identity as any request, an Origin of our own, and never more than is read.
import { isId, type LiveNews } from '@yingzao/kernel/entity'
import type { FastifyInstance } from 'fastify'
import type { LiveTarget } from '../client/live.ts'
import { demandCaller, demandOwnOrigin } from '../http/guard.ts'
import { isObject } from '../http/reply.ts'
import type { LiveHub } from './hub.ts'
import { type Here, type PresenceBoard, readHere } from './presence.ts'

const MOST_TARGETS = 500
const MOST_SOCKETS = 30
/** Bytes waiting for a slow reader before it is cut off and catches up later. */
const MOST_WAITING = 1_000_000
const PING = 30_000

export function liveRoutes(app: FastifyInstance, hub: LiveHub, presence: PresenceBoard): void {
  const open = new Map<string, number>()

  app.get(
    '/live',
    {
      websocket: true,
      preValidation: async request => {
        demandOwnOrigin(request)
        demandCaller(request)
      },
    },
    (socket, request) => {
      const { user, session, token } = demandCaller(request)
      const count = (open.get(user) ?? 0) + 1
      if (count > MOST_SOCKETS) return socket.close(1013, 'too many')
      open.set(user, count)
      const member = hub.join({
        user,
        session: session?.id ?? null,
        token,
        send(news: LiveNews) {
          if (socket.bufferedAmount > MOST_WAITING) socket.terminate()
          else socket.send(JSON.stringify(news))
        },
        close: () => socket.close(4401, 'session ended'),
      })
      const place = presence.join({ user, token }, people => socket.send(JSON.stringify(people)))
      let answered = true
      const beat = setInterval(() => {
        if (!answered) return socket.terminate()
        answered = false
        socket.ping()
      }, PING)
      socket.on('pong', () => {
        answered = true
      })
      socket.on('message', (data, binary) => {
        const said = binary ? null : readSaid(String(data))
        if (!said) socket.close(1007, 'not a question')
        else if ('here' in said) place.here(said.here)
        else member.ask(said.targets, said.since)
      })
      socket.on('error', () => socket.terminate())
      socket.on('close', () => {
        clearInterval(beat)
        member.leave()
        place.leave()
        const left = (open.get(user) ?? 1) - 1
        if (left > 0) open.set(user, left)
        else open.delete(user)
      })
    },
  )

  // A write of this node is told without waiting for the next look.
  app.addHook('onResponse', async (request, reply) => {
    if (request.method !== 'GET' && reply.statusCode < 300) hub.wake()
  })
}

type Said =
  | { readonly targets: readonly LiveTarget[]; readonly since: string | undefined }
  | { readonly here: Here | null }

function readSaid(text: string): Said | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (isObject(value) && 'here' in value) {
    const here = readHere(value.here)
    return here || value.here === null ? { here } : null
  }
  if (!isObject(value) || !Array.isArray(value.subscribe) || value.subscribe.length > MOST_TARGETS) return null
  const targets: LiveTarget[] = []
  for (const each of value.subscribe) {
    if (!isObject(each) || typeof each.entity !== 'string') return null
    if (each.id !== undefined && !isId(each.id)) return null
    targets.push(isId(each.id) ? { entity: each.entity, id: each.id } : { entity: each.entity })
  }
  return { targets, since: typeof value.since === 'string' ? value.since : undefined }
}
