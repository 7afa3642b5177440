// The precedence network: tasks and links compiled to compressed rows (CSR) and a topological order.
//
// A summary that is linked stands for its leaves. As a predecessor it becomes one or two *gates*: extra nodes that carry the
// latest finish or the earliest start of its leaves. As a successor its links are copied to every leaf.
import type { Plan, Task } from './plan.ts'
import type { ScheduleError } from './result.ts'

export const FS = 0
export const SS = 1
export const FF = 2
export const SF = 3
/** Leaf → gate of its summary. */
export const TO_GATE = 4

const linkType = { FS, SS, FF, SF } as const

export const NODE_TASK = 0
export const NODE_FINISH_GATE = 1
export const NODE_START_GATE = 2

/** Links of large summaries multiply; beyond this many copies a plan is refused rather than computed for minutes. */
const MOST_COPIES = 1_000_000

export interface Network {
  /** Tasks first (summaries among them have no edges), gates behind. */
  readonly nodes: number
  readonly tasks: number
  /** NODE_TASK, NODE_FINISH_GATE or NODE_START_GATE. */
  readonly nodeKind: Uint8Array
  /** The task a node stands for. */
  readonly nodeTask: Int32Array
  /** Index of the enclosing summary or −1. */
  readonly parent: Int32Array
  readonly summary: Uint8Array
  /** Children before parents. */
  readonly rollUp: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly type: Uint8Array
  /** Index into plan.links; −1 for edges to gates. */
  readonly link: Int32Array
  readonly inStart: Int32Array
  readonly inEdge: Int32Array
  readonly outStart: Int32Array
  readonly outEdge: Int32Array
  /** Nodes in topological order. */
  readonly order: Int32Array
}

export type NetworkOutcome = { ok: true; network: Network } | { ok: false; error: ScheduleError }

/** Index of each task by id. */
export function indexTasks(plan: Plan): Map<string, number> {
  return new Map(plan.tasks.map((task, i) => [task.id, i]))
}

/** Links that touch a task outside the network (`takesPart` says no) are left to the caller. */
export function buildNetwork(
  plan: Plan,
  indexOf: ReadonlyMap<string, number>,
  takesPart: (task: Task) => boolean = () => true,
): NetworkOutcome {
  const count = plan.tasks.length
  const parent = new Int32Array(count).fill(-1)
  const summary = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    // A summary may be empty: the row of a project without tasks.
    if (plan.tasks[i]!.kind === 'summary') summary[i] = 1
    const id = plan.tasks[i]!.parent
    if (id === undefined) continue
    const index = indexOf.get(id)
    if (index === undefined) return unknown('parent', id, plan.tasks[i]!.id)
    parent[i] = index
    summary[index] = 1
  }
  const rollUp = childrenFirst(parent)
  if (!rollUp.ok) return cycle(plan, rollUp.circle)

  const leavesOf = leafLists(parent, summary)
  const from: number[] = []
  const to: number[] = []
  const type: number[] = []
  const link: number[] = []
  const nodeKind: number[] = new Array(count).fill(NODE_TASK)
  const nodeTask: number[] = Array.from({ length: count }, (_, i) => i)
  const addEdge = (a: number, b: number, kind: number, index: number) => {
    from.push(a)
    to.push(b)
    type.push(kind)
    link.push(index)
  }
  const gates = new Map<string, number>()
  const gateOf = (task: number, kind: number): number => {
    const key = `${task}/${kind}`
    const known = gates.get(key)
    if (known !== undefined) return known
    const node = nodeKind.length
    nodeKind.push(kind)
    nodeTask.push(task)
    gates.set(key, node)
    for (const leaf of leavesOf(task)) if (!plan.tasks[leaf]!.inactive) addEdge(leaf, node, TO_GATE, -1)
    return node
  }

  for (let index = 0; index < plan.links.length; index++) {
    const item = plan.links[index]!
    const before = indexOf.get(item.from)
    if (before === undefined) return unknown('task', item.from, item.id)
    const after = indexOf.get(item.to)
    if (after === undefined) return unknown('task', item.to, item.id)
    if (plan.tasks[before]!.inactive || !takesPart(plan.tasks[before]!) || !takesPart(plan.tasks[after]!)) continue
    const kind = linkType[item.type]
    const startSide = kind === SS || kind === SF
    const source = summary[before] ? gateOf(before, startSide ? NODE_START_GATE : NODE_FINISH_GATE) : before
    if (summary[after]) for (const leaf of leavesOf(after)) addEdge(source, leaf, kind, index)
    else addEdge(source, after, kind, index)
    if (from.length - index > MOST_COPIES) return { ok: false, error: { code: 'schedule.out_of_range', task: item.to } }
  }

  const nodes = nodeKind.length
  const incoming = rows(nodes, to)
  const outgoing = rows(nodes, from)
  const sorted = topologicalOrder(nodes, from, to, incoming, outgoing)
  if (!sorted.ok)
    return cycle(
      plan,
      sorted.circle.map(node => nodeTask[node]!),
    )
  return {
    ok: true,
    network: {
      nodes,
      tasks: count,
      nodeKind: Uint8Array.from(nodeKind),
      nodeTask: Int32Array.from(nodeTask),
      parent,
      summary,
      rollUp: rollUp.order,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      type: Uint8Array.from(type),
      link: Int32Array.from(link),
      inStart: incoming.start,
      inEdge: incoming.edge,
      outStart: outgoing.start,
      outEdge: outgoing.edge,
      order: sorted.order,
    },
  }
}

