// Primavera mode: a plan compiled for computation and the dates computed so far.
import { type Clock, workBetween } from './clock.ts'
import { type ClockShelf, clockShelf, ELAPSED } from './clock-shelf.ts'
import type { Column } from './compiled.ts'
import type { Descent } from './descent.ts'
import { indexTasks, type Network, networkOf } from './network.ts'
import type { Plan, Task } from './plan.ts'
import type { ScheduleError } from './result.ts'
import { type LagInputs, readLags, type TaskInputs } from './task-input.ts'
import { inputsOf } from './task-input-edit.ts'

export interface PrimaveraState {
  readonly mode: 'p6'
  plan: Plan
  readonly network: Network
  readonly shelf: ClockShelf
  readonly clocks: readonly Clock[]
  readonly inputs: TaskInputs
  readonly lags: LagInputs
  /** Of each edge: the clock that its lag runs on. */
  readonly lagClock: Int32Array
  /** START_MILESTONE and the like of each task. */
  readonly kind: Uint8Array
  /** Remaining work at hand of each task; an expected finish changes it. */
  readonly remaining: Float64Array
  /** Work done up to the data date. */
  readonly actual: Float64Array
  // Dates of remaining work of every node; of finished tasks the actual ones.
  readonly es: Float64Array
  readonly ef: Float64Array
  readonly ls: Float64Array
  readonly lf: Float64Array
  readonly whyStart: Uint8Array
  readonly whyStartBy: Int32Array
  readonly whyFinish: Uint8Array
  readonly whyFinishBy: Int32Array
  readonly whyLate: Uint8Array
  readonly whyLateBy: Int32Array
  /** Level-of-effort tasks in plan order, each with the links (indices into plan.links) that tie it. */
  readonly efforts: readonly { task: number; links: readonly number[] }[]
  // What people read, of every task.
  readonly start: Float64Array
  readonly finish: Float64Array
  readonly startFloat: Float64Array
  readonly finishFloat: Float64Array
  readonly totalFloat: Float64Array
  readonly freeFloat: Float64Array
  readonly critical: Uint8Array
  readonly longest: Uint8Array
  durationOf(task: number): number
  /** No remaining work before it. */
  dataDate: number
  projectFinish: number
  /** Where the backward pass begins: must-finish-by, else the project's finish. */
  anchor: number
}

export const ACTIVITY = 0
export const START_MILESTONE = 1
export const FINISH_MILESTONE = 2
export const LEVEL_OF_EFFORT = 3
/** A WBS summary *activity*: spans what lies under the same WBS element. */
export const WBS_SUMMARY = 4

function kindOf(task: Task): number {
  switch (task.kind) {
    case 'start_milestone':
      return START_MILESTONE
    case 'milestone':
      return FINISH_MILESTONE
    case 'level_of_effort':
      return LEVEL_OF_EFFORT
    case 'wbs_summary':
      return WBS_SUMMARY
    default:
      return ACTIVITY
  }
}

/** Whether a task is computed by the passes; level of effort and WBS summaries take their dates from others afterwards. */
export function inPasses(state: PrimaveraState, i: number): boolean {
  return !state.network.summary[i] && state.kind[i]! < LEVEL_OF_EFFORT
}

export type StateOutcome = { ok: true; state: PrimaveraState } | { ok: false; error: ScheduleError }

/** `before` is the plan before an edit that left its calendars alone: what the edit does not concern is shared with it. */
export function compilePrimavera(plan: Plan, before?: { state: PrimaveraState; descent: Descent }): StateOutcome {
  const indexOf = indexTasks(plan)
  const takesPart = (task: Task) => kindOf(task) < LEVEL_OF_EFFORT
  const built = networkOf(
    plan,
    indexOf,
    takesPart,
    before && { network: before.state.network, plan: before.state.plan, descent: before.descent },
  )
  if (!built.ok) return built
  const shelf = before?.state.shelf ?? clockShelf(plan)
  const read = inputsOf(plan, 'p6', shelf, indexOf, before)
  if (!read.ok) return read
  const project = shelf.of(plan.options.calendar)
  if (typeof project !== 'number') return { ok: false, error: project }
  const { network } = built
  const { nodes, tasks } = network
  const dates = () => new Float64Array(nodes)
  const codes = () => new Uint8Array(nodes)
  const references = () => new Int32Array(nodes).fill(-1)
  const state: PrimaveraState = {
    mode: 'p6',
    plan,
    network,
    shelf,
    clocks: shelf.clocks,
    inputs: read.inputs,
    lags: before && before.state.plan.links === plan.links ? before.state.lags : readLags(plan),
    lagClock: new Int32Array(network.from.length),
    kind: kindsOf(plan),
    remaining: new Float64Array(tasks),
    actual: new Float64Array(tasks),
    es: dates(),
    ef: dates(),
    ls: dates(),
    lf: dates(),
    whyStart: codes(),
    whyStartBy: references(),
    whyFinish: codes(),
    whyFinishBy: references(),
    whyLate: codes(),
    whyLateBy: references(),
    efforts: effortsOf(plan, network),
    start: new Float64Array(tasks),
    finish: new Float64Array(tasks),
    startFloat: new Float64Array(tasks),
    finishFloat: new Float64Array(tasks),
    totalFloat: new Float64Array(tasks),
    freeFloat: new Float64Array(tasks),
    critical: new Uint8Array(tasks),
    longest: new Uint8Array(tasks),
    durationOf: task => workBetween(state.clocks[state.inputs.clock[task]!]!, state.start[task]!, state.finish[task]!),
    dataDate: plan.options.start,
    projectFinish: plan.options.start,
    anchor: plan.options.start,
  }
  readLagClocks(state, project)
  return { ok: true, state }
}

/** What a pass leaves behind, to be taken over by the plan after an edit. */
export function carriedColumns(state: PrimaveraState): Column[] {
  return [
    ...[state.es, state.ef, state.ls, state.lf, state.remaining, state.actual],
    ...[state.start, state.finish, state.startFloat, state.finishFloat, state.totalFloat, state.freeFloat],
    ...[state.critical, state.longest],
  ]
}

function kindsOf(plan: Plan): Uint8Array {
  const kinds = new Uint8Array(plan.tasks.length)
  for (let i = 0; i < kinds.length; i++) kinds[i] = kindOf(plan.tasks[i]!)
  return kinds
}

function effortsOf({ tasks, links }: Plan, { linkFrom, linkTo }: Network): { task: number; links: number[] }[] {
  const efforts = new Map<number, { task: number; links: number[] }>()
  tasks.forEach(({ kind }, task) => {
    if (kind === 'level_of_effort') efforts.set(task, { task, links: [] })
  })
  if (efforts.size === 0) return []
  for (let index = 0; index < links.length; index++) {
    const from = linkFrom[index]!
    const to = linkTo[index]!
    efforts.get(from)?.links.push(index)
    if (to !== from) efforts.get(to)?.links.push(index)
  }
  return [...efforts.values()]
}

/** The schedule option "calendar for scheduling relationship lag". */
function readLagClocks(state: PrimaveraState, project: number): void {
  const { network, inputs, plan } = state
  const { lagCalendar } = plan.options
  for (let edge = 0; edge < network.from.length; edge++) {
    const before = inputs.clock[network.nodeTask[network.from[edge]!]!]!
    const after = inputs.clock[network.nodeTask[network.to[edge]!]!]!
    state.lagClock[edge] =
      lagCalendar === '24h'
        ? ELAPSED
        : lagCalendar === 'project'
          ? project
          : lagCalendar === 'successor'
            ? after
            : before
  }
}
