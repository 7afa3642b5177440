// The door of a guest: his link, a code sent to his mailbox, a short session. Everything is asked of the database each time, so
// that what was withdrawn or expired ends at once, also what is open.
import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '@yingzao/kernel/context'
import type { RecordOf } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { asSystem, create, get, patch } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { digestOf, newSecret } from '../auth/secret.ts'
import { newId } from '../client/entity.ts'
import { systemContext, userContext } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { guestEvent } from './event.entity.ts'
import { guestInvitation } from './invitation.entity.ts'
import { sayTo, sendToGuest } from './letter.ts'
import { guestOf, guestPrincipal, type Invitation, sponsorOf } from './principal.ts'
import { codeDigest, LINK_PREFIX, newCode, SESSION_PREFIX } from './secret.ts'

/** Guessing six digits five times a code, five codes an hour, with the link in hand: once in forty thousand hours. */
export const guestLimits = {
  codeMinutes: 10,
  tries: 5,
  codesPerHour: 5,
  waitSeconds: 30,
  sessionMinutes: 60,
  idleMinutes: 20,
}

export interface From {
  readonly address: string
  readonly device: string
  readonly lang: 'zh' | 'en'
  readonly requestId: string
}
export interface GuestCaller {
  readonly invitation: Invitation
  readonly session: string
  readonly codeNo: number
  readonly ctx: Ctx
}

/** The invitation a link opens; tells plainly why it opens nothing, and nothing of any document. */
export async function invitationOf(host: Host, link: string): Promise<Invitation> {
  if (!link.startsWith(LINK_PREFIX)) throw refuse('guest.link_unknown')
  const row = await own(host.db, host.tenant)
    .selectFrom('guest_link')
    .select(['invitation', 'replaced'])
    .where('digest', '=', digestOf(link))
    .executeTakeFirst()
  if (!row) throw refuse('guest.link_unknown')
  const invitation = await openInvitation(host, row.invitation)
  if (row.replaced) throw refuse('guest.link_replaced')
  return invitation
}

/** Refuses what was withdrawn, is over, or whose inviter is gone. */
async function openInvitation(host: Host, id: string): Promise<Invitation> {
  const system = systemContext(host, 'guest')
  const invitation = await get(system, guestInvitation, id)
  if (invitation.standing === 'withdrawn') throw refuse('guest.withdrawn')
  if (Date.parse(invitation.until) <= host.now().getTime()) throw refuse('guest.expired')
  await sponsorOf(system, invitation.inviter)
  return invitation
}

/** In the guest's name, as far as he is known: whoever holds the link, or came in. */
export async function guestContext(host: Host, invitation: Invitation, from: From): Promise<Ctx> {
  const sponsor = await sponsorOf(systemContext(host, 'guest'), invitation.inviter)
  const principal = guestPrincipal(invitation, guestOf(invitation, sponsor))
  return userContext(host, principal, { lang: from.lang, requestId: from.requestId, from: `guest ${from.address}` })
}

type Event = NonNullable<RecordOf<typeof guestEvent>['kind']>

/** One line of what happened through an invitation; sealed as every change is. */
export async function note(
  ctx: Ctx,
  invitation: string,
  kind: Event,
  from: Pick<From, 'address' | 'device'>,
  more: { readonly code_no?: number; readonly note?: string } = {},
): Promise<void> {
  await create(asSystem(ctx), guestEvent, {
    ...{ invitation: invitation as Invitation['id'], kind, at: ctx.now },
    ...{ address: from.address.slice(0, 100), device: from.device.slice(0, 300) },
    ...(more.code_no === undefined ? {} : { code_no: more.code_no }),
    ...(more.note === undefined ? {} : { note: more.note.slice(0, 255) }),
  })
}

export async function openLink(host: Host, link: string, from: From): Promise<Invitation> {
  const invitation = await invitationOf(host, link)
  if (invitation.opened_at === null) {
    const ctx = await guestContext(host, invitation, from)
    await patch(asSystem(ctx), guestInvitation, invitation.id, undefined, { opened_at: ctx.now })
    await note(ctx, invitation.id, 'opened', from)
  }
  return invitation
}

/** Sends a fresh code to the address of the invitation, and to no other; the one before counts no more. */
export async function sendCode(host: Host, link: string, from: From): Promise<void> {
  const invitation = await invitationOf(host, link)
  const ctx = await guestContext(host, invitation, from)
  const now = host.now().getTime()
  const code = newCode()
  const no = await host.db.transaction().execute(async tx => {
    // One at a time: a hundred asked for at once are still five an hour.
    await sql`select pg_advisory_xact_lock(hashtextextended(${invitation.id}, 2))`.execute(tx)
    const codes = await own(tx, host.tenant)
      .selectFrom('guest_code')
      .select(['no', 'made_at'])
      .where('invitation', '=', invitation.id)
      .orderBy('no', 'desc')
      .limit(guestLimits.codesPerHour)
      .execute()
    const age = (at: Date | string | undefined) =>
      at === undefined ? Number.POSITIVE_INFINITY : now - new Date(at).getTime()
    const oldest = codes.length < guestLimits.codesPerHour ? undefined : codes.at(-1)?.made_at
    const wait = Math.max(guestLimits.waitSeconds * 1000 - age(codes[0]?.made_at), 3_600_000 - age(oldest))
    if (wait > 0) throw refuse('guest.code_often', { seconds: Math.ceil(wait / 1000) })
    const next = (codes[0]?.no ?? 0) + 1
    await own(tx, host.tenant)
      .insertInto('guest_code')
      .values({
        ...{ id: newId(), invitation: invitation.id, no: next, made_at: new Date(now), tries: 0, used: false },
        digest: codeDigest(host, invitation.id, next, code),
      })
      .execute()
    return next
  })
  await note(ctx, invitation.id, 'code_sent', from, { code_no: no })
  const { lang } = invitation
  const sent = await sendToGuest(
    host,
    { mail: invitation.mail, lang, id: `${invitation.id}.code${no}` },
    sayTo(lang, 'code', { code }),
    [sayTo(lang, 'codeIs'), { figure: code }, sayTo(lang, 'codeUse', { minutes: String(guestLimits.codeMinutes) })],
  ).catch(() => false)
  if (!sent) throw refuse('guest.code_unsent')
}

