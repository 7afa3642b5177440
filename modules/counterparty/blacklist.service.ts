// 黑名单: put on it with a reason and a period, and taken off; both stand in the history.
import { isPlainDate } from '@yingzao/kernel/entity'
import { asSystem, handle, patch, refuse } from '@yingzao/kernel/server'
import { counterparty } from './counterparty.entity.ts'

export default handle(counterparty, {
  async blacklist(ctx, { id }, input) {
    const from = isPlainDate(input.from_on) ? input.from_on : ctx.today
    const to = isPlainDate(input.to_on) ? input.to_on : null
    if (to !== null && to < from) throw refuse('counterparty.blacklist_period')
    await patch(asSystem(ctx), counterparty.name, id, undefined, {
      standing: 'blacklisted',
      blacklist_reason: String(input.reason),
      blacklisted_from: from,
      blacklisted_to: to,
    })
    return { standing: 'blacklisted', blacklisted_from: from, blacklisted_to: to }
  },
  /** The reason it was on the list for stays in the history; why it is off now stands in its place. */
  async lift(ctx, { id }, input) {
    await patch(asSystem(ctx), counterparty.name, id, undefined, {
      standing: 'good',
      blacklist_reason: String(input.reason),
      blacklisted_to: ctx.today,
    })
    return { standing: 'good', blacklisted_to: ctx.today }
  },
})
