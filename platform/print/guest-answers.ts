// What outside parties said about a record, on its form: who and of which party, what and when, the digest of what he then saw, and
// whether it has changed since.
import type { Cell, Picture } from '@yingzao/formats/pdf'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { all, asSystem } from '@yingzao/kernel/server'
import { guestAnswer } from '../guest/answer.entity.ts'
import { digestOfSeen } from '../guest/seen.ts'
import { pictureOf } from './picture.ts'
import type { SentSheet } from './thread-message.ts'
import { moment } from './value.ts'
import { say } from './words.ts'

const namesIn = (value: Json): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** None for guests: what others said is not for them. */
export async function guestBlocks(
  ctx: Ctx,
  shape: Shape,
  record: string,
  pictures: Record<string, Picture>,
): Promise<SentSheet['blocks']> {
  if (ctx.principal.kind === 'guest' || shape.def.guests === undefined) return []
  const system = asSystem(ctx)
  const answers = await all(system, guestAnswer, { filter: { record: { eq: record } }, sort: ['said_at'] })
  const mine = answers.filter(each => each.entity === shape.name)
  if (mine.length === 0) return []
  const { lang } = ctx
  const { options } = guestAnswer.def.fields.kind
  const rows: (readonly Cell[])[] = []
  for (const each of mine) {
    const name = `sign guest ${each.id}`
    const picture = each.signature === null ? null : await pictureOf(ctx, [{ id: each.signature }])
    if (picture) pictures[name] = picture
    const seen = { fields: namesIn(each.fields), files: namesIn(each.files) }
    const same = (await digestOfSeen(ctx, shape.name, record, seen)) === each.digest
    rows.push([
      picture ? { text: each.who, picture: name } : each.who,
      options[each.kind]?.[lang] ?? each.kind,
      each.reason ?? '',
      moment(each.said_at, ctx.zone),
      // As many letters as tell two papers apart; the whole one stands in the history.
      `${each.digest.slice(0, 16)} ${same ? '' : say(lang, 'changedSince')}`.trim(),
    ])
  }
  const columns = (['guest', 'act', 'opinion', 'at', 'digest'] as const).map(word => ({
    label: say(lang, word),
  }))
  return [
    { is: 'heading', text: say(lang, 'guests') },
    { is: 'table', columns, rows: [rows] },
  ]
}
