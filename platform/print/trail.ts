// The approval trail on paper: step, who, what, opinion, when; with the picture of a signature where there is one; and
// who signed at a step, for the boxes of a template.
import type { Cell, Picture, SignatureBox } from '@yingzao/formats/pdf'
import { type TrailLine, trailOf } from '@yingzao/kernel/approval/read'
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

const taken: ReadonlySet<string> = new Set(['rejected', 'returned', 'withdrawn', 'taken_back'])

/** Null: documents of this kind need no approval, or it was never submitted. */
async function readTrail(ctx: Ctx, shape: Shape, id: string) {
  if (shape.kind !== 'document' || shape.def.approval === undefined) return null
  const view = await trailOf(ctx, shape.name, id)
  if (!view || view.trail.length === 0) return null
  const { lang } = ctx
  const name = (person: string | null) => (person === null ? say(lang, 'system') : (view.people[person] ?? '—'))
  return {
    steps: view.steps,
    name,
    who: ({ user, for: away }: TrailLine) =>
      away === null ? name(user) : say(lang, 'for', { name: name(user), away: name(away) }),
    lines: view.trail.filter(line => !aside.has(line.act)),
  }
}

export async function trailBlock(
  ctx: Ctx,
  shape: Shape,
  id: string,
  pictures: Record<string, Picture>,
): Promise<SentSheet['blocks'][number] | null> {
  const found = await readTrail(ctx, shape, id)
  if (!found) return null
  const { lang, zone } = ctx
  const { lines, name, steps } = found
  const signed = await signaturesOf(ctx, lines, pictures)
  const rows = lines.map((line, no): readonly Cell[] => {
    const { act, step } = line
    const who = found.who(line)
    const word = names[act] ?? act
    const to = line.to.map(name).join(lang === 'zh' ? '、' : ', ')
    const label = step === null ? undefined : steps[step]?.[lang]
    const picture = signed.get(no)
    return [
      label ?? step ?? (starting.has(act) ? say(lang, 'starting') : ''),
      picture === undefined ? who : { text: who, picture },
      isWord(word) ? say(lang, word, { to }) : act,
      line.opinion ?? '',
      moment(line.at, zone),
    ]
  })
  const columns = (['step', 'person', 'act', 'opinion', 'at'] as const).map(word => ({ label: say(lang, word) }))
  return { is: 'table', columns, rows: [rows] }
}

/** Papers given with an opinion, as they stand in the list of attachments. */
export async function papersOf(ctx: Ctx, shape: Shape, id: string): Promise<readonly Paper[]> {
  const found = await readTrail(ctx, shape, id)
  return (found?.lines ?? []).flatMap(line =>
    (line.files ?? []).map(({ name, size }) => ({ name, size, by: found?.who(line) ?? '', at: line.at })),
  )
}

/** A paper that belongs to the document. */
export interface Paper {
  readonly name: string
  readonly size: number
  readonly by: string
  readonly at: string
}

/** Who signed at a step: by its code, by its name in either language, or `start`. */
export type SignedAt = (step: string) => readonly SignatureBox[]

/**
 * The signatures that stand: what somebody took back, or was rejected or returned after it, is none. Several people of one step
 * are several boxes.
 */
export async function signaturesAt(
  ctx: Ctx,
  shape: Shape,
  id: string,
  pictures: Record<string, Picture>,
): Promise<SignedAt> {
  const found = await readTrail(ctx, shape, id)
  if (!found) return () => []
  const signed = await signaturesOf(ctx, found.lines, pictures)
  const standing = new Map<string, Map<string, SignatureBox>>()
  found.lines.forEach((line, no) => {
    const { act, user, step } = line
    if (act === 'rejected' || act === 'withdrawn') standing.clear()
    const at = starting.has(act) ? 'start' : step
    if (at === null || user === null) return
    const own = standing.get(at) ?? new Map<string, SignatureBox>()
    standing.set(at, own)
    if (taken.has(act)) own.delete(user)
    if (!signing.has(act) || taken.has(act)) return
    const picture = signed.get(no)
    const box = { label: '', name: found.who(line), on: moment(line.at, ctx.zone).slice(0, 10) }
    own.set(user, picture === undefined ? box : { ...box, picture })
  })
  return step => {
    const code = Object.entries(found.steps).find(([, label]) => label.zh === step || label.en === step)?.[0] ?? step
    return [...(standing.get(code)?.values() ?? [])]
  }
}

/** Of each line that was signed the name of its picture: given with the act, else the one its author left with his account. */
async function signaturesOf(
  ctx: Ctx,
  lines: readonly TrailLine[],
  pictures: Record<string, Picture>,
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  const people = [...new Set(lines.flatMap(({ act, user }) => (user !== null && signing.has(act) ? [user] : [])))]
  if (people.length === 0) return found
  const { items } = await list(asSystem(ctx), 'user', {
    filter: { id: { in: people } },
    fields: ['signature'],
    limit: 500,
  })
  const own = new Map(items.map(({ id, signature }) => [String(id), signature]))
  for (const [no, { act, user, signature }] of lines.entries()) {
    if (user === null || !signing.has(act)) continue
    const name = signature === null ? `sign ${user}` : `sign ${signature.id}`
    if (!pictures[name]) {
      const picture = await pictureOf(ctx, signature === null ? own.get(user) : [signature])
      if (picture) pictures[name] = picture
    }
    if (pictures[name]) found.set(no, name)
  }
  return found
}
