// Dynamic cost from the sums of the ledgers and what was forecast: leaves by the engine, branches and projects as their sums.
import { type CostStanding, costStanding, overBudget, totalCost } from '@yingzao/engines/dynamic-cost'
import { add, type Decimal, r2, subtract, sum } from '@yingzao/engines/money'
import type { CostFigures } from './shape.ts'

/** 超预算控制 as the limits of the budget ledger say it. */
export const levels = { warnFrom: '0.9', escalateOver: '1', blockOver: '1.05', withoutTarget: 'block' } as const

export interface Leaf {
  readonly target: Decimal
  /** C + V, and V of it. */
  readonly committed: Decimal
  readonly changes: Decimal
  readonly direct: Decimal
  readonly pending: Decimal
  readonly incurred: Decimal
  readonly estimated: Decimal
  /** As entered; null: what is left of the target. */
  readonly uncommitted: Decimal | null
}

export interface Reckoned {
  readonly leaf: Leaf
  readonly standing: CostStanding
}

export const reckonLeaf = (leaf: Leaf): Reckoned => ({
  leaf,
  standing: costStanding({
    target: leaf.target,
    contracted: subtract(leaf.committed, leaf.changes),
    changes: leaf.changes,
    estimated: leaf.estimated,
    direct: leaf.direct,
    uncommitted: leaf.uncommitted,
    incurred: leaf.incurred,
  }),
})

/** Of one leaf or of many: every figure is the sum of the leaves'. */
export function figuresOf(parts: readonly Reckoned[]): CostFigures {
  const total = totalCost(parts.map(each => each.standing))
  const of = (value: (leaf: Leaf) => Decimal) => r2(sum(parts.map(each => value(each.leaf))))
  return {
    target: total.target,
    committed: of(leaf => leaf.committed),
    contracted: of(leaf => subtract(leaf.committed, leaf.changes)),
    changes: of(leaf => leaf.changes),
    estimated: of(leaf => leaf.estimated),
    direct: total.direct,
    uncommitted: total.uncommitted,
    expected: total.expected,
    pending: of(leaf => leaf.pending),
    incurred: total.incurred,
    toGo: total.toGo,
    deviation: total.deviation,
    deviationRatio: total.deviationRatio ?? null,
  }
}

/** What the gate would say of what is used and in approval together. */
export const levelOf = ({ target, committed, direct, estimated, pending }: CostFigures) =>
  overBudget({ target, used: '0', amount: sum([committed, direct, estimated, pending]) }, levels).outcome

export const plus = (a: Decimal | null, b: Decimal | null): Decimal | null =>
  a === null ? b : b === null ? a : add(a, b)
