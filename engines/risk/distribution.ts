// Distributions as people state them, and compiled so that a block of uniform numbers becomes a block of values.
import { normalCdf, normalQuantile } from '../statistics/normal.ts'

/**
 * An uncertain number. What it counts (a factor of the planned duration, minutes, an amount) is said where it is used.
 * `trigen` is a triangle known by its most likely value and two percentiles that people can judge (P10 and P90 unless
 * `low`/`high` say otherwise); `pert` a beta with weight λ on the mode (4 unless given); `lognormal` is given by the mean and
 * standard deviation of the number itself; `histogram` by bins of one's own history, even within a bin.
 */
export type Distribution =
  | { kind: 'fixed'; value: number }
  | { kind: 'uniform'; min: number; max: number }
  | { kind: 'triangular'; min: number; mode: number; max: number }
  | { kind: 'pert'; min: number; mode: number; max: number; lambda?: number }
  | { kind: 'lognormal'; mean: number; sd: number }
  | { kind: 'trigen'; p10: number; mode: number; p90: number; low?: number; high?: number }
  | { kind: 'discrete'; values: readonly { value: number; weight: number }[] }
  | { kind: 'histogram'; bins: readonly { from: number; to: number; weight: number }[] }

export type DistributionProblem =
  | 'not_a_number'
  | 'not_ascending'
  | 'no_weight'
  | 'not_positive'
  | 'bad_percentile'
  | 'too_many_values'

const FIXED = 0
const UNIFORM = 1
const TRIANGULAR = 2
const TABLE = 3
const LOGNORMAL = 4
const PIECES = 5

/** A compiled distribution: location, scale and a shape that many tasks share. */
export interface Sampler {
  readonly kind: number
  /** Location and scale (lognormal: mean and deviation of the logarithm). */
  readonly a: number
  readonly b: number
  /** Triangular: share of the range below the mode. */
  readonly c: number
  /** TABLE: quantiles of the shape. PIECES: cumulative weights, then starts and lengths. */
  readonly table: Float64Array
  readonly mean: number
  readonly variance: number
}

export type SamplerOutcome = { ok: true; sampler: Sampler } | { ok: false; problem: DistributionProblem }

const NONE = new Float64Array(0)
const MOST_PIECES = 10_000
const refuse = (problem: DistributionProblem): SamplerOutcome => ({ ok: false, problem })
const finite = (...values: number[]) => values.every(value => Number.isFinite(value) && Math.abs(value) < 1e15)

const made = (
  kind: number,
  a: number,
  b: number,
  c: number,
  mean: number,
  variance: number,
  table: Float64Array = NONE,
) => ({ ok: true, sampler: { kind, a, b, c, table, mean, variance } }) satisfies SamplerOutcome

const fixed = (value: number): SamplerOutcome => made(FIXED, value, 0, 0, value, 0)

/** Compiles a distribution; `shapes` is shared by all distributions of one simulation. */
export function compileDistribution(distribution: Distribution, shapes: ShapeShelf): SamplerOutcome {
  switch (distribution.kind) {
    case 'fixed':
      return finite(distribution.value) ? fixed(distribution.value) : refuse('not_a_number')
    case 'uniform': {
      const { min, max } = distribution
      if (!finite(min, max)) return refuse('not_a_number')
      if (min > max) return refuse('not_ascending')
      return made(UNIFORM, min, max - min, 0, (min + max) / 2, (max - min) ** 2 / 12)
    }
    case 'triangular':
      return triangle(distribution.min, distribution.mode, distribution.max)
    case 'pert':
      return pert(distribution.min, distribution.mode, distribution.max, distribution.lambda ?? 4, shapes)
    case 'lognormal': {
      const { mean, sd } = distribution
      if (!finite(mean, sd)) return refuse('not_a_number')
      if (mean <= 0 || sd < 0) return refuse('not_positive')
      if (sd === 0) return fixed(mean)
      const variance = Math.log(1 + (sd / mean) ** 2)
      return made(LOGNORMAL, Math.log(mean) - variance / 2, Math.sqrt(variance), 0, mean, sd * sd)
    }
    case 'trigen': {
      const ends = trigenEnds(distribution)
      return typeof ends === 'string' ? refuse(ends) : triangle(ends.min, distribution.mode, ends.max)
    }
    case 'discrete':
      return pieces(distribution.values.map(({ value, weight }) => ({ from: value, to: value, weight })))
    case 'histogram':
      return pieces(distribution.bins)
  }
}

