// Microsoft mode, backward pass: late start and finish of one node from its successors.
import { nextWorkStart, workBetween } from './clock.ts'
import { lagged } from './microsoft-forward.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { FF, FS, NODE_START_GATE, NODE_TASK, SF, SS, TO_GATE } from './network.ts'
import type { Minute } from './plan.ts'
import {
  EXTERNAL,
  FINISH_ON,
  FINISHED,
  FNET,
  FNLT,
  INACTIVE,
  MANUAL,
  MFO,
  MILESTONE,
  MSO,
  SNET,
  SNLT,
  START_ON,
  STARTED,
} from './task-input.ts'
import { finishFrom, finishNormalised, startFrom } from './task-span.ts'
import {
  BY_ACTUAL,
  BY_CONSTRAINT,
  BY_DEADLINE,
  BY_EXTERNAL,
  BY_LINK,
  BY_PROJECT_FINISH,
  BY_SUMMARY_CONSTRAINT,
  BY_SUMMARY_DEADLINE,
} from './why-code.ts'

/** Whether a successor still asks something of its predecessors. */
function asks(state: MicrosoftState, node: number): boolean {
  return state.network.nodeKind[node] !== NODE_TASK || !(state.inputs.flags[node]! & (FINISHED | INACTIVE))
}

/** Late finish that a link leaves to its predecessor. Infinity when it leaves all. */
function linkFinish(state: MicrosoftState, edge: number, node: number): Minute {
  const { network, inputs, clocks } = state
  const after = network.to[edge]!
  const gate = network.nodeKind[node] !== NODE_TASK
  switch (network.type[edge]) {
    case FS:
      return lagged(state, edge, state.chainStart[after]!, -1)
    case FF:
      return lagged(state, edge, state.lf[after]!, -1)
    case SS: {
      if (gate) return lagged(state, edge, state.ls[after]!, -1)
      const flags = inputs.flags[node]!
      if (flags & STARTED) return Number.POSITIVE_INFINITY
      if (inputs.flags[after]! & STARTED) {
        if (network.outStart[after + 1] === network.outStart[after]) return Number.POSITIVE_INFINITY
        return finishFrom(
          inputs,
          clocks,
          node,
          finishFrom(inputs, clocks, after, inputs.actualStart[after]!, 'done'),
          'all',
        )
      }
      if (flags & MANUAL) return manualFinish(state, after)
      const start = lagged(state, edge, nextWorkStart(clocks[inputs.clock[node]!]!, state.ls[after]!), -1)
      return finishFrom(inputs, clocks, node, start, 'all')
    }
    case SF:
      if (!gate && inputs.flags[node]! & MANUAL) return manualFinish(state, after)
      return gate
        ? lagged(state, edge, state.lf[after]!, -1)
        : lagged(state, edge, finishFrom(inputs, clocks, node, state.lf[after]!, 'all'), -1)
    case TO_GATE:
      // A finish gate binds all leaves; a start gate only the leaf that it starts with.
      if (network.nodeKind[after] !== NODE_START_GATE) return state.lf[after]!
      if (state.es[node] !== state.es[after] || !Number.isFinite(state.lf[after]!)) return Number.POSITIVE_INFINITY
      return finishFrom(inputs, clocks, node, state.lf[after]!, 'all')
    default:
      return Number.POSITIVE_INFINITY
  }
}

/** Links from its start leave a manual task its whole time: up to the finish of a last successor, else the project's. */
function manualFinish({ network, lf }: MicrosoftState, after: number): Minute {
  return network.outStart[after + 1]! > network.outStart[after]! ? Number.POSITIVE_INFINITY : lf[after]!
}

