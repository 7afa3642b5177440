// Assignments of resources to tasks, and what their work over time tells of split tasks.
import type { Assignment, Minute } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import { baselineReader } from './baseline.ts'
import { u16 } from './bytes.ts'
import type { CustomValues } from './custom-field.ts'
import type { RecordBytes } from './field-map.ts'
import type { Table } from './table.ts'
import { extraReader } from './text.ts'
import {
  date,
  duration,
  integer,
  money,
  type StoredField,
  short,
  storedFieldsOf,
  units,
  unlessZero,
  work,
} from './value.ts'

const assignment = storedFieldsOf<Assignment>()

const assignmentFields: readonly StoredField<Assignment>[] = [
  assignment(0, 'uid', integer),
  assignment(7, 'units', units),
  assignment(8, 'work', unlessZero(work)),
  assignment(10, 'actualWork', unlessZero(work)),
  assignment(12, 'remainingWork', unlessZero(work)),
  assignment(9, 'overtimeWork', unlessZero(work)),
  assignment(13, 'actualOvertimeWork', unlessZero(work)),
  assignment(25, 'delay', unlessZero(duration)),
  assignment(20, 'start', date),
  assignment(21, 'finish', date),
  // Stored before 2010 only.
  assignment(22, 'actualStart', date),
  assignment(23, 'actualFinish', date),
  assignment(26, 'cost', unlessZero(money)),
  assignment(80, 'rateTable', short),
]

const field = { uid: 0, task: 1, resource: 2, isContoured: 40, planned: 49, actual: 50, resume: 24 }

const contours: readonly NonNullable<Assignment['contour']>[] = [
  'flat',
  'back_loaded',
  'front_loaded',
  'double_peak',
  'early_peak',
  'late_peak',
  'bell',
  'turtle',
  'contoured',
]

export interface AssignmentReading {
  draft: Draft<Assignment>
  uid: number
  task: number
  resource: number
  hasActualWork: boolean
  resume: Minute | undefined
  planned: Uint8Array | undefined
  actual: Uint8Array | undefined
}

/** Indexes of the records that are assignments: others are deleted or outdated. */
export function* assignmentRows(table: Table): Generator<{ index: number; id: number }> {
  for (let index = 0; index < table.count; index++) {
    const record = table.record(index, 0)
    const meta = record.meta[0]
    if (!meta || meta[0] !== 0) continue
    const id = table.reader.integer(record, field.uid)
    if (id !== undefined && table.reader.variable.has(id)) yield { index, id }
  }
}

export function assignmentReader(table: Table, custom: CustomValues): (record: RecordBytes) => AssignmentReading {
  const { reader } = table
  const baselines = baselineReader('assignment', reader)
  const extra = extraReader('assignment', reader)
  return record => {
    const draft: Draft<Assignment> = {}
    for (const f of assignmentFields) f.read(reader, record, draft)
    if (!draft.rateTable) delete draft.rateTable
    const planned = reader.bytes(record, field.planned)
    const actual = reader.bytes(record, field.actual)
    const shape = planned && planned.length >= 30 ? contours[u16(planned, 28)] : undefined
    draft.contour = reader.bit(record, field.isContoured) ? 'contoured' : (shape ?? 'flat')
    const known = baselines(record)
    if (known) draft.baselines = known
    const values = custom(record)
    if (values) draft.custom = values
    const more = extra(record)
    if (more) draft.extra = more
    return {
      draft,
      uid: draft.uid ?? record.id,
      task: reader.integer(record, field.task) ?? -1,
      resource: reader.integer(record, field.resource) ?? -1,
      hasActualWork: actual !== undefined && actual.length > 26 && u16(actual, 0) > 0,
      resume: date(reader, record, field.resume),
      planned,
      actual,
    }
  }
}

export const claimedAssignmentFields: ReadonlySet<number> = new Set([
  ...assignmentFields.map(f => f.field),
  ...Object.values(field),
])
