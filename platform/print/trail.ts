// The approval trail on paper: step, who, what, opinion, when; with the picture of a signature where there is one.
import type { Cell, Picture } from '@yingzao/formats/pdf'
import { trailOf } from '@yingzao/kernel/approval/read'
import type { Ctx } from '@yingzao/kernel/context'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { asSystem, list } from '@yingzao/kernel/server'
import { pictureOf } from './picture.ts'
import type { SentSheet } from './thread-message.ts'
import { moment } from './value.ts'
import { isWord, say } from './words.ts'

/** Acts by which somebody puts his name to the document. */
const signing: ReadonlySet<string> = new Set([
  'submitted',
  'resubmitted',
  'approved',
  'rejected',
  'returned',
  'added_after',
])
const starting: ReadonlySet<string> = new Set(['submitted', 'resubmitted', 'withdrawn'])
/** What happened beside the judging. */
const aside: ReadonlySet<string> = new Set(['copied', 'reminded', 'overdue'])
const names: Readonly<Record<string, string>> = { rejected: 'rejected_act' }

/** Null: documents of this kind need no approval, or it was never submitted. */
export async function trailBlock(
  ctx: Ctx,
  shape: Shape,
  id: string,
  pictures: Record<string, Picture>,
): Promise<SentSheet['blocks'][number] | null> {
  if (shape.kind !== 'document' || shape.def.approval === undefined) return null
  const view = await trailOf(ctx, shape.name, id)
  if (!view || view.trail.length === 0) return null
  const { lang, zone } = ctx
  const name = (person: string | null) => (person === null ? say(lang, 'system') : (view.people[person] ?? '—'))
  const lines = view.trail.filter(line => !aside.has(line.act))
  const signed = await signaturesOf(ctx, [
    ...new Set(lines.flatMap(line => (line.user !== null && signing.has(line.act) ? [line.user] : []))),
  ])
  for (const [person, picture] of signed) pictures[`sign ${person}`] = picture
  const rows = lines.map((line): readonly Cell[] => {
    const { act, user, step } = line
    const who = line.for === null ? name(user) : say(lang, 'for', { name: name(user), away: name(line.for) })
    const word = names[act] ?? act
    const to = line.to.map(name).join(lang === 'zh' ? '、' : ', ')
    const label = step === null ? undefined : view.steps[step]?.[lang]
    return [
      label ?? step ?? (starting.has(act) ? say(lang, 'starting') : ''),
      user !== null && signing.has(act) && signed.has(user) ? { text: who, picture: `sign ${user}` } : who,
      isWord(word) ? say(lang, word, { to }) : act,
      line.opinion ?? '',
      moment(line.at, zone),
    ]
  })
  const columns = (['step', 'person', 'act', 'opinion', 'at'] as const).map(word => ({ label: say(lang, word) }))
  return { is: 'table', columns, rows: [rows] }
}

/** Pictures of signatures, of those who left one. */
async function signaturesOf(ctx: Ctx, people: readonly string[]): Promise<ReadonlyMap<string, Picture>> {
  const found = new Map<string, Picture>()
  if (people.length === 0) return found
  const { items } = await list(asSystem(ctx), 'user', {
    filter: { id: { in: people } },
    fields: ['signature'],
    limit: 500,
  })
  for (const { id, signature } of items) {
    const picture = await pictureOf(ctx, signature)
    if (picture) found.set(id, picture)
  }
  return found
}
