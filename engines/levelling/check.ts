// The independent judge of a schedule: its own reading of the problem, sharing no code with the search.
import type { Problem } from './problem.ts'

export type Violation =
  | { code: 'levelling.not_a_time'; activity: number; start: number }
  | { code: 'levelling.before_predecessor'; activity: number; predecessor: number; start: number; allowed: number }
  | { code: 'levelling.overload'; resource: number; at: number; used: number; capacity: number }

/**
 * All violations of a schedule (one start per activity); empty = feasible.
 * Capacity is checked by an event list per resource, not by the search's profile.
 */
export function violations(problem: Problem, start: ArrayLike<number>): Violation[] {
  const found: Violation[] = []
  const { count, duration, resources, capacity, demand, predecessors } = problem
  for (let i = 0; i < count; i++) {
    const at = start[i]
    if (at === undefined || !Number.isInteger(at) || at < 0) {
      found.push({ code: 'levelling.not_a_time', activity: i, start: at ?? Number.NaN })
      continue
    }
    for (let k = predecessors.first[i]!; k < predecessors.first[i + 1]!; k++) {
      const p = predecessors.list[k]!
      const allowed = (start[p] ?? 0) + duration[p]!
      if (at < allowed)
        found.push({ code: 'levelling.before_predecessor', activity: i, predecessor: p, start: at, allowed })
    }
  }
  for (let r = 0; r < resources; r++) {
    const events: { at: number; change: number }[] = []
    for (let i = 0; i < count; i++) {
      const need = demand[i * resources + r]!
      if (need === 0 || duration[i] === 0) continue
      events.push({ at: start[i] ?? 0, change: need }, { at: (start[i] ?? 0) + duration[i]!, change: -need })
    }
    // What ends at an instant frees its resource before what starts there takes it.
    events.sort((a, b) => a.at - b.at || a.change - b.change)
    let used = 0
    for (const { at, change } of events) {
      used += change
      if (change > 0 && used > capacity[r]!)
        found.push({ code: 'levelling.overload', resource: r, at, used, capacity: capacity[r]! })
    }
  }
  return found
}

/** When the last activity ends. */
export function makespanOf(problem: Problem, start: ArrayLike<number>): number {
  let end = 0
  for (let i = 0; i < problem.count; i++) end = Math.max(end, (start[i] ?? 0) + problem.duration[i]!)
  return end
}
