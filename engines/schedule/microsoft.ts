// Microsoft mode: runs the passes over a compiled plan, whole or over the part an edit reaches, and reads the schedule.
import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import type { CompiledPlan, CompileOutcome } from './compiled.ts'
import { type ConeMode, recomputeCone } from './cone.ts'
import { backward } from './microsoft-backward.ts'
import { rollUp, settleFreeFloat, settleTask } from './microsoft-float.ts'
import { forward } from './microsoft-forward.ts'
import { compileMicrosoft, inheritBounds, type MicrosoftState } from './microsoft-state.ts'
import { microsoftWarnings } from './microsoft-warning.ts'
import type { Plan } from './plan.ts'
import { readRow, readSchedule, reasonColumns, reasonKey, shownFinish } from './read-schedule.ts'
import type { ScheduleError } from './result.ts'
import { ALAP, INACTIVE, MANUAL, readTask, STARTED } from './task-input.ts'
import { whyReader } from './why-code.ts'

export function openMicrosoft(plan: Plan): CompileOutcome {
  const outcome = compileMicrosoft(plan)
  if (!outcome.ok) return outcome
  const { state } = outcome
  state.warnings = () => microsoftWarnings(state)
  const why = whyReader(state)
  const compiled: CompiledPlan = {
    run: () => runAll(state),
    update: (next, tasks) => update(state, next, tasks),
    read: () => ({ ok: true, schedule: readSchedule(state, 'ms') }),
    readTask: task => readRow(state, why, task),
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
export function runAll(state: MicrosoftState): ScheduleError | undefined {
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

  const { computed, watching } = recomputeCone(state, tasks, cone)
  for (let i = 0; i < network.tasks; i++) if (computed[i] && !network.summary[i]) settleTask(state, i)
  for (let i = 0; i < network.tasks; i++) if (watching[i] && !network.summary[i]) settleFreeFloat(state, i)
  rollUp(state)
  return outOfRange(state)
}

const cone: ConeMode<MicrosoftState> = {
  takesPart: (state, node) => !state.network.summary[node],
  forward,
  backward,
  turn(state) {
    const before = state.projectFinish
    state.projectFinish = latestFinish(state)
    return state.projectFinish !== before
  },
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
