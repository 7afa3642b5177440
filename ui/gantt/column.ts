// The columns of the grid: what each shows of a task and how it is edited.

import { formatDuration } from '@yingzao/engines/plan-text/duration'
import { formatPredecessors } from '@yingzao/engines/plan-text/predecessor'
import { CRITICAL, type DateTable } from '@yingzao/engines/schedule/date-table'
import type { Calendar, Task } from '@yingzao/engines/schedule/plan'
import type { BaselineOf } from './baseline.ts'
import { compactDate, formatDate } from './date-text.ts'
import { isMilestone, isParent, type Outline, rowNumber } from './outline.ts'
import type { Lang, Texts } from './texts.ts'

export type ColumnId = keyof Texts['columns']

/** What the cells are computed from. */
export interface Sheet {
  outline: Outline
  dates: DateTable
  lang: Lang
  text: Texts
  /** The baseline of the baseline columns, and the one beside it. */
  baseline: BaselineOf
  second?: BaselineOf
  /** By position the number of its float path, while paths are shown; 0 = none. */
  paths?: Uint8Array
  calendarName: ReadonlyMap<string, string>
  /** Who may answer for a task, by id. */
  people: ReadonlyMap<string, string>
}

export type CellEdit =
  | 'name'
  | 'code'
  | 'duration'
  | 'start'
  | 'finish'
  | 'predecessors'
  | 'successors'
  | 'percent'
  | 'resources'
  | 'responsible'
  | 'deadline'
  | 'leveling_delay'
  | 'actual_start'
  | 'actual_finish'

export interface ColumnDef {
  width: number
  min: number
  align: 'left' | 'right' | 'center'
  value: (sheet: Sheet, task: Task, at: number) => string
  edit?: CellEdit
  /** Computed from the subtasks when the task is a summary: then the cell cannot be edited. */
  rollsUp?: boolean
}

const date = (pick: (sheet: Sheet, task: Task, at: number) => number | undefined): ColumnDef['value'] => {
  return (sheet, task, at) => {
    const value = pick(sheet, task, at)
    return value === undefined || Number.isNaN(value) ? '' : formatDate(sheet.lang, value)
  }
}
const days = (pick: (sheet: Sheet, at: number) => number): ColumnDef['value'] => {
  return (sheet, _task, at) => {
    const minutes = pick(sheet, at)
    if (Number.isNaN(minutes)) return ''
    const text = formatDuration(sheet.lang, Math.abs(minutes), sheet.outline.plan.options)
    return minutes < 0 ? `-${text}` : text
  }
}

/** How people refer to a task: its row in Microsoft's world, its code in Primavera's. */
export function refOf(outline: Outline, id: string): string {
  const at = outline.index.get(id)
  const code = at === undefined ? undefined : outline.plan.tasks[at]?.code
  return outline.plan.mode === 'p6' && code ? code : at === undefined ? '?' : String(rowNumber(outline, at))
}

/** The task meant by a row number or a code. */
export function resolveRef(outline: Outline, ref: string): string | undefined {
  const byCode = outline.plan.mode === 'p6' ? outline.plan.tasks.find(task => task.code === ref) : undefined
  const row = /^\d+$/.test(ref) ? outline.plan.tasks[Number(ref) - outline.firstRow] : undefined
  return (byCode ?? row ?? outline.plan.tasks.find(task => task.code === ref))?.id
}

export function calendarNames(calendars: readonly Calendar[]): ReadonlyMap<string, string> {
  return new Map(calendars.map(calendar => [calendar.id, calendar.name]))
}

/** Days of the calendar: working time between two dates is not known without a calendar. */
const daysLater = (sheet: Sheet, at: number | undefined, than: number | undefined): string => {
  if (at === undefined || than === undefined || Number.isNaN(at)) return ''
  const late = Math.round((at - than) / 1440)
  return late === 0 ? '0' : `${late > 0 ? '+' : ''}${late}${sheet.lang === 'zh' ? '天' : 'd'}`
}

