// The door of reports: what a page tells as PDF or as a workbook, with the rights of who asks, kept in the history as an export.
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { recordChanges } from '@yingzao/kernel/records/change'
import { asSystem, get, refuse, reportOf, write } from '@yingzao/kernel/server'
import type { FastifyInstance } from 'fastify'
import { disposition } from '../files/name.ts'
import { demandCaller } from '../http/guard.ts'
import { objectBody } from '../http/reply.ts'
import { renderPdf } from '../print/render.ts'
import { gone } from '../print/routes.ts'
import { mostRows } from '../print/sheet-of-list.ts'
import { sheetOfReport } from './sheet.ts'
import { workbookOf } from './workbook.ts'

interface Asked {
  Params: { action: string; format: string }
}
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function reportRoutes(app: FastifyInstance): void {
  app.post<Asked>('/actions/:action/report/:format', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const { action, format } = request.params
    if (format !== 'pdf' && format !== 'xlsx') throw refuse('print.format')
    const input = objectBody(request)
    const signal = gone(reply)
    const body = await reportOf(ctx, action, input)
    const rows = body.sections.reduce((sum, each) => sum + (each.is === 'table' ? each.rows.length : 0), 0)
    if (rows > mostRows) throw refuse('print.too_many_rows', { limit: mostRows })
    const made =
      format === 'xlsx'
        ? { bytes: await workbookOf(ctx, body), pages: 0 }
        : await renderPdf(await sheetOfReport(ctx, body, action), { signal }).then(({ pdf, pages }) => ({
            bytes: Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength),
            pages,
          }))
    signal.throwIfAborted()
    await keepTrace(ctx, { action, format, rows, input: JSON.parse(JSON.stringify(input)) })
    const place = body.scope[0]?.[1] ?? ''
    return reply
      .type(format === 'pdf' ? 'application/pdf' : xlsx)
      .header(
        'content-disposition',
        disposition(format === 'pdf' ? 'inline' : 'attachment', `${body.title} ${place} ${ctx.today}.${format}`),
      )
      .header('x-pages', made.pages)
      .send(made.bytes)
  })
}

/** Who took which figures away stands in the history of the organisation, as with the export of the history itself. */
async function keepTrace(ctx: Ctx, what: Readonly<Record<string, Json>>): Promise<void> {
  const root = ctx.principal.rights?.grants.units.root ?? null
  if (root === null) return
  await write(ctx, async inside => {
    const company = await get(asSystem(inside), 'org_unit', root)
    await recordChanges(inside, [
      {
        ...{ entity: 'org_unit', record: root, version: company.version, op: 'action', action: 'report_export' },
        diff: { _report: [null, what] },
      },
    ])
  })
}
