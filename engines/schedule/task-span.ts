// From a start to a finish and back, through the task's calendar or its assignments' resource calendars.
import { addWork, type Clock, elapsedClock, nextWorkStart, prevWorkFinish } from './clock.ts'
import type { Minute } from './plan.ts'
import { DRIVEN, ELAPSED_DURATION, MILESTONE, type TaskInputs } from './task-input.ts'

/** Which part of a task is meant: all of it, what is left, or what is done. */
export type Part = 'all' | 'left' | 'done'

function minutesOf(inputs: TaskInputs, i: number, part: Part): number {
  return part === 'all' ? inputs.duration[i]! : part === 'left' ? inputs.remaining[i]! : inputs.actual[i]!
}

function driversOf(inputs: TaskInputs, part: Part): Float64Array {
  return part === 'all' ? inputs.driveAll : part === 'left' ? inputs.driveLeft : inputs.driveDone
}

export function timingClock(inputs: TaskInputs, clocks: readonly Clock[], i: number): Clock {
  return inputs.flags[i]! & ELAPSED_DURATION ? elapsedClock : clocks[inputs.clock[i]!]!
}

/** Start + duration. Gaps of split tasks count for the whole task only: late dates use working minutes alone. */
export function finishFrom(inputs: TaskInputs, clocks: readonly Clock[], i: number, start: Minute, part: Part): Minute {
  if (!(inputs.flags[i]! & DRIVEN)) {
    return addWork(
      timingClock(inputs, clocks, i),
      start,
      minutesOf(inputs, i, part) + (part === 'all' ? inputs.gap[i]! : 0),
    )
  }
  const minutes = driversOf(inputs, part)
  let latest = Number.NEGATIVE_INFINITY
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    const clock = clocks[inputs.driveClock[k]!]!
    const finish = addWork(clock, addWork(clock, start, inputs.driveDelay[k]!), minutes[k]!)
    if (finish > latest) latest = finish
  }
  return latest
}

/** Finish − duration. */
export function startFrom(inputs: TaskInputs, clocks: readonly Clock[], i: number, finish: Minute, part: Part): Minute {
  if (!(inputs.flags[i]! & DRIVEN)) return addWork(timingClock(inputs, clocks, i), finish, -minutesOf(inputs, i, part))
  const minutes = driversOf(inputs, part)
  let earliest = Number.POSITIVE_INFINITY
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    const clock = clocks[inputs.driveClock[k]!]!
    const start = addWork(clock, addWork(clock, finish, -minutes[k]!), -inputs.driveDelay[k]!)
    if (start < earliest) earliest = start
  }
  return earliest
}

/** Where the task can begin at or after a date: the earliest of its assignments' next working times. */
export function startNormalised(inputs: TaskInputs, clocks: readonly Clock[], i: number, date: Minute): Minute {
  if (!(inputs.flags[i]! & DRIVEN)) return forwardTo(timingClock(inputs, clocks, i), inputs.flags[i]!, date)
  let earliest = Number.POSITIVE_INFINITY
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    earliest = Math.min(earliest, forwardTo(clocks[inputs.driveClock[k]!]!, inputs.flags[i]!, date))
  }
  return earliest
}

/** A milestone may stay at the end of a shift instead of moving to the next morning. */
function forwardTo(clock: Clock, flags: number, date: Minute): Minute {
  const next = nextWorkStart(clock, date)
  return next > date && flags & MILESTONE && prevWorkFinish(clock, date) === date ? date : next
}

/** The equivalent earlier finish: Monday 08:00 becomes Friday 17:00. */
export function finishNormalised(inputs: TaskInputs, clocks: readonly Clock[], i: number, date: Minute): Minute {
  if (!(inputs.flags[i]! & DRIVEN)) return prevWorkFinish(timingClock(inputs, clocks, i), date)
  let latest = Number.NEGATIVE_INFINITY
  for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
    latest = Math.max(latest, prevWorkFinish(clocks[inputs.driveClock[k]!]!, date))
  }
  return latest
}
