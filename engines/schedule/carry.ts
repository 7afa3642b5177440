// What the computation of an edited plan takes over from the one before: dates and reasons of every node, put where the node
// is now. What comes back are the nodes that the edit touched: their own inputs or one of their edges differ.
import type { Column } from './compiled.ts'
import { copyColumn, type Descent } from './descent.ts'
import type { Network } from './network.ts'
import type { Computed } from './read-schedule.ts'
import {
  BY_CALENDAR,
  BY_CHILDREN,
  BY_LINK,
  BY_LINK_AND_CALENDAR,
  BY_RESOURCE,
  BY_SUMMARY_CONSTRAINT,
  BY_SUMMARY_DEADLINE,
} from './why-code.ts'

export interface Carried extends Computed {
  /** Every column that a pass leaves behind, by node or by task. */
  readonly carried: readonly Column[]
}

/** Positions now of what was before, −1 = gone; the same array serves as its own inverse while nothing moved. */
interface Moves {
  readonly nodeNow: Int32Array
  readonly nodeWas: Int32Array
  readonly edgeNow: Int32Array
}

/** Copies what stayed and marks the nodes that must be computed again. */
export function takeOver(before: Carried, next: Carried, descent: Descent): Uint8Array {
  const touched = new Uint8Array(next.network.nodes)
  const moves = before.network === next.network ? undefined : movesOf(before.network, next.network, descent, touched)
  touchTasks(before, next, descent, touched)
  // A task that is the same record with the same assignments is driven as before.
  const driven = before.plan.assignments !== next.plan.assignments || before.plan.resources !== next.plan.resources
  if (driven && before.inputs !== next.inputs) touchDriven(before, next, descent, touched)
  before.carried.forEach((column, k) => {
    copyColumn(column, next.carried[k]!, moves?.nodeWas)
  })
  for (const [why, by, nextWhy, nextBy] of [
    [before.whyStart, before.whyStartBy, next.whyStart, next.whyStartBy],
    [before.whyFinish, before.whyFinishBy, next.whyFinish, next.whyFinishBy],
    [before.whyLate, before.whyLateBy, next.whyLate, next.whyLateBy],
  ] as const) {
    copyColumn(why, nextWhy, moves?.nodeWas)
    copyColumn(by, nextBy, moves?.nodeWas)
    if (moves) renumber(nextWhy, nextBy, moves, descent)
    if (before.plan.resources !== next.plan.resources) {
      for (let i = 0; i < next.network.tasks; i++) if (nextWhy[i] === BY_RESOURCE) touched[i] = 1
    }
  }
  return touched
}

function movesOf(before: Network, next: Network, descent: Descent, touched: Uint8Array): Moves {
  const nodeWas = new Int32Array(next.nodes).fill(-1)
  const nodeNow = new Int32Array(before.nodes).fill(-1)
  nodeWas.set(descent.taskWas)
  nodeNow.set(descent.taskNow)
  const gates = new Map<number, number>()
  for (let node = before.tasks; node < before.nodes; node++) {
    const task = descent.taskNow[before.nodeTask[node]!]!
    if (task >= 0) gates.set(task * 4 + before.nodeKind[node]!, node)
  }
  for (let node = next.tasks; node < next.nodes; node++) {
    const was = gates.get(next.nodeTask[node]! * 4 + next.nodeKind[node]!) ?? -1
    nodeWas[node] = was
    if (was >= 0) nodeNow[was] = node
  }

  // Edges stand in groups, one for each link and each gate: a group that stayed has the same edges in the same order.
  const edgeNow = new Int32Array(before.from.length).fill(-1)
  const links = descent.linkWas.length
  const gatesBefore = before.groupStart.length - 1 - (before.nodes - before.tasks)
  for (let group = 0; group < next.groupStart.length - 1; group++) {
    const gate = group < links ? -1 : nodeWas[next.tasks + group - links]!
    const was = group < links ? descent.linkWas[group]! : gate < 0 ? -1 : gatesBefore + gate - before.tasks
    let old = was < 0 ? 0 : before.groupStart[was]!
    const oldEnd = was < 0 ? 0 : before.groupStart[was + 1]!
    for (let edge = next.groupStart[group]!; edge < next.groupStart[group + 1]!; edge++, old++) {
      const same =
        old < oldEnd && before.from[old] === nodeWas[next.from[edge]!] && before.to[old] === nodeWas[next.to[edge]!]
      if (same) edgeNow[old] = edge
      else touched[next.from[edge]!] = touched[next.to[edge]!] = 1
    }
  }
  for (let edge = 0; edge < edgeNow.length; edge++) {
    if (edgeNow[edge]! >= 0) continue
    const from = nodeNow[before.from[edge]!]!
    const to = nodeNow[before.to[edge]!]!
    if (from >= 0) touched[from] = 1
    if (to >= 0) touched[to] = 1
  }
  return { nodeNow, nodeWas, edgeNow }
}

