// Primavera mode: runs the passes over a compiled plan and reads the schedule.
import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import type { CompiledPlan, CompileOutcome } from './compiled.ts'
import { type ConeMode, recomputeCone } from './cone.ts'
import type { Plan } from './plan.ts'
import { backward, pullLate } from './primavera-backward.ts'
import { levelOfEffort, longestPath, markCritical, rollUp, settleTask } from './primavera-float.ts'
import { forward } from './primavera-forward.ts'
import { compilePrimavera, inPasses, type PrimaveraState } from './primavera-state.ts'
import { readRow, readSchedule, reasonColumns, reasonKey, shownFinish } from './read-schedule.ts'
import type { ScheduleError } from './result.ts'
import { ALAP, EXTERNAL, INACTIVE, readTask } from './task-input.ts'
import { whyReader } from './why-code.ts'

export function openPrimavera(plan: Plan): CompileOutcome {
  const outcome = compilePrimavera(plan)
  if (!outcome.ok) return outcome
  const { state } = outcome
  const why = whyReader(state)
  const compiled: CompiledPlan = {
    run: () => runAll(state),
    update: (next, tasks) => update(state, next, tasks),
    read: () => ({ ok: true, schedule: readSchedule(state, 'p6') }),
    readTask: task => readRow(state, why, task),
    finish: () => shownFinish(state),
    outputs: [
      ...[state.start, state.finish, state.es, state.ef, state.ls, state.lf],
      ...[state.totalFloat, state.freeFloat, state.startFloat, state.finishFloat, state.critical, state.longest],
    ],
    reasons: reasonColumns(state),
    reasonKey: (task, { code, by }) => reasonKey(state, task, code[task]!, by[task]!),
  }
  return { ok: true, compiled }
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

/** Takes over changed tasks and recomputes the part of the network that they reach. */
function update(state: PrimaveraState, plan: Plan, tasks: readonly number[]): ScheduleError | undefined {
  const { inputs, shelf, network } = state
  const pulled = hasPulledTasks(state)
  state.plan = plan
  const project = shelf.of(plan.options.calendar)
  if (typeof project !== 'number') return project
  for (const task of tasks) {
    const error = readTask(inputs, shelf, project, task, plan.tasks[task]!)
    if (error) return error
  }
  if (pulled || hasPulledTasks(state)) return runAll(state)
  const finish = state.projectFinish
  const { computed, watching } = recomputeCone(state, tasks, cone)
  longestPath(state)
  // The project's finish ends the free float of open ends.
  const all = finish !== state.projectFinish
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
