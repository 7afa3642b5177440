// Which task is placed next: the smallest key first.

/** Smallest key first; equal keys: first in first out. */
export function heapOf(): { push: (node: number, key: number) => void; pop: () => number } {
  const nodes: number[] = []
  const keys: number[] = []
  const swap = (a: number, b: number): void => {
    const node = nodes[a]!
    const key = keys[a]!
    nodes[a] = nodes[b]!
    keys[a] = keys[b]!
    nodes[b] = node
    keys[b] = key
  }
  return {
    push(node, key) {
      nodes.push(node)
      keys.push(key)
      for (let at = nodes.length - 1; at > 0; ) {
        const above = (at - 1) >> 1
        if (keys[above]! <= key) break
        swap(at, above)
        at = above
      }
    },
    pop() {
      const top = nodes[0]
      if (top === undefined) return -1
      swap(0, nodes.length - 1)
      nodes.pop()
      keys.pop()
      for (let at = 0; ; ) {
        let below = 2 * at + 1
        if (below >= nodes.length) break
        if (below + 1 < nodes.length && keys[below + 1]! < keys[below]!) below++
        if (keys[at]! <= keys[below]!) break
        swap(at, below)
        at = below
      }
      return top
    },
  }
}
