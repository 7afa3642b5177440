// Computed dates as columns of numbers, one entry per task in plan order: cheap to send from a worker and to draw from.
import { piecesOf } from './piece.ts'
import type { Minute, Segment } from './plan.ts'
import { type Computed, shownFinish, shownStart, tidy } from './read-schedule.ts'
import type { Schedule } from './result.ts'

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
  /** Pieces of the tasks that rest in between, by position; the others are worked in one. */
  pieces: Map<number, readonly Segment[]>
  projectStart: Minute
  projectFinish: Minute
}

/** A table of `count` rows of zeros. */
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
    pieces: new Map(),
    projectStart: 0,
    projectFinish: 0,
  }
}

/** Columns of a schedule whose tasks stand in the plan's order, as `compute` returns them. */
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
    if (task.pieces) table.pieces.set(i, task.pieces)
  })
  table.projectStart = schedule.start
  table.projectFinish = schedule.finish
  return table
}

function roundInto(to: Float64Array, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = Math.round(from[i]!)
}

function tidyInto(to: Float64Array, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = tidy(from[i]!)
}

/** The same columns straight from a computation, without a record per task. */
export function tableOf(computed: Computed): DateTable {
  const { tasks } = computed.network
  const table = emptyDates(tasks)
  // A column at a time: one pair of arrays fits the processor's cache, nine pairs do not.
  roundInto(table.start, computed.start)
  roundInto(table.finish, computed.finish)
  roundInto(table.earlyStart, computed.es)
  roundInto(table.earlyFinish, computed.ef)
  roundInto(table.lateStart, computed.ls)
  roundInto(table.lateFinish, computed.lf)
  tidyInto(table.totalFloat, computed.totalFloat)
  tidyInto(table.freeFloat, computed.freeFloat)
  for (let i = 0; i < tasks; i++) {
    table.duration[i] = tidy(computed.durationOf(i))
    table.flags[i] = (computed.critical[i] ? CRITICAL : 0) | (computed.longest?.[i] ? LONGEST_PATH : 0)
    const pieces = piecesOf(computed, i)
    if (pieces) table.pieces.set(i, pieces)
  }
  table.projectStart = shownStart(computed)
  table.projectFinish = shownFinish(computed)
  return table
}
