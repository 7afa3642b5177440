// A guarantee belongs to the company of its project, and to the project of its contract; its standing follows its days, and a
// performance guarantee is set against what the law allows of the contract.
import { bondCap } from '@yingzao/engines/contract-money'
import { compare, type Decimal } from '@yingzao/engines/money'
import { asSystem, type Ctx, get, hooks, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { limitOn } from '../parameter/public.ts'
import { project } from '../project/project.entity.ts'
import { guarantee } from './guarantee.entity.ts'
import { standingOn } from './standing.ts'

export default hooks(guarantee, {
  async beforeSave(ctx, record) {
    const system = asSystem(ctx)
    const { company } = await get(system, project, record.project)
    const of = record.contract === null ? null : await get(system, contract, record.contract)
    if (of && of.project !== record.project) throw refuseInput([{ path: 'contract', code: 'guarantee.other_project' }])
    const cap_amount =
      record.kind === 'performance' && of
        ? await mostOf(ctx, of.gross_amount, record.issued_on ?? ctx.today, company)
        : null
    const within_law =
      cap_amount === null ? null : compare(record.amount, cap_amount) > 0 ? ('beyond' as const) : ('within' as const)
    return { company, standing: standingOn(record, ctx.today), cap_amount, within_law }
  },
})

/** By the share in force when it was issued. */
async function mostOf(ctx: Ctx, sum: Decimal | null, on: string, company: string): Promise<Decimal | null> {
  const share = await limitOn(ctx, 'performance_bond_share', on, company)
  return share === null || sum === null ? null : bondCap(sum, share)
}