/** The newest code opens a session, once, within its minutes and tries. */
export async function enter(
  host: Host,
  link: string,
  code: string,
  from: From,
): Promise<{ readonly invitation: Invitation; readonly secret: string; readonly expires: Date }> {
  const invitation = await invitationOf(host, link)
  const ctx = await guestContext(host, invitation, from)
  const db = own(host.db, host.tenant)
  const now = host.now().getTime()
  // The try is counted before the code is looked at, in one statement: of many at once five are judged.
  const { rows } = await sql<{ id: string; no: number; digest: Buffer; tries: number }>`
    update ${sql.id(host.tenant, 'guest_code')} c set tries = c.tries + 1
    where c.invitation = ${invitation.id}::uuid and not c.used and c.tries < ${guestLimits.tries}
      and c.made_at > ${new Date(now - guestLimits.codeMinutes * 60_000).toISOString()}::timestamptz
      and c.no = (select max(n.no) from ${sql.id(host.tenant, 'guest_code')} n where n.invitation = c.invitation)
    returning c.id, c.no, c.digest, c.tries`.execute(host.db)
  const [kept] = rows
  if (!kept) throw refuse('guest.code_over')
  if (!timingSafeEqual(kept.digest, codeDigest(host, invitation.id, kept.no, code.trim()))) {
    await note(ctx, invitation.id, 'code_wrong', from, { code_no: kept.no })
    throw refuse('guest.code_wrong', { left: guestLimits.tries - kept.tries })
  }
  const { numUpdatedRows } = await db
    .updateTable('guest_code')
    .set({ used: true })
    .where('id', '=', kept.id)
    .where('used', '=', false)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw refuse('guest.code_over')
  const { text, digest } = newSecret(SESSION_PREFIX)
  const expires = new Date(Math.min(now + guestLimits.sessionMinutes * 60_000, Date.parse(invitation.until)))
  await db
    .insertInto('guest_session')
    .values({
      ...{ id: newId(), digest, invitation: invitation.id, code_no: kept.no, created_at: new Date(now) },
      ...{ seen_at: new Date(now), expires_at: expires, address: from.address, device: from.device.slice(0, 300) },
    })
    .execute()
  await note(ctx, invitation.id, 'entered', from, { code_no: kept.no })
  return { invitation, secret: text, expires }
}

/** Who holds the session of this invitation. Refuses `guest.required`, and says why an invitation ended. */
export async function guestCaller(host: Host, id: string, secret: string | null, from: From): Promise<GuestCaller> {
  if (secret === null || !secret.startsWith(SESSION_PREFIX)) throw refuse('guest.required')
  const db = own(host.db, host.tenant)
  const row = await db
    .selectFrom('guest_session')
    .select(['id', 'code_no', 'seen_at', 'expires_at'])
    .where('digest', '=', digestOf(secret))
    .where('invitation', '=', id)
    .executeTakeFirst()
  if (!row) throw refuse('guest.required')
  const invitation = await openInvitation(host, id)
  const now = host.now().getTime()
  const idle = now - new Date(row.seen_at).getTime()
  if (new Date(row.expires_at).getTime() <= now || idle > guestLimits.idleMinutes * 60_000) {
    await endSession(host, row.id)
    throw refuse('guest.required')
  }
  if (idle > 30_000)
    await db
      .updateTable('guest_session')
      .set({ seen_at: new Date(now) })
      .where('id', '=', row.id)
      .execute()
  return { invitation, session: row.id, codeNo: row.code_no, ctx: await guestContext(host, invitation, from) }
}

export async function endSession(host: Host, session: string): Promise<void> {
  await own(host.db, host.tenant).deleteFrom('guest_session').where('id', '=', session).execute()
}

/** A new link for the invitation; those before say that they were replaced. */
export async function newLink(ctx: Ctx, invitation: string): Promise<string> {
  const { text, digest } = newSecret(LINK_PREFIX)
  const db = own(ctx.db, ctx.tenant)
  await db.updateTable('guest_link').set({ replaced: true }).where('invitation', '=', invitation).execute()
  await db.insertInto('guest_link').values({ digest, invitation, made_at: ctx.now, replaced: false }).execute()
  return text
}

/** Every session of the invitation ends. */
export async function shut(ctx: Ctx, invitation: string): Promise<void> {
  await own(ctx.db, ctx.tenant).deleteFrom('guest_session').where('invitation', '=', invitation).execute()
}
