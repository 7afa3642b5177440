// What was published stays as it was told: neither renamed nor removed, except with its plan.
import { asSystem, hooks, list, refuse } from '@yingzao/kernel/server'
import { planBaseline } from './baseline.entity.ts'
import { plan } from './plan.entity.ts'

export default hooks(planBaseline, {
  async beforeSave(_, record, before) {
    if (before?.published && (record.name !== before.name || record.note !== before.note))
      throw refuse('schedule.published_stays', { name: before.name })
    return undefined
  },

  async beforeRemove(ctx, record) {
    if (!record.published) return
    const owner = await list(asSystem(ctx), plan, { filter: { id: { eq: record.plan } }, limit: 1 })
    if (owner.items.length > 0) throw refuse('schedule.published_stays', { name: record.name })
  },
})
