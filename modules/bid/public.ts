// What payments and receipts ask of bonds, and whose a bond is once its bid is won.
import type { Id } from '@yingzao/kernel/entity'
import { all, type Ctx } from '@yingzao/kernel/server'
import { bid } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'

/** [bond, project that its bid became], as far as the reader sees bids; a bid that is not won has none. */
export async function projectsOfBonds(
  ctx: Ctx,
  bonds: readonly string[],
): Promise<readonly (readonly [bond: string, project: Id<'project'>])[]> {
  if (bonds.length === 0) return []
  const of = await all(ctx, bidBond, { filter: { id: { in: [...bonds] } }, fields: ['bid'] })
  const won = await all(ctx, bid, {
    filter: { id: { in: [...new Set(of.map(each => each.bid))] }, project: { empty: false } },
    fields: ['project'],
  })
  const projects = new Map(won.map(each => [each.id, each.project]))
  return of.flatMap(each => {
    const project = projects.get(each.bid)
    return project ? [[each.id, project] as const] : []
  })
}

export { standBond } from './standing.ts'
