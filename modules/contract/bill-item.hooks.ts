// A bill item lies where its contract lies, is priced as the contract is, and stands still once that is submitted: what comes
// later comes by variation, and is written by the system.
import type { RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, hooks, refuse } from '@yingzao/kernel/server'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'

type Home = Pick<RecordOf<typeof contract>, 'state' | 'project' | 'company' | 'price_mode'>

/** Ten thousand items of one bill ask for one contract: it is read once in a transaction. */
const known = new WeakMap<object, Map<string, Promise<Home>>>()

function homeOf(ctx: Ctx, id: RecordOf<typeof contract>['id']): Promise<Home> {
  if (!ctx.unit) return get(asSystem(ctx), contract, id)
  const homes = known.get(ctx.unit) ?? new Map<string, Promise<Home>>()
  known.set(ctx.unit, homes)
  const found = homes.get(id) ?? get(asSystem(ctx), contract, id)
  homes.set(id, found)
  return found
}
const isFixed = ({ state }: Home) => state !== 'draft' && state !== 'rejected'

export default hooks(billItem, {
  async beforeSave(ctx, record) {
    const of = await homeOf(ctx, record.contract)
    if (isFixed(of) && ctx.principal.kind !== 'system') throw refuse('contract.bill_fixed')
    return { project: of.project, company: of.company, price_mode: of.price_mode }
  },
  async beforeRemove(ctx, record) {
    if (isFixed(await homeOf(ctx, record.contract))) throw refuse('contract.bill_fixed')
  },
})
