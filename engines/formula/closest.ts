// "Did you mean": the known name nearest to a mistyped one.

/** The candidate with the fewest edits (at most a third of the name's length), or undefined. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > 60) return undefined
  let best: { candidate: string; edits: number } | undefined
  for (const candidate of candidates) {
    if (candidate.length > 60) continue
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (edits <= Math.max(1, Math.floor(name.length / 3)) && (!best || edits < best.edits)) best = { candidate, edits }
  }
  return best?.candidate
}

/** Levenshtein, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced))
    }
    row = next
  }
  return row[b.length] ?? 0
}
