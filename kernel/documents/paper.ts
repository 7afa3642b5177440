// What is given with an opinion beside its words: a signature and files, kept with the line of the trail.
import type { FileRef, Id, Json } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { refuse, refuseInput } from '../refuse.ts'

export interface Papers {
  readonly signature: FileRef | null
  readonly files: readonly FileRef[]
}
export const noPapers: Papers = { signature: null, files: [] }

/** Refuses files that are not the giver's own uploads. */
export async function papersOf(ctx: Ctx, input: Readonly<Record<string, Json>>): Promise<Papers> {
  const [signature] = filesIn(input.signature)
  const files = filesIn(input.files)
  if (!signature && files.length === 0) return noPapers
  const [keeper] = ctx.registry.fileKeepers.values()
  if (!keeper) throw refuse('document.no_files')
  const kept = await keeper.keep(ctx, [...(signature ? [signature] : []), ...files])
  if (signature && !kept[0]?.type.startsWith('image/'))
    throw refuseInput([{ path: 'signature', code: 'field.type', values: { expected: 'image' } }])
  return signature ? { signature: kept[0] ?? null, files: kept.slice(1) } : { signature: null, files: kept }
}

const filesIn = (value: Json | undefined): FileRef[] =>
  Array.isArray(value)
    ? value.flatMap(each =>
        typeof each === 'object' && each !== null && 'id' in each && isFileId(each.id)
          ? [{ id: each.id, name: String(each.name), size: Number(each.size), type: String(each.type) }]
          : [],
      )
    : []
const isFileId = (value: unknown): value is Id<'file'> => isId(value)

/** For the change row, so that what was signed stands in the audit chain. */
export const papersDiff = ({ signature, files }: Papers): Readonly<Record<string, readonly [Json, Json]>> => ({
  ...(signature && { _signature: [null, signature.id] as const }),
  ...(files.length > 0 && { _files: [null, files.map(each => each.id)] as const }),
})
