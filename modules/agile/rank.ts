// Order in the backlog: whole numbers with room between, so that moving a few items writes only those.
import { asSystem, type Ctx, list } from '@yingzao/kernel/server'
import { workItem } from './work-item.entity.ts'

export const gap = 2 ** 20

/** Behind everything that is in the backlog. */
export async function afterLast(ctx: Ctx, project: string): Promise<number> {
  const filter = { project: { eq: project }, rank: { empty: false } }
  const page = await list(asSystem(ctx), workItem, { filter, sort: ['-rank'], limit: 1 })
  return (page.items[0]?.rank ?? 0) + gap
}

/**
 * New ranks that put `moved` (in this order) in front of `before`, or last without it. `ordered` is the whole backlog in its
 * order with its ranks. Only the moved get new ones while there is room; else all do.
 */
export function ranked(
  ordered: readonly { readonly id: string; readonly rank: number | null }[],
  moved: readonly string[],
  before: string | null,
): ReadonlyMap<string, number> {
  const going = new Set(moved)
  const staying = ordered.filter(each => !going.has(each.id))
  const at = before === null ? staying.length : staying.findIndex(each => each.id === before)
  const place = at < 0 ? staying.length : at
  const low = place === 0 ? 0 : (staying[place - 1]?.rank ?? null)
  const high = place < staying.length ? (staying[place]?.rank ?? null) : (low ?? 0) + gap * (moved.length + 1)
  const step = low === null || high === null ? 0 : (high - low) / (moved.length + 1)
  if (low !== null && step >= 1) return new Map(moved.map((id, index) => [id, Math.floor(low + step * (index + 1))]))
  const all = [...staying.slice(0, place).map(each => each.id), ...moved, ...staying.slice(place).map(each => each.id)]
  return new Map(all.map((id, index) => [id, (index + 1) * gap]))
}
