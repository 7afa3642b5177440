// Reads Primavera XER into plans, one for each project of the file.

import type { Assignment, Calendar, Link, Plan, Task } from '@yingzao/engines/schedule/plan'
import { finite } from '../codec.ts'
import { type Draft, recordReader } from '../field.ts'
import { allowance, defaultLimits, type ReadLimits, Refused, refuseEndless } from '../limit.ts'
import { type LossLog, lossLog } from '../loss.ts'
import { foldBaselines } from './baseline.ts'
import { readCalendar } from './calendar.ts'
import { type Codes, readCodes } from './code.ts'
import { readExpenses } from './expense.ts'
import { outlined } from './outline.ts'
import { readOptions } from './read-options.ts'
import { externalTask, taskReader } from './read-task.ts'
import { assignmentSpec, linkType, planSpec } from './record.ts'
import { readNotes, readResources, roleId } from './resource.ts'
import { parseXer, type XerRow as Row, rowsOf, rowsWith, type XerFile } from './table.ts'
import { hours } from './value.ts'

/** Each project looks through the calendars and resources of the whole file. */
const maxProjects = 5000

/** Tables that are read, or that only explain numbers of others. */
const knownTables = new Set([
  ...['PROJECT', 'CALENDAR', 'SCHEDOPTIONS', 'PROJWBS', 'TASK', 'TASKPRED', 'TASKRSRC', 'RSRC', 'RSRCRATE', 'ROLES'],
  ...['UDFTYPE', 'UDFVALUE', 'ACTVTYPE', 'ACTVCODE', 'TASKACTV', 'TASKMEMO', 'MEMOTYPE', 'UMEASURE', 'CURRTYPE'],
  ...['FINTMPL', 'COSTTYPE', 'PROJCOST', 'POBS', 'OBS', 'NONWORK'],
])

/**
 * @param text the decoded file
 * @returns every project of the file; baselines saved with their project are folded into it
 */
