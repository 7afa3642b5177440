// How I am told outside of Yingzao: my wishes, and the kinds of news there are for what I may read.
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { create, list, patch } from '@yingzao/kernel/server'
import type { MessageSettings } from '../client/shapes.ts'
import type { ChannelName } from './channel.ts'
import { commonTells } from './news.ts'
import type { Quiet, When } from './quiet.ts'
import { messageSetting } from './setting.entity.ts'

export interface Wishes extends Quiet {
  readonly mail: OnChannel
  readonly push: OnChannel
}
interface OnChannel {
  readonly when: When
  /** Topics about which nothing goes out on it. */
  readonly muted: ReadonlySet<string>
}
const always: OnChannel = { when: 'at_once', muted: new Set() }
export const usual: Wishes = { mail: always, push: always, quiet_from: null, quiet_to: null }

/** `channels`: what this installation can send by. */
export async function readSettings(ctx: Ctx, channels: readonly ChannelName[]): Promise<MessageSettings> {
  const { user } = ctx.principal
  const kept = user === null ? undefined : (await wishesOf(ctx, [user])).get(user)
  const { mail, push, quiet_from, quiet_to } = kept ?? usual
  const wanted = (name: string) => ({ mail: !mail.muted.has(name), push: !push.muted.has(name) })
  const kinds = [...ctx.registry.shapes.values()].flatMap(({ name, def }) =>
    Object.entries(isNone(rightsOf(ctx, name).rows('read')) ? {} : (def.tells ?? {})).map(
      ([tell, { label, urgent }]) => ({
        ...{ name: `${name}.${tell}`, label: label[ctx.lang], about: def.label[ctx.lang], urgent: urgent ?? false },
        ...wanted(`${name}.${tell}`),
      }),
    ),
  )
  for (const [name, { label, about, urgent }] of commonTells)
    kinds.push({
      ...{ name, label: label[ctx.lang], about: about[ctx.lang], urgent: urgent ?? false },
      ...wanted(name),
    })
  return { channels, mail: mail.when, push: push.when, quiet_from, quiet_to, kinds }
}

/** The record store checks what is written; a person has one setting. What is left out stays as it was. */
export async function writeSettings(ctx: Ctx, wishes: Readonly<Record<string, Json>>): Promise<void> {
  const { user } = ctx.principal
  if (user === null) return
  const known = (await list(ctx, messageSetting, { filter: { person: { eq: user } }, limit: 1 })).items[0]
  const { name } = messageSetting
  if (known) await patch(ctx, name, known.id, undefined, wishes)
  else await create(ctx, name, { person: user, ...wishes })
}

/** Of those who ever said what they wish. */
export async function wishesOf(ctx: Ctx, people: readonly string[]): Promise<ReadonlyMap<string, Wishes>> {
  const { items } = await list(ctx, messageSetting, { filter: { person: { in: people } }, limit: people.length })
  return new Map(
    items.map(({ person, mail, push, quiet_from, quiet_to, muted, push_muted }) => [
      person ?? '',
      { mail: onChannel(mail, muted), push: onChannel(push, push_muted), quiet_from, quiet_to },
    ]),
  )
}

const onChannel = (when: When | null, muted: Json): OnChannel => ({
  when: when ?? always.when,
  muted: new Set(Array.isArray(muted) ? muted.map(String) : []),
})
