// 结算检查: what is begun of a contract and would be lost by settling it. It stops nothing.
import { all, asSystem, get, handle, refuse } from '@yingzao/kernel/server'
import { variation } from '../contract/variation.entity.ts'
import { settlement } from './settlement.entity.ts'
import type { SettlementConcerns } from './settlement-shape.ts'

export default handle(settlement, {
  async concerns(ctx, record): Promise<SettlementConcerns> {
    if ((await get(ctx, settlement, record.id)).approved_amount === undefined)
      throw refuse('access.denied', { function: 'read' })
    const begun = await all(asSystem(ctx), variation, {
      filter: { contract: { eq: record.contract }, state: { in: ['draft', 'rejected'] } },
      fields: ['name', 'state', 'gross_amount'],
    })
    return {
      variations: begun.map(({ id, name, state, gross_amount }) => ({
        id,
        name,
        state,
        amount: gross_amount ?? '0.00',
      })),
    }
  },
})
