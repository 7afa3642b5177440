// Computed dates as columns of numbers, one entry per task in plan order: cheap to send from the worker and to draw from.
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'

export const CRITICAL = 1
export const LONGEST_PATH = 2

export interface DateTable {
  start: Float64Array
  finish: Float64Array
  earlyStart: Float64Array
  earlyFinish: Float64Array
  lateStart: Float64Array
  lateFinish: Float64Array
  /** Working minutes. */
  totalFloat: Float64Array
  freeFloat: Float64Array
  duration: Float64Array
  /** CRITICAL | LONGEST_PATH */
  flags: Uint8Array
  projectStart: Minute
  projectFinish: Minute
}

export function emptyDates(count: number): DateTable {
  const column = () => new Float64Array(count)
  return {
    start: column(),
    finish: column(),
    earlyStart: column(),
    earlyFinish: column(),
    lateStart: column(),
    lateFinish: column(),
    totalFloat: column(),
    freeFloat: column(),
    duration: column(),
    flags: new Uint8Array(count),
    projectStart: 0,
    projectFinish: 0,
  }
}

/** A plan whose dates are still being computed: NaN, which no cell shows and no bar is drawn for. */
export function unknownDates(count: number, projectStart: Minute): DateTable {
  const table = emptyDates(count)
  for (const column of [
    table.start,
    table.finish,
    table.earlyStart,
    table.earlyFinish,
    table.lateStart,
    table.lateFinish,
  ]) {
    column.fill(Number.NaN)
  }
  for (const column of [table.totalFloat, table.freeFloat, table.duration]) column.fill(Number.NaN)
  table.projectStart = projectStart
  table.projectFinish = projectStart
  return table
}

/** Columns of a schedule whose tasks stand in the plan's order, as the engine returns them. */
export function datesOf(schedule: Schedule): DateTable {
  const table = emptyDates(schedule.tasks.length)
  schedule.tasks.forEach((task, i) => {
    table.start[i] = task.start
    table.finish[i] = task.finish
    table.earlyStart[i] = task.earlyStart
    table.earlyFinish[i] = task.earlyFinish
    table.lateStart[i] = task.lateStart
    table.lateFinish[i] = task.lateFinish
    table.totalFloat[i] = task.totalFloat
    table.freeFloat[i] = task.freeFloat
    table.duration[i] = task.duration
    table.flags[i] = (task.critical ? CRITICAL : 0) | (task.longestPath ? LONGEST_PATH : 0)
  })
  table.projectStart = schedule.start
  table.projectFinish = schedule.finish
  return table
}

/** The buffers to hand over (not copy) when the table crosses a worker's border. */
export const buffersOf = (table: DateTable): ArrayBufferLike[] => [
  table.start.buffer,
  table.finish.buffer,
  table.earlyStart.buffer,
  table.earlyFinish.buffer,
  table.lateStart.buffer,
  table.lateFinish.buffer,
  table.totalFloat.buffer,
  table.freeFloat.buffer,
  table.duration.buffer,
  table.flags.buffer,
]
