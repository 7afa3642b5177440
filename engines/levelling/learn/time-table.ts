// Time-table reasoning: an activity cannot run where the activities that surely run leave it too little.
import {
  atLeast,
  atMost,
  BY_ARENA,
  type Domain,
  entryOf,
  type Literal,
  openExplanation,
  raise,
  reduce,
} from './domain.ts'

/** Propagates every resource once; false = conflict. `changed` tells whether a bound moved. */
export function timeTable(d: Domain, changed: { any: boolean }): boolean {
  const p = d.profile
  if (p.overloadAt >= 0) return overloaded(d, p.overloadAt)
  const { count, low, high } = d
  const { duration } = d.problem
  const from = p.changedFrom
  const to = p.changedTo
  p.changedFrom = d.width
  p.changedTo = 0
  for (let i = 0; i < count; i++) {
    if (low[i] === high[i] || duration[i] === 0) continue
    if (d.moved[i] === 0 && (low[i]! >= to || high[i]! + duration[i]! <= from)) continue
    d.moved[i] = 0
    const length = d.length
    if (!earliest(d, i) || !latest(d, i)) return false
    if (d.length === length) continue
    changed.any = true
    if (p.overloadAt >= 0) return overloaded(d, p.overloadAt)
  }
  return true
}

/** First period in [from, to), looking backwards, that cannot take the activity; −1 = none. */
function lastClash(d: Domain, i: number, from: number, to: number): number {
  const p = d.profile
  for (let t = to - 1; t >= from; t--)
    for (let word = 0; word < p.words; word++) {
      const need = p.need[i * p.words + word]!
      if (need !== 0 && ((p.free[word * p.width + t]! - need) & p.guards) !== p.guards) return t
    }
  return -1
}

function firstClash(d: Domain, i: number, from: number, to: number): number {
  const p = d.profile
  for (let t = from; t < to; t++)
    for (let word = 0; word < p.words; word++) {
      const need = p.need[i * p.words + word]!
      if (need !== 0 && ((p.free[word * p.width + t]! - need) & p.guards) !== p.guards) return t
    }
  return -1
}

function earliest(d: Domain, i: number): boolean {
  const run = d.problem.duration[i]!
  for (;;) {
    const from = d.low[i]!
    // Where the activity itself surely runs, the profile already holds it.
    const clash = lastClash(d, i, from, Math.min(d.high[i]!, from + run))
    if (clash < 0) return true
    const why = explainClash(d, i, clash, atLeast(d, i, Math.max(0, clash + 1 - run)))
    if (raise(d, i, clash + 1, BY_ARENA, why)) continue
    failWith(d, why, atMost(d, i, clash))
    return false
  }
}

function latest(d: Domain, i: number): boolean {
  const run = d.problem.duration[i]!
  for (;;) {
    const end = d.high[i]! + run
    const clash = firstClash(d, i, Math.max(d.low[i]! + run, d.high[i]!), end)
    if (clash < 0) return true
    const why = explainClash(d, i, clash, atMost(d, i, clash))
    if (reduce(d, i, clash - run, BY_ARENA, why)) continue
    failWith(d, why, atLeast(d, i, clash - run + 1))
    return false
  }
}

function failWith(d: Domain, why: number, literal: Literal): void {
  d.conflict.length = 0
  for (let k = 1; k <= d.arena[why]!; k++) d.conflict.push(d.arena[why + k]!)
  d.conflict.push(literal)
}

const chosen: number[] = []
const newest: number[] = []

/**
 * Activities that surely run at t and, beside `extra`, overfill the resource: as few as possible, old bounds first,
 * so that the explanation still holds after backtracking far.
 */
function coverAt(d: Domain, r: number, t: number, without: number, extra: number): void {
  const { count, low, high } = d
  const { duration, resources, demand, capacity } = d.problem
  chosen.length = 0
  newest.length = 0
  let sum = extra
  for (let j = 0; j < count; j++) {
    if (j === without || high[j]! > t || low[j]! + duration[j]! <= t) continue
    const need = demand[j * resources + r]!
    if (need === 0) continue
    chosen.push(j)
    newest.push(Math.max(entryOf(d, atLeast(d, j, Math.max(0, t + 1 - duration[j]!))), entryOf(d, atMost(d, j, t))))
    sum += need
  }
  // Leave out what is not needed, the newest first.
  for (;;) {
    let drop = -1
    for (let k = 0; k < chosen.length; k++)
      if (
        newest[k]! >= 0 &&
        sum - demand[chosen[k]! * resources + r]! > capacity[r]! &&
        (drop < 0 || newest[k]! > newest[drop]!)
      )
        drop = k
    if (drop < 0) return
    sum -= demand[chosen[drop]! * resources + r]!
    chosen[drop] = chosen[chosen.length - 1]!
    newest[drop] = newest[newest.length - 1]!
    chosen.pop()
    newest.pop()
  }
}

/** A resource in which the activity does not fit at t. */
function clashingResource(d: Domain, i: number, t: number): number {
  const p = d.profile
  const { resources, demand } = d.problem
  for (let r = 0; r < resources; r++) {
    const need = demand[i * resources + r]!
    if (need > 0 && leftAt(p, r, t) < need) return r
  }
  return -1
}

function leftAt(p: Domain['profile'], r: number, t: number): number {
  const word = Math.floor(r / p.lanes)
  const shift = p.bits * (r % p.lanes)
  const lane = (p.free[word * p.width + t]! >>> shift) & (p.bits === 8 ? 0xff : 0xffff)
  return lane - (1 << (p.bits - 1))
}

/** Writes why activity i cannot run at t, with `own` (a bound of i itself), into the arena. */
function explainClash(d: Domain, i: number, t: number, own: Literal): number {
  const r = clashingResource(d, i, t)
  coverAt(d, r, t, i, d.problem.demand[i * d.problem.resources + r]!)
  const at = openExplanation(d, 2 * chosen.length + 1)
  let end = at + 1
  d.arena[end++] = own
  end = writeCover(d, t, end)
  d.arena[at] = end - at - 1
  d.arenaLength = end
  return at
}

function writeCover(d: Domain, t: number, from: number): number {
  let end = from
  for (const j of chosen) {
    d.arena[end++] = atLeast(d, j, Math.max(0, t + 1 - d.problem.duration[j]!))
    d.arena[end++] = atMost(d, j, t)
  }
  return end
}

function overloaded(d: Domain, t: number): boolean {
  const { resources, duration, demand, capacity } = d.problem
  let over = 0
  for (; over < resources - 1; over++) {
    let sum = 0
    for (let j = 0; j < d.count; j++)
      if (d.high[j]! <= t && d.low[j]! + duration[j]! > t) sum += demand[j * resources + over]!
    if (sum > capacity[over]!) break
  }
  coverAt(d, over, t, -1, 0)
  d.conflict.length = 0
  for (const j of chosen) d.conflict.push(atLeast(d, j, Math.max(0, t + 1 - d.problem.duration[j]!)), atMost(d, j, t))
  return false
}
