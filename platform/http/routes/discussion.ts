// Comments and attachments of a record.
import { type Id, isId } from '@yingzao/kernel/entity'
import type { FastifyInstance } from 'fastify'
import { attach, demandAttaching, detach, listAttachments } from '../../discussion/attachments.ts'
import { addComment, editComment, listComments, removeComment } from '../../discussion/comments.ts'
import { receiveFile, storeUpload } from '../../files/upload.ts'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, entityOf, idOf, objectBody, textOf, versionOf, wrongInput } from '../reply.ts'

interface OfRecord {
  Params: { entity: string; id: string }
}
interface Part {
  Params: { entity: string; id: string; part: string }
}

export function discussionRoutes(app: FastifyInstance, host: Host): void {
  const named = (params: OfRecord['Params']) => {
    const entity = entityOf(host, params.entity)
    return [entity, idOf(entity, params.id)] as const
  }

  app.get<OfRecord>('/:entity/:id/comments', request => {
    const { ctx } = demandCaller(request)
    return listComments(ctx, ...named(request.params))
  })
  app.post<OfRecord>('/:entity/:id/comments', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['id', 'body'])
    if (body.id !== undefined && !isId(body.id)) throw wrongInput('id', 'must be a uuid')
    const id = isId(body.id) ? body.id : undefined
    reply.code(201)
    return addComment(
      ctx,
      ...named(request.params),
      textOf(body, 'body', 10_000),
      id ? { id: id as Id<'comment'> } : {},
    )
  })
  app.patch<Part>('/:entity/:id/comments/:part', request => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['body'])
    const id = idOf('comment', request.params.part)
    return editComment(ctx, ...named(request.params), id, versionOf(request), textOf(body, 'body', 10_000))
  })
  app.delete<Part>('/:entity/:id/comments/:part', async (request, reply) => {
    const { ctx } = demandCaller(request)
    await removeComment(ctx, ...named(request.params), idOf('comment', request.params.part), versionOf(request))
    return reply.code(204).send()
  })

  app.get<OfRecord>('/:entity/:id/attachments', request => {
    const { ctx } = demandCaller(request)
    return listAttachments(ctx, ...named(request.params))
  })
  app.post<OfRecord>('/:entity/:id/attachments', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const [entity, id] = named(request.params)
    // Rights before bytes: nobody fills the disk for a record they may not touch.
    await demandAttaching(ctx, entity, id)
    const part = await receiveFile(request, reply, host.limits.file)
    const stored = await storeUpload(host, part, ctx.principal.user, host.limits.file)
    reply.code(201)
    return attach(ctx, entity, id, stored)
  })
  app.delete<Part>('/:entity/:id/attachments/:part', async (request, reply) => {
    const { ctx } = demandCaller(request)
    await detach(ctx, ...named(request.params), idOf('attachment', request.params.part))
    return reply.code(204).send()
  })
}
