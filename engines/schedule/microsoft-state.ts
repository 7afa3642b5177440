// Microsoft mode: a plan compiled for computation and the dates computed so far.
import { type Clock, workBetween } from './clock.ts'
import { type ClockShelf, clockShelf } from './clock-shelf.ts'
import type { Column } from './compiled.ts'
import type { Descent } from './descent.ts'
import { indexTasks, type Network, networkOf } from './network.ts'
import type { Plan } from './plan.ts'
import type { ScheduleError, Warning } from './result.ts'
import { FNLT, type LagInputs, readLags, SNET, type TaskInputs } from './task-input.ts'
import { inputsOf } from './task-input-edit.ts'

export interface MicrosoftState {
  readonly mode: 'ms'
  plan: Plan
  readonly network: Network
  readonly shelf: ClockShelf
  readonly clocks: readonly Clock[]
  readonly inputs: TaskInputs
  readonly lags: LagInputs
  /** Bounds a leaf takes from its summaries, and the summary each comes from (−1 = none). */
  readonly summaryStart: Float64Array
  readonly summaryStartBy: Int32Array
  readonly summaryFinish: Float64Array
  readonly summaryFinishBy: Int32Array
  readonly summaryDeadline: Float64Array
  readonly summaryDeadlineBy: Int32Array
  // Dates of every node.
  readonly es: Float64Array
  readonly ef: Float64Array
  readonly ls: Float64Array
  readonly lf: Float64Array
  /** Late start as logic sees it: finish less remaining work, also for started tasks (whose shown one is the actual). */
  readonly chainStart: Float64Array
  /** Start that logic alone asks, where a constraint overrides it: its distance to the late start is the start float. */
  readonly logicStart: Float64Array
  readonly whyStart: Uint8Array
  readonly whyStartBy: Int32Array
  readonly whyFinish: Uint8Array
  readonly whyFinishBy: Int32Array
  readonly whyLate: Uint8Array
  readonly whyLateBy: Int32Array
  // What people read, of every task.
  readonly start: Float64Array
  readonly finish: Float64Array
  readonly startFloat: Float64Array
  readonly finishFloat: Float64Array
  readonly totalFloat: Float64Array
  readonly freeFloat: Float64Array
  readonly critical: Uint8Array
  durationOf(task: number): number
  warnings?(): Warning[]
  projectStart: number
  projectFinish: number
  /** The plan counts back from its finish: late dates lead, the start follows from them. */
  fromFinish: boolean
  /** Second forward pass: successors follow the late dates of as-late-as-possible predecessors. */
  followLate: boolean
}

export type StateOutcome = { ok: true; state: MicrosoftState } | { ok: false; error: ScheduleError }

/** `before` is the plan before an edit that left its calendars alone: what the edit does not concern is shared with it. */
export function compileMicrosoft(plan: Plan, before?: { state: MicrosoftState; descent: Descent }): StateOutcome {
  const indexOf = indexTasks(plan)
  const built = networkOf(
    plan,
    indexOf,
    undefined,
    before && { network: before.state.network, plan: before.state.plan, descent: before.descent },
  )
  if (!built.ok) return built
  const shelf = before?.state.shelf ?? clockShelf(plan)
  const read = inputsOf(plan, 'ms', shelf, indexOf, before)
  if (!read.ok) return read
  const { network } = built
  const dates = () => new Float64Array(network.nodes)
  const codes = () => new Uint8Array(network.nodes)
  const references = () => new Int32Array(network.nodes).fill(-1)
  const count = network.tasks
  const kept = before && sameBounds(before, plan, network, read.inputs) ? before.state : undefined
  const state: MicrosoftState = {
    mode: 'ms',
    plan,
    network,
    shelf,
    clocks: shelf.clocks,
    inputs: read.inputs,
    lags: before && before.state.plan.links === plan.links ? before.state.lags : readLags(plan),
    summaryStart: kept?.summaryStart ?? new Float64Array(count),
    summaryStartBy: kept?.summaryStartBy ?? new Int32Array(count),
    summaryFinish: kept?.summaryFinish ?? new Float64Array(count),
    summaryFinishBy: kept?.summaryFinishBy ?? new Int32Array(count),
    summaryDeadline: kept?.summaryDeadline ?? new Float64Array(count),
    summaryDeadlineBy: kept?.summaryDeadlineBy ?? new Int32Array(count),
    es: dates(),
    ef: dates(),
    ls: dates(),
    lf: dates(),
    chainStart: dates(),
    logicStart: dates(),
    whyStart: codes(),
    whyStartBy: references(),
    whyFinish: codes(),
    whyFinishBy: references(),
    whyLate: codes(),
    whyLateBy: references(),
    start: new Float64Array(count),
    finish: new Float64Array(count),
    startFloat: new Float64Array(count),
    finishFloat: new Float64Array(count),
    totalFloat: new Float64Array(count),
    freeFloat: new Float64Array(count),
    critical: new Uint8Array(count),
    durationOf: task =>
      network.summary[task]
        ? workBetween(state.clocks[state.inputs.clock[task]!]!, state.start[task]!, state.finish[task]!)
        : state.inputs.duration[task]!,
    projectStart: plan.options.start,
    projectFinish: plan.options.start,
    fromFinish: plan.options.scheduleFrom === 'finish' && plan.options.finish !== undefined,
    followLate: false,
  }
  if (!kept) inheritBounds(state)
  return { ok: true, state }
}

