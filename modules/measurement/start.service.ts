// 开始一期计量: a draft with everything of the contract that is not measured yet, to be filled with this period's quantities.
import { compare } from '@yingzao/engines/money'
import { asId, isPlainDate } from '@yingzao/kernel/entity'
import { act, all, asSystem, create, get, refuse } from '@yingzao/kernel/server'
import { billItem } from '../contract/bill-item.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { factsOf } from './facts.ts'
import { measurement } from './measurement.entity.ts'

export default act('measurement.start', async (ctx, input) => {
  const of = await get(ctx, contract, asId('contract', String(input.contract)))
  const system = asSystem(ctx)
  const kind =
    of.direction === 'expense'
      ? 'subcontract'
      : input.kind === 'reported'
        ? ('reported' as const)
        : ('confirmed' as const)
  const facts = await factsOf(system, of, kind)
  const bill = await all(system, billItem, { filter: { contract: { eq: of.id } }, fields: ['code'], sort: ['code'] })
  const open = bill.filter(({ id }) => {
    const there = facts.before.get(`bill ${id}`)
    return !there?.final && compare(there?.qty ?? '0', facts.bill.get(id)?.planned ?? '0') < 0
  })
  const lumps = [...facts.lumps].filter(
    ([item, { gross }]) => compare(facts.before.get(`lump ${item}`)?.gross ?? '0', gross) < 0,
  )
  const lines =
    bill.length > 0
      ? open.map(({ id }) => ({ kind: 'bill' as const, bill_item: id, qty: '0' as const }))
      : lumps.map(([item]) => ({
          kind: 'lump' as const,
          item: item === '' ? null : asId('cost_item', item),
          amount: '0' as const,
        }))
  if (lines.length === 0) throw refuse('measurement.nothing_open', { name: of.name })
  const measured_on = isPlainDate(input.measured_on) ? input.measured_on : ctx.today
  const { id } = await create(ctx, measurement, { contract: of.id, kind, measured_on, lines })
  return { id }
})
