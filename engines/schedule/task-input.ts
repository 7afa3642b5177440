// What both modes need of each task, in typed arrays.
import { addWork, workBetween } from './clock.ts'
import type { ClockShelf } from './clock-shelf.ts'
import { ELAPSED } from './clock-shelf.ts'
import type { IndexOf } from './network.ts'
import type { Assignment, Constraint, ConstraintType, Lag, Mode, Plan, Resource, Task } from './plan.ts'
import type { ScheduleError } from './result.ts'

export const ASAP = 0
export const ALAP = 1
export const MSO = 2
export const MFO = 3
export const SNET = 4
export const SNLT = 5
export const FNET = 6
export const FNLT = 7
/** Primavera: an early and a late bound that do not override logic. */
export const START_ON = 8
export const FINISH_ON = 9
/** Primavera: the remaining duration follows from this finish. */
export const EXPECTED = 10

const constraintCode: Readonly<Record<ConstraintType, number>> = {
  asap: ASAP,
  alap: ALAP,
  must_start_on: MSO,
  must_finish_on: MFO,
  start_no_earlier_than: SNET,
  start_no_later_than: SNLT,
  finish_no_earlier_than: FNET,
  finish_no_later_than: FNLT,
  start_on: START_ON,
  finish_on: FINISH_ON,
  expected_finish: EXPECTED,
}

/** A dated constraint without its date is none. */
function codeOf(constraint: Constraint | undefined): number {
  if (!constraint) return ASAP
  return constraint.at === undefined && constraint.type !== 'alap' ? ASAP : constraintCode[constraint.type]
}

export const MILESTONE = 1
export const ELAPSED_DURATION = 2
export const MANUAL = 4
export const EXTERNAL = 8
export const INACTIVE = 16
/** Assignments drive the finish, through their resources' calendars. */
export const DRIVEN = 32
export const STARTED = 64
export const FINISHED = 128
/** A manual row without entered dates. */
export const PLACEHOLDER = 256
/**
 * Occurrence of a recurring task: its dates are given, nothing waits for it. Those of a file stay critical where Microsoft
 * Project makes them so: the last one, when it ends the project.
 */
export const RECURRING = 512

export interface TaskInputs {
  readonly mode: Mode
  readonly flags: Int32Array
  /** Clock of the task: its calendar or the project's; elapsed tasks too (floats are counted in it). */
  readonly clock: Int32Array
  readonly duration: Float64Array
  readonly remaining: Float64Array
  readonly actual: Float64Array
  /** Working minutes of the gaps of a split task. */
  readonly gap: Float64Array
  readonly constraint: Uint8Array
  readonly constraintAt: Float64Array
  readonly constraint2: Uint8Array
  readonly constraint2At: Float64Array
  readonly deadline: Float64Array
  readonly delay: Float64Array
  readonly actualStart: Float64Array
  readonly actualFinish: Float64Array
  /** Where the remaining part of a started task goes on when it was interrupted; NaN = at once. */
  readonly resume: Float64Array
  /** Dates of manual and external tasks. */
  readonly fixedStart: Float64Array
  readonly fixedFinish: Float64Array
  /** Assignments that drive: rows start at driveStart[i]; minutes are work ÷ units on their clock. */
  readonly driveStart: Int32Array
  readonly driveClock: Int32Array
  readonly driveAll: Float64Array
  readonly driveLeft: Float64Array
  readonly driveDone: Float64Array
  readonly driveDelay: Float64Array
  readonly driveResource: Int32Array
  /** 1 where the task's and the resource's calendars have no time in common. */
  readonly driveApart: Uint8Array
}

export interface LagInputs {
  /** Working minutes, or elapsed minutes when `elapsed`; percentages hold the share of the predecessor's duration. */
  readonly amount: Float64Array
  readonly elapsed: Uint8Array
  readonly share: Uint8Array
}

export function readLags(plan: Plan): LagInputs {
  const count = plan.links.length
  const amount = new Float64Array(count)
  const elapsed = new Uint8Array(count)
  const share = new Uint8Array(count)
  for (let i = 0; i < count; i++) readLag({ amount, elapsed, share }, i, plan.links[i]!.lag)
  return { amount, elapsed, share }
}

function readLag(lags: LagInputs, i: number, lag: Lag): void {
  const inShare = lag.kind === 'percent' || lag.kind === 'elapsed_percent'
  lags.share[i] = inShare ? 1 : 0
  lags.elapsed[i] = lag.kind === 'elapsed' || lag.kind === 'elapsed_percent' ? 1 : 0
  lags.amount[i] = lag.kind === 'percent' || lag.kind === 'elapsed_percent' ? lag.percent / 100 : lag.minutes
}

export type InputsOutcome = { ok: true; inputs: TaskInputs } | { ok: false; error: ScheduleError }

