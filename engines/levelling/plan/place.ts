// One schedule of a plan: tasks placed one after the other, each delayed until its resources are free.
import type { Minute, Plan } from '../../schedule/plan.ts'
import {
  addedOverload,
  book,
  capacityOf,
  changesIn,
  copyOf,
  lastShortage,
  type Need,
  needsOf,
  type Steps,
} from './capacity.ts'
import { delayUntil, type Passes } from './passes.ts'

export interface Placement {
  /** Latest finish of any active task. */
  readonly finish: Minute
  /** Tasks for which no time fits: they stay where the plan puts them or, within slack, where they overload least. */
  readonly unplaced: number
  /** ∫ overload² that those tasks cause, in units² × minutes. */
  readonly overload: number
}

export interface Placer {
  /**
   * Places every task, the smaller key first among those whose predecessors are placed; dates are then in `passes`,
   * levelling delays in `passes.inputs.delay`. `until` bounds the start of each task (level within slack).
   */
  readonly place: (key: Float64Array) => Placement
  /** Per task: the resource it waits for, −1 where it does not wait; until when. */
  readonly waitsFor: Int32Array
  readonly waitsUntil: Float64Array
  /** Where it would have started. */
  readonly waitsFrom: Float64Array
  readonly needs: readonly (readonly Need[])[]
}

/** Steps after which a delay that does not move a task is given up: a constraint holds it. */
const MOST_TRIES = 400
/** Places looked at for a task that fits nowhere within its slack. */
const MOST_PLACES = 60

