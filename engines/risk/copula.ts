// The copula compiled for drawing: every uncertain duration is a common factor, a group factor and a remainder of its own.
import { type Correlation, cholesky, type Matrix, MOST_PAIRED, nearestPositive } from './correlation.ts'

export interface Copula {
  /** √common: loading of the factor that reaches everything. */
  readonly common: number
  /** Group of each variable (−1 = none) and √(r − common) of each group. */
  readonly group: Int32Array
  readonly groupLoading: Float64Array
  /** Matrix block of each variable (−1 = none) and its row in it. */
  readonly block: Int32Array
  readonly row: Int32Array
  /** Lower triangles of the blocks; what is left of the common factor. */
  readonly lower: readonly Matrix[]
  /** Variables of each block, by row. */
  readonly members: readonly Int32Array[]
  /** Largest change that making the stated pairs consistent needed; 0 = they were. */
  readonly repaired: number
}

export type CopulaProblem =
  | { code: 'risk.correlation_out_of_range'; r: number }
  | { code: 'risk.groups_overlap'; task: string }
  | { code: 'risk.too_many_pairs'; tasks: number; most: number }

export type CopulaOutcome = { ok: true; copula: Copula | undefined } | { ok: false; error: CopulaProblem }

/**
 * `names` are the uncertain tasks in order; tasks that are not uncertain are passed over. Variables named in pairs, with their
 * group fellows, form blocks with a full matrix; what the common factor explains is taken out of it and shared with all.
 */
export function compileCopula(correlation: Correlation | undefined, names: readonly string[]): CopulaOutcome {
  const common = correlation?.common ?? 0
  const groups = correlation?.groups ?? []
  const pairs = correlation?.pairs ?? []
  const wrong = [common, ...groups.map(({ r }) => r)].find(r => !(r >= 0 && r < 1))
  if (wrong !== undefined) return outOfRange(wrong)
  const wrongPair = pairs.find(({ r }) => !(r > -1 && r < 1))
  if (wrongPair) return outOfRange(wrongPair.r)
  if (common === 0 && groups.length === 0 && pairs.length === 0) return { ok: true, copula: undefined }

  const indexOf = new Map(names.map((name, i) => [name, i]))
  const group = new Int32Array(names.length).fill(-1)
  const fellows: number[][] = groups.map(() => [])
  for (const [g, { tasks }] of groups.entries()) {
    for (const task of new Set(tasks)) {
      const i = indexOf.get(task)
      if (i === undefined) continue
      if (group[i] !== -1) return { ok: false, error: { code: 'risk.groups_overlap', task } }
      group[i] = g
      fellows[g]!.push(i)
    }
  }
  const stated = pairs.flatMap(({ a, b, r }) => {
    const i = indexOf.get(a)
    const j = indexOf.get(b)
    return i === undefined || j === undefined || i === j ? [] : [{ i, j, r }]
  })
  const members = blocksOf(names.length, stated, group, fellows)
  const largest = members.reduce((most, list) => Math.max(most, list.length), 0)
  if (largest > MOST_PAIRED) {
    return { ok: false, error: { code: 'risk.too_many_pairs', tasks: largest, most: MOST_PAIRED } }
  }

  const block = new Int32Array(names.length).fill(-1)
  const row = new Int32Array(names.length)
  members.forEach((list, b) => {
    list.forEach((i, k) => {
      block[i] = b
      row[i] = k
    })
  })
  let repaired = 0
  const lower = members.map(list => {
    const target: Matrix = Array.from(list, i =>
      Float64Array.from(list, j =>
        i === j ? 1 - common : (group[i]! >= 0 && group[i] === group[j] ? groups[group[i]!]!.r : common) - common,
      ),
    )
    for (const { i, j, r } of stated) {
      if (block[i] !== block[list[0]!]) continue
      target[row[i]!]![row[j]!] = target[row[j]!]![row[i]!] = r - common
    }
    const { matrix, moved } = nearestPositive(target)
    repaired = Math.max(repaired, moved)
    return cholesky(matrix, 1e-6) ?? target.map((line, i) => line.map((_, j) => (i === j ? Math.sqrt(1 - common) : 0)))
  })
  return {
    ok: true,
    copula: {
      common: Math.sqrt(common),
      group,
      // A group less alike than everything already is adds nothing.
      groupLoading: Float64Array.from(groups, ({ r }) => Math.sqrt(Math.max(0, r - common))),
      ...{ block, row, lower, members, repaired },
    },
  }
}

const outOfRange = (r: number): CopulaOutcome => ({ ok: false, error: { code: 'risk.correlation_out_of_range', r } })

/** Connected sets of variables: pairs join their ends, and a variable in a pair brings its group along. */
function blocksOf(
  count: number,
  pairs: readonly { i: number; j: number }[],
  group: Int32Array,
  fellows: readonly (readonly number[])[],
): Int32Array[] {
  const head = Int32Array.from({ length: count }, (_, i) => i)
  const find = (i: number): number => {
    let at = i
    while (head[at] !== at) at = head[at] = head[head[at]!]!
    return at
  }
  const inPair = new Set<number>()
  for (const { i, j } of pairs) {
    head[find(i)] = find(j)
    for (const end of [i, j]) {
      inPair.add(end)
      for (const other of group[end]! >= 0 ? fellows[group[end]!]! : []) {
        inPair.add(other)
        head[find(other)] = find(end)
      }
    }
  }
  const sets = new Map<number, number[]>()
  for (const i of [...inPair].sort((a, b) => a - b)) {
    const list = sets.get(find(i))
    if (list) list.push(i)
    else sets.set(find(i), [i])
  }
  return [...sets.values()].map(list => Int32Array.from(list))
}
