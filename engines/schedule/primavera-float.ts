// Primavera mode: shown dates, floats, the longest path, level-of-effort activities and roll-ups.
import { addWork, nextWorkStart, prevWorkFinish, workBetween } from './clock.ts'
import { FF, NODE_TASK, SF, SS } from './network.ts'
import { drives, lagOf, moved } from './primavera-forward.ts'
import { inPasses, type PrimaveraState, WBS_SUMMARY } from './primavera-state.ts'
import { EXPECTED, EXTERNAL, FINISHED, INACTIVE, MFO, STARTED } from './task-input.ts'
import { BY_CHILDREN } from './why-code.ts'

export function settleTask(state: PrimaveraState, i: number): void {
  const { inputs, es, ef, ls, lf } = state
  const flags = inputs.flags[i]!
  state.start[i] = flags & STARTED ? inputs.actualStart[i]! : es[i]!
  state.finish[i] = flags & FINISHED ? inputs.actualFinish[i]! : ef[i]!
  const clock = state.clocks[inputs.clock[i]!]!
  state.startFloat[i] = workBetween(clock, es[i]!, ls[i]!)
  state.finishFloat[i] = workBetween(clock, ef[i]!, lf[i]!)
  state.totalFloat[i] = flags & FINISHED ? 0 : totalOf(state, i)
  state.freeFloat[i] = freeOf(state, i)
}

function totalOf(state: PrimaveraState, i: number): number {
  const start = state.startFloat[i]!
  const finish = state.finishFloat[i]!
  const { floatType } = state.plan.options
  return floatType === 'start' ? start : floatType === 'finish' ? finish : Math.min(start, finish)
}

/** How far a task may slip before any unfinished successor moves, measured from where the link's lag ends. */
function freeOf(state: PrimaveraState, i: number): number {
  const { network, inputs } = state
  const flags = inputs.flags[i]!
  if (flags & FINISHED || inputs.constraint[i] === MFO) return 0
  if (state.plan.options.useExpectedFinish && (inputs.constraint[i] === EXPECTED || inputs.constraint2[i] === EXPECTED))
    return 0
  const clock = state.clocks[inputs.clock[i]!]!
  let free = Number.POSITIVE_INFINITY
  for (let k = network.outStart[i]!; k < network.outStart[i + 1]!; k++) {
    const edge = network.outEdge[k]!
    const after = network.to[edge]!
    const isTask = network.nodeKind[after] === NODE_TASK
    if (isTask && inputs.flags[after]! & INACTIVE) continue
    const type = network.type[edge]
    // What hangs on a start that has happened cannot be delayed any more.
    if (type === SS && flags & STARTED) return 0
    const left = isTask ? lagOf(state, edge) : 0
    const own = type === SS || type === SF ? state.es[i]! : state.ef[i]!
    const its = type === FF || type === SF ? state.ef[after]! : state.es[after]!
    free = Math.min(free, workBetween(clock, isTask ? moved(state, edge, own, left) : own, its))
  }
  // At an open end the project's own finish is what may not move, whatever date it must be finished by.
  return Math.max(0, Number.isFinite(free) ? free : workBetween(clock, state.ef[i]!, state.projectFinish))
}

/** Traces driving links back from the activities that finish last. */
export function longestPath(state: PrimaveraState): void {
  const { network, longest } = state
  longest.fill(0)
  const onPath = new Uint8Array(network.nodes)
  for (let i = 0; i < network.tasks; i++) {
    if (inPasses(state, i) && !isDone(state, i) && state.ef[i] === state.projectFinish) onPath[i] = 1
  }
  for (let k = network.order.length - 1; k >= 0; k--) {
    const node = network.order[k]!
    if (!onPath[node]) continue
    if (node < network.tasks) longest[node] = 1
    for (let e = network.inStart[node]!; e < network.inStart[node + 1]!; e++) {
      const edge = network.inEdge[e]!
      const before = network.from[edge]!
      if (before < network.tasks && isDone(state, before)) continue
      if (network.nodeKind[node] !== NODE_TASK ? state.ef[before] === state.ef[node] : drives(state, edge, node))
        onPath[before] = 1
    }
  }
}

function isDone(state: PrimaveraState, i: number): boolean {
  return (state.inputs.flags[i]! & (FINISHED | INACTIVE)) !== 0
}

export function markCritical(state: PrimaveraState): void {
  const { criticalBy, criticalSlackLimit } = state.plan.options
  for (let i = 0; i < state.network.tasks; i++) {
    if (state.network.summary[i]) continue
    const critical = criticalBy === 'longest_path' ? state.longest[i] === 1 : state.totalFloat[i]! <= criticalSlackLimit
    state.critical[i] = !isDone(state, i) && critical ? 1 : 0
  }
}

