// Taking a file in: streamed to the store with the cap applied on the way, sniffed, remembered.
import type { MultipartFile } from '@fastify/multipart'
import { refuse } from '@yingzao/kernel/refuse'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { newId } from '../client/entity.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { safeName } from './name.ts'
import { sniff } from './sniff.ts'

export interface StoredFile {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** Boundaries and part headers beside the file itself. */
const MARGIN = 100_000

/**
 * The one file of a multipart request. Says no before a byte is read when Content-Length is over the limit, and closes
 * the connection after a refusal, so that the rest of a huge upload is not waited for.
 */
export async function receiveFile(request: FastifyRequest, reply: FastifyReply, limit: number): Promise<MultipartFile> {
  reply.raw.once('finish', () => {
    if (!request.raw.complete) request.raw.destroy()
  })
  if (!request.isMultipart()) throw refuse('file.missing')
  if (Number(request.headers['content-length'] ?? 0) > limit + MARGIN) {
    reply.header('connection', 'close')
    throw refuse('file.too_large', { limit })
  }
  const part = await request.file({
    limits: { fileSize: limit + 1, files: 1, fields: 8, fieldSize: 65_536, headerPairs: 40 },
  })
  if (!part) throw refuse('file.missing')
  return part
}

/** Stores the upload for its uploader; a record may refer to it from now on, and is swept after a day if none does. */
export async function storeUpload(
  host: Host,
  part: {
    readonly file: AsyncIterable<Uint8Array>
    readonly filename: string | undefined
    readonly mimetype: string
  },
  by: string | null,
  limit: number,
): Promise<StoredFile> {
  const name = safeName(part.filename ?? '')
  const received = await host.files.receive(part.file, limit)
  try {
    const type = await sniff(received.head, name, part.mimetype)
    const row = { id: newId(), sha256: received.sha256, name, type, size: received.size }
    await host.db.transaction().execute(async tx => {
      // Against the sweep, which may be about to remove the last trace of the same content.
      await sql`select pg_advisory_xact_lock(hashtextextended(${row.sha256}, 0))`.execute(tx)
      await received.keep()
      await own(tx, host.tenant)
        .insertInto('stored_file')
        .values({ ...row, by, at: host.now(), used: false })
        .execute()
    })
    return row
  } catch (error) {
    await received.discard()
    throw error
  }
}
