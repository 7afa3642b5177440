// Assignments as elements of Microsoft Project XML; the pieces of split tasks are told by their timephased work.
import { type CalendarClock, calendarClock } from '@yingzao/engines/schedule'
import type { Assignment, Plan, Segment, Task } from '@yingzao/engines/schedule/plan'
import { fieldTexts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { type Element, element } from '../xml/write.ts'
import { assignmentOrder } from './order.ts'
import { assignmentSpec } from './record.ts'
import { date, duration } from './value.ts'
import type { Numbers } from './write.ts'
import type { CustomWriter } from './write-custom.ts'
import { recordElement } from './write-record.ts'
import { baselineElement } from './write-task.ts'

/** Project's number for "nobody": it keeps such an assignment for tasks without resources. */
const nobody = '-65535'

export function* assignmentElements(
  plan: Plan,
  numbers: Numbers,
  custom: CustomWriter,
  losses: LossLog,
): Generator<Element> {
  const clocks = new Map<string, CalendarClock | undefined>()
  const ofResource = new Map(plan.resources.map(({ id, calendar }) => [id, calendar]))
  const clockOf = (task: Task, assignment?: Assignment): CalendarClock | undefined => {
    const own = assignment && !task.ignoreResourceCalendar ? ofResource.get(assignment.resource) : undefined
    const id = own ?? task.calendar ?? plan.options.calendar
    if (!clocks.has(id)) {
      const outcome = calendarClock(plan.calendars, id)
      clocks.set(id, outcome.ok ? outcome.clock : undefined)
    }
    return clocks.get(id)
  }
  const split = new Map(plan.tasks.filter(t => t.segments && t.segments.length > 1).map(t => [t.id, t]))
  for (const assignment of plan.assignments) {
    const task = numbers.task.get(assignment.task)
    const resource = numbers.resource.get(assignment.resource)
    if (task === undefined || resource === undefined) {
      losses.add('reference', 'assignment', assignment.id)
      continue
    }
    const texts = fieldTexts(assignmentSpec.fields, assignment)
    texts.UID = String(numbers.assignment.get(assignment.id) ?? 0)
    texts.TaskUID = String(task)
    texts.ResourceUID = String(resource)
    const whole = split.get(assignment.task)
    split.delete(assignment.task)
    const nested = [
      ...custom.values('assignment', assignment.custom),
      ...(assignment.baselines ?? []).map(baselineElement),
      ...(whole ? timephased(whole.segments ?? [], clockOf(whole, assignment), assignment) : []),
    ]
    yield recordElement({ name: 'Assignment', order: assignmentOrder, texts, extra: assignment.extra, nested }, losses)
  }
  let next = [...numbers.assignment.values()].reduce((max, n) => Math.max(max, n), 0) + 1
  for (const task of split.values()) {
    const segments = task.segments ?? []
    yield element('Assignment', [
      ['UID', String(next++)],
      ['TaskUID', String(numbers.task.get(task.id) ?? 0)],
      ['ResourceUID', nobody],
      ['Start', segments[0] && date.write(segments[0].start)],
      ['Finish', segments.at(-1) && date.write(segments.at(-1)?.finish ?? 0)],
      ['Units', '1'],
      ['Work', duration.write(task.duration)],
      ['WorkContour', '8'],
      ...timephased(segments, clockOf(task), undefined),
    ])
  }
}

/** Work of each segment, and a piece of zero work for each gap between two. */
function timephased(
  segments: readonly Segment[],
  clock: CalendarClock | undefined,
  assignment: Assignment | undefined,
): Element[] {
  const piece = (start: number, finish: number, work: number): Element =>
    element('TimephasedData', [
      ['Type', '1'],
      ['Start', date.write(start)],
      ['Finish', date.write(finish)],
      ['Unit', '2'],
      ['Value', duration.write(work)],
    ])
  return segments.flatMap((segment, i) => {
    const worked =
      (clock?.work(segment.start, segment.finish) ?? segment.finish - segment.start) * (assignment?.units ?? 1)
    const before = segments[i - 1]
    return [
      ...(before ? [piece(before.finish, segment.start, 0)] : []),
      piece(segment.start, segment.finish, Math.max(1, Math.round(worked))),
    ]
  })
}
