// The levelling engine: every schedule is feasible by the independent judge, bounds hold, small problems are solved exactly.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decoderOf, TOO_LONG } from './decode.ts'
import { buildProblem, criticalPathLength, level, lowerBound, makespanOf, type Problem, violations } from './index.ts'
import { samplerOf } from './ordering.ts'
import { seeded } from './random.ts'
import { progen } from './testing/progen.ts'
import { shortest } from './testing/shortest.ts'

const built = (input: Parameters<typeof buildProblem>[0]): Problem => {
  const outcome = buildProblem(input)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.problem
}

/** Up to seven activities, relations from lower to higher numbers, one to three resources. */
const smallProblem = fc
  .record({
    activities: fc.array(
      fc.record({
        duration: fc.nat(4),
        demand: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
        mask: fc.nat(127),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    capacity: fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ activities, capacity }) =>
    built({
      duration: activities.map(a => a.duration),
      capacity,
      demand: activities.map(a => a.demand.slice(0, capacity.length)),
      successors: activities.map(({ mask }, i) =>
        activities.map((_, j) => j).filter(j => j > i && (mask >> j) & (mask >> (j - i)) & 1),
      ),
    }),
  )

describe('a levelled problem', () => {
  test('is feasible, never below its bound, and the shortest there is when it is small', () => {
    fc.assert(
      fc.property(smallProblem, fc.nat(1000), (problem, seed) => {
        const result = level(problem, { budget: { schedules: 3000 }, seed })
        expect(violations(problem, result.start)).toEqual([])
        expect(makespanOf(problem, result.start)).toBe(result.makespan)
        const optimum = shortest(problem)
        expect(result.lowerBound).toBeLessThanOrEqual(optimum)
        expect(result.makespan).toBe(optimum)
        if (result.proved) expect(result.makespan).toBe(result.lowerBound)
      }),
      { numRuns: 60 },
    )
  })

  test('of 60 and 120 jobs is feasible and better than the first schedules', () => {
    for (const [jobs, rs] of [
      [60, 0.2],
      [120, 0.1],
    ] as const) {
      const problem = progen({ jobs, nc: 1.5, rf: 0.75, rs, seed: 5 })
      const first = level(problem, { budget: { schedules: 20 }, seed: 3 })
      const result = level(problem, { budget: { schedules: 2000 }, seed: 3 })
      expect(violations(problem, result.start)).toEqual([])
      expect(result.makespan).toBeLessThan(first.makespan)
      expect(result.makespan).toBeGreaterThanOrEqual(criticalPathLength(problem))
      expect(result.schedules).toBeLessThanOrEqual(2000)
      expect(result.proved).toBe(false)
      expect(result.gap).toBeCloseTo(result.makespan / result.lowerBound - 1, 12)
    }
  })

  test('is the same for the same seed, and the budget is kept to the schedule', () => {
    const problem = progen({ jobs: 30, nc: 1.8, rf: 1, rs: 0.2, seed: 11 })
    const run = (seed: number) => level(problem, { budget: { schedules: 777 }, seed })
    expect(run(4)).toEqual(run(4))
    expect(run(4).schedules).toBe(777)
    expect([...run(4).start]).not.toEqual([...run(5).start])
  })

  test('tells its progress and ends when it is cancelled, with the best found so far', () => {
    const problem = progen({ jobs: 60, nc: 1.5, rf: 1, rs: 0.2, seed: 2 })
    const shares: number[] = []
    const result = level(problem, {
      budget: { schedules: 1_000_000 },
      onProgress: ({ share }) => void shares.push(share),
      cancelled: () => shares.length >= 4,
    })
    expect(result.cancelled).toBe(true)
    expect(shares).toHaveLength(4)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
    expect(violations(problem, result.start)).toEqual([])
  })

  test('with a time budget ends by the clock it is given', () => {
    let time = 0
    const now = () => (time += 50)
    const problem = progen({ jobs: 60, nc: 1.5, rf: 1, rs: 0.2, seed: 2 })
    const result = level(problem, { budget: { seconds: 1, now } })
    expect(time).toBeLessThan(2500)
    expect(violations(problem, result.start)).toEqual([])
  })
})

test('any small problem: the bound holds before any search, more of a resource never makes it longer, other names and orders change nothing', () => {
  const optimum = (problem: Problem): number => {
    const { makespan, lowerBound: proved } = level(problem, { budget: { schedules: 3000 } })
    expect(proved).toBeLessThanOrEqual(makespan)
    return makespan
  }
  fc.assert(
    fc.property(smallProblem, fc.nat(2), (problem, which) => {
      const { count, resources, duration, capacity, demand, successors } = problem
      const shortestOne = shortest(problem)
      expect(lowerBound(problem).value).toBeLessThanOrEqual(shortestOne)
      const rows = (i: number) => [...demand.slice(i * resources, (i + 1) * resources)]
      const after = (i: number) => [...successors.list.slice(successors.first[i], successors.first[i + 1])]
      const all = Array.from({ length: count }, (_, i) => i)
      const wider = built({
        duration: [...duration],
        capacity: [...capacity].map((each, r) => (r === which ? each + 1 : each)),
        demand: all.map(rows),
        successors: all.map(after),
      })
      expect(lowerBound(wider).value).toBeLessThanOrEqual(shortestOne)
      expect(optimum(wider)).toBeLessThanOrEqual(shortestOne)
      // Numbered from the other end, resources too.
      const named = (i: number) => count - 1 - i
      const mirrored = built({
        duration: all.map(i => duration[named(i)]!),
        capacity: [...capacity].reverse(),
        demand: all.map(i => rows(named(i)).reverse()),
        successors: all.map(i => after(named(i)).map(named)),
      })
      expect(optimum(mirrored)).toBe(shortestOne)
    }),
    { numRuns: 40 },
  )
})

test('the packed and the general decoder place alike', () => {
  for (const seed of [1, 2, 3]) {
    const problem = progen({ jobs: 40, nc: 1.8, rf: 0.75, rs: 0.3, seed })
    // A fifth resource nobody uses, and the same problem no longer packs into one word.
    const wide = built({
      duration: [...problem.duration],
      capacity: [...problem.capacity, 200],
      demand: Array.from({ length: problem.count }, (_, i) => [...problem.demand.slice(i * 4, i * 4 + 4), 0]),
      successors: Array.from({ length: problem.count }, (_, i) => [
        ...problem.successors.list.slice(problem.successors.first[i], problem.successors.first[i + 1]),
      ]),
    })
    const random = seeded(seed)
    const sampler = samplerOf(problem, random)
    const order = new Int32Array(problem.count)
    const [a, b] = [new Int32Array(problem.count), new Int32Array(problem.count)]
    const [packed, general] = [decoderOf(problem), decoderOf(wide)]
    for (let run = 0; run < 50; run++) {
      sampler.sample(order, new Int32Array(problem.count))
      expect(packed.decode(order, a, TOO_LONG - 1)).toBe(general.decode(order, b, TOO_LONG - 1))
      expect(a).toEqual(b)
      expect(violations(problem, a)).toEqual([])
      const tight = makespanOf(problem, a) - 1
      expect(packed.decode(order, a, tight)).toBe(TOO_LONG)
      expect(general.decode(order, b, tight)).toBe(TOO_LONG)
    }
  }
})

describe('the judge', () => {
  const problem = built({ duration: [2, 3], capacity: [4], demand: [[3], [2]], successors: [[], []] })
  const chain = built({ duration: [2, 3], capacity: [4], demand: [[1], [1]], successors: [[1], []] })

  test('sees an overload, a broken relation and a start that is no time', () => {
    expect(violations(problem, [0, 1]).map(v => v.code)).toEqual(['levelling.overload'])
    expect(violations(problem, [0, 2])).toEqual([])
    expect(violations(chain, [0, 1]).map(v => v.code)).toEqual(['levelling.before_predecessor'])
    expect(violations(chain, [0, 2.5]).map(v => v.code)).toEqual(['levelling.not_a_time'])
    expect(violations(chain, [0]).map(v => v.code)).toContain('levelling.not_a_time')
  })
})

describe('a problem that cannot be is refused with what is wrong', () => {
  const input = { duration: [1, 1], capacity: [2], demand: [[1], [1]], successors: [[1], []] }
  test.each([
    ['a circle', { ...input, successors: [[1], [0]] }, 'levelling.cycle'],
    ['more needed than there is', { ...input, demand: [[3], [1]] }, 'levelling.exceeds_capacity'],
    ['a fraction', { ...input, duration: [1.5, 1] }, 'levelling.not_whole'],
    ['a successor that is not there', { ...input, successors: [[7], []] }, 'levelling.unknown_activity'],
    ['nothing', { ...input, duration: [] }, 'levelling.no_activity'],
    [
      'long durations on many resources',
      { ...input, duration: [2_000_000, 1], capacity: new Array(40).fill(2) },
      'levelling.too_large',
    ],
    ['durations without end', { ...input, duration: [4_000_000, 4_000_000] }, 'levelling.too_large'],
  ])('%s', (_, given, code) => {
    const outcome = buildProblem(given)
    expect(outcome.ok ? 'accepted' : outcome.error.code).toBe(code)
  })
})

test('the quick bound counts work between heads and tails and names the resource', () => {
  // Two periods before, three activities one at a time, four periods after.
  const problem = built({
    duration: [2, 3, 3, 3, 4],
    capacity: [1],
    demand: [[0], [1], [1], [1], [0]],
    successors: [[1, 2, 3], [4], [4], [4], []],
  })
  expect(lowerBound(problem)).toEqual({ value: 15, resource: 0 })
  expect(level(problem, { budget: { schedules: 10 } })).toMatchObject({ makespan: 15, proved: true, bottleneck: 0 })
})