/** References of reasons point at edges or tasks; those of a node whose edge is gone are found anew, as it was touched. */
function renumber(why: Uint8Array, by: Int32Array, { edgeNow }: Moves, { taskNow }: Descent): void {
  for (let node = 0; node < why.length; node++) {
    const old = by[node]!
    if (old < 0) continue
    switch (why[node]) {
      case BY_LINK:
      case BY_LINK_AND_CALENDAR:
        by[node] = edgeNow[old] ?? -1
        break
      case BY_CHILDREN:
      case BY_SUMMARY_CONSTRAINT:
      case BY_SUMMARY_DEADLINE:
        by[node] = taskNow[old] ?? -1
    }
  }
}

/** Tasks whose record changed, and the gates of summaries whose record did: a manual summary drives by its own dates. */
function touchTasks(before: Carried, next: Carried, { taskWas }: Descent, touched: Uint8Array): void {
  const { network, plan } = next
  if (before.plan.tasks === plan.tasks) return
  for (let i = 0; i < network.tasks; i++) {
    const was = taskWas[i]!
    // What has tasks below it is a summary whatever its kind says.
    if (before.plan.tasks[was] !== plan.tasks[i] || before.network.summary[was] !== network.summary[i]) touched[i] = 1
  }
  for (let node = network.tasks; node < network.nodes; node++) if (touched[network.nodeTask[node]!]) touched[node] = 1
}

/** Tasks whose driving assignments differ. */
function touchDriven(before: Carried, next: Carried, { taskWas }: Descent, touched: Uint8Array): void {
  const a = before.inputs
  const b = next.inputs
  for (let i = 0; i < next.network.tasks; i++) {
    const was = taskWas[i]!
    if (was < 0 || touched[i]) continue
    const shift = a.driveStart[was]! - b.driveStart[i]!
    let same = a.driveStart[was + 1]! - b.driveStart[i + 1]! === shift
    for (let k = b.driveStart[i]!; same && k < b.driveStart[i + 1]!; k++) {
      same =
        a.driveClock[k + shift] === b.driveClock[k] &&
        a.driveAll[k + shift] === b.driveAll[k] &&
        a.driveLeft[k + shift] === b.driveLeft[k] &&
        a.driveDone[k + shift] === b.driveDone[k] &&
        a.driveDelay[k + shift] === b.driveDelay[k]
    }
    if (!same) touched[i] = 1
  }
}

/** The rows that read differently after an edit, by position. */
export function changedRows(before: Computed, next: Computed, { taskWas }: Descent): number[] {
  const changed: number[] = []
  for (let i = 0; i < next.network.tasks; i++) {
    const was = taskWas[i]!
    const same =
      was >= 0 &&
      before.plan.tasks[was] === next.plan.tasks[i] &&
      before.inputs.clock[was] === next.inputs.clock[i] &&
      sameDates(before, was, next, i) &&
      sameReason(before, before.whyStart, before.whyStartBy, was, next, next.whyStart, next.whyStartBy, i) &&
      sameReason(before, before.whyFinish, before.whyFinishBy, was, next, next.whyFinish, next.whyFinishBy, i) &&
      sameReason(before, before.whyLate, before.whyLateBy, was, next, next.whyLate, next.whyLateBy, i)
    if (!same) changed.push(i)
  }
  return changed
}

function sameDates(a: Computed, was: number, b: Computed, is: number): boolean {
  return (
    a.start[was] === b.start[is] &&
    a.finish[was] === b.finish[is] &&
    a.es[was] === b.es[is] &&
    a.ef[was] === b.ef[is] &&
    a.ls[was] === b.ls[is] &&
    a.lf[was] === b.lf[is] &&
    a.totalFloat[was] === b.totalFloat[is] &&
    a.freeFloat[was] === b.freeFloat[is] &&
    a.startFloat[was] === b.startFloat[is] &&
    a.finishFloat[was] === b.finishFloat[is] &&
    a.critical[was] === b.critical[is] &&
    a.longest?.[was] === b.longest?.[is]
  )
}

function sameReason(
  a: Computed,
  aWhy: Uint8Array,
  aBy: Int32Array,
  was: number,
  b: Computed,
  bWhy: Uint8Array,
  bBy: Int32Array,
  is: number,
): boolean {
  const code = bWhy[is]
  if (aWhy[was] !== code) return false
  const before = aBy[was]!
  const now = bBy[is]!
  switch (code) {
    case BY_LINK:
    case BY_LINK_AND_CALENDAR: {
      if (before < 0 || now < 0) return before === now
      const link = a.plan.links[a.network.link[before]!]
      if (link !== b.plan.links[b.network.link[now]!]) return false
      // A link of a summary stands for many: its other end may be another leaf.
      return (
        endOf(a, a.network.from[before]!) === endOf(b, b.network.from[now]!) &&
        endOf(a, a.network.to[before]!) === endOf(b, b.network.to[now]!)
      )
    }
    case BY_CHILDREN:
    case BY_SUMMARY_CONSTRAINT:
    case BY_SUMMARY_DEADLINE:
      if (before < 0 || now < 0) return before === now
      return code === BY_CHILDREN
        ? a.plan.tasks[before]!.id === b.plan.tasks[now]!.id
        : a.plan.tasks[before] === b.plan.tasks[now]
    case BY_RESOURCE:
      return a.plan.resources[before]?.id === b.plan.resources[now]?.id
    default:
      return before === now || aWhy[was] !== BY_CALENDAR
  }
}

const endOf = ({ plan, network }: Computed, node: number) => plan.tasks[network.nodeTask[node]!]!.id