function triangle(min: number, mode: number, max: number): SamplerOutcome {
  if (!finite(min, mode, max)) return refuse('not_a_number')
  if (min > mode || mode > max) return refuse('not_ascending')
  const range = max - min
  if (range === 0) return fixed(mode)
  const variance = (min * min + mode * mode + max * max - min * mode - min * max - mode * max) / 18
  return made(TRIANGULAR, min, range, (mode - min) / range, (min + mode + max) / 3, variance)
}

function pert(min: number, mode: number, max: number, lambda: number, shapes: ShapeShelf): SamplerOutcome {
  if (!finite(min, mode, max, lambda)) return refuse('not_a_number')
  if (min > mode || mode > max) return refuse('not_ascending')
  if (lambda < 0 || lambda > 1000) return refuse('bad_percentile')
  const range = max - min
  if (range === 0) return fixed(mode)
  const alpha = 1 + (lambda * (mode - min)) / range
  const beta = 1 + (lambda * (max - mode)) / range
  const whole = alpha + beta
  const variance = (range * range * alpha * beta) / (whole * whole * (whole + 1))
  return made(TABLE, min, range, 0, min + (range * alpha) / whole, variance, shapes.beta(alpha, beta))
}

/** Ends of the triangle whose `low` and `high` quantiles are as stated; both spans grow with the range, so bisect the range. */
export function trigenEnds({
  p10,
  mode,
  p90,
  low = 0.1,
  high = 0.9,
}: Extract<Distribution, { kind: 'trigen' }>): { min: number; max: number } | DistributionProblem {
  if (!finite(p10, mode, p90)) return 'not_a_number'
  if (p10 > mode || mode > p90) return 'not_ascending'
  if (!(low >= 0 && high <= 1 && low < high) || low + 1 - high > 0.9) return 'bad_percentile'
  const below = mode - p10
  const above = p90 - mode
  if (below + above === 0) return { min: mode, max: mode }
  // CDF at p10: (span − below)² ÷ (range × span) = low, the larger root; likewise above.
  const span = (range: number, part: number, share: number) => {
    const half = part + (share * range) / 2
    return half + Math.sqrt(Math.max(0, half * half - part * part))
  }
  let under = below + above
  let over = under
  const excess = (range: number) => span(range, below, low) + span(range, above, 1 - high) - range
  for (let i = 0; i < 60 && excess(over) > 0; i++) over *= 2
  for (let i = 0; i < 200 && over - under > 1e-15 * over; i++) {
    const middle = (under + over) / 2
    if (excess(middle) > 0) under = middle
    else over = middle
  }
  return { min: mode - span(over, below, low), max: mode + span(over, above, 1 - high) }
}

function pieces(bins: readonly { from: number; to: number; weight: number }[]): SamplerOutcome {
  if (bins.length > MOST_PIECES) return refuse('too_many_values')
  let total = 0
  for (const { from, to, weight } of bins) {
    if (!finite(from, to, weight)) return refuse('not_a_number')
    if (from > to || weight < 0) return refuse('not_ascending')
    total += weight
  }
  if (!(total > 0)) return refuse('no_weight')
  // Ascending, so that a higher uniform number is a higher value: the copula correlates what people mean.
  const sorted = bins.filter(bin => bin.weight > 0).sort((x, y) => x.from - y.from || x.to - y.to)
  const n = sorted.length
  const table = new Float64Array(3 * n)
  let sum = 0
  let mean = 0
  let square = 0
  sorted.forEach(({ from, to, weight }, i) => {
    sum += weight
    table[i] = sum / total
    table[n + i] = from
    table[2 * n + i] = to - from
    mean += (weight / total) * ((from + to) / 2)
    square += (weight / total) * ((from * from + from * to + to * to) / 3)
  })
  table[n - 1] = 1
  return made(PIECES, 0, 1, 0, mean, Math.max(0, square - mean * mean), table)
}

/** Quantile tables by shape: tasks with the same skew share one, so that it stays in the fastest memory. */
export interface ShapeShelf {
  beta(alpha: number, beta: number): Float64Array
}

const QUANTILES = 1024

export function shapeShelf(): ShapeShelf {
  const known = new Map<string, Float64Array>()
  return {
    beta(alpha, beta) {
      const key = `${alpha.toFixed(9)}/${beta.toFixed(9)}`
      const found = known.get(key)
      if (found) return found
      const table = betaQuantiles(alpha, beta)
      known.set(key, table)
      return table
    },
  }
}

