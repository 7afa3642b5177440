// Serial schedule generation: an order of activities becomes a schedule, each at its earliest feasible start.
import { type Problem, type Rows, tails } from './problem.ts'

/** Answer of a decoder whose schedule was abandoned because it would end after the limit. */
export const TOO_LONG = 0x7fffffff

export interface Decoder {
  /**
   * Places the activities in the given order (predecessors first) and fills `start`.
   * Returns the makespan, or `TOO_LONG` as soon as it must exceed `limit`; `start` is then incomplete.
   */
  readonly decode: (order: Int32Array, start: Int32Array, limit: number) => number
}

/** Four resources of capacity ≤ 127 share one 32-bit word; the top bit of each byte guards against borrowing. */
const GUARDS = 0x80808080 | 0

/** The fastest decoder for the problem's number of resources and capacities. */
export function decoderOf(problem: Problem): Decoder {
  const packs = problem.resources <= 4 && problem.capacity.every(c => c <= 127)
  return packs ? packedDecoder(problem) : wideDecoder(problem)
}

/**
 * Free capacity over time as packed words: a period can take the demand when
 * `((free − demand) & GUARDS) === GUARDS`, one subtraction for all resources.
 */
function packedDecoder(problem: Problem): Decoder {
  const { count, duration, resources, predecessors } = problem
  const need = new Int32Array(count)
  for (let i = 0; i < count; i++)
    if (duration[i]! > 0)
      for (let r = 0; r < resources; r++) need[i] = need[i]! | (problem.demand[i * resources + r]! << (8 * r))
  let full = GUARDS
  for (let r = 0; r < resources; r++) full |= problem.capacity[r]! << (8 * r)
  const horizon = duration.reduce((sum, d) => sum + d, 0) + 1
  const free = new Int32Array(horizon).fill(full)
  const finish = new Int32Array(count)
  const tail = tails(problem)
  let touched = 0
  const { first, list }: Rows = predecessors
  return {
    decode(order, start, limit) {
      free.fill(full, 0, touched)
      let makespan = 0
      touched = 0
      for (let k = 0; k < count; k++) {
        const i = order[k]!
        let at = 0
        for (let p = first[i]!, end = first[i + 1]!; p < end; p++) {
          const f = finish[list[p]!]!
          if (f > at) at = f
        }
        const d = duration[i]!
        const demand = need[i]!
        let last = at + d
        if (demand !== 0) {
          // Backwards through the duration: a conflict at t moves the start beyond t at once.
          let clear = at
          for (let t = last - 1; t >= clear; t--) {
            if (((free[t]! - demand) & GUARDS) !== GUARDS) {
              clear = last
              at = t + 1
              last = at + d
              t = last
            }
          }
          for (let t = at; t < last; t++) free[t] = free[t]! - demand
          if (last > touched) touched = last
        }
        if (at + tail[i]! > limit) return TOO_LONG
        start[i] = at
        finish[i] = last
        if (last > makespan) makespan = last
      }
      return makespan
    },
  }
}

/** Any number of resources, any capacity: one profile a resource, each activity looks only at what it uses. */
function wideDecoder(problem: Problem): Decoder {
  const { count, duration, resources, capacity, demand, predecessors } = problem
  const horizon = duration.reduce((sum, d) => sum + d, 0) + 1
  const free = Array.from({ length: resources }, (_, r) => new Int32Array(horizon).fill(capacity[r]!))
  const used: number[][] = Array.from({ length: count }, (_, i) =>
    duration[i] === 0 ? [] : Array.from({ length: resources }, (_, r) => r).filter(r => demand[i * resources + r]! > 0),
  )
  const finish = new Int32Array(count)
  const tail = tails(problem)
  let touched = 0
  const { first, list }: Rows = predecessors
  return {
    decode(order, start, limit) {
      for (let r = 0; r < resources; r++) free[r]!.fill(capacity[r]!, 0, touched)
      let makespan = 0
      touched = 0
      for (let k = 0; k < count; k++) {
        const i = order[k]!
        let at = 0
        for (let p = first[i]!, end = first[i + 1]!; p < end; p++) at = Math.max(at, finish[list[p]!]!)
        const d = duration[i]!
        const uses = used[i]!
        for (let r = 0, agreed = 0; uses.length > 0 && agreed < uses.length; r = (r + 1) % uses.length) {
          const profile = free[uses[r]!]!
          const wanted = demand[i * resources + uses[r]!]!
          const found = fitting(profile, wanted, at, d)
          // A later start found for one resource must be agreed to by all the others again.
          agreed = found === at ? agreed + 1 : 1
          at = found
        }
        const last = at + d
        for (const r of uses) {
          const profile = free[r]!
          const wanted = demand[i * resources + r]!
          for (let t = at; t < last; t++) profile[t] = profile[t]! - wanted
        }
        if (uses.length > 0 && last > touched) touched = last
        if (at + tail[i]! > limit) return TOO_LONG
        start[i] = at
        finish[i] = last
        if (last > makespan) makespan = last
      }
      return makespan
    },
  }
}

function fitting(profile: Int32Array, wanted: number, from: number, d: number): number {
  let at = from
  let clear = at
  for (let t = at + d - 1; t >= clear; t--) {
    if (profile[t]! >= wanted) continue
    clear = at + d
    at = t + 1
    t = at + d
  }
  return at
}
