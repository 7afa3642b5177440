// A power names a kind of document that is approved, or none.
import { hooks, refuse } from '@yingzao/kernel/server'
import { approvalPower } from './power.entity.ts'

export default hooks(approvalPower, {
  async beforeSave(ctx, { entity }) {
    if (entity !== null && ctx.registry.shapes.get(entity)?.def.approval === undefined)
      throw refuse('power.no_document', { entity }, [{ path: 'entity', code: 'power.no_document', values: { entity } }])
    return undefined
  },
})
