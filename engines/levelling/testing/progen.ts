// Random instances after ProGen (Kolisch, Sprecher, Drexl 1995): the parameters of the published sets, none of their files.
import { buildProblem, type Problem } from '../problem.ts'
import { seeded } from '../random.ts'

export interface ProgenParameters {
  /** Activities without the two dummies. */
  jobs: number
  /** Network complexity: arcs per activity, e.g. 1.5, 1.8, 2.1. */
  nc: number
  /** Share of the resources an activity uses. */
  rf: number
  /** Resource strength: 0 = just the largest demand, 1 = the peak of the early schedule. */
  rs: number
  seed: number
  resources?: number
}

/** One instance with activity 0 as source and the last as sink. */
export function progen({ jobs, nc, rf, rs, seed, resources = 4 }: ProgenParameters): Problem {
  const random = seeded(seed)
  const n = jobs + 2
  const ends = 3
  const reach = Array.from({ length: n }, () => new Uint8Array(n))
  const successors: Set<number>[] = Array.from({ length: n }, () => new Set<number>())
  const before: Set<number>[] = Array.from({ length: n }, () => new Set<number>())
  let arcs = 0
  const isRedundant = (i: number, j: number): boolean => {
    if (reach[i]![j]) return true
    // A new arc must not make an old one redundant either.
    for (let p = 0; p < n; p++)
      if (p === i || reach[p]![i]) for (const s of successors[p]!) if (s === j || reach[j]![s]) return true
    return false
  }
  const add = (i: number, j: number): void => {
    successors[i]!.add(j)
    before[j]!.add(i)
    arcs++
    for (let p = 0; p < n; p++)
      if (p === i || reach[p]![i]) {
        reach[p]![j] = 1
        for (let s = 0; s < n; s++) if (reach[j]![s]) reach[p]![s] = 1
      }
  }
  for (let j = 1; j <= ends; j++) add(0, j)
  for (let j = jobs - ends + 1; j <= jobs; j++) add(j, n - 1)
  for (let j = ends + 1; j <= jobs; j++) {
    const most = Math.min(j, jobs - ends + 1)
    for (let tries = 0; tries < 200; tries++) {
      const i = 1 + random.below(most - 1)
      if (successors[i]!.size < 3 && !isRedundant(i, j)) {
        add(i, j)
        break
      }
    }
  }
  for (let i = 1; i <= jobs - ends; i++) {
    if (successors[i]!.size > 0) continue
    for (let tries = 0; tries < 400; tries++) {
      const j = Math.max(i + 1, ends + 1) + random.below(jobs - Math.max(i, ends))
      if (j <= jobs && before[j]!.size < 3 && !isRedundant(i, j)) {
        add(i, j)
        break
      }
    }
  }
  for (let tries = 0; arcs < nc * n && tries < 200_000; tries++) {
    const i = 1 + random.below(jobs - ends)
    const j = Math.max(i + 1, ends + 1) + random.below(jobs - Math.max(i, ends))
    if (j > jobs || successors[i]!.size >= 3 || before[j]!.size >= 3 || isRedundant(i, j)) continue
    add(i, j)
  }
  for (let i = 1; i <= jobs; i++) {
    if (before[i]!.size === 0) add(0, i)
    if (successors[i]!.size === 0) add(i, n - 1)
  }
  const duration = Array.from({ length: n }, (_, i) => (i === 0 || i === n - 1 ? 0 : 1 + random.below(10)))
  const demand = Array.from({ length: n }, () => new Array<number>(resources).fill(0))
  // Exactly rf × resources × jobs demands, at least one an activity, placed at random.
  let left = Math.round(rf * resources * jobs)
  for (let i = 1; i <= jobs; i++, left--) demand[i]![random.below(resources)] = 1 + random.below(10)
  for (let tries = 0; left > 0 && tries < 100_000; tries++) {
    const i = 1 + random.below(jobs)
    const r = random.below(resources)
    if (demand[i]![r] !== 0) continue
    demand[i]![r] = 1 + random.below(10)
    left--
  }
  const start = new Array<number>(n).fill(0)
  for (let i = 0; i < n; i++) for (const j of successors[i]!) start[j] = Math.max(start[j]!, start[i]! + duration[i]!)
  const capacity = Array.from({ length: resources }, (_, r) => {
    let least = 0
    const used: number[] = []
    for (let i = 0; i < n; i++) {
      least = Math.max(least, demand[i]![r]!)
      for (let t = start[i]!; t < start[i]! + duration[i]!; t++) used[t] = (used[t] ?? 0) + demand[i]![r]!
    }
    const peak = used.reduce((a, b) => Math.max(a, b ?? 0), 0)
    return Math.max(1, Math.round(least + rs * (peak - least)))
  })
  const outcome = buildProblem({ duration, capacity, demand, successors: successors.map(s => [...s]) })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.problem
}

/** `each` instances for every parameter combination of a published set. */
export function progenSet(jobs: number, each: number, seed: number): Problem[] {
  const strengths = jobs >= 120 ? [0.1, 0.2, 0.3, 0.4, 0.5] : [0.2, 0.5, 0.7, 1]
  const found: Problem[] = []
  for (const nc of [1.5, 1.8, 2.1])
    for (const rf of [0.25, 0.5, 0.75, 1])
      for (const rs of strengths)
        for (let k = 0; k < each; k++) found.push(progen({ jobs, nc, rf, rs, seed: seed + 7919 * (found.length + 1) }))
  return found
}
