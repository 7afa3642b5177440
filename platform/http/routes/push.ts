// The devices on which I am told by push: this browser switched on, the list, a test message.
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PushTest } from '../../client/shapes.ts'
import { countUnread } from '../../inbox/inbox.ts'
import { devicesOf, dropDevice, keepDevice, listDevices, noteOutcome } from '../../push/device.ts'
import { packetOf, testNotice } from '../../push/notice.ts'
import { type Push, pushTo } from '../../push/service.ts'
import { deviceOf } from '../context.ts'
import { demandCaller, demandPerson } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, idOf, isObject, objectBody, textOf, wrongInput } from '../reply.ts'

interface ById {
  Params: { id: string }
}

export function pushRoutes(app: FastifyInstance, host: Host): void {
  const demandPush = (): Push => {
    if (!host.push) throw refuse('push.off')
    return host.push
  }
  const mine = (request: FastifyRequest) => {
    demandCaller(request)
    return demandPerson(request)
  }

  app.get('/push', async request => {
    const { key } = demandPush()
    return { key: key.public, devices: await listDevices(host, mine(request).user) }
  })

  app.post('/push/devices', async (request, reply) => {
    const push = demandPush()
    const { user, session } = mine(request)
    const body = objectBody(request)
    demandKeys(body, ['endpoint', 'keys'])
    const { keys } = body
    if (!isObject(keys)) throw wrongInput('keys', 'must be an object with p256dh and auth')
    const given = {
      endpoint: textOf(body, 'endpoint', 2000),
      p256dh: textOf(keys, 'p256dh', 200),
      auth: textOf(keys, 'auth', 200),
    }
    const name = nameOf(deviceOf(request))
    reply.code(201)
    return keepDevice(host, push, { user, session: session.id, name, now: host.now() }, given)
  })

  app.delete<ById>('/push/devices/:id', async (request, reply) => {
    const { user } = mine(request)
    const id = idOf('push_device', request.params.id)
    if (!(await dropDevice(host, user, id))) throw refuse('record.not_found', { entity: 'push_device', id })
    return reply.code(204).send()
  })

  app.post<ById>(
    '/push/devices/:id/test',
    { config: { rateLimit: host.limits.signIn } },
    async (request): Promise<PushTest> => {
      const push = demandPush()
      const { user, ctx } = mine(request)
      const id = idOf('push_device', request.params.id)
      const device = (await devicesOf(host, user)).find(each => each.id === id)
      if (!device) throw refuse('record.not_found', { entity: 'push_device', id })
      const unread = await countUnread(ctx)
      const outcome = await pushTo(push, device, packetOf(testNotice(ctx.lang, unread.value), true), host.now())
      await noteOutcome(host, id, outcome, host.now())
      return { outcome: outcome.kind, ...(outcome.kind === 'refused' ? { status: outcome.status } : {}) }
    },
  )
}

/** "Chrome · Windows", as far as the browser says so. The first that fits: Edge and Chrome call themselves Safari too. */
function nameOf(agent: string): string {
  const first = (known: readonly (readonly [RegExp, string])[]) => known.find(([pattern]) => pattern.test(agent))?.[1]
  const browser = first([
    [/MicroMessenger/, '微信'],
    [/Edg/, 'Edge'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/SamsungBrowser/, 'Samsung Internet'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ])
  const machine = first([
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/HarmonyOS/, 'HarmonyOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
  ])
  return [browser, machine].filter(Boolean).join(' · ') || agent.slice(0, 80) || '?'
}
