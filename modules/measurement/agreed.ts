// What a contract binds now by cost item: its own lines and what changes added to them.
import { add } from '@yingzao/engines/money'
import type { Ctx } from '@yingzao/kernel/server'
import type { Contract } from './facts.ts'
import type { Worth } from './worth.ts'

export async function agreedOf(_system: Ctx, of: Contract): Promise<Map<string, Worth>> {
  const found = new Map<string, Worth>()
  for (const { item, gross_amount, net_amount } of of.lines) {
    const there = found.get(item ?? '')
    found.set(item ?? '', {
      gross: add(there?.gross ?? '0.00', gross_amount ?? '0'),
      net: add(there?.net ?? '0.00', net_amount ?? '0'),
    })
  }
  return found
}
