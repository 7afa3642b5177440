// Microsoft mode: runs the passes over a compiled plan, whole or over the part an edit reaches, and reads the schedule.
import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import type { CompiledPlan, CompileOutcome } from './compiled.ts'
import { backward } from './microsoft-backward.ts'
import { rollUp, settleFreeFloat, settleTask } from './microsoft-float.ts'
import { forward } from './microsoft-forward.ts'
import { compileMicrosoft, inheritBounds, type MicrosoftState } from './microsoft-state.ts'
import { NODE_TASK } from './network.ts'
import type { Plan } from './plan.ts'
import { readRow, readSchedule, reasonColumns, reasonKey, reasonsOf, shownFinish } from './read-schedule.ts'
import type { ScheduleError } from './result.ts'
import { ALAP, INACTIVE, MANUAL, readTask, STARTED } from './task-input.ts'

export function openMicrosoft(plan: Plan): CompileOutcome {
  const outcome = compileMicrosoft(plan)
  if (!outcome.ok) return outcome
  const { state } = outcome
  const compiled: CompiledPlan = {
    run: () => runAll(state),
    update: (next, tasks) => update(state, next, tasks),
    read: () => ({ ok: true, schedule: readSchedule(state, 'ms') }),
    readTask: task => readRow(state, reasonsOf(state), task),
    finish: () => shownFinish(state),
    outputs: [
      ...[state.start, state.finish, state.es, state.ef, state.ls, state.lf],
      ...[
        state.totalFloat,
        state.freeFloat,
        state.startFloat,
        state.finishFloat,
        state.critical,
        state.inputs.duration,
      ],
    ],
    reasons: reasonColumns(state),
    reasonKey: (task, { code, by }) => reasonKey(state, task, code[task]!, by[task]!),
  }
  return { ok: true, compiled }
}

/** Computes every date of the plan from its inputs alone. */
function runAll(state: MicrosoftState): ScheduleError | undefined {
  const { network } = state
  const { order, summary } = network
  state.projectStart = state.plan.options.start
  state.followLate = false
  for (let k = 0; k < order.length; k++) if (!summary[order[k]!]) forward(state, order[k]!)
  state.projectFinish = state.fromFinish ? (state.plan.options.finish ?? latestFinish(state)) : latestFinish(state)
  for (let k = order.length - 1; k >= 0; k--) if (!summary[order[k]!]) backward(state, order[k]!)
  if (state.fromFinish) {
    // Counted back, the plan starts with its earliest late start; early dates are found from there.
    state.projectStart = earliestLateStart(state)
    for (let k = 0; k < order.length; k++) if (!summary[order[k]!]) forward(state, order[k]!)
  }
  if (hasLateTasks(state)) {
    state.followLate = true
    for (let k = 0; k < order.length; k++) if (!summary[order[k]!]) forward(state, order[k]!)
  }
  for (let i = 0; i < network.tasks; i++) if (!summary[i]) settleTask(state, i)
  for (let i = 0; i < network.tasks; i++) if (!summary[i]) settleFreeFloat(state, i)
  rollUp(state)
  return outOfRange(state)
}

