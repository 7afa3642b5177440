// Who may read a file: whoever may read a record that refers to it, asked anew on every download.
import { isPaper } from '@yingzao/kernel/approval/read'
import type { Ctx } from '@yingzao/kernel/context'
import { isId } from '@yingzao/kernel/entity'
import { Refusal, refuse } from '@yingzao/kernel/refuse'
import { asSystem, get, list } from '@yingzao/kernel/server'
import { attachment } from '../discussion/attachment.entity.ts'
import { mayGuestSee } from '../discussion/attachments.ts'
import { own } from '../tables/typed.ts'
import type { StoredFile } from './upload.ts'

/** A record that the caller says refers to the file. */
export interface Of {
  readonly entity: string
  readonly id: string
}

/** The file, if the caller may read it; refuses `record.not_found` otherwise, whether it exists or not. */
export async function readableFile(ctx: Ctx, id: string, of: Of | null): Promise<StoredFile> {
  const missing = refuse('record.not_found', { entity: 'file', id: id.slice(0, 80) })
  if (!isId(id)) throw missing
  const row = await own(ctx.db, ctx.tenant)
    .selectFrom('stored_file')
    .select(['id', 'sha256', 'name', 'type', 'size', 'by', 'used'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw missing
  const freshMine = !row.used && row.by !== null && row.by === ctx.principal.user
  if (freshMine || (of !== null && (await isInField(ctx, id, of))) || (await isAttached(ctx, id))) return row
  throw missing
}

async function isAttached(ctx: Ctx, id: string): Promise<boolean> {
  const { items } = await list(asSystem(ctx), attachment, { filter: { file: { eq: id } }, limit: 20 })
  for (const item of items)
    if (mayGuestSee(ctx, item) && (await readRecord(ctx, { entity: item.entity, id: item.record }))) return true
  return false
}

/** The field must be one the caller may read: `get` leaves hidden and masks masked ones. */
async function isInField(ctx: Ctx, id: string, of: Of): Promise<boolean> {
  const def = ctx.registry.entities.get(of.entity)?.def
  if (!def || !isId(of.id)) return false
  const record = await readRecord(ctx, of)
  if (!record) return false
  if (def.kind === 'document' && (await isPaper(ctx, of.id, id))) return true
  return Object.entries(def.fields).some(([name, field]) => {
    const value = field.kind === 'file' ? record[name] : undefined
    return Array.isArray(value) && value.some(each => typeof each === 'object' && each !== null && each.id === id)
  })
}

async function readRecord(ctx: Ctx, of: Of): Promise<Readonly<Record<string, unknown>> | null> {
  if (!ctx.registry.entities.has(of.entity)) return null
  try {
    return await get(ctx, of.entity, of.id)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
