// Microsoft mode: reads the schedule out of a computed state, dates rounded to the minute.
import { workBetween } from './clock.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { NODE_TASK } from './network.ts'
import type { Schedule, TaskDates, Warning } from './result.ts'
import { INACTIVE } from './task-input.ts'
import { type WhyReader, whyReader } from './why-code.ts'

/** The schedule in plan order, dates rounded to the minute. */
export function readSchedule(state: MicrosoftState): Schedule {
  const { plan, network } = state
  const why = whyReader(plan, network, state.shelf, state.inputs.clock)
  const tasks: TaskDates[] = new Array(network.tasks)
  let start = Number.POSITIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    tasks[i] = readTaskDates(state, why, i)
    if (!network.summary[i] && !(state.inputs.flags[i]! & INACTIVE)) start = Math.min(start, tasks[i]!.start)
  }
  return {
    mode: 'ms',
    start: Number.isFinite(start) ? start : plan.options.start,
    finish: Math.round(state.projectFinish),
    ...(plan.options.statusDate !== undefined && { statusDate: plan.options.statusDate }),
    tasks,
    warnings: warningsOf(state),
  }
}

export function readTaskDates(state: MicrosoftState, why: WhyReader, i: number): TaskDates {
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
