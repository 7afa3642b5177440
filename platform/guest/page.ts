// What a guest gets: the document as his inviter lets him see it, his papers, his conversation, and what he is asked.
import type { Block, Cell } from '@yingzao/formats/pdf'
import type { Ctx } from '@yingzao/kernel/context'
import type { Fields, Json } from '@yingzao/kernel/entity'
import { shapeOf } from '@yingzao/kernel/registry'
import { all, asSystem, get } from '@yingzao/kernel/server'
import { type GuestAnswerRow, type GuestBlock, type GuestPage, guestActs } from '../client/guest.ts'
import { listAttachments } from '../discussion/attachments.ts'
import { listComments } from '../discussion/comments.ts'
import { declaredTemplate } from '../print/declared.ts'
import { labelOf, readSubject, sheetOfRecord, titleOf } from '../print/sheet-of-record.ts'
import type { SentSheet } from '../print/thread-message.ts'
import { printed } from '../print/value.ts'
import { guestAnswer } from './answer.entity.ts'
import type { GuestCaller } from './door.ts'
import type { Invitation } from './principal.ts'
import { namesIn } from './principal.ts'
import { seenBy } from './say.ts'
import { digestOfSeen } from './seen.ts'

type Answer = Awaited<ReturnType<typeof answersOf>>[number]

export async function pageOf({ ctx, invitation }: GuestCaller): Promise<GuestPage> {
  const { entity, record: id } = invitation
  const shape = shapeOf(ctx.registry, entity)
  const { guests } = shape.def
  const subject = await readSubject(ctx, shape, id)
  const template = declaredTemplate(shape, ctx.lang)
  const sheet = await sheetOfRecord(subject, {
    template: { ...template, blocks: template.blocks.filter(({ is }) => is !== 'trail' && is !== 'attachments') },
    ...{ logo: null, foot: '', watermark: null },
  })
  const talks = shape.def.discussion !== false
  const files = talks ? await listAttachments(ctx, entity, id) : []
  const comments = talks ? await listComments(ctx, entity, id) : []
  const acts = guestActs.filter(act => invitation.acts?.includes(act))
  const title = titleOf(subject)
  const me = invitation.id
  return {
    who: { name: invitation.name, party: invitation.party },
    inviter: ctx.principal.guest?.sponsor.name ?? '',
    company: sheet.head.company,
    ...{ message: invitation.message, until: invitation.until, acts },
    document: {
      kind: sheet.head.title,
      title: title === '—' ? sheet.head.title : title,
      about: sheet.head.about,
      blocks: sheet.blocks.flatMap(drawn),
      version: subject.record.version,
      seen: (await seenBy({ ctx, invitation })).digest,
    },
    files: files.map(({ id, name, size, by }) => ({ id, name, size, mine: by?.id === me })),
    comments: comments.map(({ id, at, body, by }) => ({ id, at, body, name: by?.name ?? '', mine: by?.id === me })),
    answers: await shownAnswers(ctx, invitation, await answersOf(ctx, [invitation.id])),
    confirm: acts.includes('confirm') ? (guests?.confirm?.label ?? null) : null,
    question: acts.includes('answer') && guests?.answer ? await questionOf(subject, guests.answer) : null,
  }
}

/** Newest first. */
export const answersOf = async (ctx: Ctx, invitations: readonly string[]) =>
  (await all(asSystem(ctx), guestAnswer, { filter: { invitation: { in: invitations } }, sort: ['said_at'] })).reverse()

/** In the reader's words; each says whether what it was about has changed since. */
export async function shownAnswers(
  ctx: Ctx,
  { entity, record }: Pick<Invitation, 'entity' | 'record'>,
  answers: readonly Answer[],
): Promise<readonly GuestAnswerRow[]> {
  const { guests } = shapeOf(ctx.registry, entity).def
  const rows: GuestAnswerRow[] = []
  for (const each of answers) {
    const now = await digestOfSeen(ctx, entity, record, { fields: namesIn(each.fields), files: namesIn(each.files) })
    const question = guests?.answer
    rows.push({
      ...{ id: each.id, kind: each.kind ?? 'confirm', at: each.said_at, reason: each.reason },
      values: question ? valuesOf(ctx, question.fields, each.values) : [],
      ...{ version: each.seen_version ?? 1, outdated: now !== each.digest, signed: each.signature !== null },
    })
  }
  return rows
}

function valuesOf(ctx: Ctx, fields: Fields, values: Json): GuestAnswerRow['values'] {
  const given: Readonly<Record<string, Json>> = isObject(values) ? values : {}
  const how = { lang: ctx.lang, zone: ctx.zone, refs: {} }
  return Object.entries(fields).flatMap(([name, def]) => {
    const value = given[name]
    return value === null || value === undefined || value === ''
      ? []
      : [{ label: def.label, text: printed(value, def, how) }]
  })
}
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Question = NonNullable<NonNullable<ReturnType<typeof shapeOf>['def']['guests']>['answer']>

/** Each line begins with what was claimed, where its guest may see that. */
async function questionOf(
  { ctx, shape, record, how }: Awaited<ReturnType<typeof readSubject>>,
  { label, fields, lines }: Question,
): Promise<GuestPage['question']> {
  const of = lines && shape.lines.find(each => each.field === lines.of)?.of
  if (!lines || !of) return { label, fields, lines: null }
  const whole: Readonly<Record<string, Json>> = await get(asSystem(ctx), shape.name, record.id)
  const shown = record[lines.of]
  const visible = new Map((Array.isArray(shown) ? shown : []).flatMap(row => (isObject(row) ? [[row.id, row]] : [])))
  const list = whole[lines.of]
  const rows = (Array.isArray(list) ? list : []).flatMap((row, at) => {
    if (!isObject(row)) return []
    const seen = visible.get(row.id) ?? {}
    const name = [...of.fields.values()].find(
      ({ def, name }) => def.kind === 'text' && typeof seen[name] === 'string' && seen[name] !== '',
    )
    return [
      {
        id: String(row.id),
        name: name ? printed(seen[name.name], name.def, how) : String(at + 1),
        values: Object.fromEntries(Object.keys(lines.fields).map(each => [each, seen[each] ?? null])),
      },
    ]
  })
  const field = shape.fields.get(lines.of)
  return {
    label,
    fields,
    lines: {
      label: field ? { zh: labelOf(field.def, 'zh'), en: labelOf(field.def, 'en') } : label,
      fields: lines.fields,
      rows,
    },
  }
}

const textIn = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)

function drawn(block: SentSheet['blocks'][number] | Block): GuestBlock[] {
  switch (block.is) {
    case 'heading':
      return [block]
    case 'text':
      return [{ is: 'text', text: block.text }]
    case 'pairs':
      return [
        {
          is: 'pairs',
          pairs: block.pairs.map(({ label, value, wide, figure }) => ({
            label,
            value: textIn(value),
            ...(wide || block.columns === 1 ? { wide: true } : {}),
            ...(figure ? { figure } : {}),
          })),
        },
      ]
    case 'table': {
      const rows = Array.isArray(block.rows)
        ? block.rows.flatMap((portion: readonly (readonly Cell[])[]) => portion.map(row => row.map(textIn)))
        : []
      const totals = typeof block.totals === 'function' ? block.totals() : block.totals
      return [
        {
          ...{
            is: 'table',
            columns: block.columns.map(({ label, figure }) => ({ label, ...(figure ? { figure } : {}) })),
            rows,
          },
          ...(totals ? { totals } : {}),
        },
      ]
    }
    default:
      return []
  }
}
