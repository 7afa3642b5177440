// For services that read an uploaded file (a plan to import): the caller's right first, then its content as a stream.
import type { Ctx } from '@yingzao/kernel/context'
import { readableFile } from './right.ts'

export interface OpenFile {
  readonly name: string
  readonly size: number
  readonly content: AsyncIterable<Uint8Array>
}

/** Refuses `record.not_found` when there is no such file or the caller may not read it. */
export async function openFile(ctx: Ctx, id: string): Promise<OpenFile> {
  const file = await readableFile(ctx, id, null)
  if (!ctx.content) throw new Error('this context was made without a file store')
  return { name: file.name, size: file.size, content: await ctx.content(file.sha256) }
}
