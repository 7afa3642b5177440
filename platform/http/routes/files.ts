// Files: uploading one for a file field, downloading, thumbnails. Content is immutable, rights are asked every time.
import type { FileRef } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { disposition } from '../../files/name.ts'
import { type Of, readableFile } from '../../files/right.ts'
import { pictures } from '../../files/sniff.ts'
import { thumbnail } from '../../files/thumbnail.ts'
import { receiveFile, type StoredFile, storeUpload } from '../../files/upload.ts'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'

interface OneFile {
  Params: { id: string }
  Querystring: { of?: string; download?: string }
}

/** Shown in the page: pictures and PDF, whose viewers run nothing of ours. All else is saved. */
const inline = (type: string) => pictures.has(type) || type === 'application/pdf'

export function fileRoutes(app: FastifyInstance, host: Host): void {
  app.post('/files', async (request, reply): Promise<Omit<FileRef, 'id'> & { id: string }> => {
    const { ctx } = demandCaller(request)
    const part = await receiveFile(request, reply, host.limits.file)
    const { id, name, type, size } = await storeUpload(host, part, ctx.principal.user, host.limits.file)
    reply.code(201)
    return { id, name, type, size }
  })

  app.get<OneFile>('/files/:id', async (request, reply) => {
    const file = await find(request)
    if (unchanged(request, reply, file, '')) return reply.code(304).send()
    const kind = inline(file.type) && request.query.download === undefined ? 'inline' : 'attachment'
    reply
      .header('content-disposition', disposition(kind, file.name))
      .header('content-length', file.size)
      // Whatever is inside runs in no origin, loads nothing and posts nothing.
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox")
      .type(textual(file.type))
    return reply.send(await host.files.read(file.sha256))
  })

  app.get<OneFile>('/files/:id/thumbnail', async (request, reply) => {
    const file = await find(request)
    if (!pictures.has(file.type)) throw refuse('file.no_thumbnail')
    if (unchanged(request, reply, file, '-s')) return reply.code(304).send()
    return reply.type('image/webp').send(await thumbnail(host.files, file.sha256))
  })

  function find(request: FastifyRequest<OneFile>): Promise<StoredFile> {
    const { ctx } = demandCaller(request)
    return readableFile(ctx, request.params.id, ofQuery(request.query.of))
  }
}

/** `?of=day_work_sheet/0190…`: the record whose field shows the file. */
function ofQuery(of: string | undefined): Of | null {
  const [entity, id] = (of ?? '').split('/')
  return entity && id ? { entity, id } : null
}

/** Browsers keep the bytes but ask each time, so that a right taken away counts at once. */
function unchanged(request: FastifyRequest, reply: FastifyReply, file: StoredFile, suffix: string): boolean {
  const etag = `"${file.sha256.slice(0, 32)}${suffix}"`
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  return request.headers['if-none-match'] === etag
}

const textual = (type: string) => (type.startsWith('text/') ? `${type}; charset=utf-8` : type)
