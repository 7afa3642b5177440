// Ridge-penalised logistic regression by Newton's method. Features are standardised; an unknown one counts as average.
import { baseRate, type Example, logit, type Scored, type Scorer, sigmoid } from './example.ts'

/** Trains on examples of equal width. `ridge` is the penalty on standardised weights, in examples. */
export function trainLogistic(examples: readonly Example[], ridge = 2): Scorer {
  const width = examples[0]?.features.length ?? 0
  const mean = new Float64Array(width)
  const scale = new Float64Array(width)
  for (let j = 0; j < width; j++) {
    const known = examples.map(({ features }) => features[j] ?? Number.NaN).filter(value => Number.isFinite(value))
    const sum = known.reduce((total, value) => total + value, 0)
    mean[j] = known.length > 0 ? sum / known.length : 0
    const spread = known.reduce((total, value) => total + (value - mean[j]!) ** 2, 0)
    scale[j] = known.length > 1 && spread > 0 ? Math.sqrt(spread / known.length) : 0
  }
  const standard = (features: readonly number[]): Float64Array =>
    Float64Array.from(mean, (middle, j) => {
      const value = features[j] ?? Number.NaN
      // Ten deviations bound what one wild value can do.
      return Number.isFinite(value) && scale[j]! > 0 ? Math.max(-10, Math.min(10, (value - middle) / scale[j]!)) : 0
    })
  const rows = examples.map(({ features }) => standard(features))
  const weights = new Float64Array(width + 1)
  weights[width] = logit(baseRate(examples))
  for (let step = 0; step < 25; step++) {
    const gradient = new Float64Array(width + 1)
    const hessian = Array.from({ length: width + 1 }, () => new Float64Array(width + 1))
    rows.forEach((row, i) => {
      let score = weights[width]!
      for (let j = 0; j < width; j++) score += weights[j]! * row[j]!
      const p = sigmoid(score)
      const miss = (examples[i]!.late ? 1 : 0) - p
      const weight = Math.max(1e-6, p * (1 - p))
      for (let j = 0; j <= width; j++) {
        const x = j < width ? row[j]! : 1
        gradient[j]! += miss * x
        for (let k = 0; k <= j; k++) hessian[j]![k]! += weight * x * (k < width ? row[k]! : 1)
      }
    })
    for (let j = 0; j < width; j++) {
      gradient[j]! -= ridge * weights[j]!
      hessian[j]![j]! += ridge
    }
    hessian[width]![width]! += 1e-6
    const move = solve(hessian, gradient)
    let largest = 0
    for (let j = 0; j <= width; j++) {
      // A damped step cannot run away on separable examples.
      const by = Math.max(-3, Math.min(3, move[j]!))
      weights[j]! += by
      largest = Math.max(largest, Math.abs(by))
    }
    if (largest < 1e-8) break
  }
  return {
    score(features): Scored {
      const row = standard(features)
      const parts = row.map((x, j) => x * weights[j]!)
      const base = weights[width]!
      return { score: parts.reduce((sum, part) => sum + part, base), base, parts }
    },
  }
}

/** Solves a symmetric positive definite system given by its lower triangle (Cholesky). */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  const l = lower.map(row => Float64Array.from(row))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = l[i]![j]!
      for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!
      l[i]![j] = i === j ? Math.sqrt(Math.max(1e-12, sum)) : sum / l[j]![j]!
    }
  }
  const x = Float64Array.from(right)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= l[i]![k]! * x[k]!
    x[i]! /= l[i]![i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= l[k]![i]! * x[k]!
    x[i]! /= l[i]![i]!
  }
  return x
}
