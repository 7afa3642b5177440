// Comments on a record: read by whoever may read it, written by the same, changed by their authors alone.
import type { Ctx } from '@yingzao/kernel/context'
import type { Id } from '@yingzao/kernel/entity'
import { write } from '@yingzao/kernel/records/transaction'
import { refuse } from '@yingzao/kernel/refuse'
import { asSystem, create, get, list, patch, remove } from '@yingzao/kernel/server'
import type { Comment } from '../client/shapes.ts'
import { comment } from './comment.entity.ts'
import { demandDiscussion } from './rights.ts'
import { tellOfComment } from './tell.ts'

const MOST = 500

/** Oldest first. */
export async function listComments(ctx: Ctx, entity: string, record: string): Promise<readonly Comment[]> {
  await demandDiscussion(ctx, entity, record)
  const page = await list(asSystem(ctx), comment, {
    filter: { record: { eq: record }, entity: { eq: entity } },
    sort: ['created_at'],
    limit: MOST,
  })
  const { kind, guest } = ctx.principal
  const names = { ...page.refs.user, ...page.refs.guest_invitation }
  return page.items
    .filter(row => kind !== 'guest' || row.guest === guest?.invitation)
    .map(row => present(ctx, row, names))
}

/** `guest`: the conversation with a guest it belongs to; what a guest says himself belongs to his own. */
export async function addComment(
  ctx: Ctx,
  entity: string,
  record: string,
  body: string,
  { id, guest = ctx.principal.guest?.invitation }: { readonly id?: Id<'comment'>; readonly guest?: string } = {},
) {
  await demandDiscussion(ctx, entity, record)
  const row = await write(ctx, async ctx => {
    const words = body.trim()
    const made = await create(asSystem(ctx), comment, {
      ...{ ...(id ? { id } : {}), entity, record, body: words },
      ...(guest ? { guest: guest as Id<'guest_invitation'> } : {}),
    })
    // A guest names nobody: his words go to whoever invited him.
    if (!ctx.principal.guest) await tellOfComment(ctx, entity, record, words)
    return made
  })
  return present(ctx, row, {})
}

export async function editComment(ctx: Ctx, entity: string, record: string, id: string, version: number, body: string) {
  await demandMine(ctx, entity, record, id)
  return present(ctx, await patch(asSystem(ctx), comment, id, version, { body: body.trim() }), {})
}

export async function removeComment(ctx: Ctx, entity: string, record: string, id: string, version: number) {
  await demandMine(ctx, entity, record, id)
  await remove(asSystem(ctx), comment, id, version)
}

async function demandMine(ctx: Ctx, entity: string, record: string, id: string): Promise<void> {
  await demandDiscussion(ctx, entity, record)
  const row = await get(asSystem(ctx), comment, id)
  if (row.entity !== entity || row.record !== record) throw refuse('record.not_found', { entity: 'comment', id })
  if (row.created_by !== ctx.principal.user || row.guest !== null) throw refuse('discussion.not_yours')
}

interface Row {
  readonly id: string
  readonly version: number
  readonly body: string
  readonly created_at: Comment['at']
  readonly created_by: string | null
  readonly guest: string | null
}

const present = (ctx: Ctx, row: Row, names: Readonly<Record<string, string>>): Comment => {
  const { user, guest } = ctx.principal
  const by = row.created_by ?? row.guest
  const mine = by !== null && by === (guest?.invitation ?? user)
  const name = mine ? ctx.principal.name : names[by ?? '']
  return {
    id: row.id,
    version: row.version,
    body: row.body,
    at: row.created_at,
    by: by === null ? null : { id: by, name: name ?? '' },
    ...(row.guest === null ? {} : { guest: { id: row.guest, name: names[row.guest] ?? '' } }),
    edited: row.version > 1,
    // What was said to somebody outside stays as it was said.
    _can: mine && row.guest === null ? ['update', 'delete'] : [],
  }
}
