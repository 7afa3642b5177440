// Letters go out: soon after something happened, or with the digest in the morning. What was read meanwhile is not sent, and
// what its reader may not see when it is sent is not either.
import { loadPrincipal } from '@yingzao/kernel/access/principal'
import type { Ctx } from '@yingzao/kernel/context'
import { isId } from '@yingzao/kernel/entity'
import { type Job, job } from '@yingzao/kernel/serve'
import { all, get, later, patch } from '@yingzao/kernel/server'
import { letterOf } from './letter.ts'
import type { Mailer } from './mail.ts'
import { message } from './message.entity.ts'
import { topicOf } from './news.ts'
import { sendingOf, usual } from './quiet.ts'
import { wishesOf } from './settings.ts'
import { DELIVER } from './tell.ts'
import { inWords } from './words.ts'

export interface Post {
  readonly mailer: Mailer
  /** Of the installation, as its people reach it. */
  readonly url: string
  readonly product: string
  /** Milliseconds: what happens close together goes out in one letter. */
  readonly together: number
}

/** The jobs of an installation that can send mail. */
export const deliverJobs = (post: Post): readonly Job[] => [
  job(DELIVER, {
    label: { zh: '发送消息邮件', en: 'Send messages by e-mail' },
    run: async (ctx, { person }) => ({ sent: await deliver(ctx, post, String(person), false) }),
  }),
  job('platform.message_digest', {
    label: { zh: '发送消息汇总', en: 'Send digests of messages' },
    every: '0 8 * * *',
    async run(ctx, _input, progress) {
      const waiting = await all(ctx, message, { filter: { mail: { eq: 'waiting' } }, fields: ['person'] })
      const people = [...new Set(waiting.map(each => String(each.person)))]
      let sent = 0
      for (const [at, person] of people.entries()) {
        sent += await deliver(ctx, post, person, true)
        await progress((at + 1) / people.length)
      }
      return { sent }
    },
  }),
]

/** One letter with everything that may go out to this person now. Answers how many messages it held. */
async function deliver(ctx: Ctx, post: Post, person: string, digest: boolean): Promise<number> {
  if (!isId(person)) return 0
  const filter = { person: { eq: person }, mail: { eq: 'waiting' } }
  const waiting = await all(ctx, message, { filter, sort: ['created_at'] })
  const settle = async (messages: readonly { readonly id: string }[], mail: 'none' | 'sent' | 'failed') => {
    for (const { id } of messages) await patch(ctx, message.name, id, undefined, { mail })
  }
  const { db, registry, tenant, today, zone, now } = ctx
  const principal = await loadPrincipal({ db, registry, tenant, user: person, today })
  const to = principal ? await addressOf(ctx, person) : null
  if (!principal || !to) {
    await settle(waiting, 'none')
    return 0
  }
  const wishes = (await wishesOf(ctx, [person])).get(person) ?? { ...usual, muted: new Set<string>() }
  const monday = new Date(`${today}T00:00:00Z`).getUTCDay() === 1
  const due = digest && (wishes.mail === 'daily' || (wishes.mail === 'weekly' && monday))
  const ready: (typeof waiting)[number][] = []
  const dropped: (typeof waiting)[number][] = []
  let wake: string | null = null
  for (const each of waiting) {
    const sending = sendingOf(wishes, each.urgent, now, zone)
    if (each.read_at !== null || wishes.muted.has(topicOf(each.entity, each.tell)) || sending.kind === 'never')
      dropped.push(each)
    else if (sending.kind === 'now' || (sending.kind === 'digest' && due)) ready.push(each)
    else if (sending.kind === 'later') wake = sending.at
  }
  const reader: Ctx = { ...ctx, principal, lang: to.lang }
  const words = await inWords(reader, ready)
  const items = ready.flatMap(each => {
    const said = words.get(each.id)
    return said && said.text !== null ? [{ ...said, ...each, id: each.id }] : []
  })
  await settle(dropped, 'none')
  await settle(
    ready.filter(each => !items.some(({ id }) => id === each.id)),
    'none',
  )
  if (wake !== null) await later(ctx, DELIVER, { person }, { key: `deliver:${person}`, runAt: wake })
  const [first] = items
  if (!first) return 0
  const letter = letterOf(items, { lang: to.lang, product: post.product, url: post.url })
  // A reminder is another letter than the first.
  const id = `${first.id}${first.reminded === true ? '.2' : ''}@${new URL(post.url).hostname}`
  const accepted = await post.mailer.send({ ...letter, to: to.email, id })
  await settle(items, accepted ? 'sent' : 'failed')
  return accepted ? items.length : 0
}

/** Null for whoever has no address or left. */
async function addressOf(
  ctx: Ctx,
  person: string,
): Promise<{ readonly email: string; readonly lang: 'zh' | 'en' } | null> {
  const { email, lang, active } = await get(ctx, 'user', person)
  if (typeof email !== 'string' || email === '' || active !== true) return null
  return { email, lang: lang === 'en' ? 'en' : 'zh' }
}
