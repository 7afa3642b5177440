// Row order: whole numbers with room between them, so that a row moves without renumbering the plan.
const gap = 2 ** 20
const most = 2 ** 52

/**
 * Positions for rows in this order. Rows keep theirs where they can: only those out of order get new ones, spread between
 * their neighbours. Answers what changed; renumbers everything when no room is left.
 */
export function reposition(ids: readonly string[], old: ReadonlyMap<string, number>): Map<string, number> {
  const kept = longestRising(ids.map(id => old.get(id)))
  const changed = new Map<string, number>()
  let index = 0
  while (index < ids.length) {
    if (kept.has(index)) {
      index++
      continue
    }
    let end = index
    while (end < ids.length && !kept.has(end)) end++
    const low = index === 0 ? undefined : old.get(ids[index - 1] ?? '')
    const high = end === ids.length ? undefined : old.get(ids[end] ?? '')
    const count = end - index
    const from = low ?? (high === undefined ? 0 : high - gap * (count + 1))
    const step = high === undefined ? gap : (high - from) / (count + 1)
    if (step < 1 || Math.abs(from) > most) return new Map(ids.map((id, place) => [id, (place + 1) * gap]))
    for (let at = 0; at < count; at++) changed.set(ids[index + at] ?? '', Math.floor(from + step * (at + 1)))
    index = end
  }
  return changed
}

/** Indices of a longest strictly rising subsequence: the rows that can stay where they are (patience sorting). */
function longestRising(values: readonly (number | undefined)[]): Set<number> {
  const ends: number[] = []
  const before = new Array<number>(values.length).fill(-1)
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1
    ends[low] = index
  }
  const kept = new Set<number>()
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) kept.add(index)
  return kept
}
