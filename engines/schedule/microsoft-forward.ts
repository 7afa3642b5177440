// Microsoft mode, forward pass: early start and finish of one node from its predecessors (schedule semantics: docs/guide).
import { addWork, nextWorkStart, workBetween } from './clock.ts'
import {
  ALAP,
  DRIVEN,
  ELAPSED_DURATION,
  EXTERNAL,
  FINISHED,
  FNET,
  FNLT,
  INACTIVE,
  MANUAL,
  MFO,
  MSO,
  SNET,
  SNLT,
  STARTED,
} from './microsoft-input.ts'
import { finishFrom, startFrom, startNormalised } from './microsoft-span.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { FF, FS, NODE_FINISH_GATE, NODE_TASK, SF, SS } from './network.ts'
import type { Minute } from './plan.ts'
import {
  BY_ACTUAL,
  BY_CALENDAR,
  BY_CONSTRAINT,
  BY_EXTERNAL,
  BY_INACTIVE,
  BY_LEVELING,
  BY_LINK,
  BY_LINK_AND_CALENDAR,
  BY_MANUAL,
  BY_PROJECT_START,
  BY_RESOURCE,
  BY_SUMMARY_CONSTRAINT,
} from './why-code.ts'

/** Moves a date by a link's lag (direction −1 takes it back), on the successor's calendar. */
export function lagged(state: MicrosoftState, edge: number, date: Minute, direction: 1 | -1): Minute {
  const { lags, network, inputs } = state
  const link = network.link[edge]!
  let amount = lags.amount[link]!
  if (amount === 0) return date
  let elapsed = lags.elapsed[link] === 1
  if (lags.share[link]) {
    const before = network.nodeTask[network.from[edge]!]!
    amount *= inputs.duration[before]!
    elapsed ||= (inputs.flags[before]! & ELAPSED_DURATION) !== 0
  }
  if (elapsed) return date + direction * amount
  return addWork(state.clocks[inputs.clock[network.nodeTask[network.to[edge]!]!]!]!, date, direction * amount)
}

/** Early start that a link asks of its successor. */
function linkStart(state: MicrosoftState, edge: number, i: number): Minute {
  const { network, inputs, clocks } = state
  const before = network.from[edge]!
  const late =
    state.followLate &&
    network.nodeKind[before] === NODE_TASK &&
    inputs.constraint[before] === ALAP &&
    inputs.constraint[i] !== ALAP
  const start = late ? state.ls[before]! : state.es[before]!
  const finish = late ? state.lf[before]! : state.ef[before]!
  switch (network.type[edge]) {
    case FS:
      return lagged(state, edge, finish, 1)
    case SS:
      return lagged(state, edge, start, 1)
    case FF:
      return Math.max(state.projectStart, lagged(state, edge, startFrom(inputs, clocks, i, finish, 'left'), 1))
    case SF:
      return lagged(state, edge, startFrom(inputs, clocks, i, start, 'all'), 1)
    default:
      return Number.NEGATIVE_INFINITY
  }
}

/** Computes es, ef and their reasons of a node. */
export function forward(state: MicrosoftState, i: number): void {
  const { network, inputs } = state
  if (network.nodeKind[i] !== NODE_TASK) return gate(state, i)
  const flags = inputs.flags[i]!
  if (flags & MANUAL) return fixed(state, i, BY_MANUAL)
  if (flags & EXTERNAL) return fixed(state, i, BY_EXTERNAL)
  if (flags & STARTED) return started(state, i)
  notStarted(state, i)
  if (flags & INACTIVE) state.whyStart[i] = state.whyFinish[i] = BY_INACTIVE
}

function fixed(state: MicrosoftState, i: number, why: number): void {
  state.es[i] = state.inputs.fixedStart[i]!
  state.ef[i] = state.inputs.fixedFinish[i]!
  state.whyStart[i] = state.whyFinish[i] = why
}

/** A gate carries its leaves' latest finish or earliest start; a manual summary drives by its own dates. */
function gate(state: MicrosoftState, node: number): void {
  const { network, es, ef, inputs } = state
  const summary = network.nodeTask[node]!
  const finishing = network.nodeKind[node] === NODE_FINISH_GATE
  let date = finishing ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++) {
    const leaf = network.from[network.inEdge[k]!]!
    date = finishing ? Math.max(date, ef[leaf]!) : Math.min(date, es[leaf]!)
  }
  if (inputs.flags[summary]! & MANUAL) date = finishing ? inputs.fixedFinish[summary]! : inputs.fixedStart[summary]!
  es[node] = ef[node] = Number.isFinite(date) ? date : state.projectStart
}

