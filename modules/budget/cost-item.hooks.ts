// An item that has a target, or that something was bound or spent for, stays a leaf: what lies there would belong to nothing below it.
import { all, asSystem, hooks, list, refuse } from '@yingzao/kernel/server'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { usesOf } from './ledger-use.ts'

export default hooks(costItem, {
  async afterSave(ctx, after, before) {
    if (!after || after.parent === null || after.parent === before?.parent) return
    const system = asSystem(ctx)
    const beside = await all(system, costItem, { filter: { parent: { eq: after.parent } }, fields: [] })
    // Where there were items below already, nothing changes.
    if (beside.some(({ id }) => id !== after.id)) return
    if (!(await usesOf(system, after.parent))) return
    const [above] = (await list(system, costItem, { filter: { id: { eq: after.parent } }, limit: 1 })).items
    throw refuse('budget.leaf_used', { title: above?.title ?? '' })
  },
})
