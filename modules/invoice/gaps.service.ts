// 应开未开 and 未到票: by contract, what should have been invoiced and is not, from the contract ledger.
import { add, compare, type Decimal, subtract, sum } from '@yingzao/engines/money'
import { isId } from '@yingzao/kernel/entity'
import { act, asSystem, type Ctx, get, type Input, list, metrics } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import type { GapRow, Gaps } from './report-shape.ts'

const measures = ['sum', 'measured', 'due', 'paid', 'invoiced'] as const

export default act('invoice.gaps', gapsOf)

export async function gapsOf(ctx: Ctx, input: Input): Promise<Gaps> {
  const where = isId(input.project) ? { where: { project: input.project } } : {}
  const { rows } = await metrics(
    ctx,
    measures.map(name => `invoice_${name}`),
    { ...where, by: ['contract', 'direction'] },
  )
  const found = new Map(rows.map(({ key: [id, direction], values }) => [id ?? '', { direction, values }]))
  const gaps: GapRow[] = []
  const names = new Map<string, string>()
  for (const each of await contractsOf(ctx, [...found.keys()])) {
    const { direction, values } = found.get(each.id) ?? { direction: null, values: {} }
    const of = (name: (typeof measures)[number]): Decimal => values[`invoice_${name}`] ?? '0.00'
    const base = direction === 'income' && compare(of('due'), of('paid')) > 0 ? of('due') : of('paid')
    const rest = subtract(base, of('invoiced'))
    if (compare(rest, '0') <= 0) continue
    if (!names.has(each.counterparty))
      names.set(each.counterparty, (await get(asSystem(ctx), counterparty, each.counterparty)).name)
    gaps.push({
      ...{ contract: each.id, name: each.name, project: each.project },
      counterparty: { id: each.counterparty, name: names.get(each.counterparty) ?? '' },
      direction: direction === 'income' ? 'income' : 'expense',
      ...{ sum: of('sum'), measured: of('measured'), due: of('due'), paid: of('paid'), invoiced: of('invoiced') },
      missing: rest,
    })
  }
  gaps.sort((a, b) => compare(b.missing, a.missing))
  const total = (direction: GapRow['direction']) =>
    add('0.00', sum(gaps.filter(each => each.direction === direction).map(each => each.missing)))
  return { rows: gaps, to_issue: total('income'), to_receive: total('expense') }
}

/** As the reader sees them. */
async function contractsOf(ctx: Ctx, ids: readonly string[]) {
  const all = []
  for (let at = 0; at < ids.length; at += 500) {
    const { items } = await list(ctx, contract, {
      filter: { id: { in: ids.slice(at, at + 500) } },
      fields: ['name', 'counterparty', 'project'],
      limit: 500,
    })
    all.push(...items)
  }
  return all
}
