// The figures of contracts, from their ledger.
import { add, compare, type Decimal, negate, subtract } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import type { BalanceAt } from '@yingzao/kernel/ledgers/audit'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx } from '@yingzao/kernel/server'
import { contract, settledStages } from './contract.entity.ts'
import { contractLedger } from './contract.ledger.ts'
import type { Figures } from './figures-shape.ts'

const none: Figures = {
  ...{ original: '0.00', changes: '0.00', sum: '0.00', pending: '0.00', claimed: '0.00', measured: '0.00' },
  ...{ due: '0.00', requested: '0.00', paid: '0.00', invoiced: '0.00', retained: '0.00', unpaid: '0.00' },
  refundable: '0.00',
}

const figuresOf = ({ posted, reserved }: BalanceAt, settled: boolean): Figures => {
  const of = (measure: string): Decimal => posted[measure] ?? '0.00'
  const open = subtract(of('due'), of('paid'))
  const overpaid = settled && compare(open, '0') < 0
  return {
    original: of('original'),
    changes: subtract(of('sum'), of('original')),
    sum: of('sum'),
    pending: reserved.sum ?? '0.00',
    claimed: of('claimed'),
    measured: of('measured'),
    due: of('due'),
    requested: of('requested'),
    paid: of('paid'),
    invoiced: of('invoiced'),
    retained: of('retained'),
    unpaid: overpaid ? '0.00' : open,
    refundable: overpaid ? negate(open) : '0.00',
  }
}

export const addFigures = (one: Figures, two: Figures): Figures => ({
  original: add(one.original, two.original),
  changes: add(one.changes, two.changes),
  sum: add(one.sum, two.sum),
  pending: add(one.pending, two.pending),
  claimed: add(one.claimed, two.claimed),
  measured: add(one.measured, two.measured),
  due: add(one.due, two.due),
  requested: add(one.requested, two.requested),
  paid: add(one.paid, two.paid),
  invoiced: add(one.invoiced, two.invoiced),
  retained: add(one.retained, two.retained),
  unpaid: add(one.unpaid, two.unpaid),
  refundable: add(one.refundable, two.refundable),
})
export const totalOf = (all: readonly Figures[]): Figures => all.reduce(addFigures, none)

/** Of each of these contracts, whoever asks: rights are the caller's to check. What nothing was posted of is zero. */
export async function figuresBy(ctx: Ctx, ids: readonly string[]): Promise<(id: string) => Figures> {
  const found = new Map<string, Figures>()
  if (ids.length === 0) return () => none
  const system = asSystem(ctx)
  const settled = new Set<string>(
    (await all(system, contract, { filter: { id: { in: ids }, stage: { in: settledStages } }, fields: [] })).map(
      each => each.id,
    ),
  )
  for (const each of await balancesBy(system, contractLedger.name, { contract: ids })) {
    const { contract: id } = each.dims
    if (id) found.set(id, addFigures(found.get(id) ?? none, figuresOf(each, settled.has(id))))
  }
  return id => found.get(id) ?? none
}

/** 框架合同: the sum of its effective orders. */
export async function ordersOf(ctx: Ctx, framework: Id<'contract'>): Promise<readonly string[]> {
  const rows = await all(asSystem(ctx), contract, {
    filter: { parent: { eq: framework }, form: { eq: 'order' }, state: { eq: 'effective' } },
    fields: [],
  })
  return rows.map(({ id }) => id)
}