function unknown(what: 'task' | 'parent', id: string, where: string): { ok: false; error: ScheduleError } {
  return { ok: false, error: { code: 'schedule.unknown_reference', what, id, in: where } }
}

function cycle(plan: Plan, circle: readonly number[]): { ok: false; error: ScheduleError } {
  // The earliest row first, so that the same circle is always told the same way.
  const first = circle.indexOf(Math.min(...circle.slice(0, 10_000)))
  const turned = [...circle.slice(first), ...circle.slice(0, first)]
  const ids = turned.map(index => plan.tasks[index]!.id)
  return { ok: false, error: { code: 'schedule.cycle', tasks: ids.filter((id, i) => id !== ids[i - 1]) } }
}

/** Every task before its parent; a circle of parents is returned instead of an order. */
function childrenFirst(parent: Int32Array): { ok: true; order: Int32Array } | { ok: false; circle: number[] } {
  const count = parent.length
  const children = new Int32Array(count)
  for (let i = 0; i < count; i++) if (parent[i]! >= 0) children[parent[i]!]!++
  const order = new Int32Array(count)
  let filled = 0
  // Last rows first, so that an ordinary plan (parents before children) is walked once from its end.
  for (let i = count - 1; i >= 0; i--) {
    let task = i
    if (children[task] !== 0) continue
    while (task >= 0 && children[task] === 0) {
      children[task] = -1
      order[filled++] = task
      task = parent[task]!
      if (task >= 0) children[task]!--
    }
  }
  if (filled === count) return { ok: true, order }
  let task = children.findIndex(left => left > 0)
  const seen = new Set<number>()
  while (!seen.has(task)) {
    seen.add(task)
    task = parent[task]!
  }
  const circle = [...seen]
  return { ok: false, circle: circle.slice(circle.indexOf(task)) }
}

/** Leaves below a summary, in plan order, gathered on first use. */
function leafLists(parent: Int32Array, summary: Uint8Array): (task: number) => readonly number[] {
  let children: number[][] | undefined
  const known = new Map<number, number[]>()
  return task => {
    const found = known.get(task)
    if (found) return found
    if (!children) {
      children = Array.from(parent, () => [])
      for (let i = 0; i < parent.length; i++) if (parent[i]! >= 0) children[parent[i]!]!.push(i)
    }
    const leaves: number[] = []
    const open = [task]
    while (open.length > 0) {
      const next = open.pop()!
      if (summary[next]) for (let i = children[next]!.length - 1; i >= 0; i--) open.push(children[next]![i]!)
      else leaves.push(next)
    }
    known.set(task, leaves)
    return leaves
  }
}

function rows(nodes: number, key: readonly number[]): { start: Int32Array; edge: Int32Array } {
  const start = new Int32Array(nodes + 1)
  for (const node of key) start[node + 1]!++
  for (let i = 0; i < nodes; i++) start[i + 1]! += start[i]!
  const next = start.slice(0, nodes)
  const edge = new Int32Array(key.length)
  for (let i = 0; i < key.length; i++) edge[next[key[i]!]!++] = i
  return { start, edge }
}

function topologicalOrder(
  nodes: number,
  from: readonly number[],
  to: readonly number[],
  incoming: { start: Int32Array; edge: Int32Array },
  outgoing: { start: Int32Array; edge: Int32Array },
): { ok: true; order: Int32Array } | { ok: false; circle: number[] } {
  const waiting = new Int32Array(nodes)
  for (let i = 0; i < nodes; i++) waiting[i] = incoming.start[i + 1]! - incoming.start[i]!
  const order = new Int32Array(nodes)
  let filled = 0
  for (let i = 0; i < nodes; i++) if (waiting[i] === 0) order[filled++] = i
  for (let done = 0; done < filled; done++) {
    const node = order[done]!
    for (let k = outgoing.start[node]!; k < outgoing.start[node + 1]!; k++) {
      const next = to[outgoing.edge[k]!]!
      if (--waiting[next]! === 0) order[filled++] = next
    }
  }
  if (filled === nodes) return { ok: true, order }

  // Every node left has a predecessor left: walking back must come round.
  let node = waiting.findIndex(left => left > 0)
  const position = new Map<number, number>()
  const path: number[] = []
  while (!position.has(node)) {
    position.set(node, path.length)
    path.push(node)
    for (let k = incoming.start[node]!; k < incoming.start[node + 1]!; k++) {
      const before = from[incoming.edge[k]!]!
      if (waiting[before]! > 0) {
        node = before
        break
      }
    }
  }
  return { ok: false, circle: path.slice(position.get(node)).reverse() }
}
