// Learned clauses: at least one literal of each holds; two watched literals tell when only one is left.
import { assert, BY_CLAUSE, type Domain, isFalse, isTrue, type Literal } from './domain.ts'

export interface Clauses {
  /** Literals; the first two are watched, the first is the one a propagation made true. */
  readonly list: (Int32Array | undefined)[]
  /** How many decision levels the clause spanned when learned: few = worth keeping. */
  readonly spread: number[]
  readonly activity: number[]
  readonly watches: (number[] | undefined)[]
  bump: number
  live: number
}

export const noClauses = (d: Domain): Clauses => ({
  list: [],
  spread: [],
  activity: [],
  watches: new Array<number[] | undefined>(2 * d.count * d.width + 2),
  bump: 1,
  live: 0,
})

/** Adds a clause of two or more literals; the first two must be the ones to watch. */
export function addClause(c: Clauses, literals: Int32Array, spread: number): number {
  const index = c.list.length
  c.list.push(literals)
  c.spread.push(spread)
  c.activity.push(c.bump)
  c.live++
  watch(c, literals[0]!, index)
  watch(c, literals[1]!, index)
  return index
}

function watch(c: Clauses, literal: Literal, index: number): void {
  const row = c.watches[literal]
  if (row) row.push(index)
  else c.watches[literal] = [index]
}

/** The literal has just become false: finds other watches, asserts last literals. False = conflict. */
export function falsified(c: Clauses, d: Domain, literal: Literal): boolean {
  const row = c.watches[literal]
  if (!row) return true
  let kept = 0
  for (let k = 0; k < row.length; k++) {
    const index = row[k]!
    const clause = c.list[index]
    if (!clause) continue
    if (clause[0] === literal) {
      clause[0] = clause[1]!
      clause[1] = literal
    }
    const first = clause[0]!
    if (isTrue(d, first)) {
      row[kept++] = index
      continue
    }
    let found = 0
    for (let at = 2; at < clause.length && found === 0; at++) if (!isFalse(d, clause[at]!)) found = at
    if (found > 0) {
      clause[1] = clause[found]!
      clause[found] = literal
      watch(c, clause[1]!, index)
      continue
    }
    row[kept++] = index
    if (isFalse(d, first) || !assert(d, first, BY_CLAUSE, index)) {
      for (let rest = k + 1; rest < row.length; rest++) row[kept++] = row[rest]!
      row.length = kept
      d.conflict.length = 0
      for (const l of clause) d.conflict.push(l ^ 1)
      return false
    }
  }
  row.length = kept
  return true
}

/** Forgets the less useful half of the clauses that no bound rests on. */
export function forget(c: Clauses, d: Domain): void {
  const needed = new Set<number>()
  for (let at = 0; at < d.length; at++) if (d.kind[at] === BY_CLAUSE) needed.add(d.data[at]!)
  const old: number[] = []
  for (let index = 0; index < c.list.length; index++)
    if (c.list[index] && c.spread[index]! > 2 && !needed.has(index)) old.push(index)
  old.sort((a, b) => c.activity[a]! - c.activity[b]!)
  for (const index of old.slice(0, old.length >> 1)) {
    c.list[index] = undefined
    c.live--
  }
}
