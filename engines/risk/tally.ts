// What a run leaves behind: sums by task and values by iteration, in chunks of fixed size that add up the same wherever they ran.

/** Iterations per chunk. Sums are kept by chunk and added in order, so that one thread and many give the same bytes. */
export const CHUNK = 1024

/** Plain numbers only: travels between threads as it is. */
export interface Tally {
  readonly chunk: number
  /** Finish of the plan as date, its length in working minutes, its cost. */
  readonly end: Float64Array
  readonly length: Float64Array
  readonly cost: Float64Array
  /** Finish of watched tasks: watched × iterations of the chunk. */
  readonly watched: Float64Array
  /** 1 where an event happened: event × iterations. */
  readonly happened: Uint8Array
  /** Way taken: branch × iterations. */
  readonly taken: Uint8Array
  /** By node. `span` and `length` are taken from their planned values, so that sums of squares stay exact. */
  readonly critical: Float64Array
  readonly exists: Float64Array
  readonly significance: Float64Array
  readonly span: Float64Array
  readonly spanSquare: Float64Array
  readonly spanLength: Float64Array
  readonly finish: Float64Array
}

export function emptyTally(
  chunk: number,
  count: number,
  sizes: { nodes: number; watched: number; events: number; branches: number },
): Tally {
  const sums = () => new Float64Array(sizes.nodes)
  return {
    chunk,
    end: new Float64Array(count),
    length: new Float64Array(count),
    cost: new Float64Array(count),
    watched: new Float64Array(count * sizes.watched),
    happened: new Uint8Array(count * sizes.events),
    taken: new Uint8Array(count * sizes.branches),
    critical: sums(),
    exists: sums(),
    significance: sums(),
    span: sums(),
    spanSquare: sums(),
    spanLength: sums(),
    finish: sums(),
  }
}

/** Adds chunks in their order. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sorted = [...tallies].sort((a, b) => a.chunk - b.chunk)
  const nodes = sorted[0]?.critical.length ?? 0
  const count = sorted.reduce((sum, tally) => sum + tally.end.length, 0)
  const rowsOf = (what: 'watched' | 'happened' | 'taken') => {
    const first = sorted[0]
    return first && first.end.length > 0 ? first[what].length / first.end.length : 0
  }
  const total = emptyTally(0, count, {
    nodes,
    watched: rowsOf('watched'),
    events: rowsOf('happened'),
    branches: rowsOf('taken'),
  })
  let at = 0
  for (const tally of sorted) {
    const n = tally.end.length
    total.end.set(tally.end, at)
    total.length.set(tally.length, at)
    total.cost.set(tally.cost, at)
    for (const what of ['watched', 'happened', 'taken'] as const) {
      const rows = n > 0 ? tally[what].length / n : 0
      for (let r = 0; r < rows; r++) total[what].set(tally[what].subarray(r * n, (r + 1) * n), r * count + at)
    }
    for (const what of ['critical', 'exists', 'significance', 'span', 'spanSquare', 'spanLength', 'finish'] as const) {
      const sum = total[what]
      const part = tally[what]
      for (let i = 0; i < nodes; i++) sum[i]! += part[i]!
    }
    at += n
  }
  return total
}
