// Links by row: which of ten thousand links touch the forty rows in view, without looking at all of them.
import type { Outline, Rows } from './outline.ts'

export interface LinkIndex {
  /** Calls back with each link (position in `outline.links`) whose vertical run touches rows first..last. */
  each: (first: number, last: number, visit: (link: number) => void) => void
}

/**
 * Each link is filed once, under the smallest dyadic block of rows that holds both its ends
 * (block b of level k = rows b·2^k … (b+1)·2^k − 1), so a query looks at a few blocks on each of log₂(rows) levels.
 */
export function linkIndexOf(outline: Outline, rows: Rows): LinkIndex {
  const count = outline.links.length
  const low = new Int32Array(count)
  const high = new Int32Array(count)
  const levels: Map<number, number[]>[] = []
  for (let i = 0; i < count; i++) {
    const a = rows.rowOf[outline.linkFrom[i] ?? -1] ?? -1
    const b = rows.rowOf[outline.linkTo[i] ?? -1] ?? -1
    if (a < 0 || b < 0) continue
    low[i] = Math.min(a, b)
    high[i] = Math.max(a, b)
    const level = a === b ? 0 : 32 - Math.clz32(a ^ b)
    while (levels.length <= level) levels.push(new Map())
    const blocks = levels[level]
    const block = (low[i] ?? 0) >> level
    const filed = blocks?.get(block)
    if (filed) filed.push(i)
    else blocks?.set(block, [i])
  }
  return {
    each(first, last, visit) {
      levels.forEach((blocks, level) => {
        for (let block = first >> level; block <= last >> level; block++) {
          const filed = blocks.get(block)
          if (filed) for (const i of filed) if ((low[i] ?? 0) <= last && (high[i] ?? 0) >= first) visit(i)
        }
      })
    },
  }
}
