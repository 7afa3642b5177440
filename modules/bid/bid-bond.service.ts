// What people do with a bond beyond approving it: take over one that was paid before, give up the rest, see what is unusual.
import { compare, type Decimal, formatAmount } from '@yingzao/engines/money'
import { isDecimal, isPlainDate, type Json } from '@yingzao/kernel/entity'
import { asSystem, get, handle, refuse, refuseInput } from '@yingzao/kernel/server'
import { closeRest } from '../bank-account/public.ts'
import { bidBond } from './bid-bond.entity.ts'
import type { BondConcern } from './report-shape.ts'
import { beyond, carry } from './standing.ts'

const amount = (value: Json | undefined): Decimal => (isDecimal(value) ? value : '0')

export default handle(bidBond, {
  async carry(ctx, record, input) {
    const of = {
      paid_on: isPlainDate(input.paid_on) ? input.paid_on : ctx.today,
      returned: amount(input.returned_amount),
      interest: amount(input.interest_amount),
      forfeited: amount(input.forfeited_amount),
    }
    if (of.paid_on > ctx.today || compare(beyond(record, of), '0') > 0)
      throw refuseInput([{ path: 'returned_amount', code: 'bid.over_carried' }])
    await carry(asSystem(ctx), record, of)
  },
  close_rest: (ctx, record, input) => closeRest(ctx, bidBond.name, record, String(input.reason)),
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
