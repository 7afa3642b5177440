// Bounds of the makespan that cost more than a moment: activities that never overlap as one machine, and finishes that a
// resource cannot keep because of the work that must lie within a stretch of time (energetic reasoning).
import type { Problem } from './problem.ts'

/** Problems above this many activities get the quick bounds only: these grow with the third power. */
const LARGEST = 150
/** Finishes asked about in turn. */
const MOST_STEPS = 400

/**
 * A proved bound, at least `from`. `head[i]` is the earliest start of an activity, `tail[i]` the least time from its start to
 * the end.
 */
export function rootBound(
  problem: Problem,
  head: Int32Array,
  tail: Int32Array,
  from: number,
): { value: number; resource?: number } {
  if (problem.count > LARGEST) return { value: from }
  const apart = apartIn(problem)
  const value = Math.max(from, ...cliques(problem, apart).map(clique => oneMachine(problem, clique, head, tail)))
  const groups = usersOf(problem)
  const squeezed = squeezer(problem, apart)
  let resource: number | undefined
  for (let finish = value; finish < value + MOST_STEPS; finish++) {
    const span = squeezed(head, tail, finish)
    if (!span) continue
    const by = groups.findIndex((users, r) => isOverfull(problem, users, r, span))
    if (by < 0) return { value: finish, ...(resource !== undefined && { resource }) }
    resource = by
  }
  return { value: value + MOST_STEPS, ...(resource !== undefined && { resource }) }
}

const usersOf = ({ count, resources, demand, duration }: Problem): number[][] =>
  Array.from({ length: resources }, (_, r) =>
    Array.from({ length: count }, (__, i) => i).filter(i => duration[i]! > 0 && demand[i * resources + r]! > 0),
  )

/** Earliest start and latest finish of each activity. */
interface Span {
  readonly earliest: Int32Array
  readonly latest: Int32Array
}

/**
 * What is left of each activity's time when all is over at a finish: of two that cannot overlap, one that cannot come first
 * comes second. Undefined when one has no time left.
 */
function squeezer(
  { count, duration, order, successors, predecessors }: Problem,
  apart: readonly (readonly number[])[],
) {
  return (head: Int32Array, tail: Int32Array, finish: number): Span | undefined => {
    const earliest = head.slice()
    const latest = Int32Array.from(tail, (rest, i) => finish - rest + duration[i]!)
    for (let changed = true; changed; ) {
      changed = false
      const later = (i: number, start: number) => {
        if (start <= earliest[i]!) return
        earliest[i] = start
        changed = true
      }
      const sooner = (i: number, end: number) => {
        if (end >= latest[i]!) return
        latest[i] = end
        changed = true
      }
      for (const i of order) {
        for (let k = predecessors.first[i]!; k < predecessors.first[i + 1]!; k++) {
          const before = predecessors.list[k]!
          later(i, earliest[before]! + duration[before]!)
        }
        // `other` cannot come after: it comes before.
        for (const other of apart[i]!)
          if (earliest[i]! + duration[i]! > latest[other]! - duration[other]!) {
            later(i, earliest[other]! + duration[other]!)
            sooner(other, latest[i]! - duration[i]!)
          }
      }
      for (let at = count - 1; at >= 0; at--) {
        const i = order[at]!
        for (let k = successors.first[i]!; k < successors.first[i + 1]!; k++) {
          const after = successors.list[k]!
          sooner(i, latest[after]! - duration[after]!)
        }
        if (earliest[i]! + duration[i]! > latest[i]!) return undefined
      }
    }
    return { earliest, latest }
  }
}

/** Is there a stretch in which the resource would have to do more than it can? */
function isOverfull(
  { duration, demand, resources, capacity }: Problem,
  users: readonly number[],
  r: number,
  { earliest, latest }: Span,
): boolean {
  const ends = [...new Set(users.flatMap(i => [latest[i]!, earliest[i]! + duration[i]!]))].sort((a, b) => a - b)
  for (const from of new Set(users.flatMap(i => [earliest[i]!, latest[i]! - duration[i]!])))
    for (const to of ends) {
      const room = to - from
      if (room <= 0) continue
      let energy = 0
      for (const i of users) {
        // Pushed to the left and pushed to the right: the less of it within the stretch counts.
        const within = Math.min(room, duration[i]!, earliest[i]! + duration[i]! - from, to - latest[i]! + duration[i]!)
        if (within > 0) energy += within * demand[i * resources + r]!
      }
      if (energy > room * capacity[r]!) return true
    }
  return false
}

/**
 * Sets of activities no two of which can run at once: a resource has not enough for both, or one follows the other. One
 * greedy set for each activity to begin with, those with the most work first.
 */
function cliques({ count, duration }: Problem, apart: readonly (readonly number[])[]): number[][] {
  const sets = apart.map(list => new Set(list))
  const longest = Array.from({ length: count }, (_, i) => i)
    .filter(i => duration[i]! > 0)
    .sort((a, b) => duration[b]! - duration[a]!)
  return longest.map(first => {
    const clique = [first]
    for (const i of longest) if (i !== first && clique.every(other => sets[i]!.has(other))) clique.push(i)
    return clique
  })
}

/** Per activity those that can never run beside it, whichever comes first. */
function apartIn(problem: Problem): number[][] {
  const { count, duration, resources, capacity, demand } = problem
  const follows = reachable(problem)
  const isApart = (i: number, j: number): boolean => {
    if (follows[i]![j] || follows[j]![i]) return true
    for (let r = 0; r < resources; r++)
      if (demand[i * resources + r]! + demand[j * resources + r]! > capacity[r]!) return true
    return false
  }
  const all = Array.from({ length: count }, (_, i) => i).filter(i => duration[i]! > 0)
  return Array.from({ length: count }, (_, i) => (duration[i]! > 0 ? all.filter(j => j !== i && isApart(i, j)) : []))
}

/** `found[i][j]` = 1 when j must follow i. */
function reachable({ count, order, successors }: Problem): Uint8Array[] {
  const found = Array.from({ length: count }, () => new Uint8Array(count))
  for (let at = count - 1; at >= 0; at--) {
    const i = order[at]!
    for (let k = successors.first[i]!; k < successors.first[i + 1]!; k++) {
      const j = successors.list[k]!
      found[i]![j] = 1
      for (let s = 0; s < count; s++) if (found[j]![s]) found[i]![s] = 1
    }
  }
  return found
}

/** One machine that may interrupt its work, longest rest first: no schedule of the set can end before (Jackson 1955). */
function oneMachine({ duration }: Problem, jobs: readonly number[], head: Int32Array, tail: Int32Array): number {
  const rest = (i: number) => tail[i]! - duration[i]!
  const coming = [...jobs].sort((a, b) => head[a]! - head[b]!)
  const left = new Map(jobs.map(i => [i, duration[i]!]))
  const ready: number[] = []
  let [time, next, bound] = [0, 0, 0]
  while (next < coming.length || ready.length > 0) {
    if (ready.length === 0) time = Math.max(time, head[coming[next]!]!)
    while (next < coming.length && head[coming[next]!]! <= time) ready.push(coming[next++]!)
    let best = 0
    for (let k = 1; k < ready.length; k++) if (rest(ready[k]!) > rest(ready[best]!)) best = k
    const job = ready[best]!
    const until = next < coming.length ? head[coming[next]!]! : Number.POSITIVE_INFINITY
    const work = Math.min(left.get(job)!, until - time)
    time += work
    left.set(job, left.get(job)! - work)
    if (left.get(job) === 0) {
      ready.splice(best, 1)
      bound = Math.max(bound, time + rest(job))
    }
  }
  return bound
}
