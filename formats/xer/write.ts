// Writes plans as Primavera XER: one file, any number of projects, shared calendars and resources.
import { formatDay, type Schedule } from '@yingzao/engines/schedule'
import type { Calendar, Plan, Resource } from '@yingzao/engines/schedule/plan'
import { fieldTexts, type Texts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { numbered } from '../numbering.ts'
import { escapeXml } from '../xml/write.ts'
import * as spec from './columns.ts'
import { expenseRow } from './expense.ts'
import { planSpec, resourceSpec, scheduleFields } from './record.ts'
import { plainTopic } from './resource.ts'
import { formatXer } from './table.ts'
import { date, hours } from './value.ts'
import { calendarData, calendarHours } from './write-calendar.ts'
import { codeRows } from './write-code.ts'
import { assignmentRow, datesById, linkRow, type PlanNumbers, reportTask, taskRow, wbsRows } from './write-task.ts'

export interface PlanToWrite {
  plan: Plan
  /** Computed dates; without it the dates that the plan's own file stored are written. */
  schedule?: Schedule | undefined
}

/** For elapsed durations: P6 has none, but a calendar that never rests does the same. */
const roundTheClock: Calendar = {
  id: '24h',
  name: '24 × 7',
  week: [0, 1, 2, 3, 4, 5, 6].map(() => [{ from: 0, to: 1440 }]),
  workWeeks: [],
  exceptions: [],
}

/** Text of the file. What P6 cannot say is named in `losses`. */
export function writeXer(items: readonly PlanToWrite[], losses: LossLog): string {
  const rows = new Map<string, Texts[]>()
  const add = (table: spec.TableSpec, row: Texts): void => {
    const list = rows.get(table.name)
    if (list) list.push(row)
    else rows.set(table.name, [row])
  }
  const plans = items.map(item => item.plan)
  const people = numberedResources(plans)
  const calendars = numberedCalendars(plans)
  const taskNumbers = numbersPerPlan(plans, plan => ownTasks(plan).filter(t => t.kind !== 'summary'))
  const wbsNumbers = numbersPerPlan(plans, plan => plan.tasks.filter(t => t.kind === 'summary'))
  const assignmentNumbers = numbersPerPlan(plans, plan => plan.assignments)
  const linkNumbers = numbersPerPlan(plans, plan =>
    plan.links.map(l => ({ id: l.id, ...(/^\d{1,15}$/.test(l.id) && { uid: Number(l.id) }) })),
  )
  const projectNumbers = numbered(
    plans.map((plan, i) => ({ id: String(i), uid: Number(plan.extra?.proj_id ?? Number.NaN) })),
  )
  const projectOf = (plan: Plan): string => String(projectNumbers.get(String(plans.indexOf(plan))))
  const currency = plans[0]?.options.currency ?? 'USD'
  const codes = codeRows(losses)
  let memos = 0
  let expenses = 0
  let freeWbs = [...wbsNumbers.flatMap(m => [...m.values()])].reduce((max, n) => Math.max(max, n), 0)

  add(spec.currencyTable, { curr_id: '1', curr_symbol: currency, curr_type: currency, curr_short_name: currency })
  const units = unitNumbers(people.keys())
  for (const [label, id] of units) add(spec.unitTable, { unit_id: String(id), unit_abbrev: label, unit_name: label })
  for (const [calendar, number] of calendars)
    add(spec.calendarTable, calendarRow(projectOf, calendar, number, plans, calendars))
  for (const [resource, number] of people) {
    const calendar = plans.find(p => p.resources.includes(resource))?.calendars.find(c => c.id === resource.calendar)
    const unit = units.get(resource.unitLabel ?? '')
    for (const { table, row } of resourceRows(resource, number, calendar && calendars.get(calendar), unit, losses))
      add(table, row)
  }

  for (const [index, { plan, schedule }] of items.entries()) {
    const project = projectNumbers.get(String(index)) ?? index + 1
    const byId = new Map(plan.calendars.map(c => [c.id, c]))
    const resources = new Map(plan.resources.map(r => [r.id, r]))
    const numbers: PlanNumbers = {
      project,
      wbs: wbsNumbers[index] ?? new Map(),
      task: taskNumbers[index] ?? new Map(),
      calendar: id => {
        const calendar = id === roundTheClock.id ? roundTheClock : byId.get(id ?? '')
        const number = calendar && calendars.get(calendar)
        return number === undefined ? undefined : String(number)
      },
      resource: id => {
        const resource = resources.get(id)
        const number = resource && people.get(resource)
        if (!resource || number === undefined) return undefined
        return isRole(resource) ? { role_id: String(number) } : { rsrc_id: String(number) }
      },
    }
    const own = plan.tasks[0]?.projectSummary ? numbers.wbs.get(plan.tasks[0].id) : undefined
    const root = own ?? ++freeWbs
    const inProject = (table: spec.TableSpec, row: Texts): void => add(table, { ...row, proj_id: String(project) })

    inProject(spec.projectTable, projectRow(plan, schedule, numbers))
    inProject(spec.scheduleTable, scheduleRow(plan, index))
    for (const row of wbsRows(plan, numbers, root, losses)) inProject(spec.wbsTable, row)
    const computed = datesById(schedule)
    for (const task of plan.tasks) {
      if (task.external && plan.mode === 'p6' && !numbers.task.has(task.id)) {
        if (!findElsewhere(task.id, plan, plans, taskNumbers)) losses.add('target', 'task/external', task.name)
        continue
      }
      if (task.kind === 'summary') continue
      reportTask(task, losses)
      inProject(spec.taskTable, taskRow(plan, task, numbers, root, computed.get(task.id), losses))
      if (task.fixedCost && Number(task.fixedCost) !== 0)
        inProject(spec.expenseTable, expenseRow(task.fixedCost, numbers.task.get(task.id), ++expenses))
      if (task.notes) inProject(spec.memoTable, memoRow(task.notes, numbers.task.get(task.id), ++memos))
    }
    for (const link of plan.links) {
      const to = numbers.task.get(link.to)
      const elsewhere = findElsewhere(link.from, plan, plans, taskNumbers)
      const from = numbers.task.get(link.from) ?? elsewhere?.number
      if (from === undefined || to === undefined) {
        losses.add('target', 'link/summary or external', link.id)
        continue
      }
      const strange = numbers.task.has(link.from) ? undefined : elsewhere
      inProject(spec.linkTable, {
        ...linkRow(plan, link, from, to, losses),
        task_pred_id: String(linkNumbers[index]?.get(link.id)),
        pred_proj_id: String(strange ? (projectNumbers.get(String(strange.plan)) ?? '') : project),
      })
    }
    for (const assignment of plan.assignments) {
      const task = numbers.task.get(assignment.task)
      const resource = numbers.resource(assignment.resource)
      if (task === undefined || !resource) {
        losses.add('target', 'assignment/summary', assignment.id)
        continue
      }
      inProject(spec.assignmentTable, {
        ...assignmentRow(assignment, task, resource),
        taskrsrc_id: String(assignmentNumbers[index]?.get(assignment.id)),
      })
      if (assignment.contour !== undefined && assignment.contour !== 'flat')
        losses.add('target', 'assignment/contour', assignment.contour)
      if (assignment.baselines) losses.add('target', 'assignment/baselines', assignment.id)
    }
    codes.add(plan, {
      project,
      task: id => numbers.task.get(id) ?? numbers.wbs.get(id),
      resource: id => {
        const resource = resources.get(id)
        return resource && !isRole(resource) ? people.get(resource) : undefined
      },
      assignment: id => assignmentNumbers[index]?.get(id),
    })
  }
  if (rows.has('TASKMEMO')) add(spec.memoTypeTable, { memo_type_id: '1', memo_type: plainTopic })
  for (const [name, list] of Object.entries(codes.rows)) rows.set(name, list)

  const header = [
    'ERMHDR',
    '20.12',
    headerDay(plans[0]),
    'Project',
    'admin',
    'Yingzao',
    'dbxDatabaseNoName',
    'Project Management',
    currency,
  ]
  return formatXer(
    header,
    tableOrder.map(table => formatted(table, rows.get(table.name) ?? [], losses)),
  )
}

const tableOrder: readonly spec.TableSpec[] = [
  ...[spec.currencyTable, spec.memoTypeTable, spec.unitTable, spec.projectTable, spec.calendarTable],
  ...[spec.scheduleTable, spec.wbsTable, spec.userFieldTable, spec.roleTable, spec.resourceTable, spec.codeTypeTable],
  ...[
    spec.rateTable,
    spec.taskTable,
    spec.expenseTable,
    spec.codeTable,
    spec.memoTable,
    spec.linkTable,
    spec.assignmentTable,
  ],
  ...[spec.taskCodeTable, spec.userValueTable],
]

function formatted(table: spec.TableSpec, rows: readonly Texts[], losses: LossLog) {
  const known = new Set(table.columns)
  for (const row of rows)
    for (const [column, value] of Object.entries(row))
      if (value !== undefined && !known.has(column)) losses.add('target', `${table.name}.${column}`, value)
  return {
    name: table.name,
    columns: table.columns,
    rows: rows.map(row => table.columns.map(c => row[c] ?? table.usual.get(c))),
  }
}

const headerDay = (plan: Plan | undefined): string =>
  formatDay(Math.floor((plan?.options.statusDate ?? plan?.options.start ?? 0) / 1440))

const isRole = (resource: Resource): boolean => resource.generic === true && resource.extra?.role_id !== undefined

/** Activities of the plan itself: stand-ins for another project's activities are found there. */
const ownTasks = (plan: Plan) => plan.tasks.filter(t => !(plan.mode === 'p6' && t.external))

/** Numbers that are unique over all plans, since tables of XER hold the rows of every project. */
function numbersPerPlan(
  plans: readonly Plan[],
  items: (plan: Plan) => readonly { id: string; uid?: number }[],
): Map<string, number>[] {
  const lists = plans.map(items)
  const all = numbered(lists.flatMap((list, i) => list.map(item => ({ ...item, id: `${i} ${item.id}` }))))
  return lists.map((list, i) => new Map(list.map(item => [item.id, all.get(`${i} ${item.id}`) ?? 0])))
}

function findElsewhere(
  id: string,
  plan: Plan,
  plans: readonly Plan[],
  numbers: readonly ReadonlyMap<string, number>[],
): { plan: number; number: number } | undefined {
  const index = plans.findIndex((other, i) => other !== plan && numbers[i]?.has(id))
  const number = numbers[index]?.get(id)
  return number === undefined ? undefined : { plan: index, number }
}

/** Plans of one file share their resources and calendars: each object is written once. */
function numberedResources(plans: readonly Plan[]): Map<Resource, number> {
  const all = [...new Set(plans.flatMap(p => p.resources))]
  const roles = all.filter(isRole)
  const others = all.filter(r => !isRole(r))
  const keyed = (list: readonly Resource[], uid: (r: Resource) => number | undefined): Map<Resource, number> => {
    const numbers = numbered(list.map((r, i) => ({ id: String(i), ...(uid(r) !== undefined && { uid: uid(r) ?? 0 }) })))
    return new Map(list.map((r, i) => [r, numbers.get(String(i)) ?? 0]))
  }
  return new Map([...keyed(others, r => r.uid), ...keyed(roles, r => Number(r.extra?.role_id))])
}

function numberedCalendars(plans: readonly Plan[]): Map<Calendar, number> {
  const all = [...new Set(plans.flatMap(p => p.calendars))]
  if (plans.some(p => p.tasks.some(t => t.elapsed))) all.push(roundTheClock)
  const numbers = numbered(all.map((c, i) => ({ id: String(i), ...(c.uid !== undefined && { uid: c.uid }) })))
  return new Map(all.map((c, i) => [c, numbers.get(String(i)) ?? 0]))
}

function calendarRow(
  projectOf: (plan: Plan) => string,
  calendar: Calendar,
  number: number,
  plans: readonly Plan[],
  numbers: ReadonlyMap<Calendar, number>,
): Texts {
  const plan = plans.find(p => p.calendars.includes(calendar)) ?? plans[0]
  const parent = plan?.calendars.find(c => c.id === calendar.parent)
  return {
    ...(plan && calendarHours(calendar, plan.options)),
    clndr_id: String(number),
    default_flag: plans.some(p => p.options.calendar === calendar.id && p.calendars.includes(calendar)) ? 'Y' : 'N',
    clndr_name: calendar.name,
    base_clndr_id: parent && String(numbers.get(parent)),
    clndr_type: calendar.extra?.clndr_type ?? (calendar.resourceOwned ? 'CA_Rsrc' : 'CA_Base'),
    proj_id: calendar.extra?.proj_id === undefined || !plan ? undefined : projectOf(plan),
    clndr_data: calendarData(plan?.calendars ?? [calendar], calendar),
  }
}

const unitNumbers = (resources: Iterable<Resource>): Map<string, number> => {
  const units = new Map<string, number>()
  for (const { unitLabel } of resources) if (unitLabel && !units.has(unitLabel)) units.set(unitLabel, units.size + 1)
  return units
}

function projectRow(plan: Plan, schedule: Schedule | undefined, numbers: PlanNumbers): Texts {
  const { options } = plan
  return {
    ...plan.extra,
    ...fieldTexts(planSpec.fields, plan),
    clndr_id: numbers.calendar(options.calendar),
    plan_start_date: date.write(options.start),
    plan_end_date: options.finish === undefined ? undefined : date.write(options.finish),
    last_recalc_date: date.write(options.statusDate ?? options.start),
    scd_end_date: schedule && date.write(schedule.finish),
    critical_drtn_hr_cnt: hours.write(options.criticalSlackLimit),
    critical_path_type: options.criticalBy === 'longest_path' ? 'CT_DrivPath' : 'CT_TotFloat',
  }
}

const scheduleRow = (plan: Plan, index: number): Texts => ({
  ...fieldTexts(scheduleFields, plan.options),
  schedoptions_id: String(index + 1),
  sched_retained_logic: plan.options.progressMode === 'retained_logic' ? 'Y' : 'N',
  sched_progress_override: plan.options.progressMode === 'progress_override' ? 'Y' : 'N',
})

/** A role where the resource stands for one, else a resource with its rates and limits over time. */
function resourceRows(
  resource: Resource,
  number: number,
  calendar: number | undefined,
  unit: number | undefined,
  losses: LossLog,
): { table: spec.TableSpec; row: Texts }[] {
  if (isRole(resource))
    return [
      {
        table: spec.roleTable,
        row: { role_id: String(number), role_name: resource.name, role_short_name: resource.code },
      },
    ]
  if (resource.kind === 'cost') losses.add('target', 'resource/cost', resource.name)
  if (resource.group) losses.add('target', 'resource/group', resource.name)
  if (resource.rates?.some(r => r.overtimePerHour !== undefined && r.overtimePerHour !== '0'))
    losses.add('target', 'resource/overtime rate', resource.name)
  if (resource.rates?.some(r => r.perUse !== undefined && r.perUse !== '0'))
    losses.add('target', 'resource/cost per use', resource.name)
  const row: Texts = {
    ...resource.extra,
    ...fieldTexts(resourceSpec.fields, resource),
    rsrc_id: String(number),
    rsrc_short_name: resource.code ?? resource.name,
    rsrc_type: resource.extra?.rsrc_type ?? (resource.kind === 'work' ? 'RT_Labor' : 'RT_Mat'),
    clndr_id: calendar === undefined ? undefined : String(calendar),
    unit_id: unit === undefined ? undefined : String(unit),
  }
  const starts = [
    ...new Set([...(resource.rates ?? []).map(r => r.from), ...(resource.availability ?? []).map(a => a.from)]),
  ]
  if (starts.length === 0 && resource.maxUnits !== undefined) starts.push(undefined)
  const rates = starts.map((from, i): { table: spec.TableSpec; row: Texts } => {
    const at = (table: number): string | undefined =>
      resource.rates?.find(r => r.from === from && (r.table ?? 0) === table)?.perHour
    const limit = resource.availability ? resource.availability.find(a => a.from === from)?.units : resource.maxUnits
    return {
      table: spec.rateTable,
      row: {
        rsrc_rate_id: String(number * 100 + i),
        rsrc_id: String(number),
        max_qty_per_hr: limit === undefined ? undefined : String(limit),
        cost_per_qty: at(0),
        start_date: from === undefined ? undefined : date.write(from),
        cost_per_qty2: at(1),
        cost_per_qty3: at(2),
        cost_per_qty4: at(3),
        cost_per_qty5: at(4),
      },
    }
  })
  return [{ table: spec.resourceTable, row }, ...rates]
}

const memoRow = (notes: string, task: number | undefined, number: number): Texts => ({
  memo_id: String(number),
  task_id: String(task ?? ''),
  memo_type_id: '1',
  task_memo: `<HTML><BODY><P>${escapeXml(notes).replace(/\r\n|\r|\n/g, '<BR>')}</P></BODY></HTML>`,
})
