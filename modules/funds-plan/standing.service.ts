// 资金计划执行: each line of a plan with what was asked, approved, used and paid of it.
import { add, type Decimal } from '@yingzao/engines/money'
import { asId } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { act, asSystem, get, refuse, titlesOf } from '@yingzao/kernel/server'
import { fundsPlan } from './funds-plan.entity.ts'
import { fundsPlanLedger } from './funds-plan.ledger.ts'
import type { PlanStanding } from './shape.ts'

/** For who may see the money of the plan: its lines are all there is of the ledger in the answer. */
export default act('funds_plan.standing', async (ctx, input): Promise<PlanStanding> => {
  const plan = await get(ctx, fundsPlan, asId('funds_plan', String(input.plan)))
  if (plan.out_amount === undefined) throw refuse('access.denied', { function: 'read' })
  const keys = [...new Set(plan.lines.map(line => line.key ?? line.kind))]
  const rows = await balancesBy(asSystem(ctx), fundsPlanLedger.name, {
    ...{ project: [plan.project], month: [plan.month], plan_line: keys },
  })
  const books = new Map(rows.map(row => [row.dims.plan_line, row]))
  const ids = (field: 'contract' | 'counterparty') => plan.lines.flatMap(line => line[field] ?? [])
  const titles = {
    ...(await titlesOf(ctx, 'counterparty', ids('counterparty'))),
    ...(await titlesOf(ctx, 'contract', ids('contract'))),
  }
  return {
    ...{ project: plan.project, month: plan.month },
    lines: plan.lines.map(line => {
      const key = line.key ?? line.kind
      const of = (name: string): Decimal => books.get(key)?.posted[name] ?? '0.00'
      const held = books.get(key)?.reserved.used ?? '0.00'
      return {
        ...{ id: line.id, direction: line.direction, kind: line.kind, contract: line.contract, key },
        title: titles[line.contract ?? line.counterparty ?? ''] ?? null,
        ...{ why: line.why, note: line.note, asked: line.amount, probability: line.probability },
        approved: line.approved_amount ?? '0.00',
        used: line.direction === 'out' ? add(of('used'), held) : '0.00',
        done: line.direction === 'out' ? of('paid') : of('received'),
      }
    }),
  }
})
