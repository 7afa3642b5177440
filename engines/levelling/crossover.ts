// The child of five schedules: the mother's busiest stretch of time, and around it four blocks, each in another father's order.
//
// More fathers mix a population faster, so that a smaller one serves: with one father the same budget ends .2 to .5 % longer.
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

/** How many fathers order what lies around the stretch: half of them before it, half after it. */
export const FATHERS = 4

export type Cross = (
  order: Int32Array,
  base: Int32Array,
  parents: Population,
  mother: number,
  fathers: readonly number[],
) => void

/** Fills `order` with the child of a mother and `FATHERS` fathers; `base` breaks ties. */
export function crossing(problem: Problem, random: Random): Cross {
  const { count, duration } = problem
  const longest = duration.reduce((sum, d) => sum + d, 0)
  const intensity = intensityOf(problem)
  const key = new Int32Array(count)
  const counting = new Int32Array(5 * longest + 8)
  const before = new Float64Array(longest + 2)
  return (order, base, parents, mother, fathers) => {
    const own = parents.keys[mother]!
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
    // Five blocks of the mother's time one after the other: what starts in one has no predecessor in a later one.
    const [first = mother, second = mother, third = mother, fourth = mother] = fathers
    const early = random.below(Math.max(1, from))
    const late = to + random.below(Math.max(1, makespan - to))
    const [one, two, three, four] = [
      parents.keys[first]!,
      parents.keys[second]!,
      parents.keys[third]!,
      parents.keys[fourth]!,
    ]
    const atTwo = parents.makespan[first]! + 1
    const inside = atTwo + parents.makespan[second]! + 1
    const atThree = inside + to - from
    const atFour = atThree + parents.makespan[third]! + 1
    for (let i = 0; i < count; i++) {
      const at = own[i]!
      if (at < from) key[i] = at < early ? one[i]! : atTwo + two[i]!
      else if (at < to) key[i] = inside + at - from
      else key[i] = at < late ? atThree + three[i]! : atFour + four[i]!
    }
    sortByKey(order, base, key, atFour + parents.makespan[fourth]! + 1, counting)
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
