// 收件箱: my messages in words, how many are unread, and what I have read.
import type { Ctx } from '@yingzao/kernel/context'
import type { Query } from '@yingzao/kernel/entity'
import { asSystem, list, patchAll } from '@yingzao/kernel/server'
import type { Inbox } from '../client/shapes.ts'
import { message } from './message.entity.ts'
import { inWords } from './words.ts'

const pageSize = 30
type Filters = NonNullable<Query['filter']>
/** At most so many are marked as read in one request; whoever has more asks again. */
const mostMarked = 500

const me = (ctx: Ctx): string => ctx.principal.user ?? ''
const of = (person: string): Filters => ({ person: { eq: person } })
const unreadOf = (person: string): Filters => ({ ...of(person), read_at: { empty: true } })

/** Newest first. */
export async function readInbox(
  ctx: Ctx,
  { unread, after, limit = pageSize }: { readonly unread: boolean; readonly after?: string; readonly limit?: number },
): Promise<Inbox> {
  const page = await list(ctx, message, {
    filter: unread ? unreadOf(me(ctx)) : of(me(ctx)),
    sort: ['-created_at'],
    limit,
    ...(after === undefined ? {} : { after }),
  })
  const words = await inWords(ctx, page.items)
  return {
    items: page.items.map(({ id, entity, record, urgent, by, created_at, read_at }) => {
      const { kind = '', text = null, module = null } = words.get(id) ?? {}
      const name = by === null ? undefined : page.refs.user?.[by]
      return {
        ...{ id, kind, text, urgent, at: created_at, read: read_at !== null },
        by: by === null || name === undefined ? null : { id: by, name },
        to: module === null ? null : { module, entity, id: record },
      }
    }),
    next: page.next,
    unread: await countUnread(ctx),
  }
}

export async function countUnread(ctx: Ctx, person = me(ctx)): Promise<Inbox['unread']> {
  const { count } = await list(ctx, message, { filter: unreadOf(person), limit: 0, count: true })
  return count ?? { value: 0, more: false }
}

/** What I read: these, all about a record, or all. Answers how many are unread still. */
export async function markRead(
  ctx: Ctx,
  which: { readonly ids: readonly string[] } | { readonly entity: string; readonly record: string } | 'all',
): Promise<Inbox['unread']> {
  const filter: Filters =
    which === 'all'
      ? {}
      : 'ids' in which
        ? { id: { in: which.ids } }
        : { entity: { eq: which.entity }, record: { eq: which.record } }
  await patchAll(asSystem(ctx), message, { ...unreadOf(me(ctx)), ...filter }, { read_at: ctx.now }, mostMarked)
  return countUnread(ctx)
}
