// The precedence network: tasks and links compiled to compressed rows (CSR) and a topological order.
//
// A summary that is linked stands for its leaves. As a predecessor it becomes one or two *gates*: extra nodes that carry the
// latest finish or the earliest start of its leaves. As a successor its links are copied to every leaf.
import type { Descent } from './descent.ts'
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
  /** The tasks at both ends of each link. */
  readonly linkFrom: Int32Array
  readonly linkTo: Int32Array
  /** First edge of each link, then of each gate; one entry more at the end. */
  readonly groupStart: Int32Array
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

/** A task's position by its id. */
export type IndexOf = (id: string) => number | undefined

/** Positions by list of tasks: an edit that leaves the list alone looks nothing up anew. */
const gathered = new WeakMap<readonly Task[], ReadonlyMap<string, number>>()

/** Positions of tasks by id. */
export function positionsOf(tasks: readonly Task[]): ReadonlyMap<string, number> {
  let positions = gathered.get(tasks)
  if (!positions) {
    const found = new Map<string, number>()
    for (let i = 0; i < tasks.length; i++) found.set(tasks[i]!.id, i)
    positions = found
    gathered.set(tasks, positions)
  }
  return positions
}

/** Notes the positions of a list that is complete now and whose positions are known already. */
export function notePositions(tasks: readonly Task[], positions: ReadonlyMap<string, number>): void {
  gathered.set(tasks, positions)
}

/** Positions are gathered on the first question: most edits ask for none. */
export function indexTasks(plan: Plan): IndexOf {
  return id => positionsOf(plan.tasks).get(id)
}

/** The network before an edit, so that what stayed needs no look-up, and where its tasks and links are now. */
export interface NetworkBefore {
  readonly network: Network
  readonly plan: Plan
  readonly descent: Descent
}

/** Networks of plans in which every task takes part: who checks an edit and who follows it need the same one. */
const whole = new WeakMap<Plan, Network>()

/** The network of a plan in which every task takes part, if it was built already. */
export const knownNetwork = (plan: Plan): Network | undefined => whole.get(plan)

const everyTask = () => true

/** Links that touch a task outside the network (`takesPart` says no) are left to the caller. */
export function buildNetwork(
  plan: Plan,
  indexOf: IndexOf,
  takesPart: (task: Task) => boolean = everyTask,
  before?: NetworkBefore,
): NetworkOutcome {
  const family = readFamily(plan, indexOf, before)
  if (!family.ok) return family
  const { parent, summary } = family
  const rollUp = childrenFirst(parent)
  if (!rollUp.ok) return cycle(plan, rollUp.circle)
  const ends = readEnds(plan, indexOf, before)
  if (!ends.ok) return ends
  const { linkFrom, linkTo } = ends
  const count = plan.tasks.length
  const links = plan.links.length
  const partOf = new Uint8Array(count)
  let all = true
  for (let i = 0; i < count; i++) {
    partOf[i] = takesPart(plan.tasks[i]!) ? 1 : 0
    all &&= partOf[i] === 1
  }
  const leavesOf = leafLists(parent, summary, partOf)

  // First the gates and how many edges there will be, then the edges: those of the links in order, those to gates behind.
  const source = new Int32Array(links).fill(-1)
  const gateKind: number[] = []
  const gateTask: number[] = []
  const gates = new Map<number, number>()
  let edges = 0
  for (let index = 0; index < links; index++) {
    const first = linkFrom[index]!
    const after = linkTo[index]!
    if (plan.tasks[first]!.inactive || !partOf[first] || !partOf[after]) continue
    source[index] = first
    edges += summary[after] ? leavesOf(after).length : 1
    if (summary[first]) {
      const { type } = plan.links[index]!
      const kind = type === 'SS' || type === 'SF' ? NODE_START_GATE : NODE_FINISH_GATE
      const key = first * 4 + kind
      let gate = gates.get(key)
      if (gate === undefined) {
        gate = count + gateKind.length
        gates.set(key, gate)
        gateKind.push(kind)
        gateTask.push(first)
        edges += leavesOf(first).length
      }
      source[index] = gate
    }
    if (edges - index > MOST_COPIES) {
      return { ok: false, error: { code: 'schedule.out_of_range', task: plan.links[index]!.to } }
    }
  }
  const nodes = count + gateKind.length
  const from = new Int32Array(edges)
  const to = new Int32Array(edges)
  const type = new Uint8Array(edges)
  const link = new Int32Array(edges).fill(-1)
  const groupStart = new Int32Array(links + gateKind.length + 1)
  let edge = 0
  const addEdge = (a: number, b: number, kind: number, index: number) => {
    from[edge] = a
    to[edge] = b
    type[edge] = kind
    link[edge++] = index
  }
  for (let index = 0; index < links; index++) {
    groupStart[index] = edge
    const start = source[index]!
    if (start < 0) continue
    const kind = linkType[plan.links[index]!.type]
    const after = linkTo[index]!
    if (summary[after]) for (const leaf of leavesOf(after)) addEdge(start, leaf, kind, index)
    else addEdge(start, after, kind, index)
  }
  const nodeKind = new Uint8Array(nodes)
  const nodeTask = new Int32Array(nodes)
  for (let i = 0; i < count; i++) nodeTask[i] = i
  for (let k = 0; k < gateKind.length; k++) {
    groupStart[links + k] = edge
    nodeKind[count + k] = gateKind[k]!
    nodeTask[count + k] = gateTask[k]!
    for (const leaf of leavesOf(gateTask[k]!)) {
      if (!plan.tasks[leaf]!.inactive) addEdge(leaf, count + k, TO_GATE, -1)
    }
  }
  groupStart[links + gateKind.length] = edge

  const incoming = rows(nodes, to.subarray(0, edge))
  const outgoing = rows(nodes, from.subarray(0, edge))
  const sorted = topologicalOrder(nodes, from, to, incoming, outgoing)
  if (!sorted.ok)
    return cycle(
      plan,
      sorted.circle.map(node => nodeTask[node]!),
    )
  const network: Network = {
    nodes,
    tasks: count,
    nodeKind,
    nodeTask,
    parent,
    summary,
    rollUp: rollUp.order,
    linkFrom,
    linkTo,
    groupStart,
    from,
    to,
    type,
    link,
    inStart: incoming.start,
    inEdge: incoming.edge,
    outStart: outgoing.start,
    outEdge: outgoing.edge,
    order: sorted.order,
  }
  if (all) whole.set(plan, network)
  return { ok: true, network }
}

