// Primavera mode, forward pass: early dates of the remaining work, from the data date on.
import { addWork, nextWorkStart, workBetween } from './clock.ts'
import { FF, FS, NODE_FINISH_GATE, NODE_TASK, SF, SS } from './network.ts'
import type { Minute } from './plan.ts'
import { FINISH_MILESTONE, type PrimaveraState } from './primavera-state.ts'
import {
  DRIVEN,
  EXPECTED,
  EXTERNAL,
  FINISH_ON,
  FINISHED,
  FNET,
  MFO,
  MSO,
  SNET,
  START_ON,
  STARTED,
} from './task-input.ts'
import { finishFrom, startFrom } from './task-span.ts'
import {
  BY_ACTUAL,
  BY_CONSTRAINT,
  BY_EXPECTED_FINISH,
  BY_EXTERNAL,
  BY_LEVELING,
  BY_LINK,
  BY_LINK_AND_CALENDAR,
  BY_PROJECT_START,
  BY_STATUS_DATE,
} from './why-code.ts'

/** Minutes of a link's lag on its lag clock; percentages are of the predecessor's duration. */
export function lagOf(state: PrimaveraState, edge: number): number {
  const { lags, network, inputs } = state
  const link = network.link[edge]!
  const amount = lags.amount[link]!
  return lags.share[link] ? amount * inputs.duration[network.nodeTask[network.from[edge]!]!]! : amount
}

export function moved(state: PrimaveraState, edge: number, date: Minute, minutes: number): Minute {
  if (minutes === 0) return date
  if (state.lags.elapsed[state.network.link[edge]!]) return date + minutes
  return addWork(state.clocks[state.lagClock[edge]!]!, date, minutes)
}

/** Remaining work from a start to its finish and back: resource-dependent activities through their resources' calendars. */
export function remainingFinish(state: PrimaveraState, i: number, start: Minute): Minute {
  const { inputs, clocks } = state
  if (inputs.flags[i]! & DRIVEN)
    return finishFrom(inputs, clocks, i, start, inputs.flags[i]! & STARTED ? 'left' : 'all')
  return addWork(clocks[inputs.clock[i]!]!, start, state.remaining[i]!)
}

export function remainingStart(state: PrimaveraState, i: number, finish: Minute): Minute {
  const { inputs, clocks } = state
  if (inputs.flags[i]! & DRIVEN)
    return startFrom(inputs, clocks, i, finish, inputs.flags[i]! & STARTED ? 'left' : 'all')
  return addWork(clocks[inputs.clock[i]!]!, finish, -state.remaining[i]!)
}

/** Where the work of a task can go on at or after a date. Finish milestones may stand at the end of a shift. */
export function workStart(state: PrimaveraState, i: number, date: Minute): Minute {
  const { inputs, clocks, kind } = state
  if (kind[i] === FINISH_MILESTONE) return date
  if (!(inputs.flags[i]! & DRIVEN)) return nextWorkStart(clocks[inputs.clock[i]!]!, date)
  let earliest = Number.POSITIVE_INFINITY
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    earliest = Math.min(earliest, nextWorkStart(clocks[inputs.driveClock[k]!]!, date))
  }
  return earliest
}

/**
 * What is left of a lag at the data date: of a finished predecessor its finish lag has run since the actual finish, its
 * start lag since the actual start; of one in progress the work done counts against a start lag. Leads stay as they are.
 */
export function lagLeft(state: PrimaveraState, edge: number): number {
  const { network, inputs } = state
  const lag = lagOf(state, edge)
  const before = network.from[edge]!
  const flags = network.nodeKind[before] === NODE_TASK ? inputs.flags[before]! : 0
  if (lag <= 0 || !(flags & STARTED)) return lag
  const fromStart = network.type[edge] === SS || network.type[edge] === SF
  if (!(flags & FINISHED)) return fromStart ? Math.max(0, lag - state.actual[before]!) : lag
  const since = fromStart ? inputs.actualStart[before]! : inputs.actualFinish[before]!
  const run = since > state.dataDate ? 0 : workBetween(state.clocks[state.lagClock[edge]!]!, since, state.dataDate)
  return Math.max(0, lag - run)
}

/** Start of the successor's remaining work that a link asks. Logic runs on through finished activities (their remaining dates). */
export function linkStart(state: PrimaveraState, edge: number, i: number): Minute {
  const { network, inputs, dataDate } = state
  const before = network.from[edge]!
  const flags = network.nodeKind[before] === NODE_TASK ? inputs.flags[before]! : 0
  const done = (flags & FINISHED) !== 0
  const started = (inputs.flags[i]! & STARTED) !== 0
  const finished = (inputs.flags[i]! & FINISHED) !== 0
  const start = state.es[before]!
  const finish = state.ef[before]!
  // Once both have begun, a finished predecessor's lag is history.
  const lag = done && (started || lagOf(state, edge) < 0) ? 0 : lagLeft(state, edge)
  let date: Minute
  switch (network.type[edge]) {
    case FS:
      date = moved(state, edge, finish, lag)
      break
    case SS:
      date = moved(state, edge, start, finished && flags & STARTED ? 0 : lag)
      break
    case FF:
      if (done && finished) date = finish
      else
        date = remainingStart(
          state,
          i,
          moved(state, edge, done ? inputs.actualFinish[before]! : finish, lagOf(state, edge)),
        )
      break
    case SF:
      date = remainingStart(state, i, moved(state, edge, start, lag))
      break
    default:
      return Number.NEGATIVE_INFINITY
  }
  return Math.max(date, dataDate)
}

