// What other modules may ask of invoices on the server: is this paper registered already, and do the three flows agree.
import type { Id } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, list } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { invoice } from './invoice.entity.ts'
import { isNamed, otherParty } from './party.ts'

export { prepaymentsOf } from './prepayment.ts'
export { vatMonths } from './vat-months.ts'

/**
 * The contract under which a received paper is registered, or null: the same paper is not claimed and paid under a contract
 * too (B). One without a contract waits for whoever claims it.
 *
 * @param identity 20 digits of a digital invoice, `code-number` of an older one
 */
export async function contractOfInvoice(ctx: Ctx, identity: string): Promise<Id<'contract'> | null> {
  const system = asSystem(ctx)
  const { items } = await list(system, invoice, {
    where: 'contract != null or (some l in lines satisfies l.contract != null)',
    filter: { direction: { eq: 'in' }, identity: { eq: identity }, state: { in: ['pending', 'effective'] } },
    fields: ['contract'],
    limit: 1,
  })
  if (!items[0]) return null
  const { contract, lines } = await get(system, invoice, items[0].id)
  return contract ?? lines.find(line => line.contract !== null)?.contract ?? null
}

export type FlowGap = 'payee' | 'seller'

/**
 * 三流一致: contract counterparty = invoice seller = payee. What differs needs a mandate or a three-party agreement (W).
 *
 * @param payee the name on the account that is paid
 * @param wages paid from the wage account to workers in the contractor's name: exempt (条例 §31)
 * @returns `payee` where the account is not the contract's other party, `seller` where some invoice of the contract is not his
 */
export async function flowGaps(
  ctx: Ctx,
  of: { readonly contract: Id<'contract'>; readonly payee: string; readonly wages?: boolean },
): Promise<FlowGap[]> {
  if (of.wages === true) return []
  const system = asSystem(ctx)
  const party = await otherParty(ctx, (await get(system, contract, of.contract)).counterparty)
  const { items } = await list(system, invoice, {
    filter: { contract: { eq: of.contract }, direction: { eq: 'in' }, state: { in: ['pending', 'effective'] } },
    fields: ['seller_name', 'agreement'],
    limit: 500,
  })
  const strange = items.some(
    each => each.seller_name !== null && !isNamed(each.seller_name, party.name) && each.agreement.length === 0,
  )
  return [...(isNamed(of.payee, party.name) ? [] : (['payee'] as const)), ...(strange ? (['seller'] as const) : [])]
}
