// A plan compiled for repeated runs: remaining work and links as numbers, every task counting in its own calendar's minutes.
//
// A task's start and finish are counts of working minutes of its own clock, so that a link between tasks of one calendar is
// one addition. What has happened is fixed; what is left starts from where the computed schedule lets it.
import { type Clock, finishSide, startSide, workBefore, workBetween } from '../schedule/clock.ts'
import { ELAPSED } from '../schedule/clock-shelf.ts'
import { runAll as runMicrosoft } from '../schedule/microsoft.ts'
import { compileMicrosoft, type MicrosoftState } from '../schedule/microsoft-state.ts'
import { FF, type Network, NODE_FINISH_GATE, NODE_TASK, SF, SS, TO_GATE } from '../schedule/network.ts'
import type { Mode, Plan } from '../schedule/plan.ts'
import { runAll as runPrimavera } from '../schedule/primavera.ts'
import { lagLeft } from '../schedule/primavera-forward.ts'
import { compilePrimavera, FINISH_MILESTONE, inPasses, type PrimaveraState } from '../schedule/primavera-state.ts'
import type { ScheduleError } from '../schedule/result.ts'
import {
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
  MILESTONE,
  MSO,
  SNET,
  SNLT,
  START_ON,
  STARTED,
  type TaskInputs,
} from '../schedule/task-input.ts'
import { finishFrom } from '../schedule/task-span.ts'

export const OUT = 0
export const WORK = 1
export const FINISH_GATE = 2
export const START_GATE = 3

/** How a link's value is found: same clock, table between two clocks, or by dates. */
export const ADD = 0
export const CROSS = 1
export const BY_DATE = 2

export interface RunNetwork {
  readonly plan: Plan
  readonly mode: Mode
  readonly nodes: number
  readonly tasks: number
  readonly kind: Uint8Array
  readonly clock: Int32Array
  /** Clock that a node's float is counted in; differs for milestones that stand outside working time. */
  readonly floatClock: Int32Array
  readonly clocks: Clock[]
  readonly order: Int32Array
  /** Planned remaining working minutes. */
  readonly span: Float64Array
  /** 1 = its span may be drawn: work that is not finished. */
  readonly open: Uint8Array
  /** Bounds as dates: not before, not after, of start and finish. ±Infinity = none. */
  readonly floorStart: Float64Array
  readonly floorFinish: Float64Array
  readonly capStart: Float64Array
  readonly capFinish: Float64Array
  /** Levelling delay in elapsed minutes. */
  readonly delay: Float64Array
  /** Date of a start that has happened and that start links look at; NaN = the remaining work's start. */
  readonly begun: Float64Array
  /** Milestones that stand in the morning instead of the evening before. */
  readonly morning: Uint8Array
  /** Milestones that stand at the end of a shift: there is also where they start. */
  readonly evening: Uint8Array
  readonly inStart: Int32Array
  readonly outStart: Int32Array
  readonly inEdge: Int32Array
  readonly outEdge: Int32Array
  readonly edges: RunEdges
  /** Whether the plan's finish looks at the node. */
  readonly counts: Uint8Array
  readonly start: number
  /** Finish of the computed schedule. */
  readonly finish: number
  readonly projectClock: number
  /** Computed dates, by node. */
  readonly es: Float64Array
  readonly ef: Float64Array
}

export interface RunEdges {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly type: Uint8Array
  readonly way: Uint8Array
  readonly lag: Float64Array
  /** Clock that the lag runs on. */
  readonly lagClock: Int32Array
  /** The lag is a share of the predecessor's span. */
  readonly share: Uint8Array
  readonly elapsed: Uint8Array
}

export type RunNetworkOutcome = { ok: true; network: RunNetwork } | { ok: false; error: ScheduleError }

type State = { mode: 'ms'; ms: MicrosoftState } | { mode: 'p6'; p6: PrimaveraState }

