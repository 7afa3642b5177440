// The picture in a file field, small and plain enough for paper: JPEG on white.

import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Picture } from '@yingzao/formats/pdf'
import type { Ctx } from '@yingzao/kernel/context'
import { isId } from '@yingzao/kernel/entity'
import sharp from 'sharp'
import { own } from '../tables/typed.ts'

const most = { width: 900, height: 300, pixels: 40_000_000 }

/** Null: there is none, or it cannot be read. `field` is the value of a file field. */
export async function pictureOf(ctx: Ctx, field: unknown): Promise<Picture | null> {
  const [file]: readonly unknown[] = Array.isArray(field) ? field : []
  const id = typeof file === 'object' && file !== null && 'id' in file ? file.id : null
  if (!isId(id) || !ctx.content) return null
  const row = await own(ctx.db, ctx.tenant)
    .selectFrom('stored_file')
    .select('sha256')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  try {
    const bytes = await buffer(Readable.from(await ctx.content(row.sha256)))
    const { data, info } = await sharp(bytes, { limitInputPixels: most.pixels, pages: 1 })
      .rotate()
      .resize(most.width, most.height, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 88 })
      .timeout({ seconds: 10 })
      .toBuffer({ resolveWithObject: true })
    return { bytes: new Uint8Array(data), width: info.width, height: info.height }
  } catch {
    // A broken picture must not stop a print.
    return null
  }
}