/** Computes ls, lf and the reason of a node; chainStart too. */
export function backward(state: MicrosoftState, i: number): void {
  const { network, inputs, clocks } = state
  const task = network.nodeKind[i] === NODE_TASK
  const flags = task ? inputs.flags[i]! : 0
  if (flags & EXTERNAL) {
    const stored = state.plan.tasks[i]!.stored
    state.ls[i] = state.chainStart[i] = stored?.lateStart ?? state.es[i]!
    state.lf[i] = stored?.lateFinish ?? state.ef[i]!
    state.whyLate[i] = BY_EXTERNAL
    return
  }
  if (flags & FINISHED) {
    state.ls[i] = state.es[i]!
    state.chainStart[i] = state.lf[i] = inputs.actualFinish[i]!
    state.whyLate[i] = BY_ACTUAL
    return
  }

  let finish = Number.POSITIVE_INFINITY
  let why = BY_PROJECT_FINISH
  let by = -1
  let successors = 0
  for (let k = network.outStart[i]!; k < network.outStart[i + 1]!; k++) {
    const edge = network.outEdge[k]!
    if (!asks(state, network.to[edge]!)) continue
    successors++
    const value = linkFinish(state, edge, i)
    if (value < finish) {
      finish = value
      why = BY_LINK
      by = edge
    }
  }
  if (!task) {
    state.ls[i] = state.lf[i] = state.chainStart[i] = finish
    return
  }
  const last = successors === 0 && state.plan.options.multipleCriticalPaths ? state.ef[i]! : state.projectFinish
  if (finish >= last) {
    finish = last
    if (finish === state.projectFinish || successors === 0) why = BY_PROJECT_FINISH
  }
  if (successors > 0 && flags & MILESTONE && flags & STARTED && inputs.duration[i] === 0) {
    finish = inputs.actualStart[i]!
    why = BY_ACTUAL
  }

  const at = inputs.constraintAt[i]!
  switch (inputs.constraint[i]) {
    case MSO:
    case START_ON:
      finish = finishFrom(inputs, clocks, i, at, 'all')
      why = BY_CONSTRAINT
      break
    case MFO:
    case FINISH_ON:
      finish = at
      why = BY_CONSTRAINT
      break
    case SNLT: {
      const latest = finishFrom(inputs, clocks, i, at, 'all')
      if (finish > latest) {
        finish = latest
        why = BY_CONSTRAINT
      }
      break
    }
    case FNLT:
      if (finish > at) {
        finish = at
        why = BY_CONSTRAINT
      }
      break
  }
  if (state.fromFinish && !(flags & STARTED)) {
    // Counting back, "no earlier than" is the hard side: the task is pushed later than its successors want.
    const type = inputs.constraint[i]
    const earliest =
      type === SNET ? finishFrom(inputs, clocks, i, at, 'all') : type === FNET ? at : Number.NEGATIVE_INFINITY
    if (earliest > finish) {
      finish = earliest
      why = BY_CONSTRAINT
    }
  }
  if (finish > state.summaryFinish[i]!) {
    finish = state.summaryFinish[i]!
    why = BY_SUMMARY_CONSTRAINT
    by = state.summaryFinishBy[i]!
  }
  if (finish > state.summaryDeadline[i]!) {
    finish = state.summaryDeadline[i]!
    why = BY_SUMMARY_DEADLINE
    by = state.summaryDeadlineBy[i]!
  }
  if (finish > inputs.deadline[i]!) {
    finish = inputs.deadline[i]!
    why = BY_DEADLINE
  }
  // What has no work to end (milestones) and what people entered keeps its moment; other work ends with a shift.
  if (!(flags & MANUAL) && inputs.duration[i]! > 0) finish = finishNormalised(inputs, clocks, i, finish)

  const start = startFrom(inputs, clocks, i, finish, flags & MANUAL ? 'all' : 'left')
  state.chainStart[i] = start
  if (flags & MANUAL) {
    // Entered dates need not fit the duration: without slack the start that was entered is the latest, too.
    state.ls[i] = workBetween(clocks[inputs.clock[i]!]!, state.ef[i]!, finish) === 0 ? state.es[i]! : start
  } else state.ls[i] = flags & STARTED ? inputs.actualStart[i]! : start
  state.lf[i] = finish
  state.whyLate[i] = why
  state.whyLateBy[i] = by
}