function started(state: MicrosoftState, i: number): void {
  const { inputs, clocks } = state
  const start = inputs.actualStart[i]!
  state.es[i] = start
  state.whyStart[i] = state.whyFinish[i] = BY_ACTUAL
  if (inputs.flags[i]! & FINISHED) {
    state.ef[i] = inputs.actualFinish[i]!
    return
  }
  let finish = finishFrom(inputs, clocks, i, start, 'all')
  const at = inputs.constraintAt[i]!
  if (inputs.constraint[i] === FNET && finish < at) {
    finish = at
    state.whyFinish[i] = BY_CONSTRAINT
  }
  state.ef[i] = finish
}

function notStarted(state: MicrosoftState, i: number): void {
  const { inputs, clocks, network } = state
  const type = inputs.constraint[i]!
  const at = inputs.constraintAt[i]!

  let date = Number.NEGATIVE_INFINITY
  let why = BY_PROJECT_START
  let by = -1
  for (let k = network.inStart[i]!; k < network.inStart[i + 1]!; k++) {
    const edge = network.inEdge[k]!
    const value = linkStart(state, edge, i)
    if (value > date) {
      date = value
      why = BY_LINK
      by = edge
    }
  }
  if (by < 0) {
    if (type === SNET) {
      date = at
      why = BY_CONSTRAINT
    } else if (type === FNET) {
      date = startFrom(inputs, clocks, i, at, 'all')
      why = BY_CONSTRAINT
    } else {
      date = state.projectStart
    }
  }
  if (state.summaryStart[i]! > date) {
    date = state.summaryStart[i]!
    why = BY_SUMMARY_CONSTRAINT
    by = state.summaryStartBy[i]!
  }

  let start = startNormalised(inputs, clocks, i, date)
  // A date pushed over more than one night met a weekend, a holiday or another calendar: that is part of the reason.
  if (start - date > 1440) {
    if (why === BY_LINK) why = BY_LINK_AND_CALENDAR
    else if (why === BY_PROJECT_START) {
      why = BY_CALENDAR
      by = inputs.clock[i]!
    }
  }
  const delay = inputs.delay[i]!
  if (delay > 0 && type !== MSO && type !== MFO) {
    start = startNormalised(inputs, clocks, i, start + delay)
    why = BY_LEVELING
  }

  const honor = state.plan.options.honorConstraints
  let finish = Number.NaN
  let bound = Number.NaN
  switch (type) {
    case SNET:
      if (start < at) bound = at
      break
    case SNLT:
      if (honor && start > at) bound = at
      break
    case FNET: {
      const earliest = startFrom(inputs, clocks, i, at, 'all')
      if (start < earliest) bound = earliest
      break
    }
    case FNLT: {
      const latest = startFrom(inputs, clocks, i, at, 'all')
      if (honor && start > latest) bound = latest
      break
    }
    case MSO:
      if (honor || start < at) bound = at
      break
    case MFO: {
      const exact = startFrom(inputs, clocks, i, at, 'all')
      if (honor || start < exact) {
        bound = exact
        finish = at
      }
      break
    }
  }
  if (!Number.isNaN(bound)) {
    start = bound
    why = BY_CONSTRAINT
    by = -1
  }
  state.es[i] = start
  state.ef[i] = Number.isNaN(finish) ? finishFrom(inputs, clocks, i, start, 'all') : finish
  state.whyStart[i] = why
  state.whyStartBy[i] = by
  finishReason(state, i, why, by)
}

/** The finish follows the start unless a resource's calendar stretches the task. */
function finishReason(state: MicrosoftState, i: number, why: number, by: number): void {
  const { inputs, clocks } = state
  state.whyFinish[i] = why
  state.whyFinishBy[i] = by
  if (!(inputs.flags[i]! & DRIVEN)) return
  const clock = clocks[inputs.clock[i]!]!
  if (Math.abs(workBetween(clock, nextWorkStart(clock, state.es[i]!), state.ef[i]!) - inputs.duration[i]!) < 0.5) return
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    const own = clocks[inputs.driveClock[k]!]!
    if (addWork(own, addWork(own, state.es[i]!, inputs.driveDelay[k]!), inputs.driveAll[k]!) === state.ef[i]) {
      state.whyFinish[i] = BY_RESOURCE
      state.whyFinishBy[i] = inputs.driveResource[k]!
      return
    }
  }
}
