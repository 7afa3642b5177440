// Primavera mode, backward pass: late dates of the remaining work; and the pull of as-late-as-possible activities.
import { addWork, nextWorkStart, prevWorkFinish, workBetween } from './clock.ts'
import { FF, FS, NODE_START_GATE, NODE_TASK, SF, SS, TO_GATE } from './network.ts'
import type { Minute } from './plan.ts'
import { lagLeft, lagOf, moved, remainingFinish, remainingStart, workStart } from './primavera-forward.ts'
import { FINISH_MILESTONE, inPasses, type PrimaveraState, START_MILESTONE } from './primavera-state.ts'
import { ALAP, EXTERNAL, FINISH_ON, FINISHED, FNLT, INACTIVE, MFO, MSO, SNLT, START_ON, STARTED } from './task-input.ts'
import {
  BY_ACTUAL,
  BY_ALAP,
  BY_CONSTRAINT,
  BY_CONSTRAINT_2,
  BY_EXTERNAL,
  BY_LINK,
  BY_PROJECT_FINISH,
} from './why-code.ts'

function asks(state: PrimaveraState, node: number): boolean {
  return state.network.nodeKind[node] !== NODE_TASK || !(state.inputs.flags[node]! & INACTIVE)
}

/** Late finish that a link leaves to its predecessor; Infinity when it leaves all. */
function linkFinish(state: PrimaveraState, edge: number, node: number): Minute {
  const { network, inputs } = state
  const after = network.to[edge]!
  const flags = network.nodeKind[node] === NODE_TASK ? inputs.flags[node]! : 0
  const afterFlags = network.nodeKind[after] === NODE_TASK ? inputs.flags[after]! : 0
  const afterBegan = (afterFlags & (STARTED | FINISHED)) === STARTED && state.actual[after]! > 0
  const type = network.type[edge]
  // A successor that is under way or done takes no lag any more from what was begun before it.
  const history =
    type === FS || type === FF
      ? flags & FINISHED
        ? afterBegan || lagOf(state, edge) < 0
        : type === FS && (flags & STARTED ? afterBegan || (afterFlags & FINISHED) !== 0 : (afterFlags & FINISHED) !== 0)
      : (flags & STARTED) !== 0 && lagOf(state, edge) < 0
  const lag = history ? 0 : lagLeft(state, edge)
  switch (type) {
    case FS:
      return moved(state, edge, state.ls[after]!, -lag)
    case SS:
      return finishFromStart(state, node, moved(state, edge, state.ls[after]!, -lag))
    case FF:
      return moved(state, edge, state.lf[after]!, -lag)
    case SF:
      return finishFromStart(state, node, moved(state, edge, state.lf[after]!, -lag))
    case TO_GATE:
      if (network.nodeKind[after] !== NODE_START_GATE) return state.lf[after]!
      return state.es[node] === state.es[after] && Number.isFinite(state.lf[after]!)
        ? finishFromStart(state, node, state.lf[after]!)
        : Number.POSITIVE_INFINITY
    default:
      return Number.POSITIVE_INFINITY
  }
}

function finishFromStart(state: PrimaveraState, node: number, date: Minute): Minute {
  return node < state.network.tasks ? remainingFinish(state, node, workStart(state, node, date)) : date
}

/** Tightens (or, exactly, sets) the late finish of a task and notes why. No closures here: this runs for every task. */
function bind(state: PrimaveraState, i: number, bound: Minute, why: number, exactly: boolean): void {
  if (!exactly && state.lf[i]! <= bound) return
  state.lf[i] = bound
  state.whyLate[i] = why
  state.whyLateBy[i] = -1
}

function bindConstraint(state: PrimaveraState, i: number, type: number, at: Minute, why: number): void {
  switch (type) {
    case START_ON:
    case SNLT:
    case MSO:
      // Starts that have happened bind no more.
      if (state.inputs.flags[i]! & STARTED) return
      bind(state, i, finishFromStart(state, i, at), why, type === MSO)
      return
    case FINISH_ON:
    case FNLT:
    case MFO:
      bind(state, i, at, why, type === MFO)
  }
}

