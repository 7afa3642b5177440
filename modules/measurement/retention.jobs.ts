// Every morning: retention whose day has come. Who handles the contract is told.
import { all, job, patch } from '@yingzao/kernel/server'
import { settlement } from './settlement.entity.ts'

export const retentionDue = job('measurement.retention_due', {
  label: { zh: '质保金到期检查', en: 'Retention that falls due' },
  every: '25 1 * * *',
  async run(ctx, _, progress) {
    const rows = await all(ctx, settlement, {
      filter: { state: { eq: 'effective' }, retention_state: { eq: 'held' }, retention_due_on: { le: ctx.today } },
      fields: ['retention_due_on'],
    })
    for (const [index, row] of rows.entries()) {
      await patch(ctx, settlement.name, row.id, undefined, { retention_state: 'due' })
      await progress((index + 1) / rows.length)
    }
    return { due: rows.length }
  },
})