/** Takes over changed tasks and recomputes the part of the network that they reach. */
function update(state: MicrosoftState, plan: Plan, tasks: readonly number[]): ScheduleError | undefined {
  const { network, inputs, shelf } = state
  state.plan = plan
  const project = shelf.of(plan.options.calendar)
  if (typeof project !== 'number') return project
  let whole = state.fromFinish || hasLateTasks(state)
  for (const task of tasks) {
    const before = inputs.duration[task]!
    const error = readTask(inputs, shelf, project, task, plan.tasks[task]!)
    if (error) return error
    scaleWork(state, task, before)
    whole ||= network.summary[task] === 1
  }
  if (whole || hasLateTasks(state)) {
    inheritBounds(state)
    return runAll(state)
  }

  const { order, from, to, inStart, inEdge, outStart, outEdge, nodeKind } = network
  const ahead = new Uint8Array(network.nodes)
  const behind = new Uint8Array(network.nodes)
  const touched = new Uint8Array(network.nodes)
  const markSuccessors = (node: number) => {
    for (let k = outStart[node]!; k < outStart[node + 1]!; k++) ahead[to[outEdge[k]!]!] = 1
  }
  const markPredecessors = (node: number) => {
    for (let k = inStart[node]!; k < inStart[node + 1]!; k++) behind[from[inEdge[k]!]!] = 1
  }
  for (const task of tasks) {
    ahead[task] = behind[task] = touched[task] = 1
    // Percent lags and the actual dates of this task change what its neighbours see even when its dates stay.
    markSuccessors(task)
    markPredecessors(task)
  }
  const { es, ef, ls, lf, chainStart } = state
  for (let k = 0; k < order.length; k++) {
    const node = order[k]!
    if (!ahead[node] || network.summary[node]) continue
    const start = es[node]
    const finish = ef[node]
    forward(state, node)
    touched[node] = behind[node] = 1
    if (start === es[node] && finish === ef[node]) continue
    markSuccessors(node)
    if (nodeKind[node] !== NODE_TASK) markPredecessors(node)
  }
  const finish = latestFinish(state)
  if (finish !== state.projectFinish) behind.fill(1)
  state.projectFinish = finish
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!
    if (!behind[node] || network.summary[node]) continue
    const lateStart = ls[node]
    const lateFinish = lf[node]
    const chain = chainStart[node]
    backward(state, node)
    touched[node] = 1
    if (lateStart !== ls[node] || lateFinish !== lf[node] || chain !== chainStart[node]) markPredecessors(node)
  }
  for (let i = 0; i < network.tasks; i++) if (touched[i] && !network.summary[i]) settleTask(state, i)
  // Free float looks at successors' dates, also through gates.
  const free = touched.slice()
  for (let pass = 0; pass < 2; pass++) {
    for (let node = 0; node < network.nodes; node++) {
      if (pass === 0 ? !touched[node] : !(free[node] && nodeKind[node] !== NODE_TASK)) continue
      for (let k = inStart[node]!; k < inStart[node + 1]!; k++) free[from[inEdge[k]!]!] = 1
    }
  }
  for (let i = 0; i < network.tasks; i++) if (free[i] && !network.summary[i]) settleFreeFloat(state, i)
  rollUp(state)
  return outOfRange(state)
}

/** A task that takes longer keeps its resources' units: their work grows with it. */
function scaleWork(state: MicrosoftState, task: number, before: number): void {
  const { inputs } = state
  const now = inputs.duration[task]!
  if (before === now || before <= 0) return
  for (let k = inputs.driveStart[task]!; k < inputs.driveStart[task + 1]!; k++) {
    inputs.driveAll[k]! *= now / before
    inputs.driveLeft[k] = Math.max(0, inputs.driveAll[k]! - inputs.driveDone[k]!)
  }
}

function hasLateTasks(state: MicrosoftState): boolean {
  const { network, inputs } = state
  for (let i = 0; i < network.tasks; i++) {
    if (inputs.constraint[i] === ALAP && !network.summary[i] && !(inputs.flags[i]! & (STARTED | MANUAL))) return true
  }
  return false
}

function earliestLateStart(state: MicrosoftState): number {
  const { network, inputs, ls } = state
  let earliest = Number.POSITIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    if (!network.summary[i] && !(inputs.flags[i]! & INACTIVE)) earliest = Math.min(earliest, ls[i]!)
  }
  return Number.isFinite(earliest) ? earliest : state.projectFinish
}

function latestFinish(state: MicrosoftState): number {
  const { network, inputs, ef } = state
  let latest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    if (!network.summary[i] && !(inputs.flags[i]! & INACTIVE) && ef[i]! > latest) latest = ef[i]!
  }
  return Number.isFinite(latest) ? latest : state.plan.options.start
}

/** The first task whose dates left the calendar's years, if any; not-a-number counts as out of range. */
function outOfRange(state: MicrosoftState): ScheduleError | undefined {
  const low = FIRST_DAY * MINUTES_PER_DAY
  const high = LAST_DAY * MINUTES_PER_DAY
  const { network, es, ef, ls, lf } = state
  for (let i = 0; i < network.tasks; i++) {
    const inside =
      es[i]! >= low &&
      ef[i]! <= high &&
      ef[i]! >= low &&
      ls[i]! >= low &&
      ls[i]! <= high &&
      lf[i]! >= low &&
      lf[i]! <= high
    if (!inside && !network.summary[i]) return { code: 'schedule.out_of_range', task: state.plan.tasks[i]!.id }
  }
  return undefined
}
