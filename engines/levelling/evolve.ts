// The bi-population genetic algorithm: left- and right-justified schedules breed each other.
//
// After Debels and Vanhoucke (2005): children of one population are decoded with time running the other way and offered to
// the other population, so that each decode is a justification, too. A child takes a busy time window from its mother and
// the order of everything else from four fathers; all orders put predecessors first, so the child's does.
import { crossing, FATHERS } from './crossover.ts'
import { decoderOf, TOO_LONG } from './decode.ts'
import { samplerOf, sortByKey } from './ordering.ts'
import { emptyPopulation, isKnown, keep, type Population } from './population.ts'
import { type Problem, reversed, tails } from './problem.ts'
import { seeded } from './random.ts'

export interface Evolution {
  /** Breeds until `schedules` more are decoded or a schedule as short as `lower` is found. */
  readonly run: (schedules: number) => void
  /** Makespan of the best schedule so far. */
  readonly best: () => number
  /** Starts of the best schedule so far. */
  readonly start: Int32Array
  /** Schedules decoded so far; an abandoned one counts whole. */
  readonly spent: () => number
  /** Share of the last generation's children that were accepted: near zero = nothing more comes of this population. */
  readonly accepted: () => number
  /** Nothing shorter than this exists: proved elsewhere. */
  readonly raise: (lower: number) => void
  /** Takes in a feasible schedule found elsewhere. */
  readonly adopt: (start: ArrayLike<number>, makespan: number) => void
}

/** Sizes that served best for a number of schedules; between them the size grows with a power of the number. */
const sizes: readonly (readonly [schedules: number, size: number])[] = [
  [100, 6],
  [1_000, 15],
  [5_000, 42],
  [50_000, 180],
  [500_000, 520],
  [5_000_000, 1_200],
]

/** Population size for a budget of schedules. */
export function populationFor(schedules: number): number {
  let [from, low] = sizes[0]!
  for (const [to, high] of sizes) {
    if (schedules <= to) {
      if (to === from) return high
      const share = Math.log(schedules / from) / Math.log(to / from)
      return Math.max(4, Math.round(low * (high / low) ** share))
    }
    from = to
    low = high
  }
  return low
}

/** How many random orders break ties between equal keys. */
const BASES = 16

