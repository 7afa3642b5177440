// Small WebP pictures, made when first asked for; huge pictures (decompression bombs) are refused before decoding.
import { buffer } from 'node:stream/consumers'
import { refuse } from '@yingzao/kernel/refuse'
import sharp from 'sharp'
import type { FileStore } from './store.ts'

const SIDE = 480
/** 100 megapixels: more than any phone's camera, and 400 MB decoded at worst. */
const MOST_PIXELS = 100_000_000
sharp.cache(false)
sharp.concurrency(1)

/** One at a time: pictures are large, and thumbnails can wait. */
let turn: Promise<unknown> = Promise.resolve()

export async function thumbnail(store: FileStore, sha256: string): Promise<Buffer> {
  const made = await store.readDerived(sha256, 'thumbnail')
  if (made) return buffer(made)
  const work = turn.then(() => make(store, sha256))
  turn = work.catch(() => {})
  return work
}

async function make(store: FileStore, sha256: string): Promise<Buffer> {
  const source = await store.read(sha256)
  const shrink = sharp({ limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 })
    .rotate()
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .timeout({ seconds: 20 })
  source.on('error', error => shrink.destroy(error))
  try {
    const small = await source.pipe(shrink).toBuffer()
    await store.writeDerived(sha256, 'thumbnail', small)
    return small
  } catch {
    throw refuse('file.no_thumbnail')
  } finally {
    source.destroy()
  }
}
