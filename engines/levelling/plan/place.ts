// One schedule of a plan: tasks placed one after the other, each delayed until its resources are free.
import type { Minute, Plan } from '../../schedule/plan.ts'
import { book, capacityOf, copyOf, lastShortage, type Need, needsOf, type Steps } from './capacity.ts'
import type { Passes } from './passes.ts'

export interface Placement {
  /** Latest finish of any active task. */
  readonly finish: Minute
  /** Tasks for which no time fits: they stay where the plan puts them. */
  readonly unplaced: readonly number[]
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
      let pushes = 0
      while (es[task]! < until && pushes++ < 8) {
        inputs.delay[task] = inputs.delay[task]! + until - es[task]!
        passes.visit(task)
      }
      // A constraint on the late side holds it back.
      if (es[task]! < until || (latest && es[task]! > latest[task]!)) return leave(task)
    }
    if (tries > MOST_TRIES) return leave(task)
    if (es[task]! <= asked) waitsFor[task] = -1
    for (const { resource, units } of needs[task]!) book(free[resource]!, es[task]!, ef[task]!, units)
    return true
  }

  function leave(task: number): false {
    inputs.delay[task] = 0
    waitsFor[task] = -1
    passes.visit(task)
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
      const unplaced: number[] = []
      let finish = Number.NEGATIVE_INFINITY
      for (const node of nodes) {
        waiting[node] = 0
        for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++)
          if (takesPart[network.from[network.inEdge[k]!]!]) waiting[node] = waiting[node]! + 1
        if (waiting[node] === 0) heap.push(node, levelled[node] ? key[node]! : Number.NEGATIVE_INFINITY)
      }
      for (let node = heap.pop(); node >= 0; node = heap.pop()) {
        if (levelled[node]) {
          if (!placeTask(node)) unplaced.push(node)
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
      return { finish, unplaced }
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
