// A bill item lies where its contract lies, is priced as the contract is, and stands still once that is submitted: what comes
// later comes by variation, and is written by the system.
import { asSystem, get, hooks, refuse } from '@yingzao/kernel/server'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'

export default hooks(billItem, {
  async beforeSave(ctx, record) {
    const of = await get(asSystem(ctx), contract, record.contract)
    const fixed = of.state !== 'draft' && of.state !== 'rejected'
    if (fixed && ctx.principal.kind !== 'system') throw refuse('contract.bill_fixed')
    return { project: of.project, company: of.company, price_mode: of.price_mode }
  },
  async beforeRemove(ctx, record) {
    const of = await get(asSystem(ctx), contract, record.contract)
    if (of.state !== 'draft' && of.state !== 'rejected') throw refuse('contract.bill_fixed')
  },
})
