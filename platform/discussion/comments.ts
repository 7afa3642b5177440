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
  return page.items.map(row => present(ctx, row, page.refs.user ?? {}))
}

export async function addComment(ctx: Ctx, entity: string, record: string, body: string, id?: Id<'comment'>) {
  await demandDiscussion(ctx, entity, record)
  const row = await write(ctx, async ctx => {
    const words = body.trim()
    const made = await create(asSystem(ctx), comment, { ...(id ? { id } : {}), entity, record, body: words })
    await tellOfComment(ctx, entity, record, words)
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
  if (row.created_by !== ctx.principal.user) throw refuse('discussion.not_yours')
}

interface Row {
  readonly id: string
  readonly version: number
  readonly body: string
  readonly created_at: Comment['at']
  readonly created_by: string | null
}

const present = (ctx: Ctx, row: Row, names: Readonly<Record<string, string>>): Comment => {
  const mine = row.created_by === ctx.principal.user
  const name = mine ? ctx.principal.name : names[row.created_by ?? '']
  return {
    id: row.id,
    version: row.version,
    body: row.body,
    at: row.created_at,
    by: row.created_by === null ? null : { id: row.created_by, name: name ?? '' },
    edited: row.version > 1,
    _can: mine ? ['update', 'delete'] : [],
  }
}
