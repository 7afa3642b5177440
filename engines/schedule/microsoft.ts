// Microsoft mode: runs the passes over a compiled plan, whole or over the part an edit reaches, and reads the schedule.
import { changedRows, takeOver } from './carry.ts'
import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import type { CompiledPlan, CompileOutcome } from './compiled.ts'
import { type ConeMode, recomputeCone } from './cone.ts'
import { tableOf } from './date-table.ts'
import { type Descent, descentOf } from './descent.ts'
import { backward } from './microsoft-backward.ts'
import { rollUp, settleFreeFloat, settleTask } from './microsoft-float.ts'
import { forward } from './microsoft-forward.ts'
import { carriedColumns, compileMicrosoft, type MicrosoftState, touchBounds } from './microsoft-state.ts'
import { microsoftWarnings } from './microsoft-warning.ts'
import type { Plan } from './plan.ts'
import { readRow, readSchedule, shownFinish } from './read-schedule.ts'
import type { ScheduleError } from './result.ts'
import { ALAP, INACTIVE, MANUAL, STARTED } from './task-input.ts'
import { whyReader } from './why-code.ts'

export function openMicrosoft(plan: Plan): CompileOutcome {
  const outcome = compileMicrosoft(plan)
  return outcome.ok ? { ok: true, compiled: compiledOf(outcome.state) } : outcome
}

function compiledOf(state: MicrosoftState): CompiledPlan {
  state.warnings = () => microsoftWarnings(state)
  const why = whyReader(state)
  return {
    plan: state.plan,
    run: () => runAll(state),
    follow: next => follow(state, next),
    read: () => ({ ok: true, schedule: readSchedule(state, 'ms') }),
    readTask: task => readRow(state, why, task),
    dates: () => tableOf(state),
    finish: () => shownFinish(state),
  }
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

/** Compiles the edited plan from this one and computes what the edit reaches. */
function follow(before: MicrosoftState, plan: Plan): ReturnType<CompiledPlan['follow']> {
  const descent = descentOf(before.plan, plan)
  const outcome = compileMicrosoft(plan, { state: before, descent })
  if (!outcome.ok) return outcome
  const { state } = outcome
  const whole = plan.options !== before.plan.options || state.fromFinish || hasLateTasks(before) || hasLateTasks(state)
  const error = whole ? runAll(state) : runReached(before, state, descent)
  if (error) return { ok: false, error }
  return { ok: true, compiled: compiledOf(state), changed: () => changedRows(before, state, descent) }
}

function runReached(before: MicrosoftState, state: MicrosoftState, descent: Descent): ScheduleError | undefined {
  const { network } = state
  const touched = takeOver(
    { ...before, carried: carriedColumns(before) },
    { ...state, carried: carriedColumns(state) },
    descent,
  )
  touchBounds(before, state, descent, touched)
  state.projectStart = before.projectStart
  state.projectFinish = before.projectFinish
  const { computed, watching } = recomputeCone(state, touched, cone)
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
