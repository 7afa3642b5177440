// The child of two schedules: the mother's busiest stretch of time, everything else in the father's order.
import { sortByKey } from './ordering.ts'
import type { Population } from './population.ts'
import type { Problem } from './problem.ts'
import type { Random } from './random.ts'

/** Shortest and longest stretch as shares of the mother's makespan, and how many are drawn to choose the busiest from. */
const SHORTEST = 0.05
const LONGEST = 0.4
const DRAWN = 3
/** How much more the scarcest resource counts when judging how busy a stretch is. */
const SCARCITY = 4

export type Cross = (order: Int32Array, base: Int32Array, parents: Population, mother: number, father: number) => void

/** Fills `order` with the child of two members of a population; `base` breaks ties. */
export function crossing(problem: Problem, random: Random): Cross {
  const { count, duration } = problem
  const longest = duration.reduce((sum, d) => sum + d, 0)
  const intensity = intensityOf(problem)
  const key = new Int32Array(count)
  const counting = new Int32Array(3 * longest + 8)
  const before = new Float64Array(longest + 2)
  return (order, base, parents, mother, father) => {
    const own = parents.keys[mother]!
    const given = parents.keys[father]!
    const makespan = parents.makespan[mother]!
    before.fill(0, 0, makespan + 2)
    for (let i = 0; i < count; i++) {
      const at = own[i]!
      before[at] = before[at]! + intensity[i]!
      const end = at + duration[i]!
      before[end] = before[end]! - intensity[i]!
    }
    // From changes of use to use before each instant.
    let level = 0
    let total = 0
    for (let t = 0; t <= makespan; t++) {
      level += before[t]!
      before[t] = total
      total += level
    }
    let from = 0
    let to = 0
    let busiest = -1
    for (let draw = 0; draw < DRAWN; draw++) {
      const length = Math.max(1, Math.floor(makespan * (SHORTEST + random.next() * (LONGEST - SHORTEST))))
      const at = random.below(Math.max(1, makespan - length + 1))
      const busy = (before[Math.min(makespan, at + length)]! - before[at]!) / length
      if (busy > busiest) {
        busiest = busy
        from = at
        to = at + length
      }
    }
    // Three blocks one after the other; what starts before the mother's stretch has no predecessor inside or after it.
    const inside = parents.makespan[father]! + 1
    const after = inside + to - from
    for (let i = 0; i < count; i++) {
      const at = own[i]!
      key[i] = at < from ? given[i]! : at < to ? inside + at - from : after + given[i]!
    }
    sortByKey(order, base, key, after + inside, counting)
  }
}

/** What each activity takes of the capacities in one period, scarce resources counting more. */
function intensityOf({ count, resources, duration, demand, capacity }: Problem): Float64Array {
  const scarcity = new Float64Array(resources)
  for (let r = 0; r < resources; r++)
    for (let i = 0; i < count; i++)
      if (capacity[r]! > 0) scarcity[r] = scarcity[r]! + (duration[i]! * demand[i * resources + r]!) / capacity[r]!
  const scarcest = scarcity.reduce((a, b) => Math.max(a, b), 0)
  const intensity = new Float64Array(count)
  for (let i = 0; i < count; i++)
    for (let r = 0; r < resources; r++)
      if (scarcity[r]! > 0)
        intensity[i] =
          intensity[i]! + ((scarcity[r]! / scarcest) ** SCARCITY * demand[i * resources + r]!) / capacity[r]!
  return intensity
}
