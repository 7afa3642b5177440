// What other modules may ask of invoices on the server: is this paper registered already, and do the three flows agree.
import type { Id } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, list } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { identityOf } from './identity.ts'
import { invoice } from './invoice.entity.ts'
import { isNamed, otherParty } from './party.ts'

export { prepaymentsOf } from './prepayment.ts'

/** The invoice of a company with that number, or null: the same paper is not claimed, received and paid twice (B). */
export async function registeredInvoice(
  ctx: Ctx,
  company: Id<'org_unit'>,
  paper: { readonly code: string | null; readonly invoice_no: string },
): Promise<Id<'invoice'> | null> {
  const { items } = await list(asSystem(ctx), invoice, {
    filter: { company: { eq: company }, identity: { eq: identityOf(paper) } },
    fields: ['number'],
    limit: 1,
  })
  return items[0]?.id ?? null
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
