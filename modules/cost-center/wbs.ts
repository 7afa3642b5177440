// 按 WBS 的动态成本: the same money as by cost item, by task of the current plan. What no task is named for stands in a row of its
// own, so that both add up to the same fen.
import {
  add,
  allocate,
  compare,
  type Decimal,
  divide,
  isZero,
  multiply,
  r2,
  subtract,
  sum,
} from '@yingzao/engines/money'
import type { CostFigures, WbsFigures, WbsRow } from './shape.ts'

export interface WbsTask {
  readonly id: string
  readonly parent: string | null
  readonly code: string | null
  readonly name: string
  /** By the plan: budget, and what is planned and earned of it on the status date. */
  readonly budget: Decimal
  readonly pv: Decimal
  readonly ev: Decimal
}
/** What documents say of a task; '' names none. */
export type TaskFacts = ReadonlyMap<string, { committed: Decimal; direct: Decimal; incurred: Decimal }>

interface Own {
  readonly target: Decimal
  readonly planned: Decimal
  readonly earned: Decimal
  readonly committed: Decimal
  readonly direct: Decimal
  readonly open: Decimal
  readonly incurred: Decimal
}
const nothing: Own = {
  ...{ target: '0.00', planned: '0.00', earned: '0.00', committed: '0.00', direct: '0.00', open: '0.00' },
  incurred: '0.00',
}
const plus = (a: Own, b: Own): Own => ({
  target: add(a.target, b.target),
  planned: add(a.planned, b.planned),
  earned: add(a.earned, b.earned),
  committed: add(a.committed, b.committed),
  direct: add(a.direct, b.direct),
  open: add(a.open, b.open),
  incurred: add(a.incurred, b.incurred),
})

/** An amount shared by weights to the fen; all of it is left over where there is no weight. */
function shared(amount: Decimal, weights: readonly Decimal[]): { parts: readonly Decimal[]; rest: Decimal } {
  if (weights.every(isZero)) return { parts: weights.map(() => '0.00' as const), rest: amount }
  return { parts: allocate(amount, weights, 2), rest: '0.00' }
}

/**
 * @param total of the project by cost item
 */
export function wbsRows(
  tasks: readonly WbsTask[],
  facts: TaskFacts,
  total: Pick<CostFigures, 'target' | 'estimated' | 'uncommitted'>,
): { readonly rows: readonly WbsRow[]; readonly loose: WbsFigures; readonly total: WbsFigures } {
  const target = shared(
    total.target,
    tasks.map(each => each.budget),
  )
  // EV = Σ leaf budget × physical %: what is done is earned to the fen, and the total is the sum of the leaves.
  const partOf = (value: (task: WbsTask) => Decimal) =>
    tasks.map((each, at) =>
      r2(multiply(target.parts[at] ?? '0', divide(value(each), isZero(each.budget) ? '1' : each.budget, 12) ?? '0')),
    )
  const [planned, earned] = [partOf(each => each.pv), partOf(each => each.ev)]
  const known = new Set(tasks.map(each => each.id))
  const booked = tasks.map(({ id }) => facts.get(id) ?? nothing)
  // 待签约与预计变更 are known by cost item: they follow what is left of each task's share of the target.
  const used = usedOf(tasks, booked, target.parts)
  const room = used.map((each, at) => {
    const left = subtract(target.parts[at] ?? '0', each)
    return compare(left, '0') > 0 ? left : '0'
  })
  const open = shared(add(total.estimated, total.uncommitted), room)
  const loose: Own = [...facts].reduce<Own>(
    (rest, [id, { committed, direct, incurred }]) =>
      known.has(id) ? rest : plus(rest, { ...nothing, committed, direct, incurred }),
    { ...nothing, target: target.rest, open: open.rest },
  )
  const own = new Map<string, Own>()
  for (const [at, { id }] of tasks.entries()) {
    const { committed, direct, incurred } = booked[at] ?? nothing
    const of = (parts: readonly Decimal[]) => parts[at] ?? '0.00'
    own.set(id, {
      ...{ target: of(target.parts), planned: of(planned), earned: of(earned), open: of(open.parts) },
      ...{ committed: add(committed, '0.00'), direct: add(direct, '0.00'), incurred: add(incurred, '0.00') },
    })
  }
  const parents = new Map(tasks.map(({ id, parent }) => [id, parent !== null && known.has(parent) ? parent : null]))
  const sums = new Map(own)
  const depths = new Map<string, number>()
  for (const { id } of tasks) {
    const mine = own.get(id) ?? nothing
    const seen = new Set([id])
    for (let at = parents.get(id) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      seen.add(at)
      sums.set(at, plus(sums.get(at) ?? nothing, mine))
    }
    depths.set(id, seen.size - 1)
  }
  const branches = new Set(parents.values())
  const rows = tasks.map(
    ({ id, code, name }): WbsRow => ({
      ...figuresOf(sums.get(id) ?? nothing),
      ...{ task: id, parent: parents.get(id) ?? null, depth: depths.get(id) ?? 0, code, name, leaf: !branches.has(id) },
    }),
  )
  return { rows, loose: figuresOf(loose), total: figuresOf([...own.values(), loose].reduce(plus, nothing)) }
}

/** What uses each task's share of the target: its own, and what stands on summaries above it, shared by targets. */
function usedOf(
  tasks: readonly WbsTask[],
  booked: readonly { readonly committed: Decimal; readonly direct: Decimal }[],
  targets: readonly Decimal[],
): Decimal[] {
  const used = booked.map(({ committed, direct }) => add(committed, direct))
  const parents = new Map(tasks.map(({ id, parent }) => [id, parent]))
  const isBelow = (id: string, above: string): boolean => {
    const seen = new Set<string>()
    for (let at = parents.get(id) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      if (at === above) return true
      seen.add(at)
    }
    return false
  }
  for (const [at, { id }] of tasks.entries()) {
    const own = used[at] ?? '0'
    if (isZero(own) || !isZero(targets[at] ?? '0')) continue
    const below = tasks.flatMap((each, index) =>
      isBelow(each.id, id) && !isZero(targets[index] ?? '0') ? [index] : [],
    )
    if (below.length === 0) continue
    const parts = allocate(
      add(booked[at]?.committed ?? '0', booked[at]?.direct ?? '0'),
      below.map(index => targets[index] ?? '0'),
      2,
    )
    for (const [part, index] of below.entries()) used[index] = add(used[index] ?? '0', parts[part] ?? '0')
  }
  return used
}

function figuresOf(own: Own): WbsFigures {
  const expected = add('0.00', sum([own.committed, own.direct, own.open]))
  return {
    ...own,
    expected,
    toGo: subtract(expected, own.incurred),
    deviation: subtract(own.target, expected),
  }
}
