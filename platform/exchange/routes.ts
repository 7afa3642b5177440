// Excel and CSV of any entity: export, template, import preview, confirm, rows to correct.

import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import { refuse } from '@yingzao/kernel/refuse'
import { later } from '@yingzao/kernel/server'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { disposition } from '../files/name.ts'
import { receiveFile, storeUpload } from '../files/upload.ts'
import { demandCaller } from '../http/guard.ts'
import type { Host } from '../http/host.ts'
import { parseJson } from '../http/json.ts'
import { exportOf } from '../http/query.ts'
import { entityOf, isObject, objectBody } from '../http/reply.ts'
import { renderMessage } from '../messages/render.ts'
import { own } from '../tables/typed.ts'
import { exportRows, type Format, template, writer } from './export.ts'
import { IMPORT_JOB } from './import.jobs.ts'
import { choiceOf, demandImport, errorRows, findImport, startImport } from './import.ts'

interface Asked {
  Params: { entity: string }
  Querystring: { format?: string; encoding?: string }
}
interface OneImport {
  Params: { entity: string; id: string }
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

export function exchangeRoutes(app: FastifyInstance, host: Host): void {
  app.post<Asked>('/:entity/export', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    if (isNone(rightsOf(ctx, entity).rows('export'))) throw refuse('access.denied', { function: 'export' })
    const query = exportOf(objectBody(request))
    const format = formatOf(request.query)
    start(reply, format, `${labelOf(ctx.lang, entity)} ${ctx.today}`)
    return reply.send(exportRows(ctx, entity, query, host.zone, writer(format, gone(reply))))
  })

  app.get<Asked>('/:entity/import/template', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    demandImport(ctx, entity)
    const format = formatOf(request.query)
    const word = ctx.lang === 'zh' ? '导入模板' : 'import template'
    start(reply, format, `${labelOf(ctx.lang, entity)} ${word}`)
    return reply.send(template(ctx, entity, writer(format, gone(reply))))
  })

  app.post<Asked>('/:entity/import', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    demandImport(ctx, entity)
    const part = await receiveFile(request, reply, host.limits.table)
    const stored = await storeUpload(host, part, ctx.principal.user, host.limits.table)
    return startImport(ctx, host, entity, stored, choiceOf(fieldOf(part.fields.choice)))
  })

  app.post<OneImport>('/:entity/import/:id/confirm', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    demandImport(ctx, entity)
    const run = await findImport(ctx, entity, request.params.id)
    const choice = { ...run.choice, ...choiceOf(objectBody(request)) }
    const db = own(host.db, host.tenant)
    // Kept longer than a day now: the errors refer to it.
    await db.updateTable('stored_file').set({ used: true }).where('id', '=', run.id).execute()
    await db
      .updateTable('import_run')
      .set({ choice: JSON.stringify(choice) })
      .where('id', '=', run.id)
      .execute()
    const job = await later(ctx, IMPORT_JOB, { id: run.id, from: request.ip }, { key: `import ${run.id}` })
    await db.updateTable('import_run').set({ job }).where('id', '=', run.id).execute()
    reply.code(202)
    return { job }
  })

  app.get<OneImport>('/:entity/import/:id/errors', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const entity = entityOf(host, request.params.entity)
    const run = await findImport(ctx, entity, request.params.id)
    const { headers, rows, csv } = await errorRows(host, run)
    const format: Format = csv ? { kind: 'csv', encoding: 'utf-8' } : { kind: 'xlsx' }
    const title = renderMessage(host.registry, 'exchange.column', {}, ctx.lang)
    start(reply, format, `${run.file.name.replace(/\.\w+$/, '')} ${title}`)
    const columns = [...headers, title].map(header => ({ header, kind: 'text' as const }))
    return reply.send(writer(format, gone(reply))(columns, rows, title))
  })

  const labelOf = (lang: 'zh' | 'en', entity: string) => host.registry.entities.get(entity)?.def.label[lang] ?? entity
}

function formatOf({ format, encoding }: Asked['Querystring']): Format {
  if (format === 'xlsx') return { kind: 'xlsx' }
  if (format !== 'csv') throw refuse('exchange.format')
  return { kind: 'csv', encoding: encoding?.toLowerCase().startsWith('gb') ? 'gb18030' : 'utf-8' }
}

function start(reply: FastifyReply, format: Format, name: string): void {
  const gbk = format.kind === 'csv' && format.encoding === 'gb18030'
  reply
    .type(gbk ? 'text/csv; charset=gb18030' : types[format.kind])
    .header('content-disposition', disposition('attachment', `${name}.${format.kind}`))
}

/** Nobody reads any more: the database is not asked for the rest. */
function gone(reply: FastifyReply): AbortSignal {
  const aborter = new AbortController()
  reply.raw.once('close', () => aborter.abort())
  return aborter.signal
}

/** The choice travels as a JSON field before the file. */
function fieldOf(field: unknown) {
  if (typeof field !== 'object' || field === null || !('value' in field) || typeof field.value !== 'string') return {}
  const value = parseJson(field.value)
  return isObject(value) ? value : {}
}