export function readXer(text: string, losses: LossLog = lossLog(), limits: ReadLimits = defaultLimits): Plan[] {
  const steps = xerSteps(text, losses, limits)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps of some thousand rows: who drives it can pause or stop in between. */
export function* xerSteps(text: string, losses: LossLog, limits: ReadLimits): Generator<void, Plan[], void> {
  return yield* plansOfTables(yield* parseXer(text, limits), losses, limits)
}

/** Primavera's tables as plans, wherever the rows come from: XER holds them as they are, P6's XML under other names. */
export function* plansOfTables(file: XerFile, losses: LossLog, limits: ReadLimits): Generator<void, Plan[], void> {
  // Projects named only as the source of links are no plans; P6's XML marks them.
  const projects = [...rowsOf(file, 'PROJECT')].filter(row => row.get('external') !== 'Y')
  if (projects.length === 0) throw new Refused('p6.no_project')
  if (projects.length > maxProjects) throw new Refused('format.too_many', { what: 'projects', limit: maxProjects })
  allowance(limits)(
    'tasks',
    (file.tables.get('TASK')?.rows.length ?? 0) + (file.tables.get('PROJWBS')?.rows.length ?? 0),
  )
  for (const [name, table] of file.tables)
    if (!knownTables.has(name)) for (const _ of table.rows) losses.add('structure', name)

  const calendars = linkedCalendars(
    [...rowsOf(file, 'CALENDAR')].map(row => {
      const calendar = readCalendar(row, losses)
      refuseEndless(calendar, limits)
      return calendar
    }),
    losses,
  )
  const codes = readCodes(file, losses)
  const context: Context = {
    ...{ file, losses, calendars, codes },
    people: readResources(file, new Set(calendars.map(c => c.id)), codes, losses),
    notes: readNotes(file),
    expenses: readExpenses(file, losses),
  }
  const plans: { project: Row; plan: Plan }[] = []
  for (const project of projects) plans.push({ project, plan: yield* readProject(project, context) })
  return foldBaselines(plans, losses)
}

interface Context {
  file: XerFile
  losses: LossLog
  calendars: readonly Calendar[]
  codes: Codes
  people: ReturnType<typeof readResources>
  notes: ReadonlyMap<string, string>
  expenses: ReadonlyMap<string, string>
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

function* readProject(project: Row, context: Context): Generator<void, Plan, void> {
  const { file, losses, codes } = context
  const projectId = project.get('proj_id') ?? ''
  const own = (table: string): Row[] => [...rowsWith(file, table, 'proj_id', projectId)]
  const calendars = context.calendars.filter(c => (c.extra?.proj_id ?? projectId) === projectId)
  const known = new Set(calendars.map(c => c.id))
  const options = readOptions(project, own('SCHEDOPTIONS')[0], calendars, file.header[8], losses)
  const draft: Draft<Plan> = {}
  const extra = recordReader(planSpec, losses)({ fields: project, children: [] }, draft)

  const readTask = taskReader(context, options, known)
  const found: { task: Task; wbs: string }[] = []
  const ids = new Set<string>()
  for (const row of rowsWith(file, 'TASK', 'proj_id', projectId)) {
    const task = readTask(row)
    if (ids.has(task.id)) losses.add('reference', 'TASK.task_id', task.id)
    else found.push({ task, wbs: row.get('wbs_id') ?? '' })
    ids.add(task.id)
    if (found.length % 2000 === 0) yield
  }
  const wbs = own('PROJWBS')
  const tasks = outlined(wbs, found, losses)
  const withWbsCodes = tasks.map(task => {
    const custom = task.kind === 'summary' ? codes.of('PROJWBS', task.id.slice(4)) : undefined
    return custom ? { ...task, custom } : task
  })
  const { links, outside } = readLinks(own('TASKPRED'), ids, projectId, context)
  const { resources, assignments } = readAssignments(own('TASKRSRC'), new Set(withWbsCodes.map(t => t.id)), context)
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

function readLinks(
  rows: readonly Row[],
  own: ReadonlySet<string>,
  projectId: string,
  context: Context,
): { links: Link[]; outside: Task[] } {
  const { losses } = context
  const links: Link[] = []
  const outside = new Map<string, Task>()
  const ids = new Set<string>()
  for (const row of rows) {
    const to = row.get('task_id') ?? ''
    const from = row.get('pred_task_id') ?? ''
    if (!own.has(to)) {
      losses.add('reference', 'TASKPRED.task_id', to)
      continue
    }
    if (!own.has(from) && !outside.has(from)) {
      const [stranger] = rowsWith(context.file, 'TASK', 'task_id', from)
      if (!stranger || stranger.get('proj_id') === projectId) {
        losses.add('reference', 'TASKPRED.pred_task_id', from)
        continue
      }
      const project = stranger.get('proj_id') ?? ''
      const [home] = rowsWith(context.file, 'PROJECT', 'proj_id', project)
      const task = externalTask(from, stranger, home?.get('proj_short_name') ?? project)
      // P6's XML names an external activity without its dates: it then drives nothing.
      if (task.stored?.start === undefined && task.stored?.finish === undefined)
        losses.add('reference', 'TASK (external, without dates)', task.code)
      outside.set(from, task)
    }
    const written = row.get('pred_type') ?? 'PR_FS'
    const type = linkType.read(written)
    if (type === undefined) losses.add('value', 'TASKPRED.pred_type', written)
    const lag = row.get('lag_hr_cnt') ?? '0'
    if (!hours.exact?.(lag)) losses.add('rounded', 'TASKPRED.lag_hr_cnt', lag)
    if (row.get('comments')) losses.add('field', 'TASKPRED.comments', row.get('comments'))
    const key = row.get('task_pred_id') ?? `${from}-${to}`
    const id = ids.has(key) ? `${key}-${links.length + 1}` : key
    ids.add(id)
    links.push({
      id,
      from,
      to,
      type: type ?? 'FS',
      lag: { kind: 'working', minutes: hours.read(lag) ?? 0 },
      lagUnit: 'd',
    })
  }
  return { links, outside: [...outside.values()] }
}

function readAssignments(rows: readonly Row[], tasks: ReadonlySet<string>, context: Context) {
  const { losses, codes } = context
  const used = new Set<string>()
  const taken = new Set<string>()
  const assignments: Assignment[] = []
  const readFields = recordReader(assignmentSpec, losses)
  const { resources, ids } = context.people
  for (const row of rows) {
    const task = row.get('task_id') ?? ''
    const role = row.get('role_id')
    const resource = row.get('rsrc_id') ?? (role === undefined ? '' : roleId(role))
    if (!tasks.has(task) || !ids.has(resource)) {
      losses.add('reference', tasks.has(task) ? 'TASKRSRC.rsrc_id' : 'TASKRSRC.task_id', resource || task)
      continue
    }
    used.add(resource)
    const draft: Draft<Assignment> = {}
    const extra = readFields({ fields: row, children: [] }, draft)
    const done = (finite(row.get('act_reg_qty') ?? '') ?? 0) + (finite(row.get('act_ot_qty') ?? '') ?? 0)
    const key = row.get('taskrsrc_id') ?? `${task}-${resource}`
    const id = taken.has(key) ? `${key}-${assignments.length + 1}` : key
    taken.add(id)
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
