// Who is told of a comment: whoever it names with @, whoever wrote there before, and whoever made the record. Only people who may
// read it.
import { loadPrincipal } from '@yingzao/kernel/access/principal'
import type { Ctx } from '@yingzao/kernel/context'
import type { CommonTell } from '@yingzao/kernel/entity'
import { visible } from '@yingzao/kernel/records/get'
import { all, asSystem } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { comment } from './comment.entity.ts'

const about = { zh: '评论', en: 'Comments' }
export const commentTells = {
  'comment.mentioned': {
    ...{ about, label: { zh: '评论里提到我', en: 'A comment names me' } },
    text: { zh: '{kind}“{title}”的评论里提到了您', en: 'A comment on the {kind} “{title}” names you' },
  },
  'comment.said': {
    ...{ about, label: { zh: '我参与的讨论有新评论', en: 'A comment where I take part' } },
    text: { zh: '{kind}“{title}”有新评论', en: 'A new comment on the {kind} “{title}”' },
  },
} as const satisfies Readonly<Record<string, CommonTell>>

/** Told at most: a discussion of hundreds is a notice board. */
const most = 50

/** Call in the transaction that writes the comment. */
export async function tellOfComment(ctx: Ctx, entity: string, record: string, body: string): Promise<void> {
  const [teller] = ctx.registry.tellers.values()
  if (!teller) return
  const named = await namedIn(ctx, body)
  const before = await all(asSystem(ctx), comment, {
    filter: { record: { eq: record }, entity: { eq: entity } },
    fields: ['created_by'],
  })
  const { rows } = await sql<{ by: string | null }>`select created_by as by from ${sql.id(ctx.tenant, entity)}
    where id = ${record}::uuid`.execute(ctx.db)
  const others = [...before.map(each => each.created_by), rows[0]?.by].filter(each => typeof each === 'string')
  const people = [...new Set([...named, ...others])].filter(each => each !== ctx.principal.user).slice(0, most)
  const reading: string[] = []
  for (const user of people) {
    const { db, registry, tenant, today } = ctx
    const principal = await loadPrincipal({ db, registry, tenant, user, today })
    if (principal && (await visible({ ...ctx, principal }, entity, [record])).has(record)) reading.push(user)
  }
  const told = [
    { tell: 'comment.mentioned', people: reading.filter(each => named.includes(each)) },
    { tell: 'comment.said', people: reading.filter(each => !named.includes(each)) },
  ].filter(each => each.people.length > 0)
  if (told.length > 0) await teller.tell(ctx, { entity, record, told, over: [] })
}

/** “@周检查 请看”: active people whose name stands right behind an @; of names that begin alike the longest. */
async function namedIn(ctx: Ctx, body: string): Promise<readonly string[]> {
  if (!body.includes('@')) return []
  const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.id(ctx.tenant, 'user')}
    where active and deleted_at is null and position('@' || name in ${body}) > 0 order by length(name) desc limit ${most}`.execute(
    ctx.db,
  )
  const found = new Set<string>()
  for (const [at] of [...body.matchAll(/@/g)].map(match => [match.index] as const)) {
    const name = rows.find(row => body.startsWith(row.name, at + 1))?.name
    for (const row of rows) if (row.name === name) found.add(row.id)
  }
  return [...found]
}
