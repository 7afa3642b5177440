// 中标率与未退保证金, over the bids and bonds the asker sees.
import { add, type Decimal, divide, sum } from '@yingzao/engines/money'
import { act, all, refuse } from '@yingzao/kernel/server'
import { bid } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'
import type { BidReport } from './report-shape.ts'

export default act('bid.report', async (ctx, input): Promise<BidReport> => {
  const [from, to] = [input.from_on, input.to_on].map(day => (typeof day === 'string' ? day : null))
  const bids = await all(ctx, bid, {
    filter: { state: { eq: 'effective' } },
    fields: ['stage', 'decided_on', 'bid_amount'],
  })
  const bonds = await all(ctx, bidBond, {
    where: 'reverses = null and outstanding_amount > 0',
    fields: ['number', 'name', 'amount', 'outstanding_amount', 'due_back_on', 'alert'],
    sort: ['due_back_on'],
  })
  if (bids.some(each => each.bid_amount === undefined) || bonds.some(each => each.amount === undefined))
    throw refuse('access.denied', { function: 'read' })
  const at = (...stages: string[]) =>
    bids.filter(
      ({ stage, decided_on }) =>
        stages.includes(stage ?? '') && (!from || (decided_on ?? '') >= from) && (!to || (decided_on ?? '9') <= to),
    )
  const [decided, won] = [at('won', 'lost'), at('won')]
  const amount = (of: typeof bids): Decimal => add('0.00', sum(of.map(each => each.bid_amount ?? '0')))
  const [decided_amount, won_amount] = [amount(decided), amount(won)]
  return {
    from: from ?? null,
    to: to ?? null,
    rate: {
      ...{ decided: decided.length, won: won.length, decided_amount, won_amount },
      by_count: divide(`${won.length}`, `${decided.length}`, 6) ?? null,
      by_amount: divide(won_amount, decided_amount, 6) ?? null,
    },
    open: bids.filter(({ stage }) => ['prepare', 'registered', 'submitted', 'opened'].includes(stage ?? '')).length,
    failed: at('failed').length,
    dropped: at('dropped').length,
    bonds: bonds.map(({ id, number, name, amount, outstanding_amount, due_back_on, alert }) => ({
      ...{ id, number, name, amount, outstanding: outstanding_amount ?? '0', due_back_on, alert: alert ?? 'none' },
    })),
    outstanding: add('0.00', sum(bonds.map(each => each.outstanding_amount ?? '0'))),
  }
})