/** Other clocks for some tasks: their numbers count on from the plan's own (`base`), each standing in for one of them. */
export interface OtherClocks {
  /** Number of the clock that a task counts in; `clock` is its own. */
  of(task: number, clock: number, base: number): number
  /** The plan's clock behind each of the others, called when the plan's clocks are known. */
  standIns(clockOf: (calendar: string) => number): readonly number[]
}

export const noOtherClocks: OtherClocks = { of: (_, clock) => clock, standIns: () => [] }

export function runNetwork(plan: Plan, mode: Mode, others: OtherClocks = noOtherClocks): RunNetworkOutcome {
  if (mode === 'p6') {
    const compiled = compilePrimavera(plan)
    if (!compiled.ok) return compiled
    const error = runPrimavera(compiled.state)
    return error ? { ok: false, error } : { ok: true, network: translate(plan, { mode, p6: compiled.state }, others) }
  }
  const compiled = compileMicrosoft(plan)
  if (!compiled.ok) return compiled
  const error = runMicrosoft(compiled.state)
  return error ? { ok: false, error } : { ok: true, network: translate(plan, { mode, ms: compiled.state }, others) }
}

function translate(plan: Plan, state: State, others: OtherClocks): RunNetwork {
  const { network, inputs, clocks, es, ef, shelf } = state.mode === 'ms' ? state.ms : state.p6
  const { nodes, tasks } = network
  const project = shelf.of(plan.options.calendar)
  const numbers = (value: number) => new Float64Array(nodes).fill(value)
  const run: RunNetwork = {
    plan,
    mode: state.mode,
    nodes,
    tasks,
    kind: new Uint8Array(nodes),
    clock: new Int32Array(nodes),
    floatClock: new Int32Array(nodes),
    clocks: [...clocks],
    order: network.order,
    span: numbers(0),
    open: new Uint8Array(nodes),
    floorStart: numbers(Number.NEGATIVE_INFINITY),
    floorFinish: numbers(Number.NEGATIVE_INFINITY),
    capStart: numbers(Number.POSITIVE_INFINITY),
    capFinish: numbers(Number.POSITIVE_INFINITY),
    delay: numbers(0),
    begun: numbers(Number.NaN),
    morning: new Uint8Array(nodes),
    evening: new Uint8Array(nodes),
    inStart: new Int32Array(nodes + 1),
    outStart: new Int32Array(nodes + 1),
    inEdge: new Int32Array(network.from.length),
    outEdge: new Int32Array(network.from.length),
    edges: edgeColumns(network.from.length),
    counts: new Uint8Array(nodes),
    start: state.mode === 'ms' ? state.ms.projectStart : plan.options.start,
    finish: plan.options.start,
    projectClock: typeof project === 'number' ? project : ELAPSED,
    es,
    ef,
  }
  const base = run.clocks.length
  const standIns = others.standIns(calendar => {
    const number = shelf.of(calendar)
    return typeof number === 'number' ? number : -1
  })
  run.clocks.push(...standIns.map(number => clocks[number] ?? clocks[run.projectClock]!))
  for (let i = 0; i < tasks; i++) {
    if (network.summary[i] || inputs.flags[i]! & INACTIVE) continue
    if (state.mode === 'p6' && !inPasses(state.p6, i)) continue
    run.kind[i] = WORK
    run.clock[i] = clockOf(inputs, clocks, i, es[i]!)
    if (state.mode === 'ms') microsoftTask(run, state.ms, i)
    else primaveraTask(run, state.p6, i)
    const clock = clocks[run.clock[i]!]!
    if (run.span[i] === 0 && inputs.flags[i]! & MILESTONE) {
      run.morning[i] = ef[i] === startSide(clock, workBefore(clock, ef[i]!)) ? 1 : 0
      run.evening[i] = 1 - run.morning[i]!
    }
    run.clock[i] = others.of(i, run.clock[i]!, base)
  }
  run.floatClock.set(run.clock)
  if (state.mode === 'p6') milestones(run, state.p6)
  gates(run, network, inputs)
  const kept = links(run, network, state)
  rows(run, kept)
  return { ...run, finish: finishOf(run, inputs, state.mode) }
}

