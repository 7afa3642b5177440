// 应收应付账龄: what is due on contracts I may see and not paid, by how long it is overdue (G-6.3), down to the document.

import { lateInterest } from '@yingzao/engines/contract-money'
import { add, type Decimal, isDecimal, isZero, r2, sum } from '@yingzao/engines/money'
import { ageing as aged } from '@yingzao/engines/receivable'
import { isId, isPlainDate } from '@yingzao/kernel/entity'
import type { LedgerEntry } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { act, all, asSystem, type Ctx, type Input, titlesOf } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { limitOn } from '../parameter/public.ts'
import type { AgedContract, Ageing } from './ageing-shape.ts'
import { agedOf } from './settle.ts'

export default act('payment.ageing', ageingOf)

export async function ageingOf(ctx: Ctx, input: Input): Promise<Ageing> {
  const as_of = isPlainDate(input.as_of) ? input.as_of : ctx.today
  const direction = input.direction === 'expense' ? 'expense' : 'income'
  const late_rate = (direction === 'expense' ? await limitOn(ctx, 'late_day_rate', as_of) : null) ?? '0'
  const found = await all(ctx, contract, {
    filter: {
      ...{ direction: { eq: direction }, state: { in: ['effective', 'closed'] } },
      ...(isId(input.project) ? { project: { eq: input.project } } : {}),
      ...(isId(input.contract) ? { id: { eq: input.contract } } : {}),
    },
  })
  const contracts = new Map(found.filter(each => each.gross_amount !== undefined).map(each => [String(each.id), each]))
  const entries = new Map<string, LedgerEntry[]>()
  const of = { contract: [...contracts.keys()], direction: [direction] }
  for (const entry of await entriesBy(asSystem(ctx), contractLedger.name, of, {
    some: ['due', 'paid'],
    limit: 1_000_000,
  }))
    entries.set(String(entry.contract), [...(entries.get(String(entry.contract)) ?? []), entry])
  const names = {
    project: await titlesOf(ctx, 'project', [...new Set(found.map(each => each.project))]),
    counterparty: await titlesOf(ctx, 'counterparty', [...new Set(found.map(each => each.counterparty))]),
  }
  const rows: AgedContract[] = []
  for (const [id, list] of entries) {
    const record = contracts.get(id)
    if (!record) continue
    const { buckets, items, open, excess } = agedOf(list, as_of)
    const behind = new Map(list.map(each => [String(each.id), each]))
    const total = (name: 'due' | 'paid') =>
      r2(sum(list.flatMap(each => (each.on <= as_of ? amountOf(each[name]) : []))))
    if (isZero(open) && isZero(excess)) continue
    rows.push({
      ...{ contract: id, name: record.name, number: record.number, open, excess },
      project: names.project[record.project] ?? null,
      counterparty: names.counterparty[record.counterparty] ?? null,
      counterparty_id: record.counterparty,
      ...{ due: total('due'), paid: total('paid') },
      buckets: buckets.map(each => each.amount),
      items: items.map(item => ({
        ...{ due_on: item.dueOn, days: item.days, open: item.open },
        interest: lateInterest(item.open, item.dueOn, as_of, late_rate),
        entity: behind.get(item.id)?.entity ?? null,
        document: behind.get(item.id)?.document ?? null,
      })),
    })
  }
  const edges = aged([], '0', as_of).buckets.map(({ from, to }) => ({ from, to }))
  return { as_of, late_rate, edges, contracts: rows.sort((a, b) => Number(b.open) - Number(a.open)) }
}

const amountOf = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? add(value, '0') : '0')
