// What a guest says: he confirms, refuses with a reason, or answers what he was asked. Kept with the digest of what he saw; the
// record's history names him, whoever invited him is told, and hooks of modules take an answer over in the same transaction.
import { Readable } from 'node:stream'
import type { Ctx } from '@yingzao/kernel/context'
import type { Fields, Json } from '@yingzao/kernel/entity'
import { recordChanges } from '@yingzao/kernel/records/change'
import { lockRecord } from '@yingzao/kernel/records/lock'
import { parseVerbInput } from '@yingzao/kernel/records/verb-input'
import { type FieldError, Refusal, refuse, refuseInput } from '@yingzao/kernel/refuse'
import { shapeOf } from '@yingzao/kernel/registry'
import { asSystem, create, get, patch, write } from '@yingzao/kernel/server'
import sharp from 'sharp'
import type { GuestSaid } from '../client/guest.ts'
import { listAttachments } from '../discussion/attachments.ts'
import { storeUpload } from '../files/upload.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { guestAnswer } from './answer.entity.ts'
import { type From, type GuestCaller, note } from './door.ts'
import { guestInvitation } from './invitation.entity.ts'
import { namesIn } from './principal.ts'
import { digestOfSeen, type Seen } from './seen.ts'
import { tellInviter } from './tell.ts'

const outcomes = { confirm: 'confirmed', refuse: 'refused', answer: 'answered' } as const

/** What the guest is shown now: his fields that his inviter may still see, and his attachments. */
export async function seenBy({
  ctx,
  invitation,
}: Pick<GuestCaller, 'ctx' | 'invitation'>): Promise<Seen & { readonly digest: string }> {
  const { entity, record } = invitation
  const row: Readonly<Record<string, Json>> = await get(ctx, entity, record)
  const fields = namesIn(invitation.fields).filter(name => (name.split('.')[0] ?? '') in row)
  const talks = shapeOf(ctx.registry, entity).def.discussion !== false
  const files = talks ? (await listAttachments(ctx, entity, record)).map(each => each.id) : []
  return { fields, files, digest: await digestOfSeen(ctx, entity, record, { fields, files }) }
}

export async function say(host: Host, caller: GuestCaller, said: GuestSaid, from: From): Promise<void> {
  const { ctx, invitation } = caller
  const { entity, record } = invitation
  const shape = shapeOf(ctx.registry, entity)
  const { guests } = shape.def
  const act = said.kind === 'answer' ? 'answer' : 'confirm'
  if (!guests?.[act] || !invitation.acts?.includes(act)) throw refuse('guest.act')
  const reason = said.reason?.trim() ?? ''
  if (said.kind === 'refuse' && reason === '')
    throw refuse('guest.reason', {}, [{ path: 'reason', code: 'guest.reason' }])
  const question = said.kind === 'answer' ? guests.answer : undefined
  if (question) {
    // Asked with the inviter's authority: he must still be allowed to do it himself, and it must be time for it.
    const sponsor = ctx.principal.guest?.sponsor
    const now = sponsor && (await get({ ...ctx, principal: sponsor }, entity, record))
    if (!now?._can.includes(question.verb)) throw refuse('guest.act')
  }
  const signature = said.signature === undefined ? null : await keepSignature(host, said.signature)
  await write({ ...ctx, action: `guest_${said.kind}` }, async inside => {
    const { draft } = await lockRecord(asSystem(inside), shape, record, {})
    const seen = await seenBy({ ctx: inside, invitation })
    if (seen.digest !== said.seen) throw refuse('guest.changed')
    const lines = question?.lines && draft.lines[question.lines.of]?.map(each => each.id)
    await create(asSystem(inside), guestAnswer, {
      ...{ who: invitation.who, invitation: invitation.id, entity, record, kind: said.kind, said_at: ctx.now },
      ...{ reason: reason || null, seen_version: draft.version, digest: seen.digest },
      ...{ fields: [...seen.fields], files: [...seen.files], signature },
      ...(question ? { values: readAnswer(inside, question.fields, said, question.lines?.fields, lines) } : {}),
    })
    if (signature !== null)
      await own(inside.db, inside.tenant)
        .updateTable('stored_file')
        .set({ used: true })
        .where('id', '=', signature)
        .execute()
    await patch(asSystem(inside), guestInvitation, invitation.id, undefined, { outcome: outcomes[said.kind] })
    await recordChanges(inside, [
      { entity, record, version: draft.version, op: 'action', action: `guest_${said.kind}`, diff: {} },
    ])
    await note(inside, invitation.id, outcomes[said.kind], from, { code_no: caller.codeNo })
    await tellInviter(inside, invitation, `guest.${outcomes[said.kind]}`)
  })
}

/** By the question's declaration: unknown names and wrong values are refused, a line that is not there too. */
function readAnswer(
  ctx: Ctx,
  fields: Fields,
  said: GuestSaid,
  perLine: Fields | undefined,
  ids: readonly string[] | undefined,
): { readonly [name: string]: Json } {
  const values = parseVerbInput(ctx, fields, said.values ?? {})
  if (!perLine || !ids) return values
  const errors: FieldError[] = []
  const lines: Record<string, Json> = {}
  for (const [id, given] of Object.entries(said.lines ?? {})) {
    if (!ids.includes(id)) {
      errors.push({ path: `lines.${id.slice(0, 36)}`, code: 'field.unknown' })
      continue
    }
    try {
      lines[id] = parseVerbInput(ctx, perLine, given)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      errors.push(...error.errors.map(each => ({ ...each, path: `lines.${id}.${each.path}` })))
    }
  }
  const missing = ids.find(id => !(id in (said.lines ?? {})))
  if (missing !== undefined) errors.push({ path: `lines.${missing}`, code: 'field.required' })
  if (errors.length > 0) throw refuseInput(errors)
  return { ...values, lines }
}

const mostSignature = 400_000

/** A drawn picture is made anew from its pixels: nothing else that came with it is kept. */
async function keepSignature(host: Host, text: string): Promise<string> {
  const wrong = refuseInput([{ path: 'signature', code: 'file.not_image' }])
  if (text.length > mostSignature) throw wrong
  let png: Buffer
  try {
    png = await sharp(Buffer.from(text, 'base64'), { limitInputPixels: 8_000_000, pages: 1 })
      .resize(1200, 600, { fit: 'inside', withoutEnlargement: true })
      .png()
      .timeout({ seconds: 10 })
      .toBuffer()
  } catch {
    throw wrong
  }
  const part = { file: Readable.from([png]), filename: 'signature.png', mimetype: 'image/png' }
  return (await storeUpload(host, part, null, mostSignature * 4)).id
}
