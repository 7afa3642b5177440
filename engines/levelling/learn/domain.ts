// Where each activity may start, with a trail that tells when, at which decision level and why each bound moved.
import { heads, type Problem, tails } from '../problem.ts'

/**
 * A literal is a bound of one start: `≥ t` is even, its negation `< t` is the odd number after it.
 * Among literals of one activity and one side, for `≥` the larger number says more, for `<` the smaller.
 */
export type Literal = number

/** Why a bound moved. Data: the other activity, a clause, or where the explanation begins in the arena. */
export const DECIDED = 0
export const BY_RELATION = 1
export const BY_CLAUSE = 2
export const BY_ARENA = 3

export interface Domain {
  readonly problem: Problem
  readonly count: number
  /** Starts are below this. */
  readonly width: number
  /** Earliest and latest start. */
  readonly low: Int32Array
  readonly high: Int32Array
  /** Last trail entry of each side (activity × 2 + side; side 0 = low). */
  readonly lastOf: Int32Array
  /** Trail: side, bound before, kind and data of the reason, earlier entry of the same side, decision level. */
  side: Int32Array
  before: Int32Array
  kind: Uint8Array
  data: Int32Array
  earlier: Int32Array
  levelAt: Int32Array
  length: number
  /** Next trail entry to propagate. */
  seen: number
  /** Trail length and arena length at the start of each level. */
  readonly trailAt: number[]
  readonly arenaAt: number[]
  /** Explanations written when the bound moved: length, then literals. */
  arena: Int32Array
  arenaLength: number
  /** Literals that cannot hold together; valid after a propagation failed. */
  readonly conflict: Literal[]
  readonly profile: Profile
  /** Activities whose bounds moved since the time-table looked at them. */
  readonly moved: Uint8Array
}

/** Capacity left beside the activities that surely run, packed: several resources in one word with guard bits. */
export interface Profile {
  readonly words: number
  readonly width: number
  /** `free[word * width + t]` */
  readonly free: Int32Array
  /** `need[activity * words + word]` */
  readonly need: Int32Array
  readonly guards: number
  readonly lanes: number
  readonly bits: number
  /** Resource or −1 is overloaded at `at`. */
  overloadAt: number
  /** Times where the profile changed since the last look. */
  changedFrom: number
  changedTo: number
}

/** Room for this many bound values: beyond, clauses over bounds no longer pay. */
export const MOST_LITERALS = 6_000_000

/** Undefined when the problem is too long or too large for learning. */
export function openDomain(problem: Problem, longest: number): Domain | undefined {
  const { count } = problem
  const width = longest + 2
  const greatest = problem.capacity.reduce((a, b) => Math.max(a, b), 0)
  if (count * width > MOST_LITERALS || greatest > 32_767) return undefined
  const tail = tails(problem)
  const size = 4 * count + 64
  const domain: Domain = {
    problem,
    count,
    width,
    low: heads(problem),
    high: tail.map(t => longest - t),
    lastOf: new Int32Array(2 * count).fill(-1),
    side: new Int32Array(size),
    before: new Int32Array(size),
    kind: new Uint8Array(size),
    data: new Int32Array(size),
    earlier: new Int32Array(size),
    levelAt: new Int32Array(size),
    length: 0,
    seen: 0,
    trailAt: [],
    arenaAt: [],
    arena: new Int32Array(1024),
    arenaLength: 0,
    conflict: [],
    profile: openProfile(problem, width),
    moved: new Uint8Array(count).fill(1),
  }
  for (let i = 0; i < count; i++) {
    const end = domain.low[i]! + problem.duration[i]!
    if (domain.high[i]! < end) book(domain, i, domain.high[i]!, end, 1)
  }
  return domain
}

function openProfile({ count, resources, capacity, demand, duration }: Problem, width: number): Profile {
  const lanes = capacity.every(c => c <= 127) ? 4 : 2
  const bits = 32 / lanes
  const words = Math.max(1, Math.ceil(resources / lanes))
  let guards = 0
  for (let lane = 0; lane < lanes; lane++) guards |= 1 << (bits * (lane + 1) - 1)
  const free = new Int32Array(words * width).fill(guards)
  const need = new Int32Array(count * words)
  for (let r = 0; r < resources; r++) {
    const word = Math.floor(r / lanes)
    const shift = bits * (r % lanes)
    for (let t = 0; t < width; t++) free[word * width + t] = free[word * width + t]! + (capacity[r]! << shift)
    for (let i = 0; i < count; i++)
      if (duration[i]! > 0) need[i * words + word] = need[i * words + word]! | (demand[i * resources + r]! << shift)
  }
  return { words, width, free, need, guards, lanes, bits, overloadAt: -1, changedFrom: 0, changedTo: width }
}

export const atLeast = (d: Domain, i: number, t: number): Literal => (i * d.width + t) << 1
export const atMost = (d: Domain, i: number, t: number): Literal => ((i * d.width + t + 1) << 1) | 1

export function isTrue(d: Domain, literal: Literal): boolean {
  const i = Math.floor((literal >> 1) / d.width)
  const t = (literal >> 1) - i * d.width
  return (literal & 1) === 0 ? d.low[i]! >= t : d.high[i]! < t
}

export const isFalse = (d: Domain, literal: Literal): boolean => isTrue(d, literal ^ 1)

