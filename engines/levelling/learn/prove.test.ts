// Clause learning: what it proves is true, by brute force on small problems and against the search on larger ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { violations } from '../check.ts'
import { evolution } from '../evolve.ts'
import { lowerBound } from '../lower-bound.ts'
import { buildProblem, type Problem } from '../problem.ts'
import { progen } from '../testing/progen.ts'
import { shortest } from '../testing/shortest.ts'
import { prover } from './prove.ts'

/** Up to six activities, one to six resources, some with capacities beyond one byte. */
const smallProblem = fc
  .record({
    activities: fc.array(
      fc.record({ duration: fc.nat(4), demand: fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }), mask: fc.nat(63) }),
      { minLength: 1, maxLength: 6 },
    ),
    capacity: fc.array(fc.integer({ min: 4, max: 6 }), { minLength: 1, maxLength: 6 }),
    scale: fc.constantFrom(1, 40),
  })
  .map(({ activities, capacity, scale }): Problem => {
    const outcome = buildProblem({
      duration: activities.map(a => a.duration),
      capacity: capacity.map(c => c * scale),
      demand: activities.map(a => a.demand.slice(0, capacity.length).map(d => d * scale)),
      successors: activities.map(({ mask }, i) => activities.map((_, j) => j).filter(j => j > i && (mask >> j) & 1)),
    })
    if (!outcome.ok) throw new Error(outcome.error.code)
    return outcome.problem
  })

describe('the prover', () => {
  test('closes every small problem at its optimum, from any upper bound, all resources packed or not', () => {
    fc.assert(
      fc.property(smallProblem, fc.nat(6), (problem, beyond) => {
        const optimum = shortest(problem)
        const search = prover(problem, 0, optimum + beyond + 1)!
        search.run(100_000)
        expect([search.lower(), search.upper()]).toEqual([optimum, optimum])
        expect(violations(problem, search.found()!)).toEqual([])
        const none = prover(problem, 0, optimum)!
        none.run(100_000)
        expect([none.lower(), none.upper(), none.found()]).toEqual([optimum, optimum, undefined])
      }),
      { numRuns: 150 },
    )
  })

  test('agrees with the search on 30 jobs: bounds below, schedules feasible, interrupted or not', () => {
    for (const seed of [1, 2, 3, 4]) {
      const problem = progen({ jobs: 30, nc: 1.5 + 0.3 * (seed % 3), rf: 0.5, rs: 0.2, seed })
      const bred = evolution(problem, 1, 30, 0)
      bred.run(3000)
      const whole = prover(problem, lowerBound(problem).value, bred.best(), bred.start)!
      whole.run(3000)
      const stepwise = prover(problem, lowerBound(problem).value, bred.best(), bred.start)!
      while (stepwise.conflicts() < 3000 && stepwise.lower() < stepwise.upper()) stepwise.run(50)
      expect(whole.lower()).toBeGreaterThanOrEqual(lowerBound(problem).value)
      expect(whole.lower()).toBeLessThanOrEqual(bred.best())
      const found = whole.found()
      if (found) expect(violations(problem, found)).toEqual([])
      // Both may be open; when one is closed the other cannot contradict it.
      expect(whole.lower()).toBeLessThanOrEqual(stepwise.upper())
      expect(stepwise.lower()).toBeLessThanOrEqual(whole.upper())
    }
  })

  test('a problem too long for learning is left to the search', () => {
    const outcome = buildProblem({
      duration: [3_000_000, 2],
      capacity: [1],
      demand: [[1], [1]],
      successors: [[], []],
    })
    if (!outcome.ok) throw new Error(outcome.error.code)
    expect(prover(outcome.problem, 0, 3_000_003)).toBeUndefined()
  })
})
