// Reads rows and the schedule out of a computed state of either mode, dates rounded to the minute.

import type { ClockShelf } from './clock-shelf.ts'
import type { Network } from './network.ts'
import { piecesOf } from './piece.ts'
import type { Mode, Plan } from './plan.ts'
import type { Schedule, TaskDates, Warning } from './result.ts'
import { INACTIVE, type TaskInputs } from './task-input.ts'
import { type WhyReader, whyReader } from './why-code.ts'

/** What both modes compute, by task. */
export interface Computed {
  readonly mode: Mode
  readonly plan: Plan
  readonly network: Network
  readonly shelf: ClockShelf
  readonly inputs: TaskInputs
  readonly es: Float64Array
  readonly ef: Float64Array
  readonly ls: Float64Array
  readonly lf: Float64Array
  readonly start: Float64Array
  readonly finish: Float64Array
  readonly startFloat: Float64Array
  readonly finishFloat: Float64Array
  readonly totalFloat: Float64Array
  readonly freeFloat: Float64Array
  readonly critical: Uint8Array
  readonly longest?: Uint8Array
  readonly whyStart: Uint8Array
  readonly whyStartBy: Int32Array
  readonly whyFinish: Uint8Array
  readonly whyFinishBy: Int32Array
  readonly whyLate: Uint8Array
  readonly whyLateBy: Int32Array
  /** Shown duration of a task in working minutes. */
  durationOf(task: number): number
  /** Warnings of the mode itself. */
  warnings?(): Warning[]
}

/** The latest finish that people see; the plan's start when there is nothing to see. */
export function shownFinish({ plan, network, inputs, finish }: Computed): number {
  let latest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    if (!network.summary[i] && !(inputs.flags[i]! & INACTIVE)) latest = Math.max(latest, finish[i]!)
  }
  return Number.isFinite(latest) ? Math.round(latest) : plan.options.start
}

/** The earliest start that people see, likewise. */
export function shownStart({ plan, network, inputs, start }: Computed): number {
  let earliest = Number.POSITIVE_INFINITY
  for (let i = 0; i < network.tasks; i++) {
    if (!network.summary[i] && !(inputs.flags[i]! & INACTIVE)) earliest = Math.min(earliest, start[i]!)
  }
  return Number.isFinite(earliest) ? Math.round(earliest) : plan.options.start
}

/** The schedule in plan order. */
export function readSchedule(computed: Computed, mode: Mode): Schedule {
  const { plan, network } = computed
  const why = whyReader(computed)
  const tasks: TaskDates[] = new Array(network.tasks)
  for (let i = 0; i < network.tasks; i++) tasks[i] = readRow(computed, why, i)
  return {
    mode,
    start: shownStart(computed),
    finish: shownFinish(computed),
    ...(plan.options.statusDate !== undefined && { statusDate: plan.options.statusDate }),
    tasks,
    warnings: [...warningsOf(computed), ...(computed.warnings?.() ?? [])],
  }
}

export function readRow(computed: Computed, why: WhyReader, i: number): TaskDates {
  const pieces = piecesOf(computed, i)
  return {
    id: computed.plan.tasks[i]!.id,
    earlyStart: Math.round(computed.es[i]!),
    earlyFinish: Math.round(computed.ef[i]!),
    lateStart: Math.round(computed.ls[i]!),
    lateFinish: Math.round(computed.lf[i]!),
    start: Math.round(computed.start[i]!),
    finish: Math.round(computed.finish[i]!),
    totalFloat: tidy(computed.totalFloat[i]!),
    freeFloat: tidy(computed.freeFloat[i]!),
    startFloat: tidy(computed.startFloat[i]!),
    finishFloat: tidy(computed.finishFloat[i]!),
    critical: computed.critical[i] === 1,
    longestPath: computed.longest?.[i] === 1,
    duration: tidy(computed.durationOf(i)),
    ...(pieces && { pieces }),
    why: {
      start: why.read(i, computed.whyStart[i]!, computed.whyStartBy[i]!),
      finish: why.read(i, computed.whyFinish[i]!, computed.whyFinishBy[i]!),
      late: why.read(i, computed.whyLate[i]!, computed.whyLateBy[i]!),
    },
  }
}

/** Working minutes to a tenth of a second, so that sums of fractions read as people expect; never −0. */
export function tidy(minutes: number): number {
  return Math.round(minutes * 600) / 600 + 0
}

/** Things a planner should know that stop nothing. */
function warningsOf({ plan, network, inputs, finish }: Computed): Warning[] {
  const warnings: Warning[] = []
  for (let i = 0; i < network.tasks; i++) {
    if (network.summary[i] || inputs.flags[i]! & INACTIVE) continue
    const task = plan.tasks[i]!
    if (task.deadline !== undefined && finish[i]! > task.deadline) {
      warnings.push({ code: 'schedule.deadline_missed', task: task.id, values: { deadline: task.deadline } })
    }
  }
  return warnings
}