/** `latest[i]` is the latest start of task i when it may only use its slack. */
export function placerOf(plan: Plan, passes: Passes, latest?: ArrayLike<number>): Placer {
  const { network, inputs, es, ef, nodes } = passes
  const needs = needsOf(plan)
  const base = plan.resources.map(capacityOf)
  const status = plan.options.statusDate ?? Number.NEGATIVE_INFINITY
  const waitsFor = new Int32Array(network.tasks)
  const waitsUntil = new Float64Array(network.tasks)
  const waitsFrom = new Float64Array(network.tasks)
  const waiting = new Int32Array(network.nodes)
  const takesPart = new Uint8Array(network.nodes)
  for (const node of nodes) takesPart[node] = 1
  const isLevelled = (node: number): boolean =>
    node < network.tasks && needs[node]!.length > 0 && passes.movable(node) && ef[node]! > es[node]!

  inputs.delay.fill(0)
  for (const node of nodes) passes.visit(node)
  const levelled = Uint8Array.from({ length: network.nodes }, (_, node) => (isLevelled(node) ? 1 : 0))
  const frozenFrom = es.slice()
  const frozenTo = ef.slice()
  // What levelling cannot move takes its resources first.
  for (const node of nodes) if (!levelled[node]) reserve(base, node, 1)
  let free: Steps[] = []
  let overload = 0

  function reserve(steps: readonly Steps[], task: number, sign: 1 | -1): void {
    if (task >= network.tasks || passes.inactive(task)) return
    for (const { resource, units } of needs[task]!)
      book(steps[resource]!, Math.max(status, frozenFrom[task]!), frozenTo[task]!, sign * units)
  }

  const heap = heapOf()

  function placeTask(task: number): boolean {
    inputs.delay[task] = 0
    passes.visit(task)
    const asked = es[task]!
    waitsFrom[task] = asked
    let tries = 0
    while (tries++ < MOST_TRIES) {
      let until = Number.NEGATIVE_INFINITY
      let by = -1
      for (const { resource, units } of needs[task]!) {
        const end = lastShortage(free[resource]!, Math.max(status, es[task]!), ef[task]!, units)
        if (end > until) {
          until = end
          by = resource
        }
      }
      if (by < 0) break
      if (!Number.isFinite(until) || (latest && until > latest[task]!)) return leave(task)
      waitsFor[task] = by
      waitsUntil[task] = until
      delayUntil(passes, task, until)
      // A constraint on the late side holds it back.
      if (es[task]! < until || (latest && es[task]! > latest[task]!)) return leave(task)
    }
    if (tries > MOST_TRIES) return leave(task)
    if (es[task]! <= asked) waitsFor[task] = -1
    for (const { resource, units } of needs[task]!) book(free[resource]!, es[task]!, ef[task]!, units)
    return true
  }

  function overloadOf(task: number): number {
    let sum = 0
    for (const { resource, units } of needs[task]!)
      sum += addedOverload(free[resource]!, Math.max(status, es[task]!), ef[task]!, units)
    return sum
  }

  /** No time fits. Within slack: of the times at which a resource changes, the one that overloads least. */
  function leave(task: number): false {
    const set = (delay: number): void => {
      inputs.delay[task] = delay
      passes.visit(task)
    }
    set(0)
    waitsFor[task] = -1
    let least = overloadOf(task)
    const bound = latest?.[task] ?? es[task]!
    if (bound > es[task]!) {
      const from = es[task]!
      let kept = 0
      for (const { resource } of needs[task]!)
        for (const instant of changesIn(free[resource]!, from, bound).slice(0, MOST_PLACES)) {
          set(instant - from)
          if (es[task]! > bound) break
          const overload = overloadOf(task)
          if (overload >= least) continue
          least = overload
          kept = instant - from
          waitsFor[task] = resource
          waitsUntil[task] = instant
        }
      set(kept)
    }
    overload += least
    for (const { resource, units } of needs[task]!) book(free[resource]!, es[task]!, ef[task]!, units)
    return false
  }

  return {
    waitsFor,
    waitsUntil,
    waitsFrom,
    needs,
    place(key) {
      free = base.map(copyOf)
      waitsFor.fill(-1)
      let unplaced = 0
      overload = 0
      let finish = Number.NEGATIVE_INFINITY
      for (const node of nodes) {
        waiting[node] = 0
        for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++)
          if (takesPart[network.from[network.inEdge[k]!]!]) waiting[node] = waiting[node]! + 1
        if (waiting[node] === 0) heap.push(node, levelled[node] ? key[node]! : Number.NEGATIVE_INFINITY)
      }
      for (let node = heap.pop(); node >= 0; node = heap.pop()) {
        if (levelled[node]) {
          if (!placeTask(node)) unplaced++
        } else {
          passes.visit(node)
          // It may have moved with a predecessor.
          if (node < network.tasks && (es[node] !== frozenFrom[node] || ef[node] !== frozenTo[node])) moveFrozen(node)
        }
        if (node < network.tasks && !passes.inactive(node) && ef[node]! > finish) finish = ef[node]!
        for (let k = network.outStart[node]!; k < network.outStart[node + 1]!; k++) {
          const after = network.to[network.outEdge[k]!]!
          if (!takesPart[after] || --waiting[after]! > 0) continue
          heap.push(after, levelled[after] ? key[after]! : Number.NEGATIVE_INFINITY)
        }
      }
      return { finish, unplaced, overload }
    },
  }

  function moveFrozen(task: number): void {
    if (needs[task]!.length === 0 || passes.inactive(task)) return
    reserve(free, task, -1)
    for (const { resource, units } of needs[task]!) book(free[resource]!, Math.max(status, es[task]!), ef[task]!, units)
  }
}

/** Smallest key first; equal keys: first in first out. */
function heapOf(): { push: (node: number, key: number) => void; pop: () => number } {
  const nodes: number[] = []
  const keys: number[] = []
  const swap = (a: number, b: number): void => {
    const node = nodes[a]!
    const key = keys[a]!
    nodes[a] = nodes[b]!
    keys[a] = keys[b]!
    nodes[b] = node
    keys[b] = key
  }
  return {
    push(node, key) {
      nodes.push(node)
      keys.push(key)
      for (let at = nodes.length - 1; at > 0; ) {
        const above = (at - 1) >> 1
        if (keys[above]! <= key) break
        swap(at, above)
        at = above
      }
    },
    pop() {
      const top = nodes[0]
      if (top === undefined) return -1
      swap(0, nodes.length - 1)
      nodes.pop()
      keys.pop()
      for (let at = 0; ; ) {
        let below = 2 * at + 1
        if (below >= nodes.length) break
        if (below + 1 < nodes.length && keys[below + 1]! < keys[below]!) below++
        if (keys[at]! <= keys[below]!) break
        swap(at, below)
        at = below
      }
      return top
    },
  }
}
