// Which nodes of a directed graph without cycles are reached from which: one bit for each pair.

export interface Reach {
  /** Is there a path of at least one edge from `a` to `b`? */
  reaches(a: number, b: number): boolean
  /** Nodes in an order in which every edge leads forward. */
  readonly order: readonly number[]
}

/** Null when the edges close a circle. */
export function reachOf(count: number, edges: readonly (readonly [number, number])[]): Reach | null {
  const next: number[][] = Array.from({ length: count }, () => [])
  const waiting = new Int32Array(count)
  for (const [from, to] of edges) {
    next[from]?.push(to)
    waiting[to]! += 1
  }
  const order: number[] = []
  for (let node = 0; node < count; node++) if (waiting[node] === 0) order.push(node)
  for (let at = 0; at < order.length; at++)
    for (const to of next[order[at]!] ?? []) if (--waiting[to]! === 0) order.push(to)
  if (order.length < count) return null
  const words = (count + 31) >> 5
  const bits = new Uint32Array(words * count)
  for (const node of order.toReversed())
    for (const to of next[node] ?? []) {
      bits[node * words + (to >> 5)]! |= 1 << (to & 31)
      for (let word = 0; word < words; word++) bits[node * words + word]! |= bits[to * words + word]!
    }
  return { reaches: (a, b) => ((bits[a * words + (b >> 5)]! >>> (b & 31)) & 1) === 1, order }
}
