// 保证金检查: what is unusual about a bond, and against which rule. It stops nothing.
import { compare, formatAmount } from '@yingzao/engines/money'
import { get, handle, refuse } from '@yingzao/kernel/server'
import { bidBond } from './bid-bond.entity.ts'
import type { BondConcern } from './report-shape.ts'

export default handle(bidBond, {
  async concerns(ctx, record): Promise<{ concerns: readonly BondConcern[] }> {
    if ((await get(ctx, bidBond, record.id)).amount === undefined) throw refuse('access.denied', { function: 'read' })
    const concerns: BondConcern[] = []
    const { cap_amount, amount, alert, due_back_on, outstanding_amount } = record
    if (cap_amount !== null && compare(amount, cap_amount) > 0)
      concerns.push({ code: 'over_cap', values: { cap: formatAmount(cap_amount) } })
    if (alert === 'overdue')
      concerns.push({
        code: 'overdue',
        values: { day: due_back_on ?? '', amount: formatAmount(outstanding_amount ?? '0') },
      })
    return { concerns }
  },
})
