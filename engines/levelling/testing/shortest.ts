// The shortest makespan of a small problem, by trying every order of the activities: the oracle of the tests.
import type { Problem } from '../problem.ts'

/** Exact for regular objectives: some order placed activity by activity at the earliest feasible time is optimal. */
export function shortest(problem: Problem): number {
  const { count, duration, resources, capacity, demand, predecessors } = problem
  const finish = new Array<number>(count).fill(-1)
  const used: number[][] = Array.from({ length: resources }, () => new Array<number>(200).fill(0))
  let best = Number.POSITIVE_INFINITY
  const fits = (i: number, at: number): boolean => {
    for (let t = at; t < at + duration[i]!; t++)
      for (let r = 0; r < resources; r++) if (used[r]![t]! + demand[i * resources + r]! > capacity[r]!) return false
    return true
  }
  const book = (i: number, at: number, sign: number): void => {
    for (let t = at; t < at + duration[i]!; t++)
      for (let r = 0; r < resources; r++) {
        const row = used[r]!
        row[t] = row[t]! + sign * demand[i * resources + r]!
      }
  }
  const place = (placed: number, end: number): void => {
    if (end >= best) return
    if (placed === count) {
      best = end
      return
    }
    for (let i = 0; i < count; i++) {
      if (finish[i]! >= 0) continue
      const before = [...predecessors.list.slice(predecessors.first[i], predecessors.first[i + 1])]
      if (before.some(p => finish[p]! < 0)) continue
      let at = before.reduce((max, p) => Math.max(max, finish[p]!), 0)
      while (!fits(i, at)) at++
      book(i, at, 1)
      finish[i] = at + duration[i]!
      place(placed + 1, Math.max(end, finish[i]!))
      finish[i] = -1
      book(i, at, -1)
    }
  }
  place(0, 0)
  return best
}
