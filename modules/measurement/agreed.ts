// What a contract binds now by cost item: its own lines, those of its supplements, and what variations added to them.
import { add, type Decimal } from '@yingzao/engines/money'
import { all, type Ctx, get } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { variation } from '../contract/variation.entity.ts'
import type { Contract } from './facts.ts'
import type { Worth } from './worth.ts'

/** With the gross of it at each rate: what is measured in part is split at their rates, not at one of them. */
export interface Agreed extends Worth {
  readonly rates: ReadonlyMap<Decimal, Decimal>
}
interface Bound {
  readonly item: string | null
  readonly tax_rate: Decimal
  readonly gross_amount: Worth['gross'] | null
  readonly net_amount: Worth['net'] | null
}

/** For system code. Mirrors count with their signs, so that what was taken back is gone. */
export async function agreedOf(system: Ctx, of: Contract): Promise<Map<string, Agreed>> {
  const found = new Map<string, Agreed>()
  const count = (lines: readonly Bound[]) => {
    for (const { item, tax_rate, gross_amount, net_amount } of lines) {
      const there = found.get(item ?? '')
      found.set(item ?? '', {
        gross: add(there?.gross ?? '0.00', gross_amount ?? '0'),
        net: add(there?.net ?? '0.00', net_amount ?? '0'),
        rates: new Map(there?.rates).set(tax_rate, add(there?.rates.get(tax_rate) ?? '0.00', gross_amount ?? '0')),
      })
    }
  }
  count(of.lines)
  const counts = { state: { in: ['effective', 'reversed'] } }
  const supplements = await all(system, contract, {
    filter: { ...counts, parent: { eq: of.id }, form: { eq: 'supplement' } },
    fields: ['name'],
  })
  for (const { id } of supplements) count((await get(system, contract, id)).lines)
  // Of an income contract what the client answered moves the sum, without a cost item to bind.
  if (of.direction === 'income') return found
  const changes = await all(system, variation, { filter: { ...counts, contract: { eq: of.id } }, fields: ['name'] })
  for (const { id } of changes) count((await get(system, variation, id)).lines)
  return found
}
