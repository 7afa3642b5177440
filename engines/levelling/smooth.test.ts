// Level within slack: relations and finish hold, overload only falls, and what is left is listed.
import { describe, expect, test } from 'vitest'
import { buildProblem, criticalPathLength, levelWithinSlack, type Problem, violations } from './index.ts'
import { heads } from './problem.ts'
import { seeded } from './random.ts'
import { progen } from './testing/progen.ts'

function overloadOf(problem: Problem, start: ArrayLike<number>): number {
  let sum = 0
  for (let r = 0; r < problem.resources; r++)
    for (let t = 0; t < 400; t++) {
      let use = 0
      for (let i = 0; i < problem.count; i++)
        if (start[i]! <= t && t < start[i]! + problem.duration[i]!) use += problem.demand[i * problem.resources + r]!
      sum += Math.max(0, use - problem.capacity[r]!) ** 2
    }
  return sum
}

/** The best of many schedules in which every activity starts anywhere between its predecessors and its latest start. */
function bestRandom(problem: Problem, shifts: number): number {
  const random = seeded(9)
  const path = criticalPathLength(problem)
  const { duration, order, predecessors, successors } = problem
  const start = new Int32Array(problem.count)
  const tail = new Int32Array(problem.count)
  for (const i of [...order].reverse())
    for (let k = successors.first[i]!; k < successors.first[i + 1]!; k++)
      tail[i] = Math.max(tail[i]!, tail[successors.list[k]!]! + duration[successors.list[k]!]!)
  let best = Number.POSITIVE_INFINITY
  for (let done = 0; done < shifts; done += problem.count) {
    for (const i of order) {
      let from = 0
      for (let k = predecessors.first[i]!; k < predecessors.first[i + 1]!; k++)
        from = Math.max(from, start[predecessors.list[k]!]! + duration[predecessors.list[k]!]!)
      start[i] = from + random.below(path - tail[i]! - duration[i]! - from + 1)
    }
    best = Math.min(best, overloadOf(problem, start))
  }
  return best
}

describe('within slack', () => {
  test('relations hold, the finish stays, and less overload is left than the best of many random shifts finds', () => {
    for (const rs of [0.2, 0.5]) {
      const problem = progen({ jobs: 30, nc: 1.5, rf: 0.75, rs, seed: 8 })
      const result = levelWithinSlack(problem, { budget: { schedules: 1500 }, seed: 1 })
      expect(result.makespan).toBe(criticalPathLength(problem))
      expect(violations(problem, result.start).filter(v => v.code !== 'levelling.overload')).toEqual([])
      expect(result.overload).toBe(overloadOf(problem, result.start))
      expect(result.overload).toBeLessThan(overloadOf(problem, heads(problem)))
      expect(result.overload).toBeLessThanOrEqual(0.8 * bestRandom(problem, 20_000))
      expect(result.overloads.length > 0).toBe(result.overload > 0)
      expect(levelWithinSlack(problem, { budget: { schedules: 1500 }, seed: 1 })).toEqual(result)
    }
  })

  test('no overload left: the use itself is spread evenly', () => {
    const outcome = buildProblem({
      duration: [4, 2, 2],
      capacity: [9],
      demand: [[0], [3], [3]],
      successors: [[], [], []],
    })
    if (!outcome.ok) throw new Error(outcome.error.code)
    const result = levelWithinSlack(outcome.problem, { budget: { schedules: 20 } })
    expect([result.makespan, result.overload, result.use]).toEqual([4, 0, 36])
    expect(result.overloads).toEqual([])
  })
})