/** A task that its assignments drive counts in the calendar of the one that ends last. */
function clockOf(inputs: TaskInputs, clocks: readonly Clock[], i: number, start: number): number {
  if (inputs.flags[i]! & ELAPSED_DURATION) return ELAPSED
  let clock = inputs.clock[i]!
  if (!(inputs.flags[i]! & DRIVEN)) return clock
  let latest = Number.NEGATIVE_INFINITY
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    const own = clocks[inputs.driveClock[k]!]!
    const finish = finishSide(own, workBefore(own, start) + inputs.driveDelay[k]! + inputs.driveAll[k]!)
    if (finish > latest) {
      latest = finish
      clock = inputs.driveClock[k]!
    }
  }
  return clock
}

function fixedAt(run: RunNetwork, i: number, start: number): void {
  run.floorStart[i] = run.capStart[i] = start
}

function microsoftTask(run: RunNetwork, state: MicrosoftState, i: number): void {
  const { inputs, clocks, es, ef, plan } = state
  const flags = inputs.flags[i]!
  const clock = clocks[run.clock[i]!]!
  const at = inputs.constraintAt[i]!
  const type = inputs.constraint[i]!
  run.span[i] = Math.max(0, workBetween(clock, es[i]!, ef[i]!))
  if (flags & (MANUAL | EXTERNAL)) {
    fixedAt(run, i, es[i]!)
    run.open[i] = flags & EXTERNAL ? 0 : 1
    return
  }
  if (flags & FINISHED) {
    fixedAt(run, i, es[i]!)
    return
  }
  run.open[i] = 1
  if (flags & STARTED) {
    const whole = workBefore(clock, finishFrom(inputs, clocks, i, inputs.actualStart[i]!, 'all'))
    run.span[i] = Math.min(run.span[i]!, remainingOf(inputs, i))
    run.begun[i] = inputs.actualStart[i]!
    run.floorStart[i] = startSide(clock, whole - run.span[i]!)
    if (type === FNET) run.floorFinish[i] = at
    return
  }
  const alone = state.network.inStart[i] === state.network.inStart[i + 1]
  const honor = plan.options.honorConstraints
  run.delay[i] = type === MSO || type === MFO ? 0 : inputs.delay[i]!
  if (alone && type !== SNET && type !== FNET) run.floorStart[i] = state.projectStart
  run.floorStart[i] = Math.max(run.floorStart[i]!, state.summaryStart[i]!)
  if (type === SNET || type === MSO || type === START_ON) run.floorStart[i] = Math.max(run.floorStart[i]!, at)
  if (type === FNET || type === MFO || type === FINISH_ON) run.floorFinish[i] = at
  if (honor && (type === SNLT || type === MSO || type === START_ON)) run.capStart[i] = at
  if (honor && (type === FNLT || type === MFO || type === FINISH_ON)) run.capFinish[i] = at
}

function remainingOf(inputs: TaskInputs, i: number): number {
  if (!(inputs.flags[i]! & DRIVEN)) return inputs.remaining[i]!
  let most = 0
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) most = Math.max(most, inputs.driveLeft[k]!)
  return most
}

function primaveraTask(run: RunNetwork, state: PrimaveraState, i: number): void {
  const { inputs, clocks, es, ef } = state
  const flags = inputs.flags[i]!
  const clock = clocks[run.clock[i]!]!
  const at = inputs.constraintAt[i]!
  const type = inputs.constraint[i]!
  run.span[i] = Math.max(0, workBetween(clock, es[i]!, ef[i]!))
  if (flags & EXTERNAL) {
    fixedAt(run, i, es[i]!)
    return
  }
  run.floorStart[i] = state.dataDate
  if (flags & FINISHED) {
    run.span[i] = 0
    return
  }
  run.open[i] = 1
  const resume = inputs.resume[i]!
  if (flags & STARTED && resume > state.dataDate) run.floorStart[i] = resume
  if (!(flags & STARTED)) {
    const external = state.plan.tasks[i]!.externalEarlyStart ?? Number.NEGATIVE_INFINITY
    run.floorStart[i] = Math.max(run.floorStart[i]!, external)
    if (type === SNET || type === START_ON) run.floorStart[i] = Math.max(run.floorStart[i]!, at)
    if (type === MSO) fixedAt(run, i, at)
    if (type !== MSO && type !== MFO) run.delay[i] = inputs.delay[i]!
  }
  if (type === FNET || type === FINISH_ON || type === MFO) run.floorFinish[i] = at
  if (type === MFO) run.capFinish[i] = at
}

