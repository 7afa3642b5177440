// The doors of guests. Inviting is done by people with a session; everything below /guest by whoever holds a link, and nothing
// else of the API knows a guest's cookie: it is sent to the address of his invitation only.
import { Readable } from 'node:stream'
import type { Json } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { shapeOf } from '@yingzao/kernel/registry'
import { asSystem, get, write } from '@yingzao/kernel/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type GuestDoor,
  type GuestInput,
  type GuestPage,
  type GuestSaid,
  guestActs,
  guestRoles,
} from '../client/guest.ts'
import { attach, listAttachments } from '../discussion/attachments.ts'
import { addComment } from '../discussion/comments.ts'
import { disposition } from '../files/name.ts'
import { pictures } from '../files/sniff.ts'
import { receiveFile, storeUpload } from '../files/upload.ts'
import { deviceOf, langOf } from '../http/context.ts'
import { readCookie } from '../http/cookie.ts'
import { demandCaller, demandSameOrigin } from '../http/guard.ts'
import type { Host } from '../http/host.ts'
import { demandKeys, entityOf, idOf, isObject, objectBody, optionalText, textOf, wrongInput } from '../http/reply.ts'
import { companyOf } from '../print/company.ts'
import { printRecord } from '../print/print.ts'
import { own } from '../tables/typed.ts'
import { guestAnswer } from './answer.entity.ts'
import { deskOf } from './desk.ts'
import { endSession, enter, type From, type GuestCaller, guestCaller, note, openLink, sendCode } from './door.ts'
import { guestInvitation } from './invitation.entity.ts'
import { demandInviting, invite, sendAgain, withdraw } from './invite.ts'
import { sayTo, sendToGuest } from './letter.ts'
import { pageOf } from './page.ts'
import { say } from './say.ts'
import { tellInviter } from './tell.ts'

interface OfRecord {
  Params: { entity: string; id: string }
}
interface ById {
  Params: { id: string }
}
interface Part {
  Params: { id: string; part: string }
}

const COOKIE = 'yingzao_guest'
const most = { files: 20, fileSize: 50_000_000 }

export const guestSource = (request: FastifyRequest, host: Host): From => ({
  ...{ address: request.ip, device: deviceOf(request), lang: langOf(request, host), requestId: request.id },
})

/** What people with a session do: invite, look, send again, take back, reply. */
export function guestDeskRoutes(app: FastifyInstance, host: Host): void {
  const named = (params: OfRecord['Params']) => {
    const entity = entityOf(host, params.entity)
    return [entity, idOf(entity, params.id)] as const
  }
  /** An invitation of a record to which the caller may invite. */
  const mine = async (request: FastifyRequest<ById>) => {
    const { ctx } = demandCaller(request)
    const invitation = await get(asSystem(ctx), guestInvitation, idOf('guest_invitation', request.params.id))
    await demandInviting(ctx, invitation.entity, invitation.record)
    return { ctx, invitation }
  }

  app.get<OfRecord>('/:entity/:id/guests', request => {
    const { ctx } = demandCaller(request)
    return deskOf(ctx, host, ...named(request.params))
  })
  app.post<OfRecord>('/:entity/:id/guests', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const [entity, id] = named(request.params)
    const made = await invite(ctx, host, entity, id, inputOf(request), guestSource(request, host))
    const { invitations } = await deskOf(ctx, host, entity, id)
    reply.code(201)
    return invitations.find(each => each.id === made)
  })
  app.post<ById>('/guests/:id/resend', async (request, reply) => {
    const { ctx, invitation } = await mine(request)
    const body = objectBody(request)
    demandKeys(body, ['days'])
    const { days = null } = body
    if (days !== null && typeof days !== 'number') throw wrongInput('days', 'must be a number')
    await sendAgain(ctx, host, invitation.id, days, guestSource(request, host))
    return reply.code(204).send()
  })
  app.post<ById>('/guests/:id/withdraw', async (request, reply) => {
    const { ctx, invitation } = await mine(request)
    demandKeys(objectBody(request), [])
    await withdraw(ctx, invitation.id, guestSource(request, host))
    return reply.code(204).send()
  })
  app.post<ById>('/guests/:id/comments', async (request, reply) => {
    const { ctx, invitation } = await mine(request)
    const body = objectBody(request)
    demandKeys(body, ['body'])
    const { id, entity, record, subject, mail } = invitation
    const made = await addComment(ctx, entity, record, textOf(body, 'body', 10_000), { guest: id })
    const lang = invitation.lang ?? 'zh'
    const seen = await get(asSystem(ctx), entity, record)
    const company = await companyOf(ctx, shapeOf(ctx.registry, entity), seen)
    const words = { inviter: ctx.principal.name, company, subject: subject ?? '' }
    const said = sayTo(lang, 'replied', words)
    await sendToGuest(host, { mail, lang, id: made.id }, said, [said]).catch(error =>
      host.log.warn({ err: error }, 'a letter to a guest was not sent'),
    )
    reply.code(201)
    return made
  })
  app.get<Part>('/guests/:id/signature/:part', async (request, reply) => {
    const { ctx, invitation } = await mine(request)
    const answer = await get(asSystem(ctx), guestAnswer, idOf('guest_answer', request.params.part))
    if (answer.invitation !== invitation.id || answer.signature === null)
      throw refuse('record.not_found', { entity: 'file' })
    return sendFile(host, reply, answer.signature, false)
  })
}

