// One paper is paid once: to who laid the money out, or under its contract.
import type { Id } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, list } from '@yingzao/kernel/server'
import { claim } from './claim.entity.ts'

/** The claim in which that invoice stands, leaving out one claim; null: in none. */
export async function claimOfInvoice(ctx: Ctx, invoiceNo: string, except?: Id<'claim'>): Promise<string | null> {
  const { items } = await list(asSystem(ctx), claim, {
    where: `some l in lines satisfies l.invoice_no = ${JSON.stringify(invoiceNo)}`,
    filter: { state: { in: ['pending', 'effective'] }, reverses: { empty: true } },
    fields: ['number', 'name'],
    limit: 2,
  })
  const found = items.find(({ id }) => id !== except)
  return found ? (found.number ?? found.name) : null
}
