// Normal scores by table, for the millions of draws of a simulation: linear between the points, exact in the tails.
import { normalCdf, normalQuantile } from './normal.ts'

const POINTS = 2048
/** Within this of 0 or 1 the quantile bends too fast for straight lines. */
const TAIL = 1 / 64
const quantiles = Float64Array.from({ length: POINTS + 1 }, (_, i) => normalQuantile(i / POINTS))

const PER_UNIT = 64
const REACH = 8
const probabilities = Float64Array.from({ length: 2 * REACH * PER_UNIT + 2 }, (_, i) => normalCdf(i / PER_UNIT - REACH))

/** Turns uniform numbers into normal scores in place; absolute error below 5e-5. */
export function scoresInPlace(u: Float64Array, offset: number, count: number): void {
  for (let k = offset; k < offset + count; k++) {
    const p = u[k]!
    if (p < TAIL || p > 1 - TAIL) {
      u[k] = normalQuantile(p)
      continue
    }
    const at = p * POINTS
    const i = at | 0
    const low = quantiles[i]!
    u[k] = low + (quantiles[i + 1]! - low) * (at - i)
  }
}

/** Turns normal scores back into probabilities in place; absolute error below 8e-6, strictly between 0 and 1. */
export function probabilitiesInPlace(z: Float64Array, offset: number, count: number): void {
  for (let k = offset; k < offset + count; k++) {
    const at = (z[k]! + REACH) * PER_UNIT
    if (at <= 0) z[k] = 1e-15
    else if (at >= 2 * REACH * PER_UNIT) z[k] = 1 - 1e-15
    else {
      const i = at | 0
      const low = probabilities[i]!
      z[k] = low + (probabilities[i + 1]! - low) * (at - i)
    }
  }
}
