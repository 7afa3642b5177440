// The inputs of a plan, read whole or, after an edit, only where a task's record or one of its assignments is another.
import type { ClockShelf } from './clock-shelf.ts'
import { copyColumn, type Descent } from './descent.ts'
import type { IndexOf } from './network.ts'
import type { Assignment, Mode, Plan } from './plan.ts'
import { drives, type InputsOutcome, readDriver, readTask, readTasks, type TaskInputs } from './task-input.ts'

/** The plan before an edit with its inputs, and where its tasks are now. */
export interface InputsBefore {
  readonly state: { readonly plan: Plan; readonly inputs: TaskInputs }
  readonly descent: Descent
}

/** What the edit did not concern is taken over from the plan before it. Errors: those of `readTasks`. */
export function inputsOf(
  plan: Plan,
  mode: Mode,
  shelf: ClockShelf,
  indexOf: IndexOf,
  before?: InputsBefore,
): InputsOutcome {
  const old = before?.state.plan
  if (!before || old?.resources !== plan.resources || old.options.calendar !== plan.options.calendar)
    return readTasks(plan, mode, shelf, indexOf)
  if (old.tasks === plan.tasks && old.assignments === plan.assignments) return { ok: true, inputs: before.state.inputs }
  const rows = concerned(old, plan, indexOf, before.descent)
  return (
    (rows && readAgain(carriedInputs(before.state.inputs, before.descent), plan, shelf, rows)) ??
    readTasks(plan, mode, shelf, indexOf)
  )
}

/** More rows than this are not worth a second way of reading. */
const FEW = 500

/** Positions of the tasks to read again; undefined when these are many or an assignment was added, removed or handed on. */
function concerned(old: Plan, plan: Plan, indexOf: IndexOf, { taskWas }: Descent): ReadonlySet<number> | undefined {
  const rows = new Set<number>()
  if (old.assignments.length !== plan.assignments.length) return undefined
  for (let i = 0; i < plan.tasks.length; i++) if (old.tasks[taskWas[i]!] !== plan.tasks[i]) rows.add(i)
  if (old.assignments !== plan.assignments) {
    for (let k = 0; k < plan.assignments.length; k++) {
      const item = plan.assignments[k]!
      const was = old.assignments[k]!
      if (was === item) continue
      const row = indexOf(item.task)
      if (was.task !== item.task || row === undefined) return undefined
      rows.add(row)
    }
  }
  return rows.size > FEW ? undefined : rows
}

function readAgain(
  next: TaskInputs,
  plan: Plan,
  shelf: ClockShelf,
  rows: ReadonlySet<number>,
): InputsOutcome | undefined {
  const project = shelf.of(plan.options.calendar)
  if (typeof project !== 'number') return { ok: false, error: project }
  const given = new Map<string, Assignment[]>()
  for (const row of rows) given.set(plan.tasks[row]!.id, [])
  for (const assignment of plan.assignments) given.get(assignment.task)?.push(assignment)
  const resources = new Map(plan.resources.map((resource, i) => [resource.id, { resource, i }]))
  for (const row of rows) {
    const task = plan.tasks[row]!
    const error = readTask(next, shelf, project, row, task)
    if (error) return { ok: false, error }
    let driver = next.driveStart[row]!
    for (const assignment of given.get(task.id) ?? []) {
      const known = resources.get(assignment.resource)
      if (!known) return undefined
      if (!drives(known.resource, assignment)) continue
      if (driver === next.driveStart[row + 1]) return undefined
      const own = known.resource.calendar === undefined ? project : shelf.of(known.resource.calendar)
      if (typeof own !== 'number') return { ok: false, error: own }
      next.driveResource[driver] = known.i
      readDriver(next, shelf, driver++, task, assignment, own, row)
    }
    if (driver !== next.driveStart[row + 1]) return undefined
  }
  return { ok: true, inputs: next }
}

/** The plan before keeps its own: a refused edit must leave it as it is. Rows stand where their tasks are now. */
function carriedInputs(inputs: TaskInputs, { taskWas, inPlace }: Descent): TaskInputs {
  const count = taskWas.length
  const floats = (from: Float64Array) => (inPlace ? from.slice() : copyColumn(from, new Float64Array(count), taskWas))
  const integers = (from: Int32Array) => (inPlace ? from.slice() : copyColumn(from, new Int32Array(count), taskWas))
  const bytes = (from: Uint8Array) => (inPlace ? from.slice() : copyColumn(from, new Uint8Array(count), taskWas))
  return {
    ...(inPlace ? sameDrivers(inputs) : carriedDrivers(inputs, taskWas)),
    mode: inputs.mode,
    flags: integers(inputs.flags),
    clock: integers(inputs.clock),
    duration: floats(inputs.duration),
    remaining: floats(inputs.remaining),
    actual: floats(inputs.actual),
    gap: floats(inputs.gap),
    constraint: bytes(inputs.constraint),
    constraintAt: floats(inputs.constraintAt),
    constraint2: bytes(inputs.constraint2),
    constraint2At: floats(inputs.constraint2At),
    deadline: floats(inputs.deadline),
    delay: floats(inputs.delay),
    actualStart: floats(inputs.actualStart),
    actualFinish: floats(inputs.actualFinish),
    resume: floats(inputs.resume),
    fixedStart: floats(inputs.fixedStart),
    fixedFinish: floats(inputs.fixedFinish),
  }
}

const sameDrivers = (inputs: TaskInputs) => ({
  driveStart: inputs.driveStart.slice(),
  driveClock: inputs.driveClock.slice(),
  driveAll: inputs.driveAll.slice(),
  driveLeft: inputs.driveLeft.slice(),
  driveDone: inputs.driveDone.slice(),
  driveDelay: inputs.driveDelay.slice(),
  driveResource: inputs.driveResource.slice(),
  driveApart: inputs.driveApart.slice(),
})

/** The drivers of the tasks that stayed, behind each other in the order of their tasks now. */
function carriedDrivers(inputs: TaskInputs, taskWas: Int32Array) {
  const driveStart = new Int32Array(taskWas.length + 1)
  const driverWas: number[] = []
  for (let i = 0; i < taskWas.length; i++) {
    const was = taskWas[i]!
    if (was >= 0) for (let k = inputs.driveStart[was]!; k < inputs.driveStart[was + 1]!; k++) driverWas.push(k)
    driveStart[i + 1] = driverWas.length
  }
  const was = Int32Array.from(driverWas)
  const floats = (from: Float64Array) => copyColumn(from, new Float64Array(was.length), was)
  return {
    driveStart,
    driveClock: copyColumn(inputs.driveClock, new Int32Array(was.length), was),
    driveAll: floats(inputs.driveAll),
    driveLeft: floats(inputs.driveLeft),
    driveDone: floats(inputs.driveDone),
    driveDelay: floats(inputs.driveDelay),
    driveResource: copyColumn(inputs.driveResource, new Int32Array(was.length), was),
    driveApart: copyColumn(inputs.driveApart, new Uint8Array(was.length), was),
  }
}
