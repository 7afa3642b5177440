// What a sample says: moments, quantiles with their uncertainty, ranks and correlations.

/** Quantile of ascending values, linear between order statistics (Hyndman–Fan type 7). `p` within 0–1; NaN of nothing. */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length
  if (n === 0) return Number.NaN
  const at = Math.min(1, Math.max(0, p)) * (n - 1)
  const i = Math.floor(at)
  const low = sorted[i]!
  return i + 1 < n ? low + (sorted[i + 1]! - low) * (at - i) : low
}

/** 95 % interval of a quantile from order statistics: says how far the number of draws alone lets it wander. */
export function quantileInterval(sorted: ArrayLike<number>, p: number): [number, number] {
  const n = sorted.length
  const half = (1.959964 * Math.sqrt(p * (1 - p) * n)) / Math.max(1, n - 1)
  return [quantileOf(sorted, p - half), quantileOf(sorted, p + half)]
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return values.length === 0 ? Number.NaN : sum / values.length
}

/** Sample variance (n − 1); 0 for fewer than two values. */
export function varianceOf(values: ArrayLike<number>): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2
  return sum / (values.length - 1)
}

export const sortedCopy = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort()

/** Share of ascending values that are ≤ x. */
export function shareAtMost(sorted: ArrayLike<number>, x: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= x) low = middle + 1
    else high = middle
  }
  return sorted.length === 0 ? Number.NaN : low / sorted.length
}

function countBelow(sorted: Float64Array, x: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < x) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Order of the values, smallest first; equal values keep their order, or that of `among`. Sorting the bare numbers and
 * looking each up is several times faster than sorting indices with a comparison.
 */
export function orderOf(values: ArrayLike<number>, among?: Uint32Array): Uint32Array {
  const n = values.length
  const sorted = sortedCopy(values)
  const used = new Uint32Array(n)
  const order = new Uint32Array(n)
  for (let k = 0; k < n; k++) {
    const i = among ? among[k]! : k
    const place = countBelow(sorted, values[i]!)
    order[place + used[place]!++] = i
  }
  return order
}

/** Ranks from 1; equal values share their mean rank. */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const n = values.length
  const sorted = sortedCopy(values)
  const equal = new Uint32Array(n)
  const place = Uint32Array.from({ length: n }, (_, i) => countBelow(sorted, values[i]!))
  for (const at of place) equal[at]!++
  return Float64Array.from(place, at => at + (equal[at]! + 1) / 2)
}

/** Pearson's r; 0 when either does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const mx = meanOf(x)
  const my = meanOf(y)
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < x.length; i++) {
    const a = x[i]! - mx
    const b = y[i]! - my
    xx += a * a
    yy += b * b
    xy += a * b
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0
}

/** Spearman's ρ: Pearson's r of the ranks. */
export const spearman = (x: ArrayLike<number>, y: ArrayLike<number>): number => pearson(ranksOf(x), ranksOf(y))

/** Kendall's τ-b (ties counted) in O(n log n): exchanges that a merge sort by y needs after sorting by x (Knight 1966). */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length
  if (n < 2) return 0
  const order = orderOf(x, orderOf(y))
  const pairs = (n * (n - 1)) / 2
  let tiedX = 0
  let tiedBoth = 0
  for (let i = 0, runX = 1, runXY = 1; i < n; i++, runX++, runXY++) {
    const sameX = i + 1 < n && x[order[i]!] === x[order[i + 1]!]
    if (!(sameX && y[order[i]!] === y[order[i + 1]!])) {
      tiedBoth += (runXY * (runXY - 1)) / 2
      runXY = 0
    }
    if (!sameX) {
      tiedX += (runX * (runX - 1)) / 2
      runX = 0
    }
  }
  let from = Float64Array.from(order, i => y[i]!)
  let to = new Float64Array(n)
  let exchanges = 0
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(n, start + width)
      const end = Math.min(n, start + 2 * width)
      for (let i = start, j = middle, k = start; k < end; k++) {
        if (i < middle && (j >= end || from[i]! <= from[j]!)) to[k] = from[i++]!
        else {
          exchanges += middle - i
          to[k] = from[j++]!
        }
      }
    }
    const swap = from
    from = to
    to = swap
  }
  let tiedY = 0
  for (let i = 0, run = 1; i < n; i++, run++) {
    if (i + 1 < n && from[i] === from[i + 1]) continue
    tiedY += (run * (run - 1)) / 2
    run = 0
  }
  const below = Math.sqrt((pairs - tiedX) * (pairs - tiedY))
  return below > 0 ? (pairs - tiedX - tiedY + tiedBoth - 2 * exchanges) / below : 0
}
