// Activities of XER: one row of TASK as one task.
import { parseMinute } from '@yingzao/engines/schedule/civil'
import type { Constraint, PlanOptions, StoredDates, Task } from '@yingzao/engines/schedule/plan'
import { finite } from '../codec.ts'
import { type Draft, recordReader } from '../field.ts'
import type { LossLog } from '../loss.ts'
import type { Codes } from './code.ts'
import { constraintType, storedFields, taskSpec } from './record.ts'
import type { XerRow as Row } from './table.ts'
import { hours } from './value.ts'

const minute = (row: Row, column: string): number | undefined => parseMinute(row.get(column) ?? '')

const remainingColumns = [
  ['earlyStart', 'restart_date'],
  ['earlyFinish', 'reend_date'],
  ['lateStart', 'rem_late_start_date'],
  ['lateFinish', 'rem_late_end_date'],
] as const

/** P6 repeats the dates of the remaining work in columns of their own; some exporters fill only those. */
function storedDates(row: Row, bad: (column: string, value: string) => void): Draft<StoredDates> {
  const dates: Draft<StoredDates> = {}
  for (const field of storedFields) {
    const value = row.get(field.element)
    if (value && !field.read(value, dates)) bad(field.element, value)
  }
  for (const [key, column] of remainingColumns) {
    const value = minute(row, column)
    if (dates[key] === undefined && value !== undefined) dates[key] = value
  }
  return dates
}

/** What activities refer to. */
export interface TaskContext {
  losses: LossLog
  codes: Codes
  notes: ReadonlyMap<string, string>
  /** Sum of the planned expenses. */
  expenses: ReadonlyMap<string, string>
}

export function taskReader(
  context: TaskContext,
  options: PlanOptions,
  calendars: ReadonlySet<string>,
): (row: Row) => Task {
  const { losses, codes, notes, expenses } = context
  const readFields = recordReader(taskSpec, losses)
  const bound = (row: Row, type: string, date: string): Constraint | undefined => {
    const written = row.get(type)
    if (written === undefined) return undefined
    const read = constraintType.read(written)
    const at = minute(row, date)
    if (read === 'alap') return { type: read }
    if (read !== undefined && at !== undefined) return { type: read, at }
    losses.add(
      'value',
      `TASK.${read === undefined ? type : date}`,
      row.get(read === undefined ? type : date) ?? written,
    )
    return undefined
  }
  return row => {
    const id = row.get('task_id') ?? ''
    const draft: Draft<Task> = {}
    const extraFields = readFields({ fields: row, children: [] }, draft)
    const dates = storedDates(row, (column, value) => losses.add('value', `TASK.${column}`, value))
    const start = draft.actualStart ?? dates.earlyStart ?? minute(row, 'target_start_date')
    const finish = draft.actualFinish ?? dates.earlyFinish ?? minute(row, 'target_end_date')
    if (start !== undefined) dates.start = start
    if (finish !== undefined) dates.finish = finish
    if (row.get('status_code') === 'TK_Complete') dates.critical = false
    else if (options.criticalBy === 'longest_path') {
      if (row.has('driving_path_flag')) dates.critical = row.get('driving_path_flag') === 'Y'
    } else if (dates.totalFloat !== undefined) dates.critical = dates.totalFloat <= options.criticalSlackLimit

    const extra = extraOf(extraFields, row, draft, dates)
    let first = bound(row, 'cstr_type', 'cstr_date')
    let second = bound(row, 'cstr_type2', 'cstr_date2')
    const expected = minute(row, 'expect_end_date')
    if (expected !== undefined) {
      if (!first) first = { type: 'expected_finish', at: expected }
      else if (!second) second = { type: 'expected_finish', at: expected }
      else losses.add('field', 'TASK.expect_end_date', row.get('expect_end_date'))
    }
    const calendar = row.get('clndr_id')
    if (calendar !== undefined && !calendars.has(calendar)) losses.add('reference', 'TASK.clndr_id', calendar)
    const custom = codes.of('TASK', id)
    const note = notes.get(id)
    const fixedCost = expenses.get(id)
    const uid = Number(id)
    return {
      ...draft,
      id,
      ...(Number.isInteger(uid) && { uid }),
      name: draft.name ?? '',
      kind: draft.kind ?? 'task',
      duration: draft.duration ?? draft.remainingDuration ?? 0,
      durationUnit: 'd',
      constraint: first ?? { type: 'asap' },
      ...(second && { constraint2: second }),
      ...(calendar !== undefined && calendars.has(calendar) && { calendar }),
      percentComplete: percentComplete(row, draft),
      ...(note && { notes: note }),
      ...(fixedCost && { fixedCost }),
      stored: dates,
      ...(custom && { custom }),
      ...(extra && { extra }),
    }
  }
}

/** Planned dates say something only where they differ from the scheduled ones. */
function extraOf(
  extra: Readonly<Record<string, string>> | undefined,
  row: Row,
  task: Draft<Task>,
  dates: Draft<StoredDates>,
): Readonly<Record<string, string>> | undefined {
  const kept: Record<string, string> = { ...extra }
  const type = row.get('complete_pct_type')
  if (type && type !== 'CP_Drtn') kept.complete_pct_type = type
  const planned: readonly (readonly [string, number | undefined])[] = [
    ['target_start_date', task.actualStart ?? dates.earlyStart],
    ['target_end_date', task.actualFinish ?? dates.earlyFinish],
  ]
  for (const [column, scheduled] of planned) {
    const value = row.get(column)
    if (value && parseMinute(value) !== scheduled) kept[column] = value
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}

function percentComplete(row: Row, task: Draft<Task>): number {
  const status = row.get('status_code')
  if (status === 'TK_Complete') return 100
  if (status !== 'TK_Active') return 0
  const share = (done: number, all: number): number => (all > 0 ? Math.min(100, Math.max(0, (done / all) * 100)) : 0)
  const rounded = (n: number): number => Math.round(n * 100) / 100
  switch (row.get('complete_pct_type')) {
    case 'CP_Phys':
      return task.physicalPercentComplete ?? 0
    case 'CP_Units': {
      const of = (column: string): number => finite(row.get(column) ?? '') ?? 0
      const done = of('act_work_qty') + of('act_equip_qty')
      return rounded(share(done, done + of('remain_work_qty') + of('remain_equip_qty')))
    }
    default: {
      const all = task.duration ?? 0
      return rounded(share(all - (task.remainingDuration ?? all), all))
    }
  }
}

/** A predecessor in another project of the same file: its dates drive, nothing moves it. */
export function externalTask(id: string, row: Row, project: string): Task {
  const dates = storedDates(row, () => {})
  const start = minute(row, 'act_start_date') ?? dates.earlyStart ?? minute(row, 'target_start_date')
  const finish = minute(row, 'act_end_date') ?? dates.earlyFinish ?? minute(row, 'target_end_date')
  const uid = Number(id)
  return {
    id,
    ...(Number.isInteger(uid) && { uid }),
    code: row.get('task_code') ?? '',
    name: row.get('task_name') ?? '',
    kind: 'task',
    duration: hours.read(row.get('target_drtn_hr_cnt') ?? '') ?? 0,
    constraint: { type: 'asap' },
    external: true,
    externalProject: project,
    stored: { ...dates, ...(start !== undefined && { start }), ...(finish !== undefined && { finish }) },
  }
}
