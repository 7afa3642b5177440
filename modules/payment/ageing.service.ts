// 应收应付账龄: what is due on contracts I may see and not paid, by how long it is overdue (G-6.3), down to the document; and
// what settled contracts of the other direction are to give back (应退).
import { lateInterest } from '@yingzao/engines/contract-money'
import { add, type Decimal, isDecimal, isZero, r2, sum } from '@yingzao/engines/money'
import { ageing as aged } from '@yingzao/engines/receivable'
import { isId, isPlainDate } from '@yingzao/kernel/entity'
import type { LedgerEntry } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { act, all, asSystem, type Ctx, type Input, titlesOf } from '@yingzao/kernel/server'
import { contract, settledStages } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { settledBy } from '../measurement/public.ts'
import { settlement } from '../measurement/settlement.entity.ts'
import { limitOn } from '../parameter/public.ts'
import type { AgedContract, Ageing } from './ageing-shape.ts'
import { agedOf } from './settle.ts'

export default act('payment.ageing', ageingOf)

export async function ageingOf(ctx: Ctx, input: Input): Promise<Ageing> {
  const as_of = isPlainDate(input.as_of) ? input.as_of : ctx.today
  const direction = input.direction === 'expense' ? 'expense' : 'income'
  const late_rate = (direction === 'expense' ? await limitOn(ctx, 'late_day_rate', as_of) : null) ?? '0'
  const filter = {
    state: { in: ['effective', 'closed'] },
    ...(isId(input.project) ? { project: { eq: input.project } } : {}),
    ...(isId(input.contract) ? { id: { eq: input.contract } } : {}),
  }
  const settled = { ...filter, stage: { in: settledStages } }
  const found = [
    ...(await all(ctx, contract, { filter: { ...filter, direction: { eq: direction } } })),
    ...(await all(ctx, contract, { filter: { ...settled, direction: { ne: direction } } })),
  ].filter(each => each.gross_amount !== undefined)
  const contracts = new Map(found.map(each => [String(each.id), each]))
  const ended = await settledBy(
    asSystem(ctx),
    found.filter(({ stage }) => settledStages.includes(stage ?? '')).map(each => each.id),
    as_of,
  )
  const entries = new Map<string, LedgerEntry[]>()
  const of = { contract: [...contracts.keys()] }
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
    const own = agedOf(list, as_of)
    const end = ended.get(id)
    const total = (name: 'due' | 'paid' | 'given_back') =>
      r2(sum(list.flatMap(each => (each.on <= as_of ? amountOf(each[name]) : []))))
    const refund = record.direction !== direction
    // What was overpaid is owed by the other side, by the day that the settlement says.
    const back = end ? [{ id: end.settlement, dueOn: end.due_on, amount: own.excess }] : []
    const { buckets, items, open } = refund ? aged(back, '0', as_of) : own
    const excess = refund || end ? '0.00' : own.excess
    const behind = new Map<string, { readonly entity: string; readonly document: string }>(
      refund
        ? back.map(each => [each.id, { entity: settlement.name, document: each.id }])
        : list.map(each => [String(each.id), each]),
    )
    if (isZero(open) && isZero(excess)) continue
    rows.push({
      ...{ contract: id, name: record.name, number: record.number, refund, open, excess },
      project: names.project[record.project] ?? null,
      counterparty: names.counterparty[record.counterparty] ?? null,
      counterparty_id: record.counterparty,
      ...(refund
        ? { due: add(open, total('given_back')), paid: total('given_back') }
        : { due: total('due'), paid: total('paid') }),
      buckets: buckets.map(each => each.amount),
      items: items.map(item => ({
        ...{ due_on: item.dueOn, days: item.days, open: item.open },
        interest: refund ? '0.00' : lateInterest(item.open, item.dueOn, as_of, late_rate),
        entity: behind.get(item.id)?.entity ?? null,
        document: behind.get(item.id)?.document ?? null,
      })),
    })
  }
  const edges = aged([], '0', as_of).buckets.map(({ from, to }) => ({ from, to }))
  return { as_of, late_rate, edges, contracts: rows.sort((a, b) => Number(b.open) - Number(a.open)) }
}

const amountOf = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? add(value, '0') : '0')
