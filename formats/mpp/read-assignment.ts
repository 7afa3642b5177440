// All assignments of the file, and the pieces in which they work at tasks that pause.
import type { CalendarClock } from '@yingzao/engines/schedule'
import type { Assignment, Resource, Segment, Task } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'
import { type AssignmentReading, assignmentReader, assignmentRows } from './assignment.ts'
import type { CustomValues } from './custom-field.ts'
import type { OutlinedTask } from './outline.ts'
import type { Source } from './source.ts'
import { hasPause, workedPieces } from './split.ts'
import { unreadFields } from './unread.ts'

/** Calendars of split tasks: a clock takes a megabyte. */
const mostClocks = 200
/** Records read between two pauses. */
const pause = 500

export interface AssignmentsRead {
  readonly assignments: readonly Assignment[]
  /** By task: when its assignments work, as far as they pause. */
  readonly pieces: ReadonlyMap<string, Segment[]>
}

interface Around {
  readonly values: CustomValues
  readonly clockOf: (calendar: string) => CalendarClock | undefined
  /** The plan's own calendar. */
  readonly usual: string
  readonly losses: LossLog
}

export function* assignmentSteps(
  { tables }: Source,
  outline: readonly OutlinedTask[],
  resources: readonly Resource[],
  { values, clockOf, usual, losses }: Around,
): Generator<void, AssignmentsRead, void> {
  const read = assignmentReader(tables.assignment, values)
  const unread = unreadFields('assignment', tables.assignment, losses)
  const taskById = new Map(outline.map(({ draft }) => [draft.id ?? '', draft]))
  const resourceById = new Map(resources.map(each => [each.id, each]))
  const clocks = new Set<string>()
  const assignments: Assignment[] = []
  const pieces = new Map<string, Segment[]>()
  const seen = new Set<string>()

  /** When it works, where that is not one stretch. */
  function keepPieces(reading: AssignmentReading, found: Assignment, task: Draft<Task>): void {
    // The calendar whose working time an assignment counts: the task's own where it has one, else the resource's.
    const calendar = task.calendar ?? resourceById.get(found.resource)?.calendar ?? usual
    clocks.add(calendar)
    const clock = clocks.size <= mostClocks ? clockOf(calendar) : undefined
    const worked =
      clock && found.start !== undefined && found.finish !== undefined
        ? workedPieces({ ...reading, start: found.start, finish: found.finish }, clock)
        : []
    if (worked.length === 0) losses.add('structure', 'Task/Split', found.task)
    for (const piece of worked) pushTo(pieces, found.task, piece)
  }

  for (const { index, id } of assignmentRows(tables.assignment)) {
    const record = tables.assignment.record(index, id)
    const reading = read(record)
    const task = taskById.get(String(reading.task))
    const resource = String(reading.resource)
    if (!task) {
      losses.add('reference', 'Assignment/TaskUID', String(reading.task))
      continue
    }
    const key = `${reading.task} ${resource}`
    if (seen.has(key)) continue
    seen.add(key)
    const found = finishedAssignment(reading, task, resource)
    if (hasPause(reading)) keepPieces(reading, found, task)
    if (!resourceById.has(resource)) continue
    assignments.push(found)
    unread(record)
    if (assignments.length % pause === 0) yield
  }
  return { assignments, pieces }
}

/**
 * Since 2010 actual dates of an assignment follow from its task and work: nothing left to do is done, any work done is
 * begun; an assignment to a task without duration begins and ends with it.
 */
function finishedAssignment(reading: AssignmentReading, task: Draft<Task>, resource: string): Assignment {
  const { draft } = reading
  const isDone = task.duration
    ? task.actualStart !== undefined && !draft.remainingWork
    : task.actualFinish !== undefined
  const isBegun = task.duration ? isDone || reading.hasActualWork : task.actualStart !== undefined
  return {
    ...draft,
    id: String(reading.uid),
    task: task.id ?? '',
    resource,
    units: draft.units ?? 1,
    ...(isBegun && draft.start !== undefined && { actualStart: draft.actualStart ?? draft.start }),
    ...(isDone && draft.finish !== undefined && { actualFinish: draft.actualFinish ?? draft.finish }),
  }
}
