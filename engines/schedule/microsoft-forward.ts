// Microsoft mode, forward pass: early start and finish of one node from its predecessors (schedule semantics: docs/guide).
import { addWork, nextWorkStart, workBetween } from './clock.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { FF, FS, NODE_FINISH_GATE, NODE_TASK, SF, SS } from './network.ts'
import type { Minute } from './plan.ts'
import {
  ALAP,
  DRIVEN,
  ELAPSED_DURATION,
  EXTERNAL,
  FINISH_ON,
  FINISHED,
  FNET,
  FNLT,
  INACTIVE,
  MANUAL,
  MFO,
  MSO,
  SNET,
  SNLT,
  START_ON,
  STARTED,
} from './task-input.ts'
import { finishFrom, startFrom, startNormalised } from './task-span.ts'
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
  BY_STATUS_DATE,
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

/** In the second pass a successor follows the late dates of an as-late-as-possible predecessor. */
function followsLate(state: MicrosoftState, edge: number, i: number): boolean {
  const { network, inputs } = state
  const before = network.from[edge]!
  return (
    state.followLate &&
    network.nodeKind[before] === NODE_TASK &&
    inputs.constraint[before] === ALAP &&
    inputs.constraint[i] !== ALAP
  )
}

function sourceStart(state: MicrosoftState, edge: number, i: number): Minute {
  const before = state.network.from[edge]!
  return followsLate(state, edge, i) ? state.ls[before]! : state.es[before]!
}

/** Early start that a link asks of its successor. */
export function linkStart(state: MicrosoftState, edge: number, i: number): Minute {
  const { network, inputs, clocks } = state
  const start = sourceStart(state, edge, i)
  const finish = followsLate(state, edge, i) ? state.lf[network.from[edge]!]! : state.ef[network.from[edge]!]!
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
  const flags = network.nodeKind[i] === NODE_TASK ? inputs.flags[i]! : 0
  if (network.nodeKind[i] !== NODE_TASK) gate(state, i)
  else if (flags & MANUAL) fixed(state, i, BY_MANUAL)
  else if (flags & EXTERNAL) fixed(state, i, BY_EXTERNAL)
  else if (flags & STARTED) started(state, i)
  else notStarted(state, i)
  if (flags & INACTIVE) state.whyStart[i] = state.whyFinish[i] = BY_INACTIVE
}

function fixed(state: MicrosoftState, i: number, why: number): void {
  state.logicStart[i] = state.es[i] = state.inputs.fixedStart[i]!
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
  state.logicStart[i] = state.es[i] = start
  state.whyStart[i] = state.whyFinish[i] = BY_ACTUAL
  if (inputs.flags[i]! & FINISHED) {
    state.ef[i] = inputs.actualFinish[i]!
    return
  }
  let finish = finishFrom(inputs, clocks, i, start, 'all')
  const resume = resumption(state, i)
  if (resume > Number.NEGATIVE_INFINITY) {
    finish = Math.max(finish, finishFrom(inputs, clocks, i, startNormalised(inputs, clocks, i, resume), 'left'))
  }
  // What is left is known to go on no earlier than that: reported behind, or moved after the status date.
  const known = inputs.resume[i]!
  if (known > resume) {
    const later = finishFrom(inputs, clocks, i, startNormalised(inputs, clocks, i, known), 'left')
    if (later > finish) {
      finish = later
      state.whyFinish[i] = BY_STATUS_DATE
    }
  }
  const at = inputs.constraintAt[i]!
  if (inputs.constraint[i] === FNET && finish < at) {
    finish = at
    state.whyFinish[i] = BY_CONSTRAINT
  }
  state.ef[i] = finish
}

/**
 * "Split in-progress tasks": work that began before its predecessors were done goes on when they are. Returns the date, or
 * −Infinity when nothing was interrupted; the reason is noted.
 */
function resumption(state: MicrosoftState, i: number): Minute {
  const { network, inputs, clocks, plan } = state
  if (!plan.options.splitsInProgressTasks) return Number.NEGATIVE_INFINITY
  const worked = finishFrom(inputs, clocks, i, inputs.actualStart[i]!, 'done')
  let date = worked
  let by = -1
  for (let k = network.inStart[i]!; k < network.inStart[i + 1]!; k++) {
    const edge = network.inEdge[k]!
    if (network.type[edge] !== FS && network.type[edge] !== FF) continue
    const value = linkStart(state, edge, i)
    if (value > date) {
      date = value
      by = edge
    }
  }
  if (by < 0 || workBetween(clocks[inputs.clock[i]!]!, worked, date) <= 0) return Number.NEGATIVE_INFINITY
  state.whyFinish[i] = BY_LINK
  state.whyFinishBy[i] = by
  return date
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

  const logic = start
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
    case START_ON:
      if (honor || start < at) bound = at
      break
    case MFO:
    case FINISH_ON: {
      const exact = startFrom(inputs, clocks, i, at, 'all')
      if (honor || start < exact) {
        bound = exact
        finish = at
      }
      break
    }
  }
  if (!Number.isNaN(bound)) {
    // A constraint date on a day off means the next working time: automatic tasks never start while nobody works.
    start = startNormalised(inputs, clocks, i, bound)
    why = BY_CONSTRAINT
    by = -1
  }
  state.logicStart[i] = Math.max(logic, start)
  state.es[i] = start
  state.ef[i] = Number.isNaN(finish) ? finishFrom(inputs, clocks, i, start, 'all') : finish
  // A start-to-finish link sets the finish itself: it may stay on Monday 08:00 instead of the equal Friday 17:00.
  if (by >= 0 && why === BY_LINK && network.type[by] === SF) {
    const asked = lagged(state, by, sourceStart(state, by, i), 1)
    if (workBetween(clocks[inputs.clock[i]!]!, state.ef[i]!, asked) === 0) state.ef[i] = asked
  }
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
