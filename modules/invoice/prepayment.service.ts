// 预缴 of a project by month: what is to be prepaid, what was, and what is open.
import { add, compare, type Decimal, subtract, sum } from '@yingzao/engines/money'
import { asId, type Id } from '@yingzao/kernel/entity'
import { act, type Ctx, get, list } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { prepaymentsOf } from './prepayment.ts'
import type { Prepayments } from './report-shape.ts'
import { vatPrepayment } from './vat-prepayment.entity.ts'

export default act('invoice.prepayments', async (ctx, input): Promise<Prepayments> => {
  const { id } = await get(ctx, project, asId('project', String(input.project)))
  return prepaidOf(ctx, id)
})

/** What should have been prepaid month by month, and what was. */
export async function prepaidOf(ctx: Ctx, id: Id<'project'>): Promise<Prepayments> {
  const { method, months } = await prepaymentsOf(ctx, id)
  const { items } = await list(ctx, vatPrepayment, {
    filter: { project: { eq: id }, state: { eq: 'effective' } },
    fields: ['month', 'paid_amount'],
    limit: 500,
  })
  const paid = new Map<string, Decimal>()
  for (const each of items) paid.set(each.month, add(paid.get(each.month) ?? '0.00', each.paid_amount))
  const rows = months.map(each => ({ ...each, paid: paid.get(each.month) ?? '0.00' }))
  const total = (name: 'tax' | 'paid') => add('0.00', sum(rows.map(row => row[name])))
  const open = subtract(total('tax'), total('paid'))
  return { method, rows, tax: total('tax'), paid: total('paid'), open: compare(open, '0') < 0 ? '0.00' : open }
}
