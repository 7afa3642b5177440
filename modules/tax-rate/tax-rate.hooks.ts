// No day has two rates, and the list shows the one that holds today.
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { overlapping, periodOn } from './in-force.ts'
import { taxRate } from './tax-rate.entity.ts'

export default hooks(taxRate, {
  async beforeSave(ctx, record) {
    const at = overlapping(record.periods)
    if (at !== null) throw refuseInput([{ path: `periods.${at}.from_on`, code: 'tax_rate.overlap' }])
    return { rate: periodOn(record.periods, ctx.today)?.rate ?? null }
  },
})