/** Level-of-effort activities span what they are tied to: from the earliest start to the latest finish that links name. */
export function levelOfEffort(state: PrimaveraState): void {
  const { plan, inputs, network } = state
  const known = new Set<number>()
  for (const { task: i, links } of state.efforts) {
    if (network.summary[i]) continue
    const span = { start: Number.POSITIVE_INFINITY, finish: Number.NEGATIVE_INFINITY }
    const late = { start: Number.POSITIVE_INFINITY, finish: Number.NEGATIVE_INFINITY }
    let ended = true
    const clock = state.clocks[inputs.clock[i]!]!
    for (const index of links) {
      const link = plan.links[index]!
      const leads = network.linkTo[index] === i
      const other = leads ? network.linkFrom[index]! : network.linkTo[index]!
      if (!inPasses(state, other) && !known.has(other)) continue
      const lag = link.lag.kind === 'working' || link.lag.kind === 'elapsed' ? link.lag.minutes : 0
      const lagged = (date: number) => addWork(clock, date, leads ? lag : -lag)
      // The other's end of the link, and which of our ends it ties.
      const atStart = leads ? link.type === 'SS' || link.type === 'SF' : link.type === 'SS' || link.type === 'FS'
      const tiesStart = leads ? link.type === 'SS' || link.type === 'FS' : link.type === 'SS' || link.type === 'SF'
      const date = lagged(atStart ? state.start[other]! : state.finish[other]!)
      const lateDate = lagged(atStart ? state.ls[other]! : state.lf[other]!)
      if (tiesStart) {
        span.start = Math.min(span.start, date)
        late.start = Math.min(late.start, lateDate)
      } else {
        const happened = inputs.flags[other]! & (atStart ? STARTED : FINISHED)
        ended &&= happened !== 0
        span.finish = Math.max(span.finish, happened ? date : prevWorkFinish(clock, date))
        late.finish = Math.max(late.finish, happened ? date : prevWorkFinish(clock, lateDate))
      }
    }
    if (!Number.isFinite(span.start)) span.start = nextWorkStart(clock, state.dataDate)
    if (!Number.isFinite(span.finish)) span.finish = span.start
    else if (!ended) span.finish = Math.max(span.finish, state.dataDate)
    if (!Number.isFinite(late.finish)) late.finish = Math.max(state.anchor, state.projectFinish)
    known.add(i)
    state.start[i] = span.start
    state.finish[i] = Math.max(span.start, span.finish)
    state.es[i] = nextWorkStart(clock, Math.max(span.start, state.dataDate))
    state.ef[i] = Math.max(state.es[i]!, state.finish[i]!)
    state.lf[i] = late.finish
    state.ls[i] = nextWorkStart(clock, Math.min(late.start, late.finish))
    state.whyStart[i] = state.whyFinish[i] = state.whyLate[i] = BY_CHILDREN
    state.whyStartBy[i] = state.whyFinishBy[i] = state.whyLateBy[i] = -1
    state.startFloat[i] = workBetween(clock, state.es[i]!, state.ls[i]!)
    state.finishFloat[i] = workBetween(clock, state.ef[i]!, state.lf[i]!)
    state.totalFloat[i] = totalOf(state, i)
    state.freeFloat[i] = 0
  }
}

/** WBS elements span their activities; WBS summary activities span their siblings and what lies below them. */
export function rollUp(state: PrimaveraState): void {
  const { network, kind } = state
  const { parent, summary, rollUp: order } = network
  const fresh = new Uint8Array(network.tasks)
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!
    if (summary[i]) settleSpan(state, i, fresh[i] === 1)
    const above = parent[i]!
    if (above < 0 || kind[i] === WBS_SUMMARY || state.inputs.flags[i]! & (INACTIVE | EXTERNAL)) continue
    if (summary[i] && !fresh[i]) continue
    const first = fresh[above] === 0
    fresh[above] = 1
    if (first || state.start[i]! < state.start[above]!) {
      state.start[above] = state.start[i]!
      state.whyStartBy[above] = i
    }
    if (first || state.finish[i]! > state.finish[above]!) {
      state.finish[above] = state.finish[i]!
      state.whyFinishBy[above] = i
    }
    if (first || state.lf[i]! > state.lf[above]!) {
      state.lf[above] = state.lf[i]!
      state.whyLateBy[above] = i
    }
    state.es[above] = first ? state.es[i]! : Math.min(state.es[above]!, state.es[i]!)
    state.ef[above] = first ? state.ef[i]! : Math.max(state.ef[above]!, state.ef[i]!)
    state.ls[above] = first ? state.ls[i]! : Math.min(state.ls[above]!, state.ls[i]!)
    state.critical[above] = first ? state.critical[i]! : state.critical[above]! | state.critical[i]!
    state.longest[above] = first ? state.longest[i]! : state.longest[above]! | state.longest[i]!
  }
  for (let i = 0; i < network.tasks; i++) {
    if (kind[i] !== WBS_SUMMARY || summary[i]) continue
    const above = parent[i]!
    if (above < 0 || !fresh[above]) {
      settleSpan(state, i, false)
      continue
    }
    for (const column of [state.start, state.finish, state.es, state.ef, state.ls, state.lf]) column[i] = column[above]!
    settleSpan(state, i, true)
    state.whyStartBy[i] = state.whyStartBy[above]!
    state.whyFinishBy[i] = state.whyFinishBy[above]!
    state.whyLateBy[i] = state.whyLateBy[above]!
    state.critical[i] = state.critical[above]!
  }
}

function settleSpan(state: PrimaveraState, i: number, hasDates: boolean): void {
  state.whyStart[i] = state.whyFinish[i] = state.whyLate[i] = BY_CHILDREN
  if (!hasDates) {
    for (const column of [state.start, state.finish, state.es, state.ef, state.ls, state.lf]) column[i] = state.dataDate
    state.critical[i] = 0
    state.whyStartBy[i] = state.whyFinishBy[i] = state.whyLateBy[i] = -1
  }
  const clock = state.clocks[state.inputs.clock[i]!]!
  state.startFloat[i] = workBetween(clock, state.es[i]!, state.ls[i]!)
  state.finishFloat[i] = workBetween(clock, state.ef[i]!, state.lf[i]!)
  state.totalFloat[i] = totalOf(state, i)
  state.freeFloat[i] = 0
}
