// Does the ledger of targets know an item?
import { isZero } from '@yingzao/engines/money'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import type { Ctx } from '@yingzao/kernel/server'
import { budgetLedger } from './budget.ledger.ts'

/** Anything posted for it, or in approval, in any project. */
export async function usesOf(system: Ctx, item: string): Promise<boolean> {
  const rows = await balancesBy(system, budgetLedger.name, { item: [item] })
  return rows.some(({ posted, reserved }) =>
    [...Object.values(posted), ...Object.values(reserved)].some(each => !isZero(each)),
  )
}
