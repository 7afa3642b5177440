// Microsoft mode: runs the passes over a compiled plan and reads the schedule out of it.

import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import { workBetween } from './clock.ts'
import { backward } from './microsoft-backward.ts'
import { rollUp, settleFreeFloat, settleTask } from './microsoft-float.ts'
import { forward } from './microsoft-forward.ts'
import { ALAP, INACTIVE, MANUAL, STARTED } from './microsoft-input.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { NODE_TASK } from './network.ts'
import type { ScheduleError, ScheduleOutcome, TaskDates, Warning } from './result.ts'
import { whyReader } from './why-code.ts'

/** Computes every date of the plan from its inputs alone. */
export function runMicrosoft(state: MicrosoftState): ScheduleError | undefined {
  const { network, inputs, plan } = state
  const { order } = network
  state.projectStart = plan.options.start
  state.followLate = false
  for (let k = 0; k < order.length; k++) if (!network.summary[order[k]!]) forward(state, order[k]!)
  state.projectFinish = latestFinish(state)
  for (let k = order.length - 1; k >= 0; k--) if (!network.summary[order[k]!]) backward(state, order[k]!)

  let late = false
  for (let i = 0; i < network.tasks; i++) {
    late ||= !network.summary[i] && inputs.constraint[i] === ALAP && !(inputs.flags[i]! & (STARTED | MANUAL))
  }
  if (late) {
    state.followLate = true
    for (let k = 0; k < order.length; k++) if (!network.summary[order[k]!]) forward(state, order[k]!)
  }
  for (let i = 0; i < network.tasks; i++) if (!network.summary[i]) settleTask(state, i)
  for (let i = 0; i < network.tasks; i++) if (!network.summary[i]) settleFreeFloat(state, i)
  const bad = firstOutOfRange(state)
  if (bad !== undefined) return { code: 'schedule.out_of_range', task: plan.tasks[bad]!.id }
  rollUp(state)
  return undefined
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
function firstOutOfRange(state: MicrosoftState): number | undefined {
  const low = FIRST_DAY * MINUTES_PER_DAY
  const high = LAST_DAY * MINUTES_PER_DAY
  const { network, es, ef, ls, lf } = state
  for (let i = 0; i < network.tasks; i++) {
    if (network.summary[i]) continue
    if (!(es[i]! >= low && ef[i]! <= high && ls[i]! >= low && lf[i]! >= low && ls[i]! <= high && lf[i]! <= high))
      return i
  }
  return undefined
}

/** The schedule in plan order, dates rounded to the minute. */
export function readMicrosoft(state: MicrosoftState): ScheduleOutcome {
  const { plan, network } = state
  const why = whyReader(plan, network, state.shelf, state.inputs.clock)
  const tasks: TaskDates[] = new Array(network.tasks)
  let start = Number.POSITIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    tasks[i] = readTaskDates(state, why, i)
    if (!network.summary[i] && !(state.inputs.flags[i]! & INACTIVE)) start = Math.min(start, tasks[i]!.start)
  }
  return {
    ok: true,
    schedule: {
      mode: 'ms',
      start: Number.isFinite(start) ? start : plan.options.start,
      finish: Math.round(state.projectFinish),
      ...(plan.options.statusDate !== undefined && { statusDate: plan.options.statusDate }),
      tasks,
      warnings: warningsOf(state),
    },
  }
}

export function readTaskDates(state: MicrosoftState, why: ReturnType<typeof whyReader>, i: number): TaskDates {
  const { inputs } = state
  const summary = state.network.summary[i] === 1
  return {
    id: state.plan.tasks[i]!.id,
    earlyStart: Math.round(state.es[i]!),
    earlyFinish: Math.round(state.ef[i]!),
    lateStart: Math.round(state.ls[i]!),
    lateFinish: Math.round(state.lf[i]!),
    start: Math.round(state.start[i]!),
    finish: Math.round(state.finish[i]!),
    totalFloat: tidy(state.totalFloat[i]!),
    freeFloat: tidy(state.freeFloat[i]!),
    startFloat: tidy(state.startFloat[i]!),
    finishFloat: tidy(state.finishFloat[i]!),
    critical: state.critical[i] === 1,
    longestPath: state.critical[i] === 1 && state.network.nodeKind[i] === NODE_TASK && state.totalFloat[i]! <= 0,
    duration: summary
      ? tidy(workBetween(state.clocks[inputs.clock[i]!]!, state.start[i]!, state.finish[i]!))
      : inputs.duration[i]!,
    why: {
      start: why.read(i, state.whyStart[i]!, state.whyStartBy[i]!),
      finish: why.read(i, state.whyFinish[i]!, state.whyFinishBy[i]!),
      late: why.read(i, state.whyLate[i]!, state.whyLateBy[i]!),
    },
  }
}

/** Working minutes to a tenth of a second, so that sums of fractions read as people expect; never −0. */
function tidy(minutes: number): number {
  return Math.round(minutes * 600) / 600 + 0
}

/** Things a planner should know that stop nothing. */
function warningsOf(state: MicrosoftState): Warning[] {
  const warnings: Warning[] = []
  const { plan, network, inputs } = state
  for (let i = 0; i < network.tasks; i++) {
    if (network.summary[i] || inputs.flags[i]! & INACTIVE) continue
    const task = plan.tasks[i]!
    if (task.deadline !== undefined && state.finish[i]! > task.deadline) {
      warnings.push({ code: 'schedule.deadline_missed', task: task.id, values: { deadline: task.deadline } })
    }
  }
  return warnings
}
