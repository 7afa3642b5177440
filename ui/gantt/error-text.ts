// Errors of edits and of the computation in the user's words, with the names of the tasks they are about.
import type { EditError } from '@yingzao/engines/schedule/edit'
import type { ScheduleError } from '@yingzao/engines/schedule/result'
import type { Outline } from './outline.ts'
import { rowNumber } from './outline.ts'
import type { Texts } from './texts.ts'

export function errorText(text: Texts, outline: Outline, error: EditError | ScheduleError): string {
  const name = (id: string): string => {
    const at = outline.index.get(id)
    const task = at === undefined ? undefined : outline.plan.tasks[at]
    return at === undefined || !task ? id : `${rowNumber(outline, at)} ${task.name}`
  }
  const chain = (ids: readonly string[]): string => {
    const shown = ids.length > 6 ? [...ids.slice(0, 5), undefined, ids[ids.length - 1]] : ids
    return [...shown, ids[0]].map(id => (id === undefined ? '…' : name(id))).join(' → ')
  }
  const { edit, schedule, what } = text.errors
  switch (error.code) {
    case 'schedule.cycle':
      return schedule.cycle(chain(error.tasks))
    case 'schedule.unknown_reference':
      return schedule.unknown_reference(error.id)
    case 'schedule.calendar_without_work':
      return schedule.calendar_without_work
    case 'schedule.calendar_cycle':
      return schedule.calendar_cycle
    case 'schedule.out_of_range':
      return schedule.out_of_range(name(error.task))
    case 'schedule.edit.unknown':
      return edit.unknown(what[error.what], error.id)
    case 'schedule.edit.duplicate':
      return edit.duplicate(error.id)
    case 'schedule.edit.cycle':
      return edit.cycle(chain(error.tasks))
    case 'schedule.edit.self':
      return edit.self
    case 'schedule.edit.within_summary':
      return edit.within_summary(name(error.summary), name(error.task))
    case 'schedule.edit.linked_already':
      return edit.linked_already(name(error.from), name(error.to))
    case 'schedule.edit.into_itself':
      return edit.into_itself
    case 'schedule.edit.cannot_indent':
      return edit.cannot_indent
    case 'schedule.edit.cannot_outdent':
      return edit.cannot_outdent
    case 'schedule.edit.outline':
      return edit.outline
    case 'schedule.edit.invalid':
      return edit.invalid(error.field)
    default:
      return exhausted(error)
  }
}

/** A code added to the engine and not worded here is a compile error. */
const exhausted = (error: never): string => JSON.stringify(error)
