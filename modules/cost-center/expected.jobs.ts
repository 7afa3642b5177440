// What forecasts said of expected changes becomes documents of its own, once each: only those count before the gate.
import { isZero } from '@yingzao/engines/money'
import { all, create, get, job, patch, remove, run } from '@yingzao/kernel/server'
import { expectedChange } from '../budget/expected-change.entity.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { costForecast } from './cost-forecast.entity.ts'

export const carryExpected = job('cost_center.carry_expected', {
  label: { zh: '成本预计中的预计变更转为单据', en: 'Expected changes of forecasts into documents' },
  every: '*/20 * * * *',
  async run(ctx, _, progress) {
    const rows = await all(ctx, costForecast, { where: 'change_amount != null' })
    for (const [index, row] of rows.entries()) {
      if (!isZero(row.change_amount ?? '0')) {
        const { title } = await get(ctx, costItem, row.item)
        const { id } = await create(ctx, expectedChange, {
          ...{ name: title ?? row.reason.slice(0, 200), project: row.project, item: row.item },
          ...{ amount: row.change_amount ?? '0', reason: row.reason },
        })
        await run(ctx, expectedChange, id, 'submit')
      }
      await patch(ctx, costForecast.name, row.id, undefined, { change_amount: null })
      // Nothing else was forecast.
      if (row.uncommitted_amount === null) await remove(ctx, costForecast, row.id)
      await progress((index + 1) / rows.length)
    }
    return { carried: rows.length }
  },
})
