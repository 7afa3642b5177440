// Per cost item: D = C + V + E + N + W, and how far that lies from the target. Roll-ups are sums of leaves, nothing else.
import { add, compare, type Decimal, divide, r2, subtract, sum } from '../money/index.ts'

/** All on cost basis (net where input VAT is deductible). */
export interface CostLeaf {
  /** T: target. */
  readonly target: Decimal
  /** C: effective expense contracts. */
  readonly contracted: Decimal
  /** V: effective changes, ±. */
  readonly changes: Decimal
  /** E: estimated changes not yet in approval: a pending one is a reservation and never counted twice. */
  readonly estimated: Decimal
  /** 审定: of settled contracts; stands beside C, V, E of those not settled. */
  readonly settled?: Decimal
  /** N: cost without a contract. */
  readonly direct: Decimal
  /** W as the cost engineer entered it; without it what is left of the target. */
  readonly uncommitted?: Decimal | null
  /** Requisitions not yet ordered: an entered W is at least this. */
  readonly requisitioned?: Decimal
  /** A: Σ cost ledger. */
  readonly incurred?: Decimal
}
export interface CostStanding {
  readonly target: Decimal
  /** C + V + E and what is settled. */
  readonly committed: Decimal
  readonly direct: Decimal
  readonly uncommitted: Decimal
  /** D. */
  readonly expected: Decimal
  readonly incurred: Decimal
  /** D − A. */
  readonly toGo: Decimal
  /** T − D: + saving, − overrun. */
  readonly deviation: Decimal
  /** (D − T) ÷ T to six places; undefined without a target. */
  readonly deviationRatio: Decimal | undefined
}
export type CostTotals = CostStanding

export function costStanding(leaf: CostLeaf): CostStanding {
  const committed = r2(sum([leaf.contracted, leaf.changes, leaf.estimated, leaf.settled ?? '0']))
  const direct = r2(leaf.direct)
  const target = r2(leaf.target)
  return withSums(
    target,
    committed,
    direct,
    uncommittedOf(leaf, subtract(target, add(committed, direct))),
    leaf.incurred,
  )
}

function uncommittedOf({ uncommitted, requisitioned = '0' }: CostLeaf, left: Decimal): Decimal {
  if (uncommitted === undefined || uncommitted === null) return compare(left, '0') > 0 ? left : '0.00'
  return r2(compare(uncommitted, requisitioned) < 0 ? requisitioned : uncommitted)
}

function withSums(
  target: Decimal,
  committed: Decimal,
  direct: Decimal,
  uncommitted: Decimal,
  spent: Decimal = '0',
): CostStanding {
  const expected = sum([committed, direct, uncommitted])
  const incurred = r2(spent)
  return {
    target,
    committed,
    direct,
    uncommitted,
    expected,
    incurred,
    toGo: subtract(expected, incurred),
    deviation: subtract(target, expected),
    deviationRatio: divide(subtract(expected, target), target, 6),
  }
}

/** Σ leaves; the ratio is that of the sums. */
export function totalCost(leaves: readonly CostStanding[]): CostTotals {
  const of = (value: (leaf: CostStanding) => Decimal) => r2(sum(leaves.map(value)))
  return withSums(
    of(leaf => leaf.target),
    of(leaf => leaf.committed),
    of(leaf => leaf.direct),
    of(leaf => leaf.uncommitted),
    of(leaf => leaf.incurred),
  )
}
