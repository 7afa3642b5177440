// Conflict analysis: from literals that cannot hold together to the one clause that would have prevented them.
import type { Clauses } from './clauses.ts'
import {
  atLeast,
  atMost,
  BY_ARENA,
  BY_CLAUSE,
  BY_RELATION,
  DECIDED,
  type Domain,
  entryOf,
  type Literal,
} from './domain.ts'

export interface Learned {
  /** The first literal becomes true after backjumping; the second has the highest level among the others. */
  readonly literals: Int32Array
  readonly level: number
  readonly spread: number
}

export interface Analysis {
  /** `d.conflict` explained back to the first point all paths go through; undefined = no assignment at all. */
  readonly learn: (d: Domain, c: Clauses, bump: (literal: Literal) => void) => Learned | undefined
}

export function analysis(): Analysis {
  /** Literal needed of each trail entry, −1 = none. */
  let needed = new Int32Array(1024).fill(-1)
  const touched: number[] = []
  const lower: number[] = []
  const reasons: Literal[] = []

  /** Of two literals of one side, the one that says more. */
  const stronger = (a: Literal, b: Literal): Literal => ((a & 1) === 0 ? Math.max(a, b) : Math.min(a, b))

  return {
    learn(d, c, bump) {
      if (needed.length < d.side.length) needed = new Int32Array(d.side.length).fill(-1)
      // A conflict may rest on earlier levels only: its own level is the highest found.
      let level = 0
      for (const literal of d.conflict) {
        const at = entryOf(d, literal)
        if (at >= 0) level = Math.max(level, d.levelAt[at]!)
      }
      if (level === 0) return undefined
      let open = 0
      let highest = -1
      const mark = (literal: Literal): void => {
        const at = entryOf(d, literal)
        if (at < 0 || d.levelAt[at] === 0) return
        if (needed[at] === -1) {
          needed[at] = literal
          touched.push(at)
          bump(literal)
          if (d.levelAt[at] === level) {
            open++
            if (at > highest) highest = at
          } else lower.push(at)
        } else needed[at] = stronger(needed[at]!, literal)
      }
      for (const literal of d.conflict) mark(literal)
      let at = highest
      for (;;) {
        while (needed[at] === -1 || d.levelAt[at] !== level) at--
        if (open === 1) break
        explain(d, c, at, needed[at]!, reasons)
        open--
        for (const literal of reasons) mark(literal)
        at--
      }
      const firm = lower.filter(entry => !implied(d, c, entry, level))
      const result = clauseOf(
        d,
        at,
        firm.filter(entry => entry === strongest(d, entry, firm, at)),
      )
      for (const entry of touched) needed[entry] = -1
      touched.length = 0
      lower.length = 0
      return result
    },
  }

  /** Literals needed of earlier levels imply it, so the clause says the same without it. */
  function implied(d: Domain, c: Clauses, entry: number, level: number): boolean {
    if (d.kind[entry] === DECIDED) return false
    explain(d, c, entry, needed[entry]!, reasons)
    for (const literal of reasons) {
      const at = entryOf(d, literal)
      if (at < 0 || d.levelAt[at] === 0) continue
      const other = needed[at]!
      // Literals of the conflict's own level are resolved away and imply nothing.
      if (other === -1 || d.levelAt[at] === level || stronger(other, literal) !== other) return false
    }
    return true
  }

  /** Of the entries kept (and the topmost), the latest of the same side: it says what the earlier ones say. */
  function strongest(d: Domain, entry: number, kept: readonly number[], top: number): number {
    const side = d.side[entry]!
    if (d.side[top] === side) return top
    let last = entry
    for (const other of kept) if (other > last && d.side[other] === side) last = other
    return last
  }

  function clauseOf(d: Domain, top: number, kept: readonly number[]): Learned {
    const literals = new Int32Array(kept.length + 1)
    literals[0] = needed[top]! ^ 1
    let level = 0
    let second = 0
    const levels = new Set<number>()
    kept.forEach((entry, k) => {
      literals[k + 1] = needed[entry]! ^ 1
      levels.add(d.levelAt[entry]!)
      if (d.levelAt[entry]! > level) {
        level = d.levelAt[entry]!
        second = k + 1
      }
    })
    if (second > 1) {
      const swap = literals[1]!
      literals[1] = literals[second]!
      literals[second] = swap
    }
    return { literals, level, spread: levels.size + 1 }
  }
}

/** Fills `out` with true literals that imply the literal the entry made true. */
function explain(d: Domain, c: Clauses, at: number, literal: Literal, out: Literal[]): void {
  out.length = 0
  const data = d.data[at]!
  switch (d.kind[at]) {
    case BY_RELATION: {
      const i = d.side[at]! >> 1
      const t = (literal >> 1) - i * d.width
      if ((literal & 1) === 0) out.push(atLeast(d, data, Math.max(0, t - d.problem.duration[data]!)))
      else out.push(atMost(d, data, Math.min(d.width - 2, t - 1 + d.problem.duration[i]!)))
      return
    }
    case BY_CLAUSE: {
      const clause = c.list[data]!
      c.activity[data] = c.activity[data]! + c.bump
      for (let k = 1; k < clause.length; k++) out.push(clause[k]! ^ 1)
      return
    }
    case BY_ARENA:
      for (let k = 1; k <= d.arena[data]!; k++) out.push(d.arena[data + k]!)
      return
    default:
      return
  }
}
