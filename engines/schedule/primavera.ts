// Primavera mode: runs the passes over a compiled plan and reads the schedule.
import { changedRows, takeOver } from './carry.ts'
import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import type { CompiledPlan, CompileOutcome } from './compiled.ts'
import { type ConeMode, recomputeCone } from './cone.ts'
import { tableOf } from './date-table.ts'
import { type Descent, descentOf } from './descent.ts'
import type { Plan } from './plan.ts'
import { backward, pullLate } from './primavera-backward.ts'
import { levelOfEffort, longestPath, markCritical, rollUp, settleTask } from './primavera-float.ts'
import { forward } from './primavera-forward.ts'
import { carriedColumns, compilePrimavera, inPasses, type PrimaveraState } from './primavera-state.ts'
import { readRow, readSchedule, shownFinish } from './read-schedule.ts'
import type { ScheduleError } from './result.ts'
import { ALAP, EXTERNAL, INACTIVE } from './task-input.ts'
import { whyReader } from './why-code.ts'

export function openPrimavera(plan: Plan): CompileOutcome {
  const outcome = compilePrimavera(plan)
  return outcome.ok ? { ok: true, compiled: compiledOf(outcome.state) } : outcome
}

function compiledOf(state: PrimaveraState): CompiledPlan {
  const why = whyReader(state)
  return {
    plan: state.plan,
    run: () => runAll(state),
    follow: next => follow(state, next),
    read: () => ({ ok: true, schedule: readSchedule(state, 'p6') }),
    readTask: task => readRow(state, why, task),
    dates: () => tableOf(state),
    finish: () => shownFinish(state),
  }
}

export function runAll(state: PrimaveraState): ScheduleError | undefined {
  const { network, plan } = state
  const { order } = network
  state.dataDate = Math.max(plan.options.start, plan.options.statusDate ?? Number.NEGATIVE_INFINITY)
  for (let k = 0; k < order.length; k++) if (takesPart(state, order[k]!)) forward(state, order[k]!)
  state.projectFinish = latestFinish(state)
  state.anchor = plan.options.finish ?? state.projectFinish
  for (let k = order.length - 1; k >= 0; k--) if (takesPart(state, order[k]!)) backward(state, order[k]!)
  for (let k = order.length - 1; k >= 0; k--) if (order[k]! < network.tasks) pullLate(state, order[k]!)
  longestPath(state)
  for (let i = 0; i < network.tasks; i++) if (inPasses(state, i)) settleTask(state, i)
  levelOfEffort(state)
  markCritical(state)
  rollUp(state)
  return outOfRange(state)
}

/** Compiles the edited plan from this one and computes what the edit reaches. */
function follow(before: PrimaveraState, plan: Plan): ReturnType<CompiledPlan['follow']> {
  const descent = descentOf(before.plan, plan)
  const outcome = compilePrimavera(plan, { state: before, descent })
  if (!outcome.ok) return outcome
  const { state } = outcome
  const whole = plan.options !== before.plan.options || hasPulledTasks(before) || hasPulledTasks(state)
  const error = whole ? runAll(state) : runReached(before, state, descent)
  if (error) return { ok: false, error }
  return { ok: true, compiled: compiledOf(state), changed: () => changedRows(before, state, descent) }
}

function runReached(before: PrimaveraState, state: PrimaveraState, descent: Descent): ScheduleError | undefined {
  const { network } = state
  const touched = takeOver(
    { ...before, carried: carriedColumns(before) },
    { ...state, carried: carriedColumns(state) },
    descent,
  )
  state.dataDate = before.dataDate
  state.projectFinish = before.projectFinish
  state.anchor = before.anchor
  const { computed, watching } = recomputeCone(state, touched, cone)
  longestPath(state)
  // The project's finish ends the free float of open ends.
  const all = before.projectFinish !== state.projectFinish
  for (let i = 0; i < network.tasks; i++) {
    if (inPasses(state, i) && (all || computed[i] || watching[i])) settleTask(state, i)
  }
  levelOfEffort(state)
  markCritical(state)
  rollUp(state)
  return outOfRange(state)
}

const cone: ConeMode<PrimaveraState> = {
  takesPart,
  forward,
  backward,
  turn(state) {
    const { projectFinish, anchor } = state
    state.projectFinish = latestFinish(state)
    state.anchor = state.plan.options.finish ?? state.projectFinish
    return state.projectFinish !== projectFinish || state.anchor !== anchor
  },
}

function hasPulledTasks({ network, inputs }: PrimaveraState): boolean {
  for (let i = 0; i < network.tasks; i++) if (inputs.constraint[i] === ALAP) return true
  return false
}

function takesPart(state: PrimaveraState, node: number): boolean {
  return node >= state.network.tasks || inPasses(state, node)
}

function latestFinish(state: PrimaveraState): number {
  const { network, inputs, ef } = state
  let latest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    if (inPasses(state, i) && !(inputs.flags[i]! & (INACTIVE | EXTERNAL))) latest = Math.max(latest, ef[i]!)
  }
  return Number.isFinite(latest) ? latest : state.dataDate
}

function outOfRange(state: PrimaveraState): ScheduleError | undefined {
  const low = FIRST_DAY * MINUTES_PER_DAY
  const high = LAST_DAY * MINUTES_PER_DAY
  const { es, ef, ls, lf, network } = state
  for (let i = 0; i < network.tasks; i++) {
    const inside =
      es[i]! >= low &&
      es[i]! <= high &&
      ef[i]! >= low &&
      ef[i]! <= high &&
      ls[i]! >= low &&
      ls[i]! <= high &&
      lf[i]! >= low &&
      lf[i]! <= high
    if (!inside) return { code: 'schedule.out_of_range', task: state.plan.tasks[i]!.id }
  }
  return undefined
}
