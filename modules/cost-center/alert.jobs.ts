// 成本预警检查: every ten minutes, over everything the ledgers and forecasts say then.
import { job } from '@yingzao/kernel/server'
import { watchCosts } from './watch.ts'

export const watchJob = job('cost_center.watch', {
  label: { zh: '成本预警检查', en: 'Watch costs' },
  every: '*/10 * * * *',
  async run(ctx) {
    return { open: await watchCosts(ctx) }
  },
})
