// 逐级主管: leaders upward from a department, for whoever keeps the tree of units.

export interface Units {
  readonly parent: ReadonlyMap<string, string | null>
  /** Only people who are there: a vacancy is a unit without an entry. */
  readonly leader: ReadonlyMap<string, string>
}

/**
 * Leaders from `unit` upward, at most `count`. A vacancy and the starter himself are stepped over, one person is named once,
 * and it stops at the root; a damaged tree (a circle) ends, too.
 *
 * @param last the first of these who is found ends it; where none of them leads, it goes on to the root
 */
export function superiors(
  units: Units,
  unit: string | null,
  starter: string | null,
  count: number,
  last: ReadonlySet<string> = new Set(),
): string[] {
  const found: string[] = []
  const seen = new Set<string>()
  for (let at = unit; at !== null && !seen.has(at) && found.length < count; at = units.parent.get(at) ?? null) {
    seen.add(at)
    const leader = units.leader.get(at)
    if (leader === undefined || leader === starter || found.includes(leader)) continue
    found.push(leader)
    if (last.has(leader)) break
  }
  return found
}
