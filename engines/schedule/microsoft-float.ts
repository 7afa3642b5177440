// Microsoft mode: scheduled dates, floats and the critical flag of tasks, and their roll-up to summaries.
import { workBetween } from './clock.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { FF, FS, NODE_TASK, SF, SS } from './network.ts'
import { ALAP, ELAPSED_DURATION, FINISHED, INACTIVE, MANUAL, PLACEHOLDER, RECURRING, STARTED } from './task-input.ts'
import { timingClock } from './task-span.ts'
import { BY_ALAP, BY_CHILDREN, BY_MANUAL } from './why-code.ts'

/** Start and finish of a leaf, and its start, finish and total float. */
export function settleTask(state: MicrosoftState, i: number): void {
  const { inputs, es, ef, ls, lf } = state
  const flags = inputs.flags[i]!
  const late = inputs.constraint[i] === ALAP && !(flags & (STARTED | MANUAL))
  state.start[i] = late ? ls[i]! : es[i]!
  state.finish[i] = late ? lf[i]! : ef[i]!
  const clock = timingClock(inputs, state.clocks, i)
  const alap = inputs.constraint[i] === ALAP && !state.fromFinish
  if (late) state.whyStart[i] = state.whyFinish[i] = BY_ALAP
  state.startFloat[i] = alap ? 0 : workBetween(clock, state.logicStart[i]!, ls[i]!)
  state.finishFloat[i] = alap ? 0 : workBetween(clock, ef[i]!, lf[i]!)
  // A manual start may lie outside working time; what the task may slip shows at its finish.
  if (flags & MANUAL) state.startFloat[i] = state.finishFloat[i]!
  state.totalFloat[i] = flags & STARTED ? state.finishFloat[i]! : Math.min(state.startFloat[i]!, state.finishFloat[i]!)
  state.critical[i] =
    !(flags & (FINISHED | INACTIVE | PLACEHOLDER | RECURRING)) && state.totalFloat[i]! <= criticalLimit(state) ? 1 : 0
}

/** Slack up to which a task is critical; the tenth of a minute covers fractions lost in files. */
function criticalLimit(state: MicrosoftState): number {
  return state.plan.options.criticalSlackLimit + 0.05
}

/** Free float: how far a task may slip before any unfinished successor moves; never negative. */
export function settleFreeFloat(state: MicrosoftState, i: number): void {
  const { network, inputs } = state
  if (inputs.flags[i]! & FINISHED) {
    state.freeFloat[i] = 0
    return
  }
  let free = Number.POSITIVE_INFINITY
  for (let k = network.outStart[i]!; k < network.outStart[i + 1]!; k++) {
    free = Math.min(free, gapOf(state, network.outEdge[k]!, i))
  }
  state.freeFloat[i] = Math.max(0, Number.isFinite(free) ? free : state.totalFloat[i]!)
}

/** Working minutes between what a link asks and where its successor is; Infinity when the successor no longer asks. */
function gapOf(state: MicrosoftState, edge: number, i: number): number {
  const { network, inputs, lags } = state
  const after = network.to[edge]!
  if (network.nodeKind[after] !== NODE_TASK) return gateGap(state, after, i)
  if (inputs.flags[after]! & (FINISHED | INACTIVE)) return Number.POSITIVE_INFINITY
  const type = network.type[edge]
  const own = type === FS || type === FF ? state.finish[i]! : state.start[i]!
  const its = type === FS || type === SS ? state.start[after]! : state.finish[after]!
  const clock = timingClock(inputs, state.clocks, i)
  const link = network.link[edge]!
  const amount = lags.amount[link]!
  if (amount === 0) return workBetween(clock, own, its)
  const minutes = lags.share[link] ? amount * inputs.duration[i]! : amount
  const elapsed = lags.elapsed[link] || (lags.share[link] && inputs.flags[i]! & ELAPSED_DURATION)
  return elapsed ? workBetween(clock, own + minutes, its) : workBetween(clock, own, its) - minutes
}