/** How much longer than work ÷ units a contoured assignment takes (average load of Microsoft's built-in contours). */
const contourLoad: Readonly<Record<NonNullable<Assignment['contour']>, number>> = {
  flat: 1,
  back_loaded: 0.6,
  front_loaded: 0.6,
  double_peak: 0.5,
  early_peak: 0.5,
  late_peak: 0.5,
  bell: 0.5,
  turtle: 0.7,
  contoured: 1,
}

/** Whether an assignment can drive its task. */
export const drives = (resource: Resource, assignment: Assignment): boolean =>
  resource.kind === 'work' && assignment.units > 0

/** Reads every task and assignment. Errors: an assignment of an unknown task or resource, a calendar that cannot be used. */
export function readTasks(plan: Plan, mode: Mode, shelf: ClockShelf, indexOf: IndexOf): InputsOutcome {
  const count = plan.tasks.length
  const resources = new Map<string, Resource>(plan.resources.map(resource => [resource.id, resource]))
  const resourceIndex = new Map<string, number>(plan.resources.map((resource, i) => [resource.id, i]))
  const perTask: Assignment[][] = Array.from({ length: count }, () => [])
  for (const assignment of plan.assignments) {
    const task = indexOf(assignment.task)
    if (task === undefined) return unknown('task', assignment.task, assignment.id)
    const resource = resources.get(assignment.resource)
    if (!resource) return unknown('resource', assignment.resource, assignment.id)
    if (drives(resource, assignment)) perTask[task]!.push(assignment)
  }
  const driveStart = new Int32Array(count + 1)
  for (let i = 0; i < count; i++) driveStart[i + 1] = driveStart[i]! + perTask[i]!.length
  const drivers = driveStart[count]!
  const numbers = (length: number) => new Float64Array(length)
  const inputs: TaskInputs = {
    mode,
    flags: new Int32Array(count),
    clock: new Int32Array(count),
    duration: numbers(count),
    remaining: numbers(count),
    actual: numbers(count),
    gap: numbers(count),
    constraint: new Uint8Array(count),
    constraintAt: numbers(count),
    constraint2: new Uint8Array(count),
    constraint2At: numbers(count),
    deadline: numbers(count),
    delay: numbers(count),
    actualStart: numbers(count),
    actualFinish: numbers(count),
    resume: numbers(count),
    fixedStart: numbers(count),
    fixedFinish: numbers(count),
    driveStart,
    driveClock: new Int32Array(drivers),
    driveAll: numbers(drivers),
    driveLeft: numbers(drivers),
    driveDone: numbers(drivers),
    driveDelay: numbers(drivers),
    driveResource: new Int32Array(drivers),
    driveApart: new Uint8Array(drivers),
  }

  const project = shelf.of(plan.options.calendar)
  if (typeof project !== 'number') return { ok: false, error: project }
  for (let i = 0; i < count; i++) {
    const error = readTask(inputs, shelf, project, i, plan.tasks[i]!)
    if (error) return { ok: false, error }
    let row = driveStart[i]!
    for (const assignment of perTask[i]!) {
      const resource = resources.get(assignment.resource)
      const own = resource?.calendar === undefined ? project : shelf.of(resource.calendar)
      if (typeof own !== 'number') return { ok: false, error: own }
      inputs.driveResource[row] = resourceIndex.get(assignment.resource)!
      readDriver(inputs, shelf, row, plan.tasks[i]!, assignment, own, i)
      row++
    }
  }
  return { ok: true, inputs }
}

function unknown(what: 'task' | 'resource', id: string, where: string): { ok: false; error: ScheduleError } {
  return { ok: false, error: { code: 'schedule.unknown_reference', what, id, in: where } }
}

