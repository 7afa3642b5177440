// 历次状态 through the plan's own door.
import { handle } from '@yingzao/kernel/server'
import { standingsOf } from './past-standing.ts'
import { plan } from './plan.entity.ts'

export default handle(plan, {
  standings: async (ctx, record) => ({ standings: await standingsOf(ctx, record) }),
})