export const columns: Readonly<Record<ColumnId, ColumnDef>> = {
  row: { width: 44, min: 36, align: 'right', value: (sheet, _task, at) => String(rowNumber(sheet.outline, at)) },
  flags: { width: 44, min: 30, align: 'center', value: () => '' },
  code: { width: 84, min: 40, align: 'left', value: (_sheet, task) => task.code ?? '', edit: 'code' },
  name: { width: 260, min: 100, align: 'left', value: (_sheet, task) => task.name, edit: 'name' },
  duration: {
    width: 68,
    min: 44,
    align: 'right',
    rollsUp: true,
    edit: 'duration',
    value: (sheet, task, at) => {
      const parent = isParent(sheet.outline, at)
      const minutes = parent ? sheet.dates.duration[at]! : task.duration
      if (Number.isNaN(minutes)) return ''
      return formatDuration(sheet.lang, minutes, sheet.outline.plan.options, {
        unit: parent ? 'd' : (task.durationUnit ?? 'd'),
        elapsed: !parent && task.elapsed === true,
        estimated: task.estimated === true,
      })
    },
  },
  start: {
    width: 96,
    min: 60,
    align: 'right',
    rollsUp: true,
    edit: 'start',
    value: date((sheet, _task, at) => sheet.dates.start[at]),
  },
  finish: {
    width: 96,
    min: 60,
    align: 'right',
    rollsUp: true,
    edit: 'finish',
    value: date((sheet, _task, at) => sheet.dates.finish[at]),
  },
  dates: {
    width: 158,
    min: 80,
    align: 'right',
    value: (sheet, task, at) => {
      if (Number.isNaN(sheet.dates.start[at]!)) return ''
      const from = compactDate(sheet.lang, sheet.dates.start[at]!)
      return isMilestone(task) ? from : `${from} – ${compactDate(sheet.lang, sheet.dates.finish[at]!)}`
    },
  },
  predecessors: {
    width: 110,
    min: 50,
    align: 'left',
    edit: 'predecessors',
    value: (sheet, _task, at) =>
      formatPredecessors(
        sheet.lang,
        sheet.outline.predecessors(at),
        id => refOf(sheet.outline, id),
        sheet.outline.plan.options,
      ),
  },
  successors: {
    width: 110,
    min: 50,
    align: 'left',
    edit: 'successors',
    value: (sheet, _task, at) =>
      formatPredecessors(
        sheet.lang,
        sheet.outline.successors(at),
        id => refOf(sheet.outline, id),
        sheet.outline.plan.options,
        'to',
      ),
  },
  total_float: { width: 84, min: 44, align: 'right', value: days((sheet, at) => sheet.dates.totalFloat[at]!) },
  free_float: { width: 84, min: 44, align: 'right', value: days((sheet, at) => sheet.dates.freeFloat[at]!) },
  percent: {
    width: 64,
    min: 40,
    align: 'right',
    rollsUp: true,
    edit: 'percent',
    value: (sheet, _task, at) => `${Math.round(sheet.outline.percent[at]!)}%`,
  },
  resources: {
    width: 130,
    min: 60,
    align: 'left',
    edit: 'resources',
    value: (sheet, _task, at) =>
      sheet.outline
        .assignments(at)
        .map(item => {
          const name = sheet.outline.resourceName.get(item.resource) ?? ''
          return item.units === 1 ? name : `${name}[${Math.round(item.units * 100)}%]`
        })
        .join(sheet.lang === 'zh' ? '、' : ', '),
  },
  responsible: {
    width: 90,
    min: 50,
    align: 'left',
    edit: 'responsible',
    value: (sheet, task) => (task.responsible === undefined ? '' : (sheet.people.get(task.responsible) ?? '…')),
  },
  calendar: {
    width: 110,
    min: 60,
    align: 'left',
    value: (sheet, task) => (task.calendar ? (sheet.calendarName.get(task.calendar) ?? '') : ''),
  },
  constraint: {
    width: 150,
    min: 70,
    align: 'left',
    value: (sheet, task) => {
      const { type, at } = task.constraint
      if (type === 'asap') return ''
      return sheet.text.constraint_at[type](at === undefined ? '' : formatDate(sheet.lang, at))
    },
  },
  deadline: { width: 96, min: 60, align: 'right', edit: 'deadline', value: date((_sheet, task) => task.deadline) },
  leveling_delay: {
    width: 84,
    min: 50,
    align: 'right',
    rollsUp: true,
    edit: 'leveling_delay',
    value: (sheet, { levelingDelay = 0 }) =>
      levelingDelay === 0
        ? ''
        : formatDuration(sheet.lang, levelingDelay, sheet.outline.plan.options, { elapsed: true }),
  },
  early_start: { width: 96, min: 60, align: 'right', value: date((sheet, _task, at) => sheet.dates.earlyStart[at]) },
  early_finish: { width: 96, min: 60, align: 'right', value: date((sheet, _task, at) => sheet.dates.earlyFinish[at]) },
  late_start: { width: 96, min: 60, align: 'right', value: date((sheet, _task, at) => sheet.dates.lateStart[at]) },
  late_finish: { width: 96, min: 60, align: 'right', value: date((sheet, _task, at) => sheet.dates.lateFinish[at]) },
  baseline_start: { width: 96, min: 60, align: 'right', value: date((sheet, task) => sheet.baseline(task)?.start) },
  baseline_finish: {
    width: 96,
    min: 60,
    align: 'right',
    value: date((sheet, task) => sheet.baseline(task)?.finish),
  },
  start_variance: {
    width: 80,
    min: 50,
    align: 'right',
    value: (sheet, task, at) => daysLater(sheet, sheet.dates.start[at], sheet.baseline(task)?.start),
  },
  finish_variance: {
    width: 80,
    min: 50,
    align: 'right',
    value: (sheet, task, at) => daysLater(sheet, sheet.dates.finish[at], sheet.baseline(task)?.finish),
  },
  second_start: { width: 96, min: 60, align: 'right', value: date((sheet, task) => sheet.second?.(task)?.start) },
  second_finish: { width: 96, min: 60, align: 'right', value: date((sheet, task) => sheet.second?.(task)?.finish) },
  second_variance: {
    width: 80,
    min: 50,
    align: 'right',
    value: (sheet, task, at) => daysLater(sheet, sheet.dates.finish[at], sheet.second?.(task)?.finish),
  },
  baseline_change: {
    width: 80,
    min: 50,
    align: 'right',
    value: (sheet, task) => daysLater(sheet, sheet.baseline(task)?.finish, sheet.second?.(task)?.finish),
  },
  float_path: {
    width: 72,
    min: 40,
    align: 'right',
    value: (sheet, _task, at) => (sheet.paths?.[at] ? String(sheet.paths[at]) : ''),
  },
  actual_start: {
    width: 96,
    min: 60,
    align: 'right',
    rollsUp: true,
    edit: 'actual_start',
    value: date((_sheet, task) => task.actualStart),
  },
  actual_finish: {
    width: 96,
    min: 60,
    align: 'right',
    rollsUp: true,
    edit: 'actual_finish',
    value: date((_sheet, task) => task.actualFinish),
  },
  work: {
    width: 80,
    min: 50,
    align: 'right',
    value: (sheet, task) =>
      task.work === undefined ? '' : formatDuration(sheet.lang, task.work, sheet.outline.plan.options, { unit: 'h' }),
  },
}

