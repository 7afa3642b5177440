// Distributions against their formulas, and correlation matrices against published ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockOf, fillUniform, streamName } from '../statistics/random.ts'
import { meanOf, sortedCopy, varianceOf } from '../statistics/sample.ts'
import { cholesky, eigenSymmetric, type Matrix, nearestPositive } from './correlation.ts'
import {
  compileDistribution,
  type Distribution,
  quantile,
  type Sampler,
  shapeShelf,
  trigenEnds,
  valuesInPlace,
} from './distribution.ts'

function sampler(distribution: Distribution): Sampler {
  const outcome = compileDistribution(distribution, shapeShelf())
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.sampler
}

function draw(distribution: Distribution, count: number, seed = 1): Float64Array {
  const values = new Float64Array(count)
  fillUniform(blockOf(streamName(seed, 'test'), 0), values, 0, count)
  valuesInPlace(sampler(distribution), values, 0, count)
  return values
}

const kinds: Record<string, Distribution> = {
  uniform: { kind: 'uniform', min: 5, max: 15 },
  triangular: { kind: 'triangular', min: 8, mode: 10, max: 20 },
  'triangular with the mode at its end': { kind: 'triangular', min: 8, mode: 8, max: 20 },
  pert: { kind: 'pert', min: 8, mode: 10, max: 20 },
  'pert with little weight on the mode': { kind: 'pert', min: 8, mode: 20, max: 20, lambda: 1 },
  lognormal: { kind: 'lognormal', mean: 10, sd: 4 },
  trigen: { kind: 'trigen', p10: 8, mode: 10, p90: 16 },
  discrete: {
    kind: 'discrete',
    values: [
      { value: 30, weight: 1 },
      { value: 5, weight: 3 },
    ],
  },
  histogram: {
    kind: 'histogram',
    bins: [
      { from: 0, to: 10, weight: 2 },
      { from: 10, to: 50, weight: 1 },
    ],
  },
}

describe('a distribution', () => {
  test.each(Object.entries(kinds))('%s has the mean and variance of its formula', (_, distribution) => {
    const n = 200_000
    const values = draw(distribution, n)
    const { mean, variance } = sampler(distribution)
    const fourth = meanOf(values.map(value => (value - mean) ** 4))
    expect(Math.abs(meanOf(values) - mean)).toBeLessThan(4 * Math.sqrt(variance / n))
    expect(Math.abs(varianceOf(values) - variance)).toBeLessThan(
      4 * Math.sqrt((fourth - variance ** 2) / n) + 1e-4 * variance,
    )
  })

  test('known moments: PERT (min + 4 mode + max) ÷ 6, a triangle a third of its corners, a lognormal its own', () => {
    expect(sampler({ kind: 'pert', min: 6, mode: 9, max: 18 }).mean).toBeCloseTo((6 + 36 + 18) / 6, 12)
    expect(sampler({ kind: 'triangular', min: 6, mode: 9, max: 18 }).mean).toBeCloseTo(11, 12)
    expect(sampler({ kind: 'triangular', min: 0, mode: 0, max: 6 }).variance).toBeCloseTo(2, 12)
    expect(sampler({ kind: 'lognormal', mean: 10, sd: 4 })).toMatchObject({ mean: 10, variance: 16 })
  })

  test('a trigen keeps a tenth below its P10 and a tenth above its P90', () => {
    const sorted = sortedCopy(draw({ kind: 'trigen', p10: 8, mode: 10, p90: 16 }, 100_000))
    expect(sorted.filter(value => value < 8).length / 1e5).toBeCloseTo(0.1, 2)
    expect(sorted.filter(value => value > 16).length / 1e5).toBeCloseTo(0.1, 2)
    const ends = trigenEnds({ kind: 'trigen', p10: 8, mode: 10, p90: 16 })
    expect(typeof ends === 'object' && ends.min < 8 && ends.max > 16).toBe(true)
  })

  test('its quantiles rise and stay within its ends', () => {
    const triple = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(kinds)), triple, (distribution, [a, b]) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const compiled = sampler(distribution)
        expect(quantile(compiled, low)).toBeLessThanOrEqual(quantile(compiled, high) + 1e-9)
      }),
    )
  })

  test('what is no distribution is refused with its reason', () => {
    const problem = (distribution: Distribution) => {
      const outcome = compileDistribution(distribution, shapeShelf())
      return outcome.ok ? undefined : outcome.problem
    }
    expect(problem({ kind: 'triangular', min: 3, mode: 2, max: 4 })).toBe('not_ascending')
    expect(problem({ kind: 'uniform', min: 0, max: Number.NaN })).toBe('not_a_number')
    expect(problem({ kind: 'lognormal', mean: -1, sd: 1 })).toBe('not_positive')
    expect(problem({ kind: 'discrete', values: [] })).toBe('no_weight')
    expect(problem({ kind: 'trigen', p10: 1, mode: 2, p90: 3, low: 0.9, high: 0.1 })).toBe('bad_percentile')
  })
})

describe('a correlation matrix', () => {
  const matrix = (...rows: number[][]): Matrix => rows.map(row => Float64Array.from(row))

  test('that contradicts itself becomes the nearest possible one (Higham 2002: .7607 and .1573)', () => {
    const { matrix: near, moved } = nearestPositive(matrix([1, 1, 0], [1, 1, 1], [0, 1, 1]))
    expect(near[0]![1]).toBeCloseTo(0.7607, 4)
    expect(near[0]![2]).toBeCloseTo(0.1573, 4)
    expect(near[1]![1]).toBe(1)
    expect(moved).toBeCloseTo(0.2393, 4)
  })

  test('after repair has its diagonal, no negative eigenvalue and a triangle that gives it back', () => {
    const entry = fc.double({ min: -0.99, max: 0.99, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.array(entry, { minLength: 15, maxLength: 15 }), (n, entries) => {
        let next = 0
        const target: Matrix = Array.from({ length: n }, () => new Float64Array(n).fill(1))
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) target[i]![j] = target[j]![i] = entries[next++]!
        const { matrix: near } = nearestPositive(target)
        expect(Math.min(...eigenSymmetric(near).values)).toBeGreaterThan(-1e-6)
        for (let i = 0; i < n; i++) expect(near[i]![i]).toBeCloseTo(1, 9)
        const lower = cholesky(near, 1e-6)
        if (!lower) throw new Error('not positive')
        for (let i = 0; i < n; i++) {
          for (let j = 0; j <= i; j++) {
            let sum = 0
            for (let k = 0; k <= j; k++) sum += lower[i]![k]! * lower[j]![k]!
            expect(Math.abs(sum - near[i]![j]!)).toBeLessThan(1e-3)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