/** Quantiles of Beta(α, β) on [0, 1], α and β ≥ 1, at i ÷ 1024: the cumulated density (Simpson) turned round. */
function betaQuantiles(alpha: number, beta: number): Float64Array {
  const steps = 1024
  const mode = alpha + beta > 2 ? (alpha - 1) / (alpha + beta - 2) : 0.5
  const log = (x: number) => (alpha > 1 ? (alpha - 1) * Math.log(x) : 0) + (beta > 1 ? (beta - 1) * Math.log(1 - x) : 0)
  const peak = mode > 0 && mode < 1 ? log(mode) : 0
  const density = (x: number) => {
    if (x <= 0) return alpha > 1 ? 0 : Math.exp(-peak)
    if (x >= 1) return beta > 1 ? 0 : Math.exp(-peak)
    return Math.exp(log(x) - peak)
  }
  const cumulated = new Float64Array(steps + 1)
  let last = density(0)
  for (let i = 0; i < steps; i++) {
    const next = density((i + 1) / steps)
    cumulated[i + 1] = cumulated[i]! + (last + 4 * density((i + 0.5) / steps) + next) / 6
    last = next
  }
  const total = cumulated[steps]!
  const table = new Float64Array(QUANTILES + 1)
  let i = 0
  for (let q = 1; q < QUANTILES; q++) {
    const target = (q / QUANTILES) * total
    while (i + 1 < steps && cumulated[i + 1]! < target) i++
    const width = cumulated[i + 1]! - cumulated[i]!
    table[q] = (i + (width > 0 ? (target - cumulated[i]!) / width : 0)) / steps
  }
  table[QUANTILES] = 1
  return table
}

/** Turns uniform numbers into values in place. */
export function valuesInPlace(sampler: Sampler, u: Float64Array, offset: number, count: number): void {
  const { a, b, c, table } = sampler
  const end = offset + count
  switch (sampler.kind) {
    case FIXED:
      u.fill(a, offset, end)
      return
    case UNIFORM:
      for (let k = offset; k < end; k++) u[k] = a + b * u[k]!
      return
    case TRIANGULAR:
      for (let k = offset; k < end; k++) {
        const p = u[k]!
        u[k] = a + b * (p < c ? Math.sqrt(p * c) : 1 - Math.sqrt((1 - p) * (1 - c)))
      }
      return
    case TABLE:
      for (let k = offset; k < end; k++) {
        const at = u[k]! * QUANTILES
        const i = at | 0
        const low = table[i]!
        u[k] = a + b * (low + (table[i + 1]! - low) * (at - i))
      }
      return
    case LOGNORMAL:
      for (let k = offset; k < end; k++) u[k] = Math.exp(a + b * normalQuantile(u[k]!))
      return
    default: {
      const n = table.length / 3
      for (let k = offset; k < end; k++) {
        const p = u[k]!
        let low = 0
        let high = n - 1
        while (low < high) {
          const middle = (low + high) >> 1
          if (table[middle]! < p) low = middle + 1
          else high = middle
        }
        const before = low > 0 ? table[low - 1]! : 0
        u[k] = table[n + low]! + table[2 * n + low]! * Math.min(1, (p - before) / (table[low]! - before))
      }
    }
  }
}

/** The value below which a share `p` lies (0 < p < 1). */
export function quantile(sampler: Sampler, p: number): number {
  const one = Float64Array.of(Math.min(1 - 1e-15, Math.max(1e-15, p)))
  valuesInPlace(sampler, one, 0, 1)
  return one[0]!
}

/** Share of a triangular, uniform or lognormal distribution at or below x, for checks and drawings. */
export function shareBelow(sampler: Sampler, x: number): number {
  const { a, b, c } = sampler
  if (sampler.kind === LOGNORMAL) return x <= 0 ? 0 : normalCdf((Math.log(x) - a) / b)
  let low = 0
  let high = 1
  if (sampler.kind === TRIANGULAR) {
    const t = (x - a) / b
    if (t <= 0) return 0
    if (t >= 1) return 1
    return t < c ? (t * t) / c : 1 - (1 - t) ** 2 / (1 - c)
  }
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (quantile(sampler, middle) <= x) low = middle
    else high = middle
  }
  return low
}
