// The inputs of a plan, read whole or, after an edit, only where a task's record or one of its assignments is another.
import type { ClockShelf } from './clock-shelf.ts'
import type { Descent } from './descent.ts'
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
  const rows = before.descent.inPlace ? concerned(old, plan, indexOf) : undefined
  return (rows && readAgain(before.state.inputs, plan, shelf, rows)) ?? readTasks(plan, mode, shelf, indexOf)
}

/** More rows than this are not worth a second way of reading. */
const FEW = 500

/** Positions of the tasks to read again; undefined when these are many or an assignment was added, removed or handed on. */
function concerned(old: Plan, plan: Plan, indexOf: IndexOf): ReadonlySet<number> | undefined {
  const rows = new Set<number>()
  if (old.assignments.length !== plan.assignments.length) return undefined
  for (let i = 0; i < plan.tasks.length; i++) if (old.tasks[i] !== plan.tasks[i]) rows.add(i)
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
  inputs: TaskInputs,
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
  const next = copied(inputs)
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

/** The plan before keeps its own: a refused edit must leave it as it is. */
const copied = (inputs: TaskInputs): TaskInputs => ({
  ...inputs,
  flags: inputs.flags.slice(),
  clock: inputs.clock.slice(),
  duration: inputs.duration.slice(),
  remaining: inputs.remaining.slice(),
  actual: inputs.actual.slice(),
  gap: inputs.gap.slice(),
  constraint: inputs.constraint.slice(),
  constraintAt: inputs.constraintAt.slice(),
  constraint2: inputs.constraint2.slice(),
  constraint2At: inputs.constraint2At.slice(),
  deadline: inputs.deadline.slice(),
  delay: inputs.delay.slice(),
  actualStart: inputs.actualStart.slice(),
  actualFinish: inputs.actualFinish.slice(),
  resume: inputs.resume.slice(),
  fixedStart: inputs.fixedStart.slice(),
  fixedFinish: inputs.fixedFinish.slice(),
  driveClock: inputs.driveClock.slice(),
  driveAll: inputs.driveAll.slice(),
  driveLeft: inputs.driveLeft.slice(),
  driveDone: inputs.driveDone.slice(),
  driveDelay: inputs.driveDelay.slice(),
  driveResource: inputs.driveResource.slice(),
  driveApart: inputs.driveApart.slice(),
})
