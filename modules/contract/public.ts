// What other modules may ask of contracts on the server.
import type { DeviationClause } from '@yingzao/engines/contract-money'
import { type Decimal, multiply, round } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { contract } from './contract.entity.ts'
import type { Contract } from './terms.ts'

export { figuresBy } from './figures.ts'
export { type Contract, recoveryOf } from './terms.ts'

/** 计量与付款仅限履行中: refuses unless the contract is effective, signed and in force; gives it. */
export async function demandInForce(ctx: Ctx, id: Id<'contract'>): Promise<Contract> {
  const found = await get(asSystem(ctx), contract, id)
  if (found.state !== 'effective' || found.stage !== 'signed')
    throw refuse('contract.not_in_force', { name: found.name })
  return found
}

/** 工程量偏差条款 at a unit price, for `deviatedAmount`; null where the parties agreed none. */
export function deviationClauseOf(of: Contract, price: Decimal): DeviationClause | null {
  const { deviation_threshold: threshold, deviation_scope: scope, deviation_factor_above: above } = of
  const below = of.deviation_factor_below
  if (threshold === null || scope === null || above === null || below === null) return null
  const at = (factor: Decimal) => round(multiply(price, factor), 6)
  return { threshold, scope, priceAbove: at(above), priceBelow: at(below) }
}
