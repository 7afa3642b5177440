// 排序: items go in front of another one, in one transaction; whoever may change them may.
import { isId } from '@yingzao/kernel/entity'
import { act, all, asSystem, list, patch, refuse } from '@yingzao/kernel/server'
import { ranked } from './rank.ts'
import { workItem } from './work-item.entity.ts'

const MOST = 500

export const rankItems = act('agile.rank', async (ctx, input) => {
  const ids: unknown = input.items
  if (
    !Array.isArray(ids) ||
    ids.length === 0 ||
    ids.length > MOST ||
    !ids.every(isId) ||
    new Set(ids).size < ids.length
  )
    throw refuse('agile.unknown_items', {})
  const page = await list(ctx, workItem, { filter: { id: { in: ids } }, limit: MOST })
  const [first] = page.items
  if (!first || page.items.length < ids.length || page.items.some(each => each.project !== first.project))
    throw refuse('agile.unknown_items', {})
  if (page.items.some(each => !each._can.includes('update'))) throw refuse('access.denied', { function: 'update' })
  const before = typeof input.before === 'string' ? input.before : null
  const system = asSystem(ctx)
  const filter = { project: { eq: first.project } }
  const ordered = await all(system, workItem, { filter, sort: ['rank'], fields: ['rank'] })
  if (before !== null && (ids.some(id => id === before) || !ordered.some(each => each.id === before)))
    throw refuse('agile.unknown_items', {})
  const ranks = ranked(ordered, ids, before)
  // In the order of their ids, so that two who rank at once wait for each other instead of blocking.
  for (const [id, rank] of [...ranks].sort(([a], [b]) => (a < b ? -1 : 1)))
    await patch(system, workItem.name, id, undefined, { rank })
  return { ranks: Object.fromEntries(ranks) }
})
