// 确认成本预警: with what is done about it.
import { asSystem, handle, patch } from '@yingzao/kernel/server'
import { costAlert } from './cost-alert.entity.ts'

export default handle(costAlert, {
  async acknowledge(ctx, { id }, input) {
    await patch(asSystem(ctx), costAlert.name, id, undefined, { handling: 'acknowledged', note: String(input.note) })
    return { handling: 'acknowledged' }
  },
})
