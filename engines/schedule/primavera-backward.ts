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
  const isTask = network.nodeKind[node] === NODE_TASK
  const flags = isTask ? inputs.flags[node]! : 0
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
  const back = (date: Minute) => moved(state, edge, date, -lag)
  const fromStart = (date: Minute) => (isTask ? remainingFinish(state, node, workStart(state, node, date)) : date)
  switch (type) {
    case FS:
      return back(state.ls[after]!)
    case SS:
      return fromStart(back(state.ls[after]!))
    case FF:
      return back(state.lf[after]!)
    case SF:
      return fromStart(back(state.lf[after]!))
    case TO_GATE:
      if (network.nodeKind[after] !== NODE_START_GATE) return state.lf[after]!
      return state.es[node] === state.es[after] && Number.isFinite(state.lf[after]!)
        ? fromStart(state.lf[after]!)
        : Number.POSITIVE_INFINITY
    default:
      return Number.POSITIVE_INFINITY
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
  let why = BY_PROJECT_FINISH
  let by = -1
  let open = true
  for (let k = network.outStart[i]!; k < network.outStart[i + 1]!; k++) {
    const edge = network.outEdge[k]!
    if (!asks(state, network.to[edge]!)) continue
    open = false
    const value = linkFinish(state, edge, i)
    if (value < finish) {
      finish = value
      why = BY_LINK
      by = edge
    }
  }
  if (!task) {
    state.ls[i] = state.lf[i] = finish
    return
  }
  const limit = Math.max(state.anchor, state.projectFinish)
  if (Number.isFinite(finish) && finish > limit) {
    finish = limit
    why = BY_PROJECT_FINISH
  }
  if (!Number.isFinite(finish)) {
    finish = open && plan.options.openEndsCritical ? state.ef[i]! : state.anchor
    why = BY_PROJECT_FINISH
  }
  if (flags & FINISHED) {
    state.ls[i] = state.lf[i] = finish
    state.whyLate[i] = BY_ACTUAL
    return
  }
  const bind = (bound: Minute, reason: number, exactly = false) => {
    if (!exactly && finish <= bound) return
    finish = bound
    why = reason
    by = -1
  }
  const external = plan.tasks[i]!.externalLateFinish
  if (external !== undefined) bind(external, BY_EXTERNAL, open)
  const bound = (type: number, at: Minute, reason: number) => {
    const notStarted = !(flags & STARTED)
    switch (type) {
      case START_ON:
      case SNLT:
        if (notStarted) bind(remainingFinish(state, i, workStart(state, i, at)), reason)
        break
      case MSO:
        if (notStarted) bind(remainingFinish(state, i, workStart(state, i, at)), reason, true)
        break
      case FINISH_ON:
      case FNLT:
        bind(at, reason)
        break
      case MFO:
        bind(at, reason, true)
        break
    }
  }
  bound(inputs.constraint[i]!, inputs.constraintAt[i]!, BY_CONSTRAINT)
  bound(inputs.constraint2[i]!, inputs.constraint2At[i]!, BY_CONSTRAINT_2)

  const clock = state.clocks[inputs.clock[i]!]!
  if (state.kind[i] === START_MILESTONE) {
    state.ls[i] = state.lf[i] = nextWorkStart(clock, finish)
  } else {
    finish = prevWorkFinish(clock, finish)
    const start = remainingStart(state, i, finish)
    state.ls[i] = state.kind[i] === FINISH_MILESTONE || state.remaining[i] === 0 ? start : workStart(state, i, start)
    state.lf[i] = finish
  }
  state.whyLate[i] = why
  state.whyLateBy[i] = by
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
  for (let k = network.inStart[i]!; k < network.inStart[i + 1]!; k++) state.driving[network.inEdge[k]!] = 0
}