/** Computes ls, lf and the reason of a node. */
export function backward(state: PrimaveraState, i: number): void {
  const { network, inputs, plan } = state
  const task = network.nodeKind[i] === NODE_TASK
  const flags = task ? inputs.flags[i]! : 0
  if (flags & EXTERNAL) {
    state.ls[i] = state.es[i]!
    state.lf[i] = state.ef[i]!
    state.whyLate[i] = BY_EXTERNAL
    return
  }
  let finish = Number.POSITIVE_INFINITY
  let by = -1
  let open = true
  for (let k = network.outStart[i]!; k < network.outStart[i + 1]!; k++) {
    const edge = network.outEdge[k]!
    if (!asks(state, network.to[edge]!)) continue
    open = false
    const value = linkFinish(state, edge, i)
    if (value < finish) {
      finish = value
      by = edge
    }
  }
  if (!task) {
    state.ls[i] = state.lf[i] = finish
    return
  }
  const limit = Math.max(state.anchor, state.projectFinish)
  if (finish > limit) {
    by = -1
    if (Number.isFinite(finish)) finish = limit
    else finish = open && plan.options.openEndsCritical ? state.ef[i]! : state.anchor
  }
  state.lf[i] = finish
  state.whyLate[i] = by < 0 ? BY_PROJECT_FINISH : BY_LINK
  state.whyLateBy[i] = by
  if (flags & FINISHED) {
    state.ls[i] = finish
    state.whyLate[i] = BY_ACTUAL
    return
  }
  const external = plan.tasks[i]!.externalLateFinish
  if (external !== undefined) bind(state, i, external, BY_EXTERNAL, open)
  bindConstraint(state, i, inputs.constraint[i]!, inputs.constraintAt[i]!, BY_CONSTRAINT)
  bindConstraint(state, i, inputs.constraint2[i]!, inputs.constraint2At[i]!, BY_CONSTRAINT_2)

  const clock = state.clocks[inputs.clock[i]!]!
  if (state.kind[i] === START_MILESTONE) {
    state.ls[i] = state.lf[i] = nextWorkStart(clock, state.lf[i]!)
    return
  }
  state.lf[i] = prevWorkFinish(clock, state.lf[i]!)
  const start = remainingStart(state, i, state.lf[i]!)
  state.ls[i] = state.kind[i] === FINISH_MILESTONE || state.remaining[i] === 0 ? start : workStart(state, i, start)
}

/**
 * "As late as possible" has zero *free* float: the activity moves to just before the earliest need of its successors
 * without moving any of them. Called in reverse topological order.
 */
export function pullLate(state: PrimaveraState, i: number): void {
  const { network, inputs } = state
  if (!inPasses(state, i) || inputs.constraint[i] !== ALAP || inputs.flags[i]! & (FINISHED | EXTERNAL | INACTIVE))
    return
  let finish = Number.POSITIVE_INFINITY
  for (let k = network.outStart[i]!; k < network.outStart[i + 1]!; k++) {
    const edge = network.outEdge[k]!
    const after = network.to[edge]!
    if (!asks(state, after)) continue
    const type = network.type[edge]
    const lag = lagOf(state, edge)
    if (type === FS || type === FF) {
      finish = Math.min(finish, moved(state, edge, type === FS ? state.es[after]! : state.ef[after]!, -lag))
    } else if (type === SS || type === SF) {
      const start = moved(state, edge, type === SS ? state.es[after]! : state.ef[after]!, -lag)
      finish = Math.min(finish, remainingFinish(state, i, start))
    } else finish = Math.min(finish, state.lf[after]!)
  }
  if (!Number.isFinite(finish)) finish = Math.max(state.anchor, state.projectFinish)
  const clock = state.clocks[inputs.clock[i]!]!
  const latest = prevWorkFinish(clock, finish)
  if (latest <= state.ef[i]! || workBetween(clock, state.ef[i]!, latest) <= 0) return
  state.es[i] = workStart(state, i, remainingStart(state, i, latest))
  state.ef[i] = addWork(clock, state.es[i]!, state.remaining[i]!)
  state.whyStart[i] = state.whyFinish[i] = BY_ALAP
}