/** Through a gate: the gate's own slack to its successors, plus what this leaf lies inside the summary. */
function gateGap(state: MicrosoftState, gate: number, i: number): number {
  const { network, inputs } = state
  let free = Number.POSITIVE_INFINITY
  const clock = timingClock(inputs, state.clocks, i)
  for (let k = network.outStart[gate]!; k < network.outStart[gate + 1]!; k++) {
    const edge = network.outEdge[k]!
    const after = network.to[edge]!
    if (network.nodeKind[after] === NODE_TASK && inputs.flags[after]! & (FINISHED | INACTIVE)) continue
    const type = network.type[edge]
    if (type === SS || type === SF) continue
    const its = type === FS ? state.start[after]! : state.finish[after]!
    free = Math.min(free, workBetween(clock, state.finish[i]!, its))
  }
  return free
}

/** Rolls dates, floats and the critical flag of the children up to their summaries, innermost first. */
export function rollUp(state: MicrosoftState): void {
  const { network, inputs, start, finish, es, ef, ls, lf } = state
  const { parent, summary } = network
  const fresh = new Uint8Array(network.tasks)
  const unfinished = new Uint8Array(network.tasks)
  for (let k = 0; k < network.rollUp.length; k++) {
    const i = network.rollUp[k]!
    if (summary[i]) settleSummary(state, i, fresh[i] === 1, fresh[i] === 0 || unfinished[i] === 1)
    const above = parent[i]!
    const flags = inputs.flags[i]!
    if (above < 0 || flags & INACTIVE || (summary[i] && !fresh[i])) continue
    if (summary[i] ? unfinished[i] : !(flags & FINISHED)) unfinished[above] = 1
    const manual = (flags & MANUAL) !== 0 && !summary[i]
    // Late work shows at its late dates: those are an as-late-as-possible task's early dates for its summary.
    const late = inputs.constraint[i] === ALAP && !summary[i]
    const early = late ? ls[i]! : es[i]!
    const earlyEnd = late ? lf[i]! : ef[i]!
    const latest = manual ? es[i]! : ls[i]!
    const latestEnd = manual ? ef[i]! : lf[i]!
    if (!fresh[above]) {
      fresh[above] = 1
      start[above] = start[i]!
      finish[above] = finish[i]!
      es[above] = early
      ef[above] = earlyEnd
      ls[above] = latest
      lf[above] = latestEnd
      state.critical[above] = state.critical[i]!
      state.whyStartBy[above] = state.whyFinishBy[above] = state.whyLateBy[above] = i
      continue
    }
    if (start[i]! < start[above]!) {
      start[above] = start[i]!
      state.whyStartBy[above] = i
    }
    if (finish[i]! > finish[above]!) {
      finish[above] = finish[i]!
      state.whyFinishBy[above] = i
    }
    if (latestEnd > lf[above]!) {
      lf[above] = latestEnd
      state.whyLateBy[above] = i
    }
    es[above] = Math.min(es[above]!, early)
    ef[above] = Math.max(ef[above]!, earlyEnd)
    ls[above] = Math.min(ls[above]!, latest)
    state.critical[above]! |= state.critical[i]!
  }
}

function settleSummary(state: MicrosoftState, i: number, hasDates: boolean, open: boolean): void {
  const { inputs, start, finish, es, ef, ls, lf } = state
  state.whyStart[i] = state.whyFinish[i] = state.whyLate[i] = BY_CHILDREN
  if (!hasDates) {
    // Nothing active inside: it stands at the project's start.
    start[i] = finish[i] = es[i] = ef[i] = ls[i] = lf[i] = state.projectStart
    state.critical[i] = 0
    state.whyStartBy[i] = state.whyFinishBy[i] = state.whyLateBy[i] = -1
  }
  if (inputs.flags[i]! & MANUAL) {
    start[i] = es[i] = inputs.fixedStart[i]!
    finish[i] = ef[i] = inputs.fixedFinish[i]!
    state.whyStart[i] = state.whyFinish[i] = BY_MANUAL
  }
  const clock = state.clocks[inputs.clock[i]!]!
  state.startFloat[i] = workBetween(clock, es[i]!, ls[i]!)
  state.finishFloat[i] = workBetween(clock, ef[i]!, lf[i]!)
  state.totalFloat[i] = Math.min(state.startFloat[i]!, state.finishFloat[i]!)
  state.freeFloat[i] = Math.max(0, state.totalFloat[i]!)
  if (open && !(inputs.flags[i]! & RECURRING) && state.totalFloat[i]! <= criticalLimit(state)) state.critical[i] = 1
}
