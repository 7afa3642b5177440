// All tasks of the file, in the order of its records, and the rows on which no task stands.
import type { LossLog } from '../loss.ts'
import type { CustomValues } from './custom-field.ts'
import { prop } from './prop.ts'
import type { Source } from './source.ts'
import { type TaskReading, taskReader, taskRows } from './task.ts'
import { unreadFields } from './unread.ts'

/** Records read between two pauses. */
const pause = 500

interface Around {
  readonly values: CustomValues
  readonly losses: LossLog
  readonly spend: (what: 'tasks') => void
}

export function* taskSteps(
  { tables, props }: Source,
  { values, losses, spend }: Around,
): Generator<void, { readings: TaskReading[]; blanks: ReadonlySet<number> }, void> {
  const rows = taskRows(tables.task)
  const read = taskReader(tables.task, { custom: values, losses, usualUnit: props.short(prop.durationUnit) })
  const unread = unreadFields('task', tables.task, losses)
  const readings: TaskReading[] = []
  for (const [id, index] of rows.tasks) {
    spend('tasks')
    const record = tables.task.record(index, id)
    const reading = read(record)
    if (reading) {
      readings.push(reading)
      unread(record)
    } else rows.blanks.add(id)
    if (readings.length % pause === 0) yield
  }
  for (const row of rows.blanks) losses.add('row', 'Task', String(row))
  return { readings, blanks: rows.blanks }
}