/** Reads one task's record into its row, whose drivers' places are known. */
export function readTask(
  inputs: TaskInputs,
  shelf: ClockShelf,
  project: number,
  i: number,
  task: Task,
): ScheduleError | undefined {
  const clock = task.calendar === undefined ? project : shelf.of(task.calendar)
  if (typeof clock !== 'number') return clock
  const started = task.actualStart !== undefined
  const finished = started && task.actualFinish !== undefined
  const manual = inputs.mode === 'ms' && task.manual === true && task.manualStart !== undefined
  const hasDrivers = inputs.driveStart[i + 1]! > inputs.driveStart[i]!
  // Primavera says by the kind of activity whether resources drive, Microsoft by the task type.
  const driven =
    hasDrivers &&
    (inputs.mode === 'p6'
      ? task.kind === 'resource_dependent'
      : task.effort !== 'fixed_duration' && !task.elapsed && !manual)
  const duration = Math.max(0, task.duration)
  const actual = Math.max(0, task.actualDuration ?? ((task.percentComplete ?? 0) / 100) * duration)

  inputs.clock[i] = clock
  inputs.duration[i] = duration
  inputs.remaining[i] = finished ? 0 : started ? Math.max(0, task.remainingDuration ?? duration - actual) : duration
  inputs.actual[i] = actual
  inputs.constraint[i] = codeOf(task.constraint)
  inputs.constraintAt[i] = task.constraint.at ?? Number.NaN
  inputs.constraint2[i] = codeOf(task.constraint2)
  inputs.constraint2At[i] = task.constraint2?.at ?? Number.NaN
  inputs.deadline[i] = task.deadline ?? Number.POSITIVE_INFINITY
  inputs.delay[i] = task.levelingDelay ?? 0
  inputs.actualStart[i] = task.actualStart ?? Number.NaN
  inputs.actualFinish[i] = finished ? (task.actualFinish ?? Number.NaN) : Number.NaN
  inputs.resume[i] = started && !finished ? (task.resume ?? Number.NaN) : Number.NaN
  inputs.flags[i] =
    (task.milestone || task.kind === 'milestone' || task.kind === 'start_milestone' ? MILESTONE : 0) |
    (task.elapsed ? ELAPSED_DURATION : 0) |
    (manual ? MANUAL : 0) |
    (task.external ? EXTERNAL : 0) |
    (task.inactive ? INACTIVE : 0) |
    (driven ? DRIVEN : 0) |
    (started ? STARTED : 0) |
    (finished ? FINISHED : 0) |
    (manual && task.placeholder ? PLACEHOLDER : 0) |
    (task.recurring && task.stored === undefined ? RECURRING : 0)

  const timing = shelf.clocks[task.elapsed ? ELAPSED : clock]!
  inputs.gap[i] = 0
  const segments = task.segments ?? []
  for (let k = 1; k < segments.length; k++) {
    inputs.gap[i]! += Math.max(0, workBetween(timing, segments[k - 1]!.finish, segments[k]!.start))
  }
  inputs.fixedStart[i] = inputs.fixedFinish[i] = 0
  if (manual) {
    const start = task.manualStart ?? 0
    inputs.fixedStart[i] = start
    inputs.fixedFinish[i] = task.manualFinish ?? addWork(timing, start, task.manualDuration ?? duration)
  } else if (task.external) {
    // Another plan's dates, carried along by the file, are all that is known of an external task.
    const start = task.stored?.earlyStart ?? task.stored?.start
    inputs.fixedStart[i] = start ?? Number.NaN
    inputs.fixedFinish[i] = task.stored?.earlyFinish ?? task.stored?.finish ?? start ?? Number.NaN
    if (start === undefined) inputs.flags[i]! &= ~EXTERNAL
  }
  return undefined
}

/** Reads one assignment into a driver's row, after the row `i` of its task. */
export function readDriver(
  inputs: TaskInputs,
  shelf: ClockShelf,
  row: number,
  task: Task,
  assignment: Assignment,
  resourceClock: number,
  i: number,
): void {
  const taskClock = inputs.clock[i]!
  inputs.driveClock[row] =
    task.calendar === undefined
      ? resourceClock
      : task.ignoreResourceCalendar
        ? taskClock
        : shelf.both(taskClock, resourceClock)
  inputs.driveApart[row] =
    task.calendar !== undefined && !task.ignoreResourceCalendar && shelf.apart(taskClock, resourceClock) ? 1 : 0
  inputs.driveDelay[row] = assignment.delay ?? 0
  const load = assignment.units * contourLoad[assignment.contour ?? 'flat']
  const total = assignment.work ?? inputs.duration[i]! * assignment.units
  const done = assignment.actualWork ?? 0
  const left = assignment.remainingWork ?? Math.max(0, total - done)
  // Overtime is worked outside the calendar, so that it shortens the task.
  const overtime = assignment.overtimeWork ?? 0
  const overtimeDone = Math.min(assignment.actualOvertimeWork ?? 0, overtime)
  if (assignment.contour === 'contoured') {
    // Shaped by hand, perhaps with gaps: the shape is as long as the assignment was, wherever the task moves.
    const clock = shelf.clocks[inputs.driveClock[row]!]!
    const { start, finish } = assignment
    const span = start !== undefined && finish !== undefined ? workBetween(clock, start, finish) : 0
    const length = span > 0 ? span : inputs.duration[i]!
    const share = inputs.duration[i]! > 0 ? length / inputs.duration[i]! : 1
    inputs.driveAll[row] = length
    inputs.driveLeft[row] = inputs.remaining[i]! * share
    inputs.driveDone[row] = inputs.actual[i]! * share
  } else {
    inputs.driveAll[row] = Math.max(0, total - overtime) / load
    inputs.driveDone[row] = Math.max(0, done - overtimeDone) / load
    inputs.driveLeft[row] = Math.max(0, left - (overtime - overtimeDone)) / load
  }
}