/** Nothing moved and no summary has another constraint or deadline: what the leaves take from them is shared. */
function sameBounds(
  { state, descent }: { state: MicrosoftState; descent: Descent },
  plan: Plan,
  network: Network,
  inputs: TaskInputs,
): boolean {
  if (state.network !== network || !descent.inPlace) return false
  const was = state.inputs
  for (let i = 0; i < network.tasks; i++) {
    const same =
      state.plan.tasks[i] === plan.tasks[i] ||
      !network.summary[i] ||
      (was.constraint[i] === inputs.constraint[i] &&
        was.constraintAt[i] === inputs.constraintAt[i] &&
        was.deadline[i] === inputs.deadline[i])
    if (!same) return false
  }
  return true
}

/** What a pass leaves behind, to be taken over by the plan after an edit. */
export function carriedColumns(state: MicrosoftState): Column[] {
  return [
    ...[state.es, state.ef, state.ls, state.lf, state.chainStart, state.logicStart],
    ...[state.start, state.finish, state.startFloat, state.finishFloat, state.totalFloat, state.freeFloat],
    state.critical,
  ]
}

/** Marks the tasks that take other bounds from their summaries than before. */
export function touchBounds(before: MicrosoftState, next: MicrosoftState, descent: Descent, touched: Uint8Array): void {
  if (before.summaryStart === next.summaryStart) return
  const { taskWas, taskNow } = descent
  for (let i = 0; i < next.network.tasks; i++) {
    const was = taskWas[i]!
    if (was < 0) continue
    const same =
      before.summaryStart[was] === next.summaryStart[i] &&
      before.summaryFinish[was] === next.summaryFinish[i] &&
      before.summaryDeadline[was] === next.summaryDeadline[i] &&
      sameSummary(before.summaryStartBy[was]!, next.summaryStartBy[i]!, taskNow) &&
      sameSummary(before.summaryFinishBy[was]!, next.summaryFinishBy[i]!, taskNow) &&
      sameSummary(before.summaryDeadlineBy[was]!, next.summaryDeadlineBy[i]!, taskNow)
    if (!same) touched[i] = 1
  }
}

const sameSummary = (was: number, is: number, taskNow: Int32Array): boolean => (was < 0 ? was : taskNow[was]) === is

/**
 * Microsoft allows "start no earlier than", "finish no later than" and a deadline on a summary; they bind all its leaves.
 * Parents come before children in reverse roll-up order, so that one sweep passes the tightest bound down.
 */
export function inheritBounds(state: MicrosoftState): void {
  const { network, inputs } = state
  for (let k = network.rollUp.length - 1; k >= 0; k--) {
    const i = network.rollUp[k]!
    const parent = network.parent[i]!
    const has = parent >= 0
    const type = has ? inputs.constraint[parent] : -1
    const start = type === SNET ? inputs.constraintAt[parent]! : Number.NEGATIVE_INFINITY
    const finish = type === FNLT ? inputs.constraintAt[parent]! : Number.POSITIVE_INFINITY
    const deadline = has ? inputs.deadline[parent]! : Number.POSITIVE_INFINITY
    const above = has ? state.summaryStart[parent]! : Number.NEGATIVE_INFINITY
    const aboveFinish = has ? state.summaryFinish[parent]! : Number.POSITIVE_INFINITY
    const aboveDeadline = has ? state.summaryDeadline[parent]! : Number.POSITIVE_INFINITY
    state.summaryStart[i] = Math.max(start, above)
    state.summaryStartBy[i] = start >= above ? parent : state.summaryStartBy[parent]!
    state.summaryFinish[i] = Math.min(finish, aboveFinish)
    state.summaryFinishBy[i] = finish <= aboveFinish ? parent : state.summaryFinishBy[parent]!
    state.summaryDeadline[i] = Math.min(deadline, aboveDeadline)
    state.summaryDeadlineBy[i] = deadline <= aboveDeadline ? parent : state.summaryDeadlineBy[parent]!
  }
}
