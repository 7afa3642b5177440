// What other modules may ask of target costs on the server.
import { nearestBudgeted } from '@yingzao/engines/dynamic-cost'
import { isZero } from '@yingzao/engines/money'
import { asId, type Id } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, list, refuse } from '@yingzao/kernel/server'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { budget } from './budget.entity.ts'
import { contingencyItems } from './contingency.ts'

export { contingencyItems } from './contingency.ts'

type Item = Id<'cost_item'>

/**
 * 超预算控制: of each cost item the one whose target it uses: itself, or the nearest above that has one in the effective version.
 * Without any it is the item itself, and the gate stops it.
 */
export async function budgetedItems(
  ctx: Ctx,
  project: Id<'project'>,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, Item>> {
  if (items.length === 0) return new Map()
  const system = asSystem(ctx)
  const held = await contingencyItems(ctx)
  if (items.some(item => held.has(item))) throw refuse('budget.contingency_not_spent')
  const { items: found } = await list(system, budget, {
    filter: { project: { eq: project }, state: { eq: 'effective' } },
    limit: 1,
  })
  const effective = found[0] && (await get(system, budget, found[0].id))
  const targets = new Set<string>(
    (effective?.lines ?? []).flatMap(({ item, amount }) => (isZero(amount ?? '0') ? [] : [item])),
  )
  const wanted = [...new Set(items)]
  if (wanted.every(item => targets.has(item))) return new Map(wanted.map(item => [item, item]))
  const rows = await all(system, costItem, { fields: ['parent'] })
  const parents = new Map<string, string | null>(rows.map(({ id, parent }) => [id, parent]))
  return new Map(
    wanted.map(item => {
      const at = nearestBudgeted(
        item,
        each => parents.get(each) ?? null,
        each => targets.has(each),
      )
      return [item, at === null ? item : asId('cost_item', at)]
    }),
  )
}