/** Starts a search; `lowest` is a proved lower bound of the makespan, `size` the schedules in each population. */
export function evolution(problem: Problem, seed: number, size: number, lowest: number): Evolution {
  const { count, duration } = problem
  const random = seeded(seed)
  const networks: readonly [Problem, Problem] = [problem, reversed(problem)]
  const decoders = networks.map(decoderOf)
  const samplers = networks.map(network => samplerOf(network, random))
  const bases = networks.map((_, side) =>
    Array.from({ length: BASES }, () => {
      const order = new Int32Array(count)
      samplers[side]!.sample(order, new Int32Array(count))
      return order
    }),
  )
  const tail = tails(problem)
  const populations: readonly [Population, Population] = [emptyPopulation(size, count), emptyPopulation(size, count)]
  const mix = Int32Array.from({ length: count }, () => random.below(0x7fffffff) | 1)
  const cross = crossing(problem, random)
  const mass = workOf(problem)
  const fathers = new Array<number>(FATHERS).fill(0)
  const order = new Int32Array(count)
  const start = new Int32Array(count)
  const child = new Int32Array(count)
  const bestStart = new Int32Array(count)
  const longest = duration.reduce((sum, d) => sum + d, 0)
  const counting = new Int32Array(longest + 2)
  let lower = lowest
  let best = TOO_LONG
  let spent = 0
  let filled = 0
  let side: 0 | 1 = 0
  let slot = 0
  let taken = 0
  let acceptance = 1

  /** Decodes `order` in the direction of `side` and leaves the key in `child`. */
  function decode(direction: 0 | 1, limit: number): number {
    spent++
    const makespan = decoders[direction]!.decode(order, start, limit)
    if (makespan === TOO_LONG) return TOO_LONG
    for (let i = 0; i < count; i++) child[i] = makespan - start[i]! - duration[i]!
    if (makespan < best) {
      best = makespan
      bestStart.set(direction === 0 ? start : child)
    }
    return makespan
  }

  /** Equal makespans: the one with more of its work packed to its own side has more room to shrink from the other. */
  function scoreOf(makespan: number): number {
    let far = 0
    for (let i = 0; i < count; i++) far += mass[i]! * (makespan - child[i]!)
    return makespan + (0.98 * far) / Math.max(1, makespan)
  }

  function hashOf(): number {
    let hash = 0
    for (let i = 0; i < count; i++) hash = (hash + Math.imul(child[i]! + 1, mix[i]!)) | 0
    return hash
  }

  /** A sampled schedule packed to the left and, from it, one packed to the right. */
  function found(): void {
    samplers[0]!.sample(order, tail)
    const left = decode(0, TOO_LONG - 1)
    keep(populations[0], filled, child, left, scoreOf(left), hashOf())
    sortByKey(order, bases[1]![random.below(BASES)]!, child.slice(), left + 1, counting)
    const right = decode(1, TOO_LONG - 1)
    keep(populations[1], filled, child, right, scoreOf(right), hashOf())
    filled++
  }

  /** The better of two drawn, never the mother. */
  function fatherOf({ score }: Population): number {
    let father = random.below(size)
    const rival = random.below(size)
    if (score[rival]! < score[father]!) father = rival
    return father === slot ? (father + 1) % size : father
  }

  function breed(): void {
    const parents = populations[side]
    const other = side === 0 ? 1 : 0
    const offered = populations[other]
    for (let k = 0; k < FATHERS; k++) fathers[k] = fatherOf(parents)
    cross(order, bases[other]![random.below(BASES)]!, parents, slot, fathers)
    const bar = Math.max(offered.makespan[slot]!, parents.makespan[slot]!)
    const makespan = decode(other, bar)
    if (makespan !== TOO_LONG) {
      const score = scoreOf(makespan)
      const hash = hashOf()
      const welcome = score <= Math.max(offered.score[slot]!, parents.score[slot]!)
      if (welcome && !isKnown(offered, slot, makespan, hash)) {
        keep(offered, slot, child, makespan, score, hash)
        taken++
      }
    }
    if (++slot < size) return
    slot = 0
    side = other
    acceptance = taken / size
    taken = 0
  }

  return {
    run(schedules) {
      const end = spent + schedules
      while (spent < end && best > lower) {
        if (filled < size) found()
        else breed()
      }
    },
    best: () => best,
    start: bestStart,
    spent: () => spent,
    accepted: () => acceptance,
    raise(proved) {
      lower = Math.max(lower, proved)
    },
    adopt(given, makespan) {
      for (let i = 0; i < count; i++) child[i] = makespan - given[i]! - duration[i]!
      if (makespan < best) {
        best = makespan
        for (let i = 0; i < count; i++) bestStart[i] = given[i]!
      }
      let worst = 0
      for (let k = 1; k < size; k++) if (populations[0].score[k]! > populations[0].score[worst]!) worst = k
      keep(populations[0], worst, child, makespan, scoreOf(makespan), hashOf())
    },
  }
}

/** Share of the whole work each activity is: its duration times the parts of the capacities it takes. */
function workOf({ count, resources, duration, demand, capacity }: Problem): Float64Array {
  const work = new Float64Array(count)
  let total = 0
  for (let i = 0; i < count; i++) {
    for (let r = 0; r < resources; r++)
      if (capacity[r]! > 0) work[i] = work[i]! + (duration[i]! * demand[i * resources + r]!) / capacity[r]!
    total += work[i]!
  }
  return total > 0 ? work.map(w => w / total) : work
}
