// 退票: money that came and was returned; a mirror of the receipt on the day it went back.
import { isPlainDate } from '@yingzao/kernel/entity'
import { asSystem, handle, patch, refuse, run } from '@yingzao/kernel/server'
import { receipt } from './receipt.entity.ts'

export default handle(receipt, {
  give_back: async (ctx, record, input) => {
    const returned_on = isPlainDate(input.returned_on) ? input.returned_on : ctx.today
    if (returned_on > ctx.today || returned_on < record.received_on) throw refuse('payment.return_day')
    const system = asSystem(ctx)
    // What the mirror copies from it.
    await patch(system, receipt.name, record.id, undefined, { returned_on })
    return run(system, receipt, record.id, 'reverse', { reason: String(input.reason) })
  },
})
