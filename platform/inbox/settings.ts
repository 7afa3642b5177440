// How I am told outside of Yingzao: my wishes, and the kinds of news there are for what I may read.
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { create, list, patch } from '@yingzao/kernel/server'
import type { MessageSettings } from '../client/shapes.ts'
import { commonTells } from './news.ts'
import { usual, type Wishes } from './quiet.ts'
import { messageSetting } from './setting.entity.ts'

/** `mailed`: letters can go out at all. */
export async function readSettings(ctx: Ctx, mailed: boolean): Promise<MessageSettings> {
  const { user } = ctx.principal
  const kept = user === null ? undefined : (await wishesOf(ctx, [user])).get(user)
  const { mail, quiet_from, quiet_to, muted } = kept ?? { ...usual, muted: new Set<string>() }
  const kinds = [...ctx.registry.shapes.values()].flatMap(({ name, def }) =>
    Object.entries(isNone(rightsOf(ctx, name).rows('read')) ? {} : (def.tells ?? {})).map(
      ([tell, { label, urgent }]) => ({
        ...{ name: `${name}.${tell}`, label: label[ctx.lang], about: def.label[ctx.lang], urgent: urgent ?? false },
        mail: !muted.has(`${name}.${tell}`),
      }),
    ),
  )
  for (const [name, { label, about, urgent }] of commonTells)
    kinds.push({
      ...{ name, label: label[ctx.lang], about: about[ctx.lang], urgent: urgent ?? false },
      mail: !muted.has(name),
    })
  return { mailed, mail, quiet_from, quiet_to, kinds }
}

/** The record store checks what is written; a person has one setting. */
export async function writeSettings(
  ctx: Ctx,
  wishes: Readonly<Record<'mail' | 'quiet_from' | 'quiet_to', Json>> & { readonly muted: readonly string[] },
): Promise<void> {
  const { user } = ctx.principal
  if (user === null) return
  const known = (await list(ctx, messageSetting, { filter: { person: { eq: user } }, limit: 1 })).items[0]
  const { name } = messageSetting
  if (known) await patch(ctx, name, known.id, undefined, { ...wishes, muted: [...wishes.muted] })
  else await create(ctx, name, { person: user, ...wishes, muted: [...wishes.muted] })
}

/** Of those who ever said what they wish. */
export async function wishesOf(
  ctx: Ctx,
  people: readonly string[],
): Promise<ReadonlyMap<string, Wishes & { readonly muted: ReadonlySet<string> }>> {
  const { items } = await list(ctx, messageSetting, { filter: { person: { in: people } }, limit: people.length })
  return new Map(
    items.map(({ person, mail, quiet_from, quiet_to, muted }) => [
      person ?? '',
      { mail: mail ?? usual.mail, quiet_from, quiet_to, muted: new Set(Array.isArray(muted) ? muted.map(String) : []) },
    ]),
  )
}
