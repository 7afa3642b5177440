// A bond lies where its bid lies, knows what the law allows on its day, and how long it is still to wait for.
import { bondCap } from '@yingzao/engines/contract-money'
import { asSystem, get, hooks, run } from '@yingzao/kernel/server'
import { limitOn, writtenOn } from '../parameter/public.ts'
import { bid } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'
import { alertOf } from './bond-rule.ts'
import { standBond } from './standing.ts'

export default hooks(bidBond, {
  async beforeSave(ctx, record, before) {
    if (record.state === 'effective') return { alert: alertOf(record, ctx.today) }
    const { company, estimate_amount } = await get(asSystem(ctx), bid, record.bid)
    const on = record.pay_by ?? writtenOn(ctx, before)
    const share = await limitOn(ctx, 'bid_bond_share', on, company)
    const cap_amount = estimate_amount === null || share === null ? null : bondCap(estimate_amount, share)
    return { company, cap_amount, alert: alertOf(record, ctx.today), payable: record.id, in_ledger: true }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'effective' || before?.state === 'effective') return
    const system = asSystem(ctx)
    if (after.reverses !== null) await run(system, bidBond, after.id, 'mark_closed')
    else {
      if (after.form !== 'cash') await run(system, bidBond, after.id, 'mark_paid')
      await standBond(system, after.id)
    }
  },
})
