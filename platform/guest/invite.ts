// Inviting a guest, sending his link again, taking it back. An inviter gives what he may see and do himself, of what the entity
// declares for guests, for as long as the organisation allows.
import type { Ctx } from '@yingzao/kernel/context'
import { type Entity, inviting, isId, type Json, type Label, titleField } from '@yingzao/kernel/entity'
import { recordChanges } from '@yingzao/kernel/records/change'
import { refsTo, titlesOf } from '@yingzao/kernel/records/title'
import { refuse, refuseInput } from '@yingzao/kernel/refuse'
import { shapeOf } from '@yingzao/kernel/registry'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { asSystem, create, get, patch, write } from '@yingzao/kernel/server'
import { newId } from '../client/entity.ts'
import { type GuestAct, type GuestDesk, type GuestInput, guestActs } from '../client/guest.ts'
import { listAttachments } from '../discussion/attachments.ts'
import type { Host } from '../http/host.ts'
import { companyOf } from '../print/company.ts'
import { moment } from '../print/value.ts'
import { type From, newLink, note, shut } from './door.ts'
import { guestInvitation } from './invitation.entity.ts'
import { sayTo, sendToGuest } from './letter.ts'
import { policyOf } from './policy.ts'
import type { Invitation } from './principal.ts'

const dayAfter = ({ now }: Ctx, days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString()
type Row = Readonly<Record<string, Json>> & {
  readonly id: string
  readonly version: number
  readonly _can: readonly string[]
}
type Guests = NonNullable<Entity['def']['guests']>

/** The record, of which the caller may invite guests. Refuses `record.not_found` like reading does. */
export async function demandInviting(
  ctx: Ctx,
  entity: string,
  id: string,
): Promise<{ readonly shape: Shape; readonly guests: Guests; readonly record: Row }> {
  const shape = shapeOf(ctx.registry, entity)
  const record = await get(ctx, entity, id)
  const { guests } = shape.def
  if (!guests) throw refuse('guest.none')
  if (!record._can.includes(inviting)) throw refuse('access.denied', { function: inviting })
  return { shape, guests, record }
}

/** What of the declaration the inviter has to give. */
export async function offerOf(
  ctx: Ctx,
  host: Pick<Host, 'post'>,
  entity: string,
  id: string,
): Promise<GuestDesk['offer']> {
  const { shape, guests, record } = await demandInviting(ctx, entity, id)
  const policy = await policyOf(ctx)
  const talks = shape.def.discussion !== false
  const acts = new Set<GuestAct>([
    ...(guests.confirm ? (['confirm'] as const) : []),
    ...(guests.answer && record._can.includes(guests.answer.verb) ? (['answer'] as const) : []),
    ...(talks ? (['comment', 'attach'] as const) : []),
    'print',
  ])
  return {
    fields: guests.shows
      .filter(name => sees(record, name))
      .flatMap(name => {
        const label = labelOf(shape, name)
        return label ? [{ name, label }] : []
      }),
    attachments: talks ? (await listAttachments(ctx, entity, id)).map(({ id, name }) => ({ id, name })) : [],
    acts: guestActs.filter(act => acts.has(act)),
    confirm: guests.confirm?.label ?? null,
    answer: guests.answer?.label ?? null,
    days: { usual: Math.min(policy.usualDays, mostDays(guests, policy)), most: mostDays(guests, policy) },
    domains: policy.domains,
    mailed: host.post !== null,
    contact: await contactOf(ctx, shape, guests, record),
  }
}

const mostDays = ({ days = 365 }: Guests, policy: { readonly mostDays: number }): number =>
  Math.min(days, policy.mostDays)

/** What is masked for the inviter is masked for his guest. */
function sees(record: Row, name: string): boolean {
  const [whole = '', inner] = name.split('.')
  if (inner === undefined) return name in record
  const lines = record[whole]
  const [first] = Array.isArray(lines) ? lines : []
  return (
    Array.isArray(lines) && (first === undefined || (typeof first === 'object' && first !== null && inner in first))
  )
}

function labelOf(shape: Shape, name: string): Label | undefined {
  const [whole = '', inner] = name.split('.')
  if (inner === undefined) return shape.fields.get(whole)?.def.label
  return shape.lines.find(each => each.field === whole)?.of.fields.get(inner)?.def.label
}

async function contactOf(
  ctx: Ctx,
  shape: Shape,
  { party }: Guests,
  record: Row,
): Promise<GuestDesk['offer']['contact']> {
  const field = party && shape.fields.get(party.field)?.def
  const id = party && record[party.field]
  if (!party || field?.kind !== 'ref' || !isId(id)) return null
  const titles = await titlesOf(ctx, field.to, [id])
  const other = await get(ctx, field.to, id).catch(() => null)
  const text = (name: string | undefined) => {
    const value = name === undefined ? undefined : other?.[name]
    return typeof value === 'string' && !value.includes('*') ? value : ''
  }
  return { party: titles[id] ?? '', name: text(party.contact), mail: text(party.mail), phone: text(party.phone) }
}

const address = /^[^\s@<>"(),;:\\[\]]{1,64}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)$/i

function readInput(input: GuestInput, offer: GuestDesk['offer']): void {
  const errors: { path: string; code: string; values?: Record<string, Json> }[] = []
  for (const path of ['name', 'party'] as const)
    if (input[path].trim() === '') errors.push({ path, code: 'field.required' })
  const domain = address.exec(input.mail.trim())?.[1]?.toLowerCase()
  const allowed = offer.domains
  if (domain === undefined) errors.push({ path: 'mail', code: 'guest.mail' })
  else if (allowed.length > 0 && !allowed.some(each => domain === each || domain.endsWith(`.${each}`)))
    errors.push({ path: 'mail', code: 'guest.domain', values: { domains: allowed.join(' ') } })
  if (!Number.isInteger(input.days) || input.days < 1 || input.days > offer.days.most)
    errors.push({ path: 'days', code: 'guest.days', values: { most: offer.days.most } })
  const beyond = (path: string, given: readonly string[], own: readonly string[]) => {
    const what = given.find(each => !own.includes(each))
    if (what !== undefined) errors.push({ path, code: 'guest.beyond_rights', values: { what: what.slice(0, 80) } })
  }
  const fields = offer.fields.map(each => each.name)
  beyond('fields', input.fields, fields)
  beyond('acts', input.acts, offer.acts)
  beyond(
    'attachments',
    input.attachments,
    offer.attachments.map(each => each.id),
  )
  if (input.fields.length === 0) errors.push({ path: 'fields', code: 'field.required' })
  if (errors.length > 0) throw refuseInput(errors)
}

/** Writes the invitation and sends its letter; a letter that could not be sent is told by `letter`. */
export async function invite(
  ctx: Ctx,
  host: Host,
  entity: string,
  id: string,
  input: GuestInput,
  from: From,
): Promise<string> {
  if (!host.post) throw refuse('guest.no_mail')
  readInput(input, await offerOf(ctx, host, entity, id))
  const { record, shape } = await demandInviting(ctx, entity, id)
  const { user } = ctx.principal
  if (user === null) throw refuse('access.denied', { function: inviting })
  const invitation = newId()
  const name = input.name.trim()
  const party = input.party.trim()
  // Fields of lines are of no use without their lines.
  const whole = new Set(input.fields)
  const fields = input.fields.filter(each => !each.includes('.') || whole.has(each.split('.')[0] ?? ''))
  const link = await write({ ...ctx, action: inviting }, async inside => {
    await create(asSystem(inside), guestInvitation, {
      ...{ id: invitation as Invitation['id'], who: `${name} · ${party}`, name, party, role: input.role },
      ...{ entity, record: id, subject: await subjectOf(ctx, shape, record) },
      ...{ mail: input.mail.trim(), phone: input.phone?.trim() || null, message: input.message?.trim() || null },
      ...{ acts: [...input.acts], fields: [...fields], attachments: [...input.attachments], lang: input.lang },
      ...{ until: dayAfter(ctx, input.days), inviter: user, standing: 'open', letter: 'waiting' },
    })
    await recordChanges(inside, [
      { entity, record: id, version: record.version, op: 'action', action: inviting, diff: {} },
    ])
    await note(inside, invitation, 'invited', from)
    return newLink(inside, invitation)
  })
  await sendLink(ctx, host, invitation, link)
  return invitation
}

/** A new link to the same mailbox; whoever sends it stands behind it from now on. What expired is open again for as long as given. */
export async function sendAgain(ctx: Ctx, host: Host, id: string, days: number | null, from: From): Promise<void> {
  if (!host.post) throw refuse('guest.no_mail')
  const before = await get(asSystem(ctx), guestInvitation, id)
  const offer = await offerOf(ctx, host, before.entity, before.record)
  if (before.standing === 'withdrawn') throw refuse('guest.not_open')
  const over = Date.parse(before.until) <= Date.parse(ctx.now)
  const lasting = days ?? (over ? offer.days.usual : null)
  const kept = { ...before, name: before.name, days: lasting ?? 1, phone: undefined, message: undefined }
  readInput(
    {
      ...kept,
      acts: guestActs.filter(act => before.acts?.includes(act)),
      fields: listOf(before.fields),
      attachments: listOf(before.attachments),
    },
    offer,
  )
  const { user } = ctx.principal
  if (user === null) throw refuse('access.denied', { function: inviting })
  const link = await write(ctx, async inside => {
    await patch(asSystem(inside), guestInvitation, id, undefined, {
      ...{ inviter: user, standing: 'open', letter: 'waiting' },
      ...(lasting === null ? {} : { until: dayAfter(ctx, lasting) }),
    })
    await note(inside, id, 'sent_again', from)
    await shut(inside, id)
    return newLink(inside, id)
  })
  await sendLink(ctx, host, id, link)
}
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

async function sendLink(ctx: Ctx, host: Host, id: string, link: string): Promise<void> {
  const system = asSystem(ctx)
  const { lang, mail, name, message, until, subject, entity, record } = await get(system, guestInvitation, id)
  const shape = shapeOf(ctx.registry, entity)
  const company = await companyOf(ctx, shape, await get(system, entity, record))
  const values = { inviter: ctx.principal.name, company, subject: subject ?? shape.def.label[lang ?? 'zh'], name }
  const address = `${(host.post?.url ?? '').replace(/\/+$/, '')}/guest#${link}`
  const to = { mail, lang: lang ?? 'zh', id: `${id}.${link.slice(-8)}` } as const
  const sent = await sendToGuest(host, to, sayTo(to.lang, 'invited', values), [
    sayTo(to.lang, 'dear', values),
    sayTo(to.lang, 'please', values),
    ...(message ? [sayTo(to.lang, 'said', { message })] : []),
    { link: address, label: sayTo(to.lang, 'open') },
    sayTo(to.lang, 'until', { until: moment(until, ctx.zone) }),
  ]).catch(error => {
    host.log.warn({ err: error }, 'a letter to a guest was not sent')
    return false
  })
  await patch(system, guestInvitation, id, undefined, { letter: sent ? 'sent' : 'failed' })
}

/** Ends it at once, for open pages too. */
export async function withdraw(ctx: Ctx, id: string, from: Pick<From, 'address' | 'device'>): Promise<void> {
  await write(ctx, async inside => {
    const system = asSystem(inside)
    const { standing, entity, record } = await get(system, guestInvitation, id)
    if (standing === 'withdrawn') return
    await patch(system, guestInvitation, id, undefined, { standing: 'withdrawn' })
    await shut(inside, id)
    await note(inside, id, 'withdrawn', from)
    const { version } = await get(system, entity, record)
    await recordChanges(inside, [{ entity, record, version, op: 'action', action: 'guest_withdraw', diff: {} }])
  })
}

/** “变更签证 BG-202611-0001 二层楼板加厚”: kind, number and title as the inviter sees them. */
async function subjectOf(ctx: Ctx, shape: Shape, record: Row): Promise<string> {
  const field = shape.fields.get(titleField(shape.def, ctx.lang))
  const value = field && record[field.name]
  const target = field?.def.kind === 'ref' ? field.def.to : null
  const title =
    target !== null && isId(value)
      ? ((await refsTo(ctx, new Map([[target, new Set([value])]])))[target]?.[value] ?? '')
      : String(value ?? '')
  const number = typeof record.number === 'string' && record.number !== title ? record.number : ''
  return [shape.def.label[ctx.lang], number, title].filter(Boolean).join(' ').slice(0, 300)
}