/** What a guest does; nobody here has an account. */
export function guestRoutes(app: FastifyInstance, host: Host): void {
  const limited = { config: { rateLimit: host.limits.guests } }
  const link = (request: FastifyRequest, ...more: string[]) => {
    demandSameOrigin(request)
    const body = objectBody(request)
    demandKeys(body, ['link', ...more])
    return { link: textOf(body, 'link', 200), body, from: guestSource(request, host) }
  }
  const known = async (request: FastifyRequest<ById | Part>): Promise<GuestCaller & { readonly from: From }> => {
    if (request.method !== 'GET') demandSameOrigin(request)
    const from = guestSource(request, host)
    const id = idOf('guest_invitation', request.params.id)
    return { ...(await guestCaller(host, id, readCookie(request, COOKIE), from)), from }
  }
  const may = (caller: GuestCaller, act: (typeof guestActs)[number]) => {
    if (!caller.invitation.acts?.includes(act)) throw refuse('guest.act')
  }

  app.post('/guest/open', limited, async (request): Promise<GuestDoor> => {
    const asked = link(request)
    const { id, mail, until } = await openLink(host, asked.link, asked.from)
    return { id, mail: mail.replace(/^(.).*@/, '$1***@'), until }
  })
  app.post('/guest/code', limited, async (request, reply) => {
    const asked = link(request)
    await sendCode(host, asked.link, asked.from)
    return reply.code(204).send()
  })
  app.post('/guest/enter', limited, async (request, reply) => {
    const asked = link(request, 'code')
    const code = textOf(asked.body, 'code', 20)
    const { invitation, secret, expires } = await enter(host, asked.link, code, asked.from)
    reply.setCookie(COOKIE, secret, { ...cookieOf(request, invitation.id), expires })
    return { id: invitation.id, expires_at: expires.toISOString() }
  })

  app.get<ById>('/guest/:id', async (request): Promise<GuestPage> => pageOf(await known(request)))

  app.post<ById>('/guest/:id/say', async (request): Promise<GuestPage> => {
    const caller = await known(request)
    await say(host, caller, saidOf(request), caller.from)
    return pageOf(await known(request))
  })
  app.post<ById>('/guest/:id/comments', async (request): Promise<GuestPage> => {
    const caller = await known(request)
    may(caller, 'comment')
    const body = objectBody(request)
    demandKeys(body, ['body'])
    const words = textOf(body, 'body', 4000)
    if (words.trim() === '') throw wrongInput('body', 'must not be empty')
    const { ctx, invitation, from, codeNo } = caller
    await write(ctx, async inside => {
      await addComment(inside, invitation.entity, invitation.record, words)
      await note(inside, invitation.id, 'commented', from, { code_no: codeNo })
      await tellInviter(inside, invitation, 'guest.said')
    })
    return pageOf(caller)
  })
  app.post<ById>('/guest/:id/files', async (request, reply): Promise<GuestPage> => {
    const caller = await known(request)
    may(caller, 'attach')
    const { ctx, invitation, from, codeNo } = caller
    const { entity, record } = invitation
    const given = await listAttachments(ctx, entity, record)
    if (given.filter(each => each.by?.id === invitation.id).length >= most.files)
      throw refuse('guest.files_many', { most: most.files })
    const limit = Math.min(most.fileSize, host.limits.file)
    const stored = await storeUpload(host, await receiveFile(request, reply, limit), null, limit)
    await write(ctx, async inside => {
      await attach(inside, entity, record, stored)
      await note(inside, invitation.id, 'attached', from, { code_no: codeNo, note: stored.name })
      await tellInviter(inside, invitation, 'guest.said')
    })
    return pageOf(caller)
  })
  app.get<Part>('/guest/:id/files/:part', async (request, reply) => {
    const { ctx, invitation, from, codeNo } = await known(request)
    const files = await listAttachments(ctx, invitation.entity, invitation.record)
    const found = files.find(each => each.id === request.params.part)
    if (!found) throw refuse('record.not_found', { entity: 'file' })
    await note(ctx, invitation.id, 'downloaded', from, { code_no: codeNo, note: found.name })
    return sendFile(host, reply, found.file, true)
  })
  app.post<ById>('/guest/:id/print', async (request, reply) => {
    const caller = await known(request)
    may(caller, 'print')
    demandKeys(objectBody(request), [])
    const { ctx, invitation, from, codeNo } = caller
    const site = host.publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`
    const made = await printRecord(ctx, invitation.entity, invitation.record, { site })
    await note(ctx, invitation.id, 'printed', from, { code_no: codeNo, note: made.code })
    return reply
      .type('application/pdf')
      .header('content-disposition', disposition('inline', `${made.name}.pdf`))
      .send(Buffer.from(made.pdf.buffer, made.pdf.byteOffset, made.pdf.byteLength))
  })
  app.delete<ById>('/guest/:id', async (request, reply) => {
    const { ctx, invitation, session, from, codeNo } = await known(request)
    await endSession(host, session)
    await note(ctx, invitation.id, 'left', from, { code_no: codeNo })
    reply.clearCookie(COOKIE, cookieOf(request, invitation.id))
    return reply.code(204).send()
  })
}

/** Sent to this invitation's address alone: another one's page, and the rest of the API, never see it. */
const cookieOf = (request: FastifyRequest, id: string) =>
  ({
    path: `/api/v1/guest/${id}`,
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  }) as const

async function sendFile(host: Host, reply: FastifyReply, id: string, named: boolean): Promise<FastifyReply> {
  const row = await own(host.db, host.tenant)
    .selectFrom('stored_file')
    .select(['sha256', 'name', 'type', 'size'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw refuse('record.not_found', { entity: 'file' })
  const shown = pictures.has(row.type) || row.type === 'application/pdf'
  return reply
    .header('content-disposition', disposition(shown ? 'inline' : 'attachment', named ? row.name : 'signature.png'))
    .header('content-length', row.size)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox")
    .type(row.type.startsWith('text/') ? `${row.type}; charset=utf-8` : row.type)
    .send(Readable.from(await host.files.read(row.sha256)))
}

function inputOf(request: FastifyRequest): GuestInput {
  const body = objectBody(request)
  demandKeys(body, [
    'name',
    'party',
    'role',
    'mail',
    'phone',
    'acts',
    'fields',
    'attachments',
    'days',
    'message',
    'lang',
  ])
  const role = guestRoles.find(each => each === body.role)
  const lang = (['zh', 'en'] as const).find(each => each === body.lang)
  if (!role) throw wrongInput('role', `must be one of ${guestRoles.join(', ')}`)
  if (!lang) throw wrongInput('lang', 'must be zh or en')
  if (typeof body.days !== 'number') throw wrongInput('days', 'must be a number')
  const acts = textsOf(body.acts, 'acts')
  return {
    ...{ name: textOf(body, 'name', 60), party: textOf(body, 'party', 120), role, mail: textOf(body, 'mail', 120) },
    ...(body.phone ? { phone: textOf(body, 'phone', 30) } : {}),
    acts: acts.map(each => {
      const act = guestActs.find(known => known === each)
      if (!act) throw wrongInput('acts', `must be of ${guestActs.join(', ')}`)
      return act
    }),
    ...{ fields: textsOf(body.fields, 'fields'), attachments: textsOf(body.attachments, 'attachments') },
    ...{ days: body.days, lang },
    ...(body.message ? { message: textOf(body, 'message', 1000) } : {}),
  }
}

function textsOf(value: Json | undefined, path: string): readonly string[] {
  if (!Array.isArray(value) || value.length > 500 || !value.every(each => typeof each === 'string'))
    throw wrongInput(path, 'must be a list of at most 500 names')
  return [...new Set(value)]
}

function saidOf(request: FastifyRequest): GuestSaid {
  const body = objectBody(request)
  demandKeys(body, ['kind', 'seen', 'reason', 'values', 'lines', 'signature'])
  const kind = (['confirm', 'refuse', 'answer'] as const).find(each => each === body.kind)
  if (!kind) throw wrongInput('kind', 'must be confirm, refuse or answer')
  const reason = optionalText(body, 'reason', 2000)
  const signature = optionalText(body, 'signature', 500_000)
  const { values, lines } = body
  if (values !== undefined && !isObject(values)) throw wrongInput('values', 'must be an object')
  const perLine: Record<string, Readonly<Record<string, Json>>> = {}
  for (const [id, each] of Object.entries(isObject(lines) ? lines : {})) {
    if (!isObject(each)) throw wrongInput('lines', 'must be objects by line')
    perLine[id] = each
  }
  return {
    ...{ kind, seen: textOf(body, 'seen', 64) },
    ...(reason === undefined ? {} : { reason }),
    ...(signature === undefined ? {} : { signature }),
    ...(values === undefined ? {} : { values }),
    ...(lines === undefined ? {} : { lines: perLine }),
  }
}