/**
 * A finish milestone of Primavera stands where its links put it, also on a Sunday of its own calendar: it counts in dates when
 * a link can bring it there.
 */
function milestones(run: RunNetwork, state: PrimaveraState): void {
  const { network, lags, kind, lagClock } = state
  for (const node of network.order) {
    if (node >= network.tasks || kind[node] !== FINISH_MILESTONE || run.kind[node] !== WORK) continue
    const own = run.clock[node]!
    for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++) {
      const edge = network.inEdge[k]!
      const from = network.from[edge]!
      const link = network.link[edge]!
      const lagged = lags.amount[link] !== 0 && (lags.elapsed[link] === 1 || lagClock[edge] !== own)
      const plain = from < network.tasks && run.clock[from] === own && !lagged
      if (!plain) run.clock[node] = ELAPSED
    }
  }
}

/** A gate counts in its leaves' clock when they share one, else in dates. */
function gates(run: RunNetwork, network: Network, inputs: TaskInputs): void {
  for (let node = network.tasks; node < network.nodes; node++) {
    const finishing = network.nodeKind[node] === NODE_FINISH_GATE
    run.kind[node] = finishing ? FINISH_GATE : START_GATE
    let clock = -1
    for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++) {
      const leaf = network.from[network.inEdge[k]!]!
      if (run.kind[leaf] === OUT) continue
      clock = clock === -1 || clock === run.clock[leaf] ? run.clock[leaf]! : ELAPSED
    }
    run.clock[node] = Math.max(clock, ELAPSED)
    const summary = network.nodeTask[node]!
    if (inputs.flags[summary]! & MANUAL || clock === -1) {
      // A manual summary drives by its own dates, an empty one from the start of the plan.
      run.kind[node] = WORK
      run.clock[node] = ELAPSED
      fixedAt(run, node, finishing ? run.ef[node]! : run.es[node]!)
    }
  }
}

function edgeColumns(count: number): RunEdges {
  return {
    from: new Int32Array(count),
    to: new Int32Array(count),
    type: new Uint8Array(count),
    way: new Uint8Array(count),
    lag: new Float64Array(count),
    lagClock: new Int32Array(count),
    share: new Uint8Array(count),
    elapsed: new Uint8Array(count),
  }
}

