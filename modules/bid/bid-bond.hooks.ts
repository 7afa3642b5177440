// A bond lies where its bid lies, knows what the law allows, and how long it is still to wait for.
import { asSystem, get, hooks } from '@yingzao/kernel/server'
import { bid } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'
import { alertOf, capOn } from './bond-rule.ts'

export default hooks(bidBond, {
  async beforeSave(ctx, record) {
    const { company, estimate_amount } = await get(asSystem(ctx), bid, record.bid)
    const cap_amount = estimate_amount === null ? null : capOn(estimate_amount, record.paid_on ?? ctx.today)
    return { company, cap_amount, alert: alertOf(record, ctx.today) }
  },
})
