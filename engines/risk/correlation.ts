// Correlation of durations by a Gaussian copula: factors where one number covers many tasks, a repaired matrix for stated pairs.

/**
 * How durations move together, as correlation of their normal scores (a rank correlation ρ_s = 6/π · asin(ρ/2)).
 * A pair's own value goes before its group's, a group's before the common one.
 */
export interface Correlation {
  /** Between any two uncertain durations, 0 ≤ r < 1: weather, management and estimating bias reach everything. */
  common?: number
  /** Tasks that share a crew, supplier or trade; groups must not overlap. */
  groups?: readonly { tasks: readonly string[]; r: number }[]
  /** Stated pairs, −1 < r < 1; their matrix is repaired when it contradicts itself. */
  pairs?: readonly { a: string; b: string; r: number }[]
}

/** Correlated pairs need a full matrix; beyond this many tasks in one, state groups instead. */
export const MOST_PAIRED = 250

/** A symmetric matrix by rows. */
export type Matrix = Float64Array[]

/** Eigenvalues and eigenvectors (columns of `vectors`) of a symmetric matrix, by cyclic Jacobi rotations. */
export function eigenSymmetric(matrix: Matrix): { values: Float64Array; vectors: Matrix } {
  const n = matrix.length
  const a = matrix.map(row => Float64Array.from(row))
  const vectors: Matrix = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n)
    row[i] = 1
    return row
  })
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p]![q]! ** 2
    if (off < 1e-22 * n) break
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!
        if (Math.abs(apq) < 1e-300) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const akp = a[k]![p]!
          const akq = a[k]![q]!
          a[k]![p] = c * akp - s * akq
          a[k]![q] = s * akp + c * akq
        }
        const rowP = a[p]!
        const rowQ = a[q]!
        for (let k = 0; k < n; k++) {
          const apk = rowP[k]!
          const aqk = rowQ[k]!
          rowP[k] = c * apk - s * aqk
          rowQ[k] = s * apk + c * aqk
          const v = vectors[k]!
          const vp = v[p]!
          const vq = v[q]!
          v[p] = c * vp - s * vq
          v[q] = s * vp + c * vq
        }
      }
    }
  }
  return { values: Float64Array.from(a, (row, i) => row[i]!), vectors }
}

/**
 * The nearest matrix (Frobenius) with the same diagonal that is positive semidefinite: alternating projections with
 * Dykstra's correction (Higham 2002). Returns the matrix and how far its entries moved at most.
 */
export function nearestPositive(matrix: Matrix): { matrix: Matrix; moved: number } {
  const n = matrix.length
  if (cholesky(matrix, 0)) return { matrix, moved: 0 }
  const diagonal = matrix.map((row, i) => row[i]!)
  let y = matrix.map(row => Float64Array.from(row))
  const correction = matrix.map(() => new Float64Array(n))
  for (let round = 0; round < 100; round++) {
    const r = y.map((row, i) => row.map((value, j) => value - correction[i]![j]!))
    const { values, vectors } = eigenSymmetric(r)
    const x = matrix.map(() => new Float64Array(n))
    for (let e = 0; e < n; e++) {
      const value = values[e]!
      if (value <= 0) continue
      for (let i = 0; i < n; i++) {
        const scaled = value * vectors[i]![e]!
        const row = x[i]!
        for (let j = 0; j < n; j++) row[j]! += scaled * vectors[j]![e]!
      }
    }
    let change = 0
    const next = x.map(row => Float64Array.from(row))
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) correction[i]![j] = x[i]![j]! - r[i]![j]!
      next[i]![i] = diagonal[i]!
      for (let j = 0; j < n; j++) change = Math.max(change, Math.abs(next[i]![j]! - y[i]![j]!))
    }
    y = next
    if (change < 1e-9) break
  }
  // What is left below zero after the last projection goes by shrinking towards the diagonal.
  let shrink = 0
  let result = y
  while (!cholesky(result, 1e-9) && shrink < 1) {
    shrink = shrink === 0 ? 1e-8 : shrink * 4
    result = y.map((row, i) => row.map((value, j) => (i === j ? value : value * (1 - Math.min(1, shrink)))))
  }
  let moved = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) moved = Math.max(moved, Math.abs(result[i]![j]! - matrix[i]![j]!))
  }
  return { matrix: result, moved }
}

/** Lower triangle with L·Lᵀ = matrix; undefined when a pivot falls below −`slack` (then it is not positive semidefinite). */
export function cholesky(matrix: Matrix, slack: number): Matrix | undefined {
  const n = matrix.length
  const lower: Matrix = Array.from({ length: n }, () => new Float64Array(n))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!
      if (i === j) {
        if (sum < -slack - 1e-12) return undefined
        lower[i]![i] = Math.sqrt(Math.max(0, sum))
      } else if (lower[j]![j]! > 1e-9) lower[i]![j] = sum / lower[j]![j]!
      else if (Math.abs(sum) > 1e-7 + slack) return undefined
    }
  }
  return lower
}