export const defaultColumns: readonly ColumnId[] = [
  'row',
  'flags',
  'name',
  'duration',
  'start',
  'finish',
  'predecessors',
  'total_float',
  'percent',
  'responsible',
  'resources',
]
/** What a comparison with one baseline, and with two, adds to the table. */
export const varianceColumns: readonly ColumnId[] = ['baseline_finish', 'start_variance', 'finish_variance']
export const secondColumns: readonly ColumnId[] = ['second_finish', 'second_variance', 'baseline_change']
export const phoneColumns: readonly ColumnId[] = ['name', 'dates']

export interface Flag {
  kind: 'done' | 'late' | 'constraint' | 'deadline' | 'note' | 'manual' | 'inactive'
}

/** The small signs in the flags column; at most the two that matter most are drawn. */
export function flagsOf(sheet: Sheet, task: Task, at: number): Flag['kind'][] {
  const flags: Flag['kind'][] = []
  if (task.inactive) flags.push('inactive')
  if (sheet.outline.percent[at]! >= 100) flags.push('done')
  else if (isLate(sheet, task, at)) flags.push('late')
  if (task.constraint.type !== 'asap') flags.push('constraint')
  if (task.deadline !== undefined) flags.push('deadline')
  if (task.manual) flags.push('manual')
  if (task.notes) flags.push('note')
  return flags
}

/** Late: past its deadline, negative float, or later than its baseline while unfinished. */
export function isLate(sheet: Sheet, task: Task, at: number): boolean {
  if (sheet.outline.percent[at]! >= 100) return false
  const planned = sheet.baseline(task)?.finish
  const finish = sheet.dates.finish[at]!
  return (
    sheet.dates.totalFloat[at]! < 0 ||
    (task.deadline !== undefined && finish > task.deadline) ||
    (planned !== undefined && finish - planned >= 1440)
  )
}

export const isCritical = (dates: DateTable, at: number): boolean => (dates.flags[at]! & CRITICAL) !== 0
