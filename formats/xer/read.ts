// Reads Primavera XER into plans, one for each project of the file.

import { parseMinute } from '@yingzao/engines/schedule/civil'
import {
  type Assignment,
  type Calendar,
  type Constraint,
  defaultOptions,
  type Link,
  type Plan,
  type PlanOptions,
  type StoredDates,
  type Task,
} from '@yingzao/engines/schedule/plan'
import { finite } from '../codec.ts'
import { type Draft, recordReader } from '../field.ts'
import { allowance, defaultLimits, type ReadLimits, Refused } from '../limit.ts'
import { type LossLog, lossLog } from '../loss.ts'
import { foldBaselines } from './baseline.ts'
import { readCalendar } from './calendar.ts'
import { type Codes, readCodes } from './code.ts'
import { outlined } from './outline.ts'
import { assignmentSpec, constraintType, linkType, planSpec, scheduleFields, storedFields, taskSpec } from './record.ts'
import { readNotes, readResources, roleId } from './resource.ts'
import { parseXer, rowsOf, type XerFile } from './table.ts'
import { hours } from './value.ts'

type Row = ReadonlyMap<string, string>

/** Tables that are read, or that only explain numbers of others. */
const knownTables = new Set([
  ...['PROJECT', 'CALENDAR', 'SCHEDOPTIONS', 'PROJWBS', 'TASK', 'TASKPRED', 'TASKRSRC', 'RSRC', 'RSRCRATE', 'ROLES'],
  ...['UDFTYPE', 'UDFVALUE', 'ACTVTYPE', 'ACTVCODE', 'TASKACTV', 'TASKMEMO', 'MEMOTYPE', 'UMEASURE', 'CURRTYPE'],
  ...['FINTMPL', 'COSTTYPE', 'POBS', 'OBS', 'NONWORK'],
])

const minute = (row: Row | undefined, column: string): number | undefined => parseMinute(row?.get(column) ?? '')

/**
 * @param text the decoded file
 * @returns every project of the file; baselines saved with their project are folded into it
 */
export function readXer(text: string, losses: LossLog = lossLog(), limits: ReadLimits = defaultLimits): Plan[] {
  const file = parseXer(text, limits)
  const projects = [...rowsOf(file, 'PROJECT')]
  if (projects.length === 0) throw new Refused('xer.no_project')
  allowance(limits)(
    'tasks',
    (file.tables.get('TASK')?.rows.length ?? 0) + (file.tables.get('PROJWBS')?.rows.length ?? 0),
  )
  for (const [name, table] of file.tables)
    if (!knownTables.has(name)) for (const _ of table.rows) losses.add('structure', name)

  const calendars = linkedCalendars(
    [...rowsOf(file, 'CALENDAR')].map(row => readCalendar(row, losses)),
    losses,
  )
  const codes = readCodes(file, losses)
  const context: Context = {
    ...{ file, losses, calendars, codes },
    people: readResources(file, new Set(calendars.map(c => c.id)), codes, losses),
    notes: readNotes(file),
    tasks: new Map([...rowsOf(file, 'TASK')].map(row => [row.get('task_id') ?? '', row])),
  }
  const plans = projects.map(project => ({ project, plan: readProject(project, context) }))
  return foldBaselines(plans, losses)
}

interface Context {
  file: XerFile
  losses: LossLog
  calendars: readonly Calendar[]
  codes: Codes
  people: ReturnType<typeof readResources>
  notes: ReadonlyMap<string, string>
  tasks: ReadonlyMap<string, Row>
}

function linkedCalendars(read: readonly Calendar[], losses: LossLog): Calendar[] {
  const ids = new Set(read.map(c => c.id))
  return read.map(calendar => {
    if (calendar.parent === undefined || ids.has(calendar.parent)) return calendar
    losses.add('reference', 'CALENDAR.base_clndr_id', calendar.parent)
    const { parent: _gone, ...rest } = calendar
    return rest
  })
}

