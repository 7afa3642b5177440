// Gradient-boosted trees on histograms: small trees, each corrects what the ones before left, unknown values a bin of their own.
import { quantileOf, sortedCopy } from '../statistics/index.ts'
import { baseRate, type Example, logit, type Scored, type Scorer, sigmoid } from './example.ts'

export interface BoostingOptions {
  rounds: number
  depth: number
  rate: number
  /** Fewest examples in a leaf, and the penalty on leaf values. */
  leaf: number
  penalty: number
  bins: number
}

export const usualBoosting: BoostingOptions = { rounds: 80, depth: 3, rate: 0.08, leaf: 10, penalty: 5, bins: 32 }

interface Node {
  /** Feature and last bin that goes left; −1 = leaf. */
  feature: number
  bin: number
  left: number
  right: number
  /** What the tree would say if it ended here; contributions are its changes along the path. */
  value: number
}

export function trainBoosting(examples: readonly Example[], options: BoostingOptions = usualBoosting): Scorer {
  const { rounds, rate, bins } = options
  const width = examples[0]?.features.length ?? 0
  const edges = Array.from({ length: width }, (_, j) =>
    edgesOf(
      examples.map(({ features }) => features[j]!),
      bins,
    ),
  )
  /** 0 = unknown, then ascending. */
  const binOf = (value: number | undefined, j: number): number => {
    if (value === undefined || !Number.isFinite(value)) return 0
    const own = edges[j]!
    let low = 0
    let high = own.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (own[middle]! < value) low = middle + 1
      else high = middle
    }
    return low + 1
  }
  const table = examples.map(({ features }) => Uint8Array.from({ length: width }, (_, j) => binOf(features[j], j)))
  const base = logit(baseRate(examples))
  const scores = new Float64Array(examples.length).fill(base)
  const gradient = new Float64Array(examples.length)
  const hessian = new Float64Array(examples.length)
  const trees: Node[][] = []
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < examples.length; i++) {
      const p = sigmoid(scores[i]!)
      gradient[i] = (examples[i]!.late ? 1 : 0) - p
      hessian[i] = Math.max(1e-6, p * (1 - p))
    }
    const tree = grow(table, gradient, hessian, width, options)
    if (tree.length === 1) break
    trees.push(tree)
    table.forEach((row, i) => {
      let node = tree[0]!
      while (node.feature >= 0) node = tree[row[node.feature]! <= node.bin ? node.left : node.right]!
      scores[i]! += rate * node.value
    })
  }
  return {
    score(features): Scored {
      const row = Uint8Array.from({ length: width }, (_, j) => binOf(features[j], j))
      const parts = new Float64Array(width)
      let start = base
      for (const tree of trees) {
        let node = tree[0]!
        start += rate * node.value
        while (node.feature >= 0) {
          const next = tree[row[node.feature]! <= node.bin ? node.left : node.right]!
          parts[node.feature]! += rate * (next.value - node.value)
          node = next
        }
      }
      return { score: parts.reduce((sum, part) => sum + part, start), base: start, parts }
    },
  }
}

/** Upper ends of at most `bins` bins with about as many examples each. */
function edgesOf(values: readonly number[], bins: number): Float64Array {
  const sorted = sortedCopy(values.filter(value => Number.isFinite(value)))
  const ends = Array.from({ length: Math.min(bins, 250) - 1 }, (_, i) => quantileOf(sorted, (i + 1) / bins))
  return Float64Array.from(new Set(ends.filter(end => Number.isFinite(end))))
}

function grow(
  table: readonly Uint8Array[],
  gradient: Float64Array,
  hessian: Float64Array,
  width: number,
  { depth, leaf, penalty }: BoostingOptions,
): Node[] {
  const tree: Node[] = []
  const add = (members: readonly number[], level: number): number => {
    let sum = 0
    let weight = 0
    for (const i of members) {
      sum += gradient[i]!
      weight += hessian[i]!
    }
    const at = tree.length
    const node: Node = { feature: -1, bin: 0, left: -1, right: -1, value: sum / (weight + penalty) }
    tree.push(node)
    if (level === depth || members.length < 2 * leaf) return at
    let best = 1e-6
    for (let j = 0; j < width; j++) {
      const sums = new Float64Array(256)
      const weights = new Float64Array(256)
      const counts = new Uint32Array(256)
      for (const i of members) {
        const bin = table[i]![j]!
        sums[bin]! += gradient[i]!
        weights[bin]! += hessian[i]!
        counts[bin]!++
      }
      let leftSum = 0
      let leftWeight = 0
      let count = 0
      for (let bin = 0; bin < 255; bin++) {
        leftSum += sums[bin]!
        leftWeight += weights[bin]!
        count += counts[bin]!
        if (count < leaf || members.length - count < leaf || counts[bin] === 0) continue
        const gain =
          leftSum ** 2 / (leftWeight + penalty) +
          (sum - leftSum) ** 2 / (weight - leftWeight + penalty) -
          sum ** 2 / (weight + penalty)
        if (gain > best) {
          best = gain
          node.feature = j
          node.bin = bin
        }
      }
    }
    if (node.feature < 0) return at
    const goesLeft = (i: number) => table[i]![node.feature]! <= node.bin
    node.left = add(members.filter(goesLeft), level + 1)
    node.right = add(
      members.filter(i => !goesLeft(i)),
      level + 1,
    )
    return at
  }
  add(
    Array.from(table, (_, i) => i),
    0,
  )
  return tree
}
