// Attachments of a record: read by whoever may read it, added and removed by whoever may change it; to a submitted document
// only added, so that the papers an approver saw are the papers that stay.
import type { Ctx } from '@yingzao/kernel/context'
import { type Id, isId } from '@yingzao/kernel/entity'
import { attaching } from '@yingzao/kernel/records/can'
import { refuse } from '@yingzao/kernel/refuse'
import { asSystem, create, get, list, remove, write } from '@yingzao/kernel/server'
import type { Attachment } from '../client/shapes.ts'
import { pictures } from '../files/sniff.ts'
import type { StoredFile } from '../files/upload.ts'
import { own } from '../tables/typed.ts'
import { attachment } from './attachment.entity.ts'
import { demandDiscussion } from './rights.ts'

const MOST = 500

export async function listAttachments(ctx: Ctx, entity: string, record: string): Promise<readonly Attachment[]> {
  await demandDiscussion(ctx, entity, record)
  const page = await list(asSystem(ctx), attachment, {
    filter: { record: { eq: record }, entity: { eq: entity } },
    sort: ['created_at'],
    limit: MOST,
  })
  if (page.items.length === 0) return []
  const files = await own(ctx.db, ctx.tenant)
    .selectFrom('stored_file')
    .select(['id', 'type', 'size'])
    .where(
      'id',
      'in',
      page.items.map(item => item.file),
    )
    .execute()
  const byId = new Map(files.map(file => [file.id, file]))
  const names = { ...page.refs.user, ...page.refs.guest_invitation }
  return page.items.flatMap(item => {
    const file = byId.get(item.file)
    const by = item.created_by ?? item.guest
    if (!file || !mayGuestSee(ctx, item)) return []
    return [present(item, file, by === null ? null : { id: by, name: names[by] ?? '' })]
  })
}

/** A guest sees what he was shown and what he gave himself; everybody else what hangs on the record. */
export function mayGuestSee({ principal }: Ctx, item: { readonly id: string; readonly guest: string | null }): boolean {
  const { guest, kind } = principal
  return kind !== 'guest' || (guest?.attachments.has(item.id) ?? false) || item.guest === guest?.invitation
}

/** Whoever may update the record may add; a submitted document still takes attachments from who may change its drafts. */
export async function demandAttaching(ctx: Ctx, entity: string, record: string): Promise<readonly string[]> {
  const { _can } = await demandDiscussion(ctx, entity, record)
  if (!_can.includes('update') && !_can.includes(attaching)) throw refuse('access.denied', { function: 'update' })
  return _can
}

export async function attach(ctx: Ctx, entity: string, record: string, file: StoredFile): Promise<Attachment> {
  const row = await write(ctx, async inside => {
    const { guest } = inside.principal
    const from = guest ? { guest: guest.invitation as Id<'guest_invitation'> } : {}
    const made = await create(asSystem(inside), attachment, { entity, record, name: file.name, file: file.id, ...from })
    await own(inside.db, inside.tenant)
      .updateTable('stored_file')
      .set({ used: true })
      .where('id', '=', file.id)
      .execute()
    return made
  })
  const by = ctx.principal.guest?.invitation ?? ctx.principal.user
  return present(row, file, by === null ? null : { id: by, name: ctx.principal.name })
}

export async function detach(ctx: Ctx, entity: string, record: string, id: string): Promise<void> {
  if ((await demandAttaching(ctx, entity, record)).includes(attaching)) throw refuse('discussion.kept')
  const row = await get(asSystem(ctx), attachment, id)
  if (row.entity !== entity || row.record !== record) throw refuse('record.not_found', { entity: 'attachment', id })
  await remove(asSystem(ctx), attachment, id, row.version)
}

interface Row {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly created_at: Attachment['at']
}

function present(row: Row, file: { readonly type: string; readonly size: number }, by: Attachment['by']): Attachment {
  if (!isId(row.id) || !isId(row.file)) throw new Error('an attachment without ids')
  return {
    id: row.id as Attachment['id'],
    file: row.file as Attachment['file'],
    name: row.name,
    size: file.size,
    type: file.type,
    at: row.created_at,
    by,
    thumbnail: pictures.has(file.type),
  }
}
