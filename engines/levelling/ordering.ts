// Orders of activities in which predecessors come first: random ones, regret-biased samples, and sorting by keys.
import type { Problem } from './problem.ts'
import type { Random } from './random.ts'

/** Fills orders for one network; buffers are reused. */
export interface Sampler {
  /**
   * Draws the next activity among those whose predecessors are placed, with probability ∝ priority − least priority + 1
   * (regret-based biased random sampling, Drexl 1991); equal priorities: uniformly.
   */
  readonly sample: (order: Int32Array, priority: ArrayLike<number>) => void
}

export function samplerOf(problem: Problem, random: Random): Sampler {
  const { count, successors, predecessors } = problem
  const eligible = new Int32Array(count)
  const waiting = new Int32Array(count)
  const weight = new Float64Array(count)
  return {
    sample(order, priority) {
      let open = 0
      for (let i = 0; i < count; i++) {
        waiting[i] = predecessors.first[i + 1]! - predecessors.first[i]!
        if (waiting[i] === 0) eligible[open++] = i
      }
      for (let k = 0; k < count; k++) {
        let least = Number.POSITIVE_INFINITY
        for (let e = 0; e < open; e++) least = Math.min(least, priority[eligible[e]!]!)
        let sum = 0
        for (let e = 0; e < open; e++) {
          weight[e] = priority[eligible[e]!]! - least + 1
          sum += weight[e]!
        }
        let at = 0
        let rest = random.next() * sum - weight[0]!
        while (rest > 0 && at < open - 1) rest -= weight[++at]!
        const i = eligible[at]!
        eligible[at] = eligible[--open]!
        order[k] = i
        for (let s = successors.first[i]!; s < successors.first[i + 1]!; s++) {
          const j = successors.list[s]!
          if (--waiting[j]! === 0) eligible[open++] = j
        }
      }
    },
  }
}

/** Stable counting sort: `order` becomes `base` sorted by ascending key; keys are whole numbers below `keys`. */
export function sortByKey(
  order: Int32Array,
  base: Int32Array,
  key: Int32Array,
  keys: number,
  counting: Int32Array,
): void {
  const count = base.length
  counting.fill(0, 0, keys + 1)
  for (let i = 0; i < count; i++) counting[key[i]! + 1]!++
  for (let k = 1; k < keys; k++) counting[k] = counting[k]! + counting[k - 1]!
  for (let k = 0; k < count; k++) {
    const i = base[k]!
    order[counting[key[i]!]!++] = i
  }
}
