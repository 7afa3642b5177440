// Propagation to the fixpoint: relations and clauses first, then the time-tables of the resources.
import { type Clauses, falsified } from './clauses.ts'
import { atLeast, atMost, BY_RELATION, type Domain, raise, reduce } from './domain.ts'
import { timeTable } from './time-table.ts'

const changed = { any: false }

/** False = conflict: the literals of `d.conflict` cannot hold together. */
export function propagate(d: Domain, c: Clauses): boolean {
  for (;;) {
    while (d.seen < d.length) {
      const at = d.seen++
      const side = d.side[at]!
      const i = side >> 1
      // Later entries of the same side are in the queue, too: each handles its own step.
      if (!((side & 1) === 0 ? later(d, i) : sooner(d, i))) return false
      if (!falsify(d, c, at, side)) return false
    }
    changed.any = false
    if (!timeTable(d, changed)) return false
    if (!changed.any) return true
  }
}

function falsify(d: Domain, c: Clauses, at: number, side: number): boolean {
  const i = side >> 1
  const old = d.before[at]!
  // The value this entry set is what the next entry of the same side found.
  const now = valueAfter(d, at, side)
  if ((side & 1) === 0) {
    for (let t = old + 1; t <= now; t++) if (!falsified(c, d, ((i * d.width + t) << 1) | 1)) return false
  } else {
    for (let t = old; t > now; t--) if (!falsified(c, d, (i * d.width + t) << 1)) return false
  }
  return true
}

function valueAfter(d: Domain, at: number, side: number): number {
  let next = d.lastOf[side]!
  if (next === at) return (side & 1) === 0 ? d.low[side >> 1]! : d.high[side >> 1]!
  while (d.earlier[next] !== at) next = d.earlier[next]!
  return d.before[next]!
}

function later(d: Domain, i: number): boolean {
  const { first, list } = d.problem.successors
  const run = d.problem.duration[i]!
  for (let k = first[i]!; k < first[i + 1]!; k++) {
    const j = list[k]!
    if (raise(d, j, d.low[i]! + run, BY_RELATION, i)) continue
    d.conflict.length = 0
    d.conflict.push(atMost(d, j, d.high[j]!), atLeast(d, i, d.high[j]! + 1 - run))
    return false
  }
  return true
}

function sooner(d: Domain, j: number): boolean {
  const { first, list } = d.problem.predecessors
  for (let k = first[j]!; k < first[j + 1]!; k++) {
    const i = list[k]!
    const run = d.problem.duration[i]!
    if (reduce(d, i, d.high[j]! - run, BY_RELATION, j)) continue
    d.conflict.length = 0
    d.conflict.push(atLeast(d, i, d.low[i]!), atMost(d, j, d.low[i]! + run - 1))
    return false
  }
  return true
}