function readProject(project: Row, context: Context): Plan {
  const { file, losses, codes } = context
  const projectId = project.get('proj_id') ?? ''
  const own = (table: string): Row[] => [...rowsOf(file, table)].filter(row => row.get('proj_id') === projectId)
  const calendars = context.calendars.filter(c => (c.extra?.proj_id ?? projectId) === projectId)
  const known = new Set(calendars.map(c => c.id))
  const options = readOptions(project, own('SCHEDOPTIONS')[0], calendars, context)
  const draft: Draft<Plan> = {}
  const extra = recordReader(planSpec, losses)({ fields: project, children: [] }, draft)

  const readTask = taskReader(context, options, known)
  const rows = own('TASK')
  const wbs = own('PROJWBS')
  const tasks = outlined(
    wbs,
    rows.map(row => ({ task: readTask(row), wbs: row.get('wbs_id') ?? '' })),
    losses,
  )
  const withWbsCodes = tasks.map(task => {
    const custom = task.kind === 'summary' ? codes.of('PROJWBS', task.id.slice(4)) : undefined
    return custom ? { ...task, custom } : task
  })
  const { links, outside } = readLinks(
    own('TASKPRED'),
    new Set(rows.map(r => r.get('task_id') ?? '')),
    projectId,
    context,
  )
  const { resources, assignments } = readAssignments(own('TASKRSRC'), context)
  const root = wbs.find(row => row.get('proj_node_flag') === 'Y')
  const title = root?.get('wbs_name')
  return {
    ...draft,
    name: draft.name ?? title ?? projectId,
    ...(title && { title }),
    mode: 'p6',
    options,
    calendars,
    tasks: [...withWbsCodes, ...outside],
    links,
    resources,
    assignments,
    ...(codes.fields.length > 0 && { customFields: codes.fields }),
    extra: { ...extra, proj_id: projectId },
  }
}

function readOptions(
  project: Row,
  schedule: Row | undefined,
  calendars: readonly Calendar[],
  context: Context,
): PlanOptions {
  const { losses, file } = context
  const draft: Draft<PlanOptions> = {}
  for (const field of scheduleFields) {
    const value = schedule?.get(field.element)
    if (value && !field.read(value, draft)) losses.add('value', `SCHEDOPTIONS.${field.element}`, value)
  }
  const wanted = project.get('clndr_id')
  const calendar = calendars.find(c => c.id === wanted) ?? calendars[0]
  if (!calendar) throw new Refused('xer.no_calendar', { project: project.get('proj_short_name') ?? '' })
  if (calendar.id !== wanted) losses.add('reference', 'PROJECT.clndr_id', wanted)
  const start = minute(project, 'plan_start_date')
  const statusDate = minute(project, 'last_recalc_date')
  if (start === undefined) losses.add('value', 'PROJECT.plan_start_date', project.get('plan_start_date'))
  const finish = minute(project, 'plan_end_date')
  const day = calendar.minutesPerDay ?? 480
  const currency = file.header[8]
  return {
    ...defaultOptions,
    ...draft,
    start: start ?? statusDate ?? 0,
    ...(finish !== undefined && { finish }),
    ...(statusDate !== undefined && { statusDate }),
    calendar: calendar.id,
    minutesPerDay: day,
    minutesPerWeek: calendar.minutesPerWeek ?? day * 5,
    daysPerMonth: Math.round((calendar.minutesPerMonth ?? day * 21.5) / day),
    criticalSlackLimit: hours.read(project.get('critical_drtn_hr_cnt') ?? '') ?? 0,
    progressMode:
      schedule?.get('sched_progress_override') === 'Y'
        ? 'progress_override'
        : schedule?.get('sched_retained_logic') === 'N'
          ? 'actual_dates'
          : 'retained_logic',
    criticalBy: project.get('critical_path_type') === 'CT_DrivPath' ? 'longest_path' : 'float',
    ...(currency && { currency }),
  }
}

function taskReader(context: Context, options: PlanOptions, calendars: ReadonlySet<string>): (row: Row) => Task {
  const { losses, codes, notes } = context
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
    const extra = recordReaderExtra(readFields({ fields: row, children: [] }, draft), row, draft)
    const dates: Draft<StoredDates> = {}
    for (const field of storedFields) {
      const value = row.get(field.element)
      if (value && !field.read(value, dates)) losses.add('value', `TASK.${field.element}`, value)
    }
    const start = draft.actualStart ?? dates.earlyStart ?? minute(row, 'target_start_date')
    const finish = draft.actualFinish ?? dates.earlyFinish ?? minute(row, 'target_end_date')
    if (start !== undefined) dates.start = start
    if (finish !== undefined) dates.finish = finish
    if (row.get('status_code') === 'TK_Complete') dates.critical = false
    else if (options.criticalBy === 'longest_path') dates.critical = row.get('driving_path_flag') === 'Y'
    else if (dates.totalFloat !== undefined) dates.critical = dates.totalFloat <= options.criticalSlackLimit

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
      stored: dates,
      ...(custom && { custom }),
      ...(extra && { extra }),
    }
  }
}

