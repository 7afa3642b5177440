// Tasks: which stored field is which field of the plan, the order and outline of the rows, and what is no task at all.
import type { StoredDates, Task, TaskBaseline } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { constraintType } from '../mspdi/record.ts'
import { baselineReader } from './baseline.ts'
import { u16, u32 } from './bytes.ts'
import type { CustomValues } from './custom-field.ts'
import type { FieldReader, RecordBytes } from './field-map.ts'
import type { Table } from './table.ts'
import { extraReader, noteOf } from './text.ts'
import {
  choice,
  date,
  duration,
  flag,
  integer,
  money,
  notFlag,
  percent,
  type StoredField,
  short,
  shownAs,
  storedFieldsOf,
  text,
  unlessZero,
  work,
} from './value.ts'

const task = storedFieldsOf<Task>()
const stored = storedFieldsOf<StoredDates>()

const taskFields: readonly StoredField<Task>[] = [
  task(86, 'uid', integer),
  task(14, 'name', text),
  task(16, 'code', text),
  task(25, 'priority', short),
  task(1279, 'inactive', notFlag),
  task(1280, 'manual', flag),
  task(128, 'effort', choice('fixed_units', 'fixed_duration', 'fixed_work')),
  task(132, 'effortDriven', flag),
  task(24, 'milestone', flag),
  task(399, 'ignoreResourceCalendar', flag),
  task(252, 'levelingCanSplit', flag),
  task(20, 'levelingDelay', duration),
  task(437, 'deadline', date),
  task(32, 'percentComplete', percent),
  task(33, 'percentWorkComplete', percent),
  task(1119, 'physicalPercentComplete', percent),
  task(41, 'actualStart', date),
  task(42, 'actualFinish', date),
  task(28, 'actualDuration', unlessZero(duration)),
  task(31, 'remainingDuration', unlessZero(duration)),
  task(100, 'suspend', date),
  task(99, 'resume', date),
  task(0, 'work', unlessZero(work)),
  task(2, 'actualWork', unlessZero(work)),
  task(4, 'remainingWork', unlessZero(work)),
  task(5, 'cost', unlessZero(money)),
  task(8, 'fixedCost', unlessZero(money)),
]

const storedFields: readonly StoredField<StoredDates>[] = [
  stored(37, 'earlyStart', date),
  stored(38, 'earlyFinish', date),
  stored(39, 'lateStart', date),
  stored(40, 'lateFinish', date),
  stored(21, 'freeFloat', duration),
  stored(438, 'startFloat', duration),
  stored(439, 'finishFloat', duration),
  stored(19, 'critical', flag),
]

/** Fields read by hand, by what they are. */
const field = {
  uid: 86,
  row: 23,
  name: 14,
  created: 93,
  level: 249,
  order: 1145,
  duration: 29,
  durationUnit: 181,
  manualDuration: 1288,
  manualDurationUnit: 1289,
  start: 35,
  finish: 36,
  manualStart: 1283,
  manualFinish: 1284,
  startText: 1285,
  finishText: 1286,
  durationText: 1287,
  constraint: 17,
  constraintDate: 18,
  calendar: 401,
  notes: 15,
  external: 232,
  externalProject: 26,
}

/** Reads one task row; undefined for a row that Project shows blank. */
export interface TaskReading {
  draft: Draft<Task>
  level: number
  order: number
  calendar: number | undefined
}

/** The order of fields of the second part in files from 2010 on; others keep rows by their number. */
const blankSize = 16
/** Three records at the head of the table stand for no row. */
const firstRow = 3
const deleted = 2
const odd = 4

/** What stands in the rows of the task table: the index of each task's record, and the numbers of blank rows. */
export interface TaskRows {
  /** Record index by task number. */
  tasks: Map<number, number>
  /** Row numbers of blank rows. */
  blanks: Set<number>
}

/**
 * Finds the record of each task. Project leaves deleted tasks, blank rows and outdated copies in the table: a deleted
 * task hides what stands before it, of several records of one task the first that is not marked odd counts.
 */
export function taskRows(table: Table): TaskRows {
  const { map, variable } = table.reader
  const found = new Map<number, number | undefined>()
  const blank = new Map<number, number>()
  const need = map.size(0) * 0.75
  const isTwoPart = map.fields.some(f => f.part === 1)
  for (let i = table.count - 1; i >= firstRow; i--) {
    const record = table.record(i, 0)
    const data = record.fixed[0]
    const meta = record.meta[0]
    if (!data || !meta || (isTwoPart && !record.fixed[1])) continue
    const flags = u32(meta, 0)
    if (flags & deleted) {
      const id = u16(data, 0)
      if (!found.has(id)) found.set(id, undefined)
      continue
    }
    if (data.length <= blankSize) {
      const id = u32(data, 0)
      if (found.has(id)) continue
      found.set(id, undefined)
      blank.set(id, u32(data, 4))
      continue
    }
    if (data.length <= need) continue
    const id = table.reader.integer(record, field.uid) ?? 0
    if (found.has(id) && (!variable.has(id) || flags & odd)) continue
    found.set(id, i)
    blank.delete(id)
  }
  const tasks = new Map<number, number>()
  for (const [id, index] of [...found].sort(([a], [b]) => a - b)) if (index !== undefined) tasks.set(id, index)
  return { tasks, blanks: new Set(blank.values()) }
}