/** Computes es, ef and their reasons of a node. */
export function forward(state: PrimaveraState, i: number): void {
  const { network, inputs } = state
  if (network.nodeKind[i] !== NODE_TASK) {
    gate(state, i)
    return
  }
  const flags = inputs.flags[i]!
  state.remaining[i] = inputs.remaining[i]!
  state.actual[i] = flags & STARTED ? actualWork(state, i) : 0
  if (flags & EXTERNAL) {
    state.es[i] = inputs.fixedStart[i]!
    state.ef[i] = inputs.fixedFinish[i]!
    state.whyStart[i] = state.whyFinish[i] = BY_EXTERNAL
    return
  }
  let date = state.dataDate
  let why = flags & STARTED || state.dataDate > state.plan.options.start ? BY_STATUS_DATE : BY_PROJECT_START
  let by = -1
  // Progress override: a started activity no longer waits for its predecessors.
  const waits = !(flags & STARTED) || state.plan.options.progressMode !== 'progress_override'
  if (waits) {
    for (let k = network.inStart[i]!; k < network.inStart[i + 1]!; k++) {
      const edge = network.inEdge[k]!
      const value = linkStart(state, edge, i)
      if (value > date || (by < 0 && value === date && !(flags & STARTED))) {
        date = value
        why = BY_LINK
        by = edge
      }
    }
  }
  if (flags & FINISHED) {
    state.es[i] = state.ef[i] = date
    state.whyStart[i] = state.whyFinish[i] = BY_ACTUAL
    return
  }
  const resume = inputs.resume[i]!
  if (flags & STARTED && resume > date) {
    date = resume
    why = BY_ACTUAL
    by = -1
  }
  let finish = Number.NaN
  // A constraint that moves the date takes over as the reason; a mandatory one always does.
  let bound = date
  const at = inputs.constraintAt[i]!
  if (!(flags & STARTED)) {
    switch (inputs.constraint[i]) {
      case SNET:
      case START_ON:
        bound = Math.max(date, at)
        break
      case MSO:
        bound = at
        break
    }
    const external = state.plan.tasks[i]!.externalEarlyStart
    if (external !== undefined && external > bound) {
      date = bound = external
      why = BY_EXTERNAL
      by = -1
    }
  }
  switch (inputs.constraint[i]) {
    case FNET:
    case FINISH_ON:
      bound = Math.max(bound, remainingStart(state, i, at))
      break
    case MFO:
      bound = remainingStart(state, i, at)
      finish = at
      break
  }
  const mandatory = inputs.constraint[i] === MFO || (inputs.constraint[i] === MSO && !(flags & STARTED))
  if (bound !== date || mandatory) {
    date = bound
    why = BY_CONSTRAINT
    by = -1
  }
  const delay = inputs.delay[i]!
  if (delay > 0 && !(flags & STARTED) && !mandatory) {
    date = workStart(state, i, date) + delay
    why = BY_LEVELING
    by = -1
  }
  const start = workStart(state, i, date)
  if (why === BY_LINK && start - date > 1440) why = BY_LINK_AND_CALENDAR
  state.es[i] = start
  state.whyStart[i] = flags & STARTED ? BY_ACTUAL : why
  state.whyStartBy[i] = by
  state.whyFinish[i] = why
  state.whyFinishBy[i] = by
  const expected = expectedFinish(state, i)
  if (expected > start) {
    state.remaining[i] = Math.max(0, workBetween(state.clocks[inputs.clock[i]!]!, start, expected))
    state.whyFinish[i] = BY_EXPECTED_FINISH
    state.whyFinishBy[i] = -1
    state.ef[i] = expected
  } else state.ef[i] = Number.isNaN(finish) ? remainingFinish(state, i, start) : finish
}

/** Working time from the actual start to the data date, less what was suspended. */
function actualWork(state: PrimaveraState, i: number): number {
  const { inputs, dataDate, plan } = state
  const clock = state.clocks[inputs.clock[i]!]!
  const start = inputs.actualStart[i]!
  const { suspend, resume } = plan.tasks[i]!
  if (suspend === undefined || suspend >= dataDate) return Math.max(0, workBetween(clock, start, dataDate))
  const before = workBetween(clock, start, suspend)
  const after = resume !== undefined && resume < dataDate ? workBetween(clock, resume, dataDate) : 0
  return Math.max(0, before + after)
}

/** An expected finish holds unless a predecessor ties the activity's own finish. NaN = none. */
function expectedFinish(state: PrimaveraState, i: number): Minute {
  const { inputs, network, plan } = state
  if (!plan.options.useExpectedFinish) return Number.NaN
  const at =
    inputs.constraint[i] === EXPECTED
      ? inputs.constraintAt[i]!
      : inputs.constraint2[i] === EXPECTED
        ? inputs.constraint2At[i]!
        : Number.NaN
  if (!(at >= state.dataDate)) return Number.NaN
  for (let k = network.inStart[i]!; k < network.inStart[i + 1]!; k++) {
    const type = network.type[network.inEdge[k]!]
    if (type === FF || type === SF) return Number.NaN
  }
  return at
}

/** A link drives when the start that it asks, moved into working time, is the early start. */
export function drives(state: PrimaveraState, edge: number, i: number): boolean {
  const why = state.whyFinish[i]
  if (why !== BY_LINK && why !== BY_LINK_AND_CALENDAR) return false
  return workStart(state, i, linkStart(state, edge, i)) === state.es[i]
}

function gate(state: PrimaveraState, node: number): void {
  const { network, es, ef } = state
  const finishing = network.nodeKind[node] === NODE_FINISH_GATE
  let date = finishing ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++) {
    const leaf = network.from[network.inEdge[k]!]!
    date = finishing ? Math.max(date, ef[leaf]!) : Math.min(date, es[leaf]!)
  }
  es[node] = ef[node] = Number.isFinite(date) ? date : state.dataDate
}
