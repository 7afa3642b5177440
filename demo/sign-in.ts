// How the demo's people come in while it is loaded: each once, in a browser; at the end they have all gone.
import { recordEvent } from '@yingzao/platform/auth/event'
import { openSession, revokeSession } from '@yingzao/platform/auth/session'
import { type Client, createClient } from '@yingzao/platform/client'
import type { Host } from '@yingzao/platform/http/host'
import { type Diary, type Story, workday } from './diary.ts'
import type { DemoOptions } from './load.ts'

export interface SignIns {
  /** By the id of the user. */
  as(user: string): Promise<Client>
  all(): readonly Client[]
  close(): Promise<void>
}

export function signIns({ host, url, lang, end }: Pick<DemoOptions, 'host' | 'url' | 'lang' | 'end'>): SignIns {
  // Its two years pass in a minute: sessions are of that minute.
  const lasting = { ...host, now: () => end }
  const sessions = new Map<string, Promise<{ readonly client: Client; readonly id: string }>>()
  const clients: Client[] = []
  const open = async (user: string) => {
    const { secret, session } = await openSession(lasting, user, { address: '127.0.0.1', device: 'demo' }, false)
    const client = createClient({
      url: url.replace(/^https:\/\/[^:/]+/, 'https://127.0.0.1'),
      ...{ kind: 'web', lang, cookie: `yingzao=${secret}` },
    })
    clients.push(client)
    return { client, id: session.id }
  }
  return {
    async as(user) {
      const known = sessions.get(user) ?? open(user)
      sessions.set(user, known)
      return (await known).client
    },
    all: () => clients,
    async close() {
      for (const [user, session] of sessions) await revokeSession(host, user, (await session).id)
    },
  }
}

const office =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const phone =
  'Mozilla/5.0 (Linux; Android 15; HarmonyOS) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36'
const mornings: readonly (readonly [login: string, device: string])[] = [
  ...(['boss', 'finance', 'finance.yu', 'cashier', 'pm', 'cost', 'planner', 'erp.pm'] as const).map(
    login => [login, office] as const,
  ),
  ...(['foreman', 'foreman.li'] as const).map(login => [login, phone] as const),
]

/** The mornings of the last week: who came in, from where. Once somebody's fingers were too fast. */
export const morningStories = (host: Host, time: Diary, userOf: (login: string) => string): readonly Story[] =>
  mornings.flatMap(([login, device], place) =>
    [4, 3, 2, 1, 0].map(days => async () => {
      await time.until(workday(time.lastDay, -days), 8.2)
      const from = { address: device === phone ? `100.72.18.${30 + place}` : `10.8.3.${20 + place}`, device }
      const who = { login, user: userOf(login) }
      if (login === 'cost' && days === 2) await recordEvent(host, 'failed', who, from)
      await recordEvent(host, 'signed_in', who, from)
    }),
  )