/** Takes over the links that still ask something; returns how many. */
function links(run: RunNetwork, network: Network, state: State): number {
  const { inputs, lags } = state.mode === 'ms' ? state.ms : state.p6
  const { options } = run.plan
  const { edges } = run
  let kept = 0
  for (let edge = 0; edge < network.from.length; edge++) {
    const from = network.from[edge]!
    const to = network.to[edge]!
    const type = network.type[edge]!
    if (run.kind[from] === OUT || run.kind[to] === OUT) continue
    const flags = network.nodeKind[to] === NODE_TASK ? inputs.flags[to]! : 0
    if (type === TO_GATE && run.kind[to] === WORK) continue
    if (state.mode === 'ms') {
      if (flags & (MANUAL | EXTERNAL | FINISHED)) continue
      // Begun work waits only for finishes, and only when the plan splits work in progress.
      if (flags & STARTED && (!options.splitsInProgressTasks || type === SS || type === SF)) continue
    } else if (flags & EXTERNAL || (flags & STARTED && options.progressMode === 'progress_override')) continue
    const link = network.link[edge]!
    edges.from[kept] = from
    edges.to[kept] = to
    edges.type[kept] = type
    if (link >= 0) {
      const before = network.nodeTask[from]!
      const after = network.nodeTask[to]!
      // A percentage follows the draws of a predecessor that has not begun.
      const open = network.nodeKind[from] === NODE_TASK && !(inputs.flags[before]! & STARTED) && run.span[from]! > 0
      const part = lags.share[link] ? inputs.duration[before]! : 1
      edges.share[kept] = lags.share[link] && open ? 1 : 0
      edges.lag[kept] = edges.share[kept]
        ? (lags.amount[link]! * part) / run.span[from]!
        : state.mode === 'ms'
          ? lags.amount[link]! * part
          : lagLeft(state.p6, edge)
      edges.elapsed[kept] =
        lags.elapsed[link] || (state.mode === 'ms' && lags.share[link] && inputs.flags[before]! & ELAPSED_DURATION)
          ? 1
          : 0
      edges.lagClock[kept] = edges.elapsed[kept]
        ? ELAPSED
        : state.mode === 'ms'
          ? inputs.clock[after]!
          : state.p6.lagClock[edge]!
      if (state.mode === 'ms' && type === FF) run.floorStart[to] = Math.max(run.floorStart[to]!, run.start)
    }
    edges.way[kept] = wayOf(run, kept)
    kept++
  }
  return kept
}

function wayOf({ edges, clock }: RunNetwork, edge: number): number {
  const a = clock[edges.from[edge]!]!
  const b = clock[edges.to[edge]!]!
  const lagged = edges.lag[edge] !== 0
  if (edges.share[edge] || (edges.elapsed[edge] && lagged)) return BY_DATE
  if (lagged && edges.lagClock[edge] !== a && edges.lagClock[edge] !== b) return BY_DATE
  if (a === b) return lagged && edges.lagClock[edge] !== a ? BY_DATE : ADD
  return CROSS
}

function rows(run: RunNetwork, count: number): void {
  const { edges, inStart, outStart, inEdge, outEdge, nodes } = run
  for (let edge = 0; edge < count; edge++) {
    inStart[edges.to[edge]! + 1]!++
    outStart[edges.from[edge]! + 1]!++
  }
  for (let i = 0; i < nodes; i++) {
    inStart[i + 1]! += inStart[i]!
    outStart[i + 1]! += outStart[i]!
  }
  const nextIn = inStart.slice()
  const nextOut = outStart.slice()
  for (let edge = 0; edge < count; edge++) {
    inEdge[nextIn[edges.to[edge]!]!++] = edge
    outEdge[nextOut[edges.from[edge]!]!++] = edge
  }
}

/** The plan's finish; marks the nodes that can set it. */
function finishOf(run: RunNetwork, inputs: TaskInputs, mode: Mode): number {
  let latest = Number.NEGATIVE_INFINITY
  let latestDone = Number.NEGATIVE_INFINITY
  for (let i = 0; i < run.tasks; i++) {
    if (run.kind[i] === OUT) continue
    const flags = inputs.flags[i]!
    if (flags & FINISHED) latestDone = Math.max(latestDone, inputs.actualFinish[i]!)
    if (mode === 'p6' && flags & (EXTERNAL | FINISHED)) continue
    run.counts[i] = 1
    latest = Math.max(latest, run.ef[i]!)
  }
  return Number.isFinite(latest) ? latest : Number.isFinite(latestDone) ? latestDone : run.start
}

/** Which side of a rest a node's finish means when it becomes a date. */
export const onStartSide = (run: RunNetwork, node: number): boolean =>
  run.span[node] === 0 && run.kind[node] === WORK && run.morning[node] === 1

/** Likewise of its start or its finish. */
export const sideOf = (run: RunNetwork, node: number, starting: boolean): boolean =>
  (starting && run.evening[node] === 0) || onStartSide(run, node)
