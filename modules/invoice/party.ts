// Both sides of an invoice: our own legal entity and the other party, as they stand in the master data.
import type { Id } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get } from '@yingzao/kernel/server'
import { counterparty } from '../counterparty/counterparty.entity.ts'

export interface Party {
  readonly name: string
  readonly taxId: string | null
}

/** A branch without a tax id of its own issues and receives in the name of the company above it. */
export async function ownParty(ctx: Ctx, company: Id<'org_unit'>): Promise<Party> {
  const system = asSystem(ctx)
  const first = await get(system, 'org_unit', company)
  let unit = first
  // A tree of organisations is never this deep; a circle is refused when it is made.
  for (let up = 0; up < 20; up++) {
    const { name, tax_id, parent } = unit
    if (typeof tax_id === 'string' && tax_id !== '') return { name: String(name), taxId: tax_id }
    if (typeof parent !== 'string') break
    unit = await get(system, 'org_unit', parent)
  }
  return { name: String(first.name), taxId: null }
}

export async function otherParty(ctx: Ctx, id: Id<'counterparty'>): Promise<Party> {
  const { name, credit_code } = await get(asSystem(ctx), counterparty, id)
  return { name, taxId: credit_code }
}

/** Names as printed: brackets and spaces are written in several ways. */
const plain = (name: string) => name.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
export const isNamed = (printed: string, name: string): boolean => plain(printed) === plain(name)
