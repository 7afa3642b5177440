// Messages go out on the channels: soon after something happened, or with the digest in the morning. What was read meanwhile is
// not sent, and what its reader may not see when it is sent is not either.
import { loadPrincipal } from '@yingzao/kernel/access/principal'
import type { Ctx } from '@yingzao/kernel/context'
import { isId } from '@yingzao/kernel/entity'
import { type Job, job } from '@yingzao/kernel/serve'
import { all, get, later, patchAll } from '@yingzao/kernel/server'
import type { Addressee, Channel } from './channel.ts'
import { message } from './message.entity.ts'
import { topicOf } from './news.ts'
import { sendingOf } from './quiet.ts'
import { usual, wishesOf } from './settings.ts'
import { askFor, DELIVER } from './tell.ts'
import { inWords } from './words.ts'

/** The jobs of an installation that has channels. */
export const deliverJobs = (channels: readonly Channel[]): readonly Job[] => [
  job(DELIVER, {
    label: { zh: '发送消息', en: 'Send messages' },
    async run(ctx, { person, channel: name = 'mail', digest = false }) {
      const channel = channels.find(each => each.name === name)
      return { sent: channel ? await deliver(ctx, channel, String(person), digest === true) : 0 }
    },
  }),
  job('platform.message_digest', {
    label: { zh: '发送消息汇总', en: 'Send digests of messages' },
    every: '0 8 * * *',
    async run(ctx) {
      let asked = 0
      for (const { name } of channels) {
        const waiting = await all(ctx, message, { filter: { [name]: { eq: 'waiting' } }, fields: ['person'] })
        // A job for each: a mailbox that does not answer is tried again by itself and keeps nobody else's letter back.
        for (const person of new Set(waiting.map(each => String(each.person)))) {
          await later(ctx, DELIVER, { person, channel: name, digest: true }, { key: `digest:${name}:${person}` })
          asked += 1
        }
      }
      return { asked }
    },
  }),
]

/** Everything at once that may go out to this person on this channel now. Answers how many messages that was. */
async function deliver(ctx: Ctx, channel: Channel, person: string, digest: boolean): Promise<number> {
  if (!isPerson(person)) return 0
  const { name } = channel
  const filter = { person: { eq: person }, [name]: { eq: 'waiting' } }
  const waiting = await all(ctx, message, { filter, sort: ['created_at'] })
  // Only what was meant: a message that its reader was reminded of while its first letter went out waits again, for the second.
  const settle = async (messages: readonly Told[], how: 'none' | 'sent' | 'failed') => {
    for (const reminded of [false, true]) {
      const ids = messages.filter(each => (each.reminded === true) === reminded).map(each => each.id)
      const still = { id: { in: ids }, [name]: { eq: 'waiting' }, reminded: reminded ? { eq: true } : { ne: true } }
      if (ids.length > 0) await patchAll(ctx, message, still, { [name]: how }, ids.length)
    }
  }
  const { db, registry, tenant, today, zone, now } = ctx
  const principal = await loadPrincipal({ db, registry, tenant, user: person, today })
  const to = principal ? await addresseeOf(ctx, person) : null
  if (!principal || !to) {
    await settle(waiting, 'none')
    return 0
  }
  const wishes = (await wishesOf(ctx, [person])).get(person) ?? usual
  const { when, muted } = wishes[name]
  const monday = new Date(`${today}T00:00:00Z`).getUTCDay() === 1
  const due = digest && (when === 'daily' || (when === 'weekly' && monday))
  const ready: (typeof waiting)[number][] = []
  const dropped: (typeof waiting)[number][] = []
  let wake: string | null = null
  for (const each of waiting) {
    const sending = sendingOf(when, wishes, each.urgent, now, zone)
    if (each.read_at !== null || muted.has(topicOf(each.entity, each.tell)) || sending.kind === 'never')
      dropped.push(each)
    else if (sending.kind === 'now' || (sending.kind === 'digest' && due)) ready.push(each)
    else if (sending.kind === 'later') wake = sending.at
  }
  const reader: Ctx = { ...ctx, principal, lang: to.lang }
  const words = await inWords(reader, ready)
  const items = ready.flatMap(each => {
    const said = words.get(each.id)
    if (!said || said.text === null) return []
    const { id, entity, record, urgent } = each
    return [{ ...said, text: said.text, id, entity, record, urgent, reminded: each.reminded === true }]
  })
  await settle(dropped, 'none')
  await settle(
    ready.filter(each => !items.some(({ id }) => id === each.id)),
    'none',
  )
  if (wake !== null) await askFor(ctx, channel, person, wake)
  if (items.length === 0) return 0
  const delivered = await channel.deliver(ctx, to, items)
  if (typeof delivered === 'object') {
    await askFor(ctx, channel, person, delivered.again)
    return 0
  }
  await settle(items, delivered)
  return delivered === 'sent' ? items.length : 0
}

interface Told {
  readonly id: string
  readonly reminded?: boolean | null
}

const isPerson = (value: string): value is Addressee['id'] => isId(value)

/** Null for whoever left. */
async function addresseeOf(ctx: Ctx, person: Addressee['id']): Promise<Addressee | null> {
  const { email, lang, active } = await get(ctx, 'user', person)
  if (active !== true) return null
  return {
    id: person,
    email: typeof email === 'string' && email !== '' ? email : null,
    lang: lang === 'en' ? 'en' : 'zh',
  }
}