export interface TaskContext {
  custom: CustomValues
  losses: LossLog
  /** Number of the unit of durations that name none. */
  usualUnit: number | undefined
}

/** A reader of task records; undefined for records that are blank rows after all. */
export function taskReader(
  table: Table,
  { custom, losses, usualUnit }: TaskContext,
): (record: RecordBytes) => TaskReading | undefined {
  const { reader } = table
  const baselines = baselineReader('task', reader)
  const extra = extraReader('task', reader)

  return record => {
    const draft: Draft<Task> = {}
    for (const f of taskFields) f.read(reader, record, draft)
    const dates: Draft<StoredDates> = {}
    for (const f of storedFields) f.read(reader, record, dates)
    // A task that has begun can no longer use the float of its start.
    if (dates.startFloat !== undefined && dates.finishFloat !== undefined)
      dates.totalFloat =
        draft.actualStart === undefined ? Math.min(dates.startFloat, dates.finishFloat) : dates.finishFloat
    const scheduled = { start: date(reader, record, field.start), finish: date(reader, record, field.finish) }
    const entered = { start: date(reader, record, field.manualStart), finish: date(reader, record, field.manualFinish) }
    const created = date(reader, record, field.created)
    if (draft.name === undefined && (!scheduled.start || !scheduled.finish || !created)) return undefined

    const manual = draft.manual === true
    const start = manual ? (entered.start ?? scheduled.start) : (scheduled.start ?? entered.start)
    const finish = manual ? (entered.finish ?? scheduled.finish) : (scheduled.finish ?? entered.finish)
    if (start !== undefined) dates.start = start
    if (finish !== undefined) dates.finish = finish
    const manualDuration = duration(reader, record, field.manualDuration)
    const length = manual
      ? (manualDuration ?? duration(reader, record, field.duration))
      : duration(reader, record, field.duration)
    draft.duration = length ?? 0
    const shown = shownAs(reader.short(record, manual ? field.manualDurationUnit : field.durationUnit), usualUnit)
    if (shown.unit) draft.durationUnit = shown.unit
    if (shown.elapsed) draft.elapsed = true
    draft.estimated = shownAs(reader.short(record, field.durationUnit)).estimated
    if (manual) {
      if (start !== undefined) draft.manualStart = start
      if (finish !== undefined) draft.manualFinish = finish
      draft.manualDuration = draft.duration
      const typed = [field.startText, field.finishText, field.durationText]
      if (draft.actualStart === undefined && typed.some(f => reader.bit(record, f))) draft.placeholder = true
    }
    draft.constraint = constraintOf(reader, record, losses)
    draft.stored = bounded(draft, dates)
    const notes = noteOf(reader, record, field.notes)
    if (notes) draft.notes = notes
    draft.manual ??= false
    draft.inactive ??= false
    draft.external = reader.bit(record, field.external) === true
    draft.physicalPercentComplete ??= 0
    const project = reader.text(record, field.externalProject)
    if (project) draft.externalProject = project
    const known: TaskBaseline[] | undefined = baselines(record)
    if (known) draft.baselines = known
    const values = custom(record)
    if (values) draft.custom = values
    const more = extra(record)
    if (more) draft.extra = more
    const calendar = reader.integer(record, field.calendar)
    return {
      draft,
      level: reader.short(record, field.level) ?? 1,
      order: reader.real(record, field.order) ?? reader.integer(record, field.row) ?? 0,
      calendar: calendar === undefined || calendar < 0 ? undefined : calendar,
    }
  }
}

function constraintOf(reader: FieldReader, record: RecordBytes, losses: LossLog): Task['constraint'] {
  const number = reader.short(record, field.constraint) ?? 0
  const type = constraintType.read(String(number))
  if (type === undefined) losses.add('value', 'Task/ConstraintType', String(number))
  if (type === undefined || type === 'asap' || type === 'alap') return { type: type ?? 'asap' }
  const at = date(reader, record, field.constraintDate)
  if (at !== undefined) return { type, at }
  losses.add('value', 'Task/ConstraintDate', type)
  return { type: 'asap' }
}

/** Tasks as late as possible, and late bounds, show their late dates where the stored ones lie before. */
function bounded(task: Draft<Task>, dates: Draft<StoredDates>): StoredDates {
  const { start, finish, lateStart, lateFinish } = dates
  const type = task.constraint?.type
  if (type === 'alap') {
    if (start !== undefined && lateStart !== undefined && start < lateStart) dates.start = lateStart
    if (finish !== undefined && lateFinish !== undefined && finish < lateFinish) dates.finish = lateFinish
  } else if (type === 'start_no_later_than' || type === 'finish_no_later_than') {
    if (start !== undefined && finish !== undefined && finish < start && lateFinish !== undefined)
      dates.finish = lateFinish
  }
  return dates
}

/** Every field number that is read into the plan, for the account of what is not. */
export const claimedTaskFields: ReadonlySet<number> = new Set([
  ...taskFields.map(f => f.field),
  ...storedFields.map(f => f.field),
  ...Object.values(field),
])
