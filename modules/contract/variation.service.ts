// What people do with a variation beyond approving it: record the client's answer, see what is unusual.
import { absolute, add, compare, formatAmount, multiply } from '@yingzao/engines/money'
import { asSystem, create, get, handle, list, refuse } from '@yingzao/kernel/server'
import { figuresBy } from './figures.ts'
import type { VariationConcern } from './figures-shape.ts'
import { variation } from './variation.entity.ts'
import { variationAnswer } from './variation-answer.entity.ts'

export default handle(variation, {
  // In the caller's name: whoever may not write answers may not do this.
  async answer(ctx, record) {
    const { items } = await list(asSystem(ctx), variationAnswer, {
      filter: { variation: { eq: record.id }, state: { in: ['draft', 'pending', 'rejected'] } },
      limit: 1,
    })
    if (items[0]) throw refuse('contract.answer_in_work', { name: items[0].name })
    const open = record.lines.flatMap((line, at) => (line.approved_amount === null ? [{ line, line_no: at + 1 }] : []))
    const made = await create(ctx, variationAnswer, {
      name: record.name,
      variation: record.id,
      lines: open.map(({ line: { qty, price }, line_no }) => ({ line_no, qty, price: price ?? '0' })),
    })
    return { id: made.id }
  },
  async concerns(ctx, record): Promise<{ concerns: readonly VariationConcern[] }> {
    if ((await get(ctx, variation, record.id)).gross_amount === undefined)
      throw refuse('access.denied', { function: 'read' })
    const concerns: VariationConcern[] = []
    if (record.direction === 'expense' && record.borne_by === 'client' && record.income_variation === null)
      concerns.push({ code: 'no_income_claim', values: {} })
    const { original, changes } = (await figuresBy(ctx, [record.contract]))(record.contract)
    const all = add(absolute(changes), absolute(record.gross_amount ?? '0'))
    if (record.state !== 'effective' && compare(all, multiply(original, '0.1')) > 0)
      concerns.push({ code: 'much_changed', values: { changes: formatAmount(all), original: formatAmount(original) } })
    return { concerns }
  },
})