/** The network that is known, the one before an edit when the edit left links, outline and kinds alone, else a new one. */
export function networkOf(
  plan: Plan,
  indexOf: IndexOf,
  takesPart: (task: Task) => boolean = everyTask,
  before?: NetworkBefore,
): NetworkOutcome {
  const positions = before?.descent.inPlace ? gathered.get(before.plan.tasks) : undefined
  if (positions) notePositions(plan.tasks, positions)
  if (before && sameShape(plan, before)) {
    if (whole.get(before.plan) === before.network) whole.set(plan, before.network)
    return { ok: true, network: before.network }
  }
  const known = whole.get(plan)
  return known && (takesPart === everyTask || plan.tasks.every(takesPart))
    ? { ok: true, network: known }
    : buildNetwork(plan, indexOf, takesPart, before)
}

function sameShape(plan: Plan, { plan: old, descent }: NetworkBefore): boolean {
  if (plan.links !== old.links || !descent.inPlace) return false
  if (plan.tasks === old.tasks) return true
  return plan.tasks.every((task, i) => {
    const was = old.tasks[i]!
    return task === was || (task.parent === was.parent && task.kind === was.kind && !task.inactive === !was.inactive)
  })
}

type Refused = { ok: false; error: ScheduleError }

/** Each task's enclosing summary, and which tasks are summaries. A summary may be empty: the row of a project without tasks. */
function readFamily(
  plan: Plan,
  indexOf: IndexOf,
  before: NetworkBefore | undefined,
): { ok: true; parent: Int32Array; summary: Uint8Array } | Refused {
  const count = plan.tasks.length
  const parent = new Int32Array(count).fill(-1)
  const summary = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const task = plan.tasks[i]!
    if (task.kind === 'summary') summary[i] = 1
    if (task.parent === undefined) continue
    const was = before?.descent.taskWas[i] ?? -1
    const known =
      before && was >= 0 && before.plan.tasks[was]!.parent === task.parent
        ? before.descent.taskNow[before.network.parent[was]!]!
        : -1
    const index = known >= 0 ? known : indexOf(task.parent)
    if (index === undefined) return unknown('parent', task.parent, task.id)
    parent[i] = index
    summary[index] = 1
  }
  return { ok: true, parent, summary }
}

/** The tasks at both ends of each link. */
function readEnds(
  plan: Plan,
  indexOf: IndexOf,
  before: NetworkBefore | undefined,
): { ok: true; linkFrom: Int32Array; linkTo: Int32Array } | Refused {
  const linkFrom = new Int32Array(plan.links.length)
  const linkTo = new Int32Array(plan.links.length)
  for (let index = 0; index < plan.links.length; index++) {
    const was = before?.descent.linkWas[index] ?? -1
    let first = before && was >= 0 ? before.descent.taskNow[before.network.linkFrom[was]!]! : -1
    let after = before && was >= 0 ? before.descent.taskNow[before.network.linkTo[was]!]! : -1
    if (first < 0 || after < 0) {
      const item = plan.links[index]!
      first = indexOf(item.from) ?? -1
      if (first < 0) return unknown('task', item.from, item.id)
      after = indexOf(item.to) ?? -1
      if (after < 0) return unknown('task', item.to, item.id)
    }
    linkFrom[index] = first
    linkTo[index] = after
  }
  return { ok: true, linkFrom, linkTo }
}

function unknown(what: 'task' | 'parent', id: string, where: string): Refused {
  return { ok: false, error: { code: 'schedule.unknown_reference', what, id, in: where } }
}

function cycle(plan: Plan, circle: readonly number[]): Refused {
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

/** Tasks of the network below a summary, in plan order, gathered on first use. */
function leafLists(parent: Int32Array, summary: Uint8Array, partOf: Uint8Array): (task: number) => readonly number[] {
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
      else if (partOf[next]) leaves.push(next)
    }
    known.set(task, leaves)
    return leaves
  }
}

function rows(nodes: number, key: Int32Array): { start: Int32Array; edge: Int32Array } {
  const start = new Int32Array(nodes + 1)
  for (let i = 0; i < key.length; i++) start[key[i]! + 1]!++
  for (let i = 0; i < nodes; i++) start[i + 1]! += start[i]!
  const next = start.slice(0, nodes)
  const edge = new Int32Array(key.length)
  for (let i = 0; i < key.length; i++) edge[next[key[i]!]!++] = i
  return { start, edge }
}

function topologicalOrder(
  nodes: number,
  from: Int32Array,
  to: Int32Array,
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