/** Planned dates say something only where they differ from the scheduled ones. */
function recordReaderExtra(
  extra: Readonly<Record<string, string>> | undefined,
  row: Row,
  task: Draft<Task>,
): Readonly<Record<string, string>> | undefined {
  const kept: Record<string, string> = { ...extra }
  const type = row.get('complete_pct_type')
  if (type && type !== 'CP_Drtn') kept.complete_pct_type = type
  const planned: readonly (readonly [string, string, number | undefined])[] = [
    ['target_start_date', 'early_start_date', task.actualStart],
    ['target_end_date', 'early_end_date', task.actualFinish],
  ]
  for (const [column, early, actual] of planned) {
    const value = row.get(column)
    if (value && parseMinute(value) !== (actual ?? minute(row, early))) kept[column] = value
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

function readLinks(
  rows: readonly Row[],
  own: ReadonlySet<string>,
  projectId: string,
  context: Context,
): { links: Link[]; outside: Task[] } {
  const { losses } = context
  const links: Link[] = []
  const outside = new Map<string, Task>()
  for (const row of rows) {
    const to = row.get('task_id') ?? ''
    const from = row.get('pred_task_id') ?? ''
    if (!own.has(to)) {
      losses.add('reference', 'TASKPRED.task_id', to)
      continue
    }
    if (!own.has(from) && !outside.has(from)) {
      const stranger = context.tasks.get(from)
      if (!stranger || stranger.get('proj_id') === projectId) {
        losses.add('reference', 'TASKPRED.pred_task_id', from)
        continue
      }
      outside.set(from, externalTask(from, stranger, context))
    }
    const written = row.get('pred_type') ?? 'PR_FS'
    const type = linkType.read(written)
    if (type === undefined) losses.add('value', 'TASKPRED.pred_type', written)
    const lag = row.get('lag_hr_cnt') ?? '0'
    if (!hours.exact?.(lag)) losses.add('rounded', 'TASKPRED.lag_hr_cnt', lag)
    if (row.get('comments')) losses.add('field', 'TASKPRED.comments', row.get('comments'))
    links.push({
      id: row.get('task_pred_id') ?? `${from}-${to}-${links.length + 1}`,
      from,
      to,
      type: type ?? 'FS',
      lag: { kind: 'working', minutes: hours.read(lag) ?? 0 },
      lagUnit: 'd',
    })
  }
  return { links, outside: [...outside.values()] }
}

/** A predecessor in another project of the same file: its dates drive, nothing moves it. */
function externalTask(id: string, row: Row, context: Context): Task {
  const dates: Draft<StoredDates> = {}
  for (const field of storedFields) field.read(row.get(field.element) ?? '', dates)
  const start = minute(row, 'act_start_date') ?? dates.earlyStart ?? minute(row, 'target_start_date')
  const finish = minute(row, 'act_end_date') ?? dates.earlyFinish ?? minute(row, 'target_end_date')
  const project = [...rowsOf(context.file, 'PROJECT')].find(p => p.get('proj_id') === row.get('proj_id'))
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
    externalProject: project?.get('proj_short_name') ?? row.get('proj_id') ?? '',
    stored: { ...dates, ...(start !== undefined && { start }), ...(finish !== undefined && { finish }) },
  }
}

function readAssignments(rows: readonly Row[], context: Context) {
  const { losses, codes } = context
  const used = new Set<string>()
  const assignments: Assignment[] = []
  const readFields = recordReader(assignmentSpec, losses)
  const { resources, ids } = context.people
  for (const row of rows) {
    const task = row.get('task_id') ?? ''
    const role = row.get('role_id')
    const resource = row.get('rsrc_id') ?? (role === undefined ? '' : roleId(role))
    if (!context.tasks.has(task) || !ids.has(resource)) {
      losses.add('reference', context.tasks.has(task) ? 'TASKRSRC.rsrc_id' : 'TASKRSRC.task_id', resource || task)
      continue
    }
    used.add(resource)
    const draft: Draft<Assignment> = {}
    const extra = readFields({ fields: row, children: [] }, draft)
    const done = (finite(row.get('act_reg_qty') ?? '') ?? 0) + (finite(row.get('act_ot_qty') ?? '') ?? 0)
    const id = row.get('taskrsrc_id') ?? `${task}-${resource}-${assignments.length + 1}`
    const uid = Number(id)
    const rate = /^COST_PER_QTY([2-5])$/.exec(row.get('rate_type') ?? '')?.[1]
    const custom = codes.of('TASKRSRC', id)
    assignments.push({
      ...draft,
      id,
      ...(Number.isInteger(uid) && { uid }),
      task,
      resource,
      units: draft.units ?? 1,
      actualWork: Math.round(done * 60),
      ...(rate && { rateTable: Number(rate) - 1 }),
      ...(custom && { custom }),
      ...(extra && { extra }),
    })
  }
  // A file carries the whole resource tree of the company down to the project's people; roles only where used.
  return { resources: resources.filter(r => !r.generic || used.has(r.id)), assignments }
}
