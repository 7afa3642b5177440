// The resource-constrained project scheduling problem in typed arrays: what the search, the bounds and the checker read.

/** Lists of activities in compressed rows: those of activity `i` are `list[first[i] … first[i + 1])`. */
export interface Rows {
  readonly first: Int32Array
  readonly list: Int32Array
}

/**
 * Activities 0 … count − 1 (dummies are ordinary activities without duration), finish-to-start relations,
 * renewable resources with a constant capacity. Times and durations are whole periods.
 */
export interface Problem {
  readonly count: number
  readonly duration: Int32Array
  readonly resources: number
  readonly capacity: Int32Array
  /** `demand[activity * resources + resource]`, used in every period of the activity. */
  readonly demand: Int32Array
  readonly successors: Rows
  readonly predecessors: Rows
  /** Every activity once, predecessors first. */
  readonly order: Int32Array
}

export interface ProblemInput {
  readonly duration: readonly number[]
  readonly capacity: readonly number[]
  /** One row an activity, one number a resource. */
  readonly demand: readonly (readonly number[])[]
  /** One row an activity: its successors. */
  readonly successors: readonly (readonly number[])[]
}

export type ProblemError =
  | { code: 'levelling.no_activity' }
  | { code: 'levelling.not_whole'; activity: number; value: number }
  | { code: 'levelling.unknown_activity'; activity: number; successor: number }
  | { code: 'levelling.cycle'; activities: readonly number[] }
  | { code: 'levelling.exceeds_capacity'; activity: number; resource: number; demand: number; capacity: number }
  | { code: 'levelling.too_large'; total: number }

export type ProblemOutcome = { ok: true; problem: Problem } | { ok: false; error: ProblemError }

/** No time beyond this is computed: profiles are arrays over time. */
export const LONGEST_HORIZON = 1 << 22
/** Periods × resources: profiles are kept whole, in both directions of time. */
const MOST_CELLS = 1 << 25

/** Builds and validates a problem. Repeated relations count once. */
export function buildProblem(input: ProblemInput): ProblemOutcome {
  const count = input.duration.length
  const resources = input.capacity.length
  if (count === 0) return refused({ code: 'levelling.no_activity' })
  const demand = new Int32Array(count * resources)
  let total = 0
  for (let i = 0; i < count; i++) {
    const row = input.demand[i] ?? []
    for (const value of [input.duration[i] ?? Number.NaN, ...row])
      if (!Number.isInteger(value) || value < 0 || value > LONGEST_HORIZON)
        return refused({ code: 'levelling.not_whole', activity: i, value })
    total += input.duration[i] ?? 0
    for (let r = 0; r < resources; r++) {
      const need = row[r] ?? 0
      const capacity = input.capacity[r] ?? 0
      if (need > capacity && input.duration[i] !== 0)
        return refused({ code: 'levelling.exceeds_capacity', activity: i, resource: r, demand: need, capacity })
      demand[i * resources + r] = need
    }
  }
  if (total > LONGEST_HORIZON || total * resources > MOST_CELLS) return refused({ code: 'levelling.too_large', total })
  const after: number[][] = []
  const before: number[][] = Array.from({ length: count }, () => [])
  for (let i = 0; i < count; i++) {
    const row = [...new Set(input.successors[i] ?? [])]
    for (const j of row) {
      const list = before[j]
      if (!list) return refused({ code: 'levelling.unknown_activity', activity: i, successor: j })
      list.push(i)
    }
    after.push(row)
  }
  const successors = rowsOf(after)
  const predecessors = rowsOf(before)
  const order = topological(count, successors, predecessors)
  if (order.length < count) {
    const placed = new Set(order)
    const activities = Array.from({ length: count }, (_, i) => i).filter(i => !placed.has(i))
    return refused({ code: 'levelling.cycle', activities })
  }
  const duration = Int32Array.from(input.duration)
  const capacity = Int32Array.from(input.capacity)
  return { ok: true, problem: { count, duration, resources, capacity, demand, successors, predecessors, order } }
}

const refused = (error: ProblemError): ProblemOutcome => ({ ok: false, error })

export function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const first = new Int32Array(lists.length + 1)
  lists.forEach((row, i) => {
    first[i + 1] = first[i]! + row.length
  })
  return { first, list: Int32Array.from(lists.flat()) }
}

/** Predecessors first; shorter than `count` when the relations form a circle. */
function topological(count: number, successors: Rows, predecessors: Rows): Int32Array {
  const waiting = new Int32Array(count)
  const order = new Int32Array(count)
  let filled = 0
  for (let i = 0; i < count; i++) {
    waiting[i] = predecessors.first[i + 1]! - predecessors.first[i]!
    if (waiting[i] === 0) order[filled++] = i
  }
  for (let at = 0; at < filled; at++) {
    const i = order[at]!
    for (let k = successors.first[i]!; k < successors.first[i + 1]!; k++) {
      const j = successors.list[k]!
      if (--waiting[j]! === 0) order[filled++] = j
    }
  }
  return order.subarray(0, filled)
}

/** The same problem with time running backwards. */
export const reversed = (problem: Problem): Problem => ({
  ...problem,
  successors: problem.predecessors,
  predecessors: problem.successors,
  order: problem.order.slice().reverse(),
})

/** Earliest starts by the relations alone. */
export function heads(problem: Problem): Int32Array {
  const { duration, successors, order } = problem
  const head = new Int32Array(problem.count)
  for (const i of order)
    for (let k = successors.first[i]!; k < successors.first[i + 1]!; k++) {
      const j = successors.list[k]!
      head[j] = Math.max(head[j]!, head[i]! + duration[i]!)
    }
  return head
}

/** Longest chain from the start of each activity to the end of the project, its own duration included. */
export function tails(problem: Problem): Int32Array {
  const head = heads(reversed(problem))
  return head.map((value, i) => value + problem.duration[i]!)
}

/** Length of the longest chain: the makespan if every resource were unlimited. */
export const criticalPathLength = (problem: Problem): number => tails(problem).reduce((max, v) => Math.max(max, v), 0)
