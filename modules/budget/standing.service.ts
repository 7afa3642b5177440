// 目标成本执行: target, bound, spent, in approval and what is left, by cost item, from the ledger.

import { overBudget } from '@yingzao/engines/dynamic-cost'
import { add, type Decimal, divide, subtract, sum } from '@yingzao/engines/money'
import { asId } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { act, asSystem, get, list, refuse } from '@yingzao/kernel/server'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { budget } from './budget.entity.ts'
import { budgetLedger } from './budget.ledger.ts'
import type { Standing, StandingRow } from './standing-shape.ts'

const levels = { warnFrom: '0.9', escalateOver: '1', blockOver: '1.05', withoutTarget: 'block' } as const

/** For who may see the money of the effective version; its rows are all there is of the project in the ledger. */
export default act('budget.standing', async (ctx, input): Promise<Standing> => {
  const project = asId('project', String(input.project))
  const { items } = await list(ctx, budget, {
    filter: { project: { eq: project }, state: { eq: 'effective' } },
    limit: 1,
  })
  const [found] = items
  if (!found) return { budget: null, rows: [], total: totalOf([]) }
  const current = await get(ctx, budget, found.id)
  if (current.total_amount === undefined) throw refuse('access.denied', { function: 'read' })
  const system = asSystem(ctx)
  const rows: StandingRow[] = []
  for (const { item } of current.lines) {
    const { posted, reserved } = await balanceOf(system, budgetLedger.name, { project, item })
    const of = (measure: string) => posted[measure] ?? '0'
    const pending = sum([reserved.committed ?? '0', reserved.direct ?? '0', reserved.estimated ?? '0'])
    const used = sum([of('committed'), of('estimated'), of('direct'), pending])
    const { title } = await get(system, costItem, item)
    rows.push({
      ...{ item, title: title ?? '', target: of('target'), committed: of('committed'), direct: of('direct'), pending },
      estimated: of('estimated'),
      available: subtract(of('target'), used),
      ratio: divide(used, of('target'), 6) ?? null,
      level: overBudget({ target: of('target'), used: '0', amount: used }, levels).outcome,
    })
  }
  return {
    budget: { id: current.id, name: current.name, version_no: current.version_no },
    rows: rows.sort((a, b) => (a.title < b.title ? -1 : 1)),
    total: totalOf(rows),
  }
})

function totalOf(rows: readonly StandingRow[]): Standing['total'] {
  const of = (name: 'target' | 'committed' | 'estimated' | 'direct' | 'pending' | 'available'): Decimal =>
    add('0.00', sum(rows.map(row => row[name])))
  const [target, available] = [of('target'), of('available')]
  return {
    ...{ target, available, committed: of('committed'), estimated: of('estimated') },
    ...{ direct: of('direct'), pending: of('pending') },
    ratio: divide(subtract(target, available), target, 6) ?? null,
  }
}
