// The doors of print: a record, a list, and what a printed code stands for. Printing is counted and kept in the history, so it is
// a POST: a link or a prefetch prints nothing.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { disposition } from '../files/name.ts'
import { langOf } from '../http/context.ts'
import { demandCaller, identify } from '../http/guard.ts'
import type { Host } from '../http/host.ts'
import { exportOf } from '../http/query.ts'
import { demandKeys, entityOf, idOf, objectBody, optionalText } from '../http/reply.ts'
import { printRecord } from './print.ts'
import { renderPdf } from './render.ts'
import { sheetOfList } from './sheet-of-list.ts'
import { verdictOf } from './verdict.ts'
import { verifyPage } from './verify-page.ts'

interface Named {
  Params: { entity: string }
}
interface One {
  Params: { entity: string; id: string }
}
interface Asked {
  Querystring: { c?: string }
}

export function printRoutes(app: FastifyInstance, host: Host): void {
  app.post<One>('/:entity/:id/print', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const id = idOf(entity, request.params.id)
    demandKeys(objectBody(request), [])
    const made = await printRecord(ctx, entity, id, { site: siteOf(host, request), signal: gone(reply) })
    return send(reply, made.pdf, made.name, made.pages)
  })

  app.post<Named>('/:entity/print', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const { title: _, group: __, ...body } = objectBody(request)
    const { sheet, rows, ending } = await sheetOfList(ctx, entity, exportOf(body), {
      title: optionalText(objectBody(request), 'title', 100) ?? '',
      group: optionalText(objectBody(request), 'group', 100) ?? null,
    })
    const { pdf, pages } = await renderPdf(sheet, { rows, ending, signal: gone(reply) })
    return send(reply, pdf, `${sheet.head.title} ${ctx.today}`, pages)
  })

  app.get<Asked>('/verify', { config: { rateLimit: host.limits.verify } }, request =>
    verdictOf(host, request.caller?.ctx ?? null, textOf(request.query.c)),
  )
}

/** What a phone opens that scanned a code: a page of its own, a few kB, for people without an account too. */
export function verifyRoute(app: FastifyInstance, host: Host): void {
  app.get<Asked>('/verify', { config: { rateLimit: host.limits.verify } }, async (request, reply) => {
    const caller = await identify(host, request).catch(() => null)
    const ctx = caller?.session?.mustChange ? null : (caller?.ctx ?? null)
    const code = textOf(request.query.c)
    const lang = ctx?.lang ?? langOf(request, host)
    const verdict = code === '' ? null : await verdictOf(host, ctx, code)
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(verifyPage({ verdict, code, lang, zone: host.zone, signedIn: ctx !== null }))
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '')

/** Where people reach this system: as configured, else as this request did. */
const siteOf = ({ publicUrl }: Host, request: FastifyRequest): string =>
  publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`

function send(reply: FastifyReply, pdf: Uint8Array, name: string, pages: number): FastifyReply {
  return reply
    .type('application/pdf')
    .header('content-disposition', disposition('inline', `${name}.pdf`))
    .header('x-pages', pages)
    .send(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
}

/** Nobody waits any more: the rest is not rendered. */
export function gone(reply: FastifyReply): AbortSignal {
  const aborter = new AbortController()
  reply.raw.once('close', () => aborter.abort())
  return aborter.signal
}
