// Lower bounds of the makespan: the longest chain, the work on each resource between heads and tails, then those that cost more.
import { heads, type Problem, tails } from './problem.ts'
import { rootBound } from './root-bound.ts'

export interface LowerBound {
  readonly value: number
  /** The resource whose work gives the bound, when that is longer than the longest chain. */
  readonly resource?: number
}

/**
 * For each resource and each pair (h, q) of a head and a tail: the activities that can neither start before h nor be
 * followed by less than q must fit their work between, so makespan ≥ h + ⌈work / capacity⌉ + q.
 */
export function lowerBound(problem: Problem): LowerBound {
  const { count, duration, resources, capacity, demand } = problem
  const head = heads(problem)
  const tail = tails(problem)
  let value = tail.reduce((max, v) => Math.max(max, v), 0)
  let resource: number | undefined
  for (let r = 0; r < resources; r++) {
    const users = Array.from({ length: count }, (_, i) => i).filter(
      i => duration[i]! > 0 && demand[i * resources + r]! > 0,
    )
    // What follows an activity after its own duration.
    const rest = (i: number) => tail[i]! - duration[i]!
    users.sort((a, b) => rest(b) - rest(a))
    for (const h of new Set(users.map(i => head[i]!))) {
      let work = 0
      for (const i of users) {
        if (head[i]! < h) continue
        work += duration[i]! * demand[i * resources + r]!
        const bound = h + Math.ceil(work / capacity[r]!) + rest(i)
        if (bound > value) {
          value = bound
          resource = r
        }
      }
    }
  }
  const root = rootBound(problem, head, tail, value)
  const scarce = root.resource ?? (root.value > value ? undefined : resource)
  return { value: root.value, ...(scarce !== undefined && { resource: scarce }) }
}
