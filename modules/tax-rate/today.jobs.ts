// Every morning the list's rate is the one that holds today.
import { all, get, job, patch } from '@yingzao/kernel/server'
import { periodOn } from './in-force.ts'
import { taxRate } from './tax-rate.entity.ts'

export const today = job('tax_rate.today', {
  label: { zh: '现行税率', en: 'Rates that hold today' },
  every: '5 0 * * *',
  async run(ctx) {
    let changed = 0
    for (const { id } of await all(ctx, taxRate, { fields: ['code'] })) {
      const { rate, periods } = await get(ctx, taxRate, id)
      if ((periodOn(periods, ctx.today)?.rate ?? null) === rate) continue
      // The hook says it anew.
      await patch(ctx, taxRate.name, id, undefined, {})
      changed++
    }
    return { changed }
  },
})