/** Adds (sign 1) or removes (−1) the activity's need over [from, to). */
function book(d: Domain, i: number, from: number, to: number, sign: number): void {
  const p = d.profile
  for (let word = 0; word < p.words; word++) {
    const need = p.need[i * p.words + word]!
    if (need === 0) continue
    const base = word * p.width
    for (let t = base + from; t < base + to; t++) {
      const left = sign > 0 ? p.free[t]! - need : p.free[t]! + need
      p.free[t] = left
      if (sign > 0 && (left & p.guards) !== p.guards && p.overloadAt < 0) p.overloadAt = t - base
    }
  }
  if (from < p.changedFrom) p.changedFrom = from
  if (to > p.changedTo) p.changedTo = to
}

/** Moves a bound that really moves; the caller has made sure that the domain does not become empty. */
function push(d: Domain, side: number, value: number, kind: number, data: number): void {
  if (d.length === d.side.length) grow(d)
  const i = side >> 1
  const at = d.length++
  d.side[at] = side
  d.kind[at] = kind
  d.data[at] = data
  d.earlier[at] = d.lastOf[side]!
  d.levelAt[at] = d.trailAt.length
  d.lastOf[side] = at
  const running = d.problem.duration[i]!
  d.moved[i] = 1
  if ((side & 1) === 0) {
    const old = d.low[i]!
    d.before[at] = old
    d.low[i] = value
    const from = Math.max(d.high[i]!, old + running)
    if (from < value + running) book(d, i, from, value + running, 1)
  } else {
    const old = d.high[i]!
    d.before[at] = old
    d.high[i] = value
    const to = Math.min(old, d.low[i]! + running)
    if (value < to) book(d, i, value, to, 1)
  }
}

/** Start ≥ t for the given reason; false = impossible, `conflict` then holds why. */
export function raise(d: Domain, i: number, t: number, kind: number, data: number): boolean {
  if (t <= d.low[i]!) return true
  if (t > d.high[i]!) return false
  push(d, i << 1, t, kind, data)
  return true
}

/** Start ≤ t for the given reason. */
export function reduce(d: Domain, i: number, t: number, kind: number, data: number): boolean {
  if (t >= d.high[i]!) return true
  if (t < d.low[i]!) return false
  push(d, (i << 1) | 1, t, kind, data)
  return true
}

/** Makes a literal true. */
export function assert(d: Domain, literal: Literal, kind: number, data: number): boolean {
  const i = Math.floor((literal >> 1) / d.width)
  const t = (literal >> 1) - i * d.width
  return (literal & 1) === 0 ? raise(d, i, t, kind, data) : reduce(d, i, t - 1, kind, data)
}

export function openLevel(d: Domain): void {
  d.trailAt.push(d.length)
  d.arenaAt.push(d.arenaLength)
}

/** Takes back everything above the level; tells each bound that is free again. */
export function closeLevels(d: Domain, level: number, freed: (side: number, from: number, to: number) => void): void {
  if (d.trailAt.length <= level) return
  const length = d.trailAt[level]!
  d.arenaLength = d.arenaAt[level]!
  d.trailAt.length = level
  d.arenaAt.length = level
  while (d.length > length) {
    const at = --d.length
    const side = d.side[at]!
    const i = side >> 1
    const old = d.before[at]!
    const running = d.problem.duration[i]!
    d.lastOf[side] = d.earlier[at]!
    if ((side & 1) === 0) {
      const value = d.low[i]!
      const from = Math.max(d.high[i]!, old + running)
      if (from < value + running) book(d, i, from, value + running, -1)
      d.low[i] = old
      freed(side, old, value)
    } else {
      const value = d.high[i]!
      const to = Math.min(old, d.low[i]! + running)
      if (value < to) book(d, i, value, to, -1)
      d.high[i] = old
      freed(side, value, old)
    }
  }
  d.seen = d.length
  d.profile.overloadAt = -1
  d.profile.changedFrom = d.width
  d.profile.changedTo = 0
}

/** The trail entry that made a true literal true, or −1 when it held from the beginning. */
export function entryOf(d: Domain, literal: Literal): number {
  const i = Math.floor((literal >> 1) / d.width)
  const t = (literal >> 1) - i * d.width
  if ((literal & 1) === 0) {
    let at = d.lastOf[i << 1]!
    while (at >= 0 && d.before[at]! >= t) at = d.earlier[at]!
    return at
  }
  let at = d.lastOf[(i << 1) | 1]!
  while (at >= 0 && d.before[at]! < t) at = d.earlier[at]!
  return at
}

/** Begins an explanation of up to `most` literals in the arena; returns where it begins. */
export function openExplanation(d: Domain, most: number): number {
  if (d.arenaLength + most + 1 > d.arena.length) {
    const larger = new Int32Array(2 * d.arena.length + most)
    larger.set(d.arena)
    d.arena = larger
  }
  return d.arenaLength
}

function grow(d: Domain): void {
  const larger = (old: Int32Array): Int32Array => {
    const array = new Int32Array(2 * old.length)
    array.set(old)
    return array
  }
  d.side = larger(d.side)
  d.before = larger(d.before)
  d.data = larger(d.data)
  d.earlier = larger(d.earlier)
  d.levelAt = larger(d.levelAt)
  const kinds = new Uint8Array(2 * d.kind.length)
  kinds.set(d.kind)
  d.kind = kinds
}
