// Reads a Microsoft Project file (.mpp, .mpt) of Project 2000 to the current ones into a plan.
import type { Assignment, Calendar, Link, Plan, Resource, Segment, Task } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import { pushTo } from '../group.ts'
import { allowance, defaultLimits, type ReadLimits, Refused } from '../limit.ts'
import type { LossLog } from '../loss.ts'
import { knownLinks } from '../mspdi/read-link.ts'
import { clocksOf, linkCalendars } from '../mspdi/read-options.ts'
import { segmentsOf } from '../mspdi/segment.ts'
import { type AssignmentReading, assignmentReader, assignmentRows } from './assignment.ts'
import { readProps } from './block.ts'
import { guid, u32 } from './bytes.ts'
import { type Calendars, readCalendars } from './calendar.ts'
import { openCompound } from './compound.ts'
import { customFields, readChoices, readDefinitions } from './custom-field.ts'
import { type FieldMap, readFieldMap } from './field-map.ts'
import { generationName, type Layout, layoutOf } from './layout.ts'
import { readLinks } from './link.ts'
import { outlined } from './outline.ts'
import { readNames, readOptions } from './project.ts'
import { type PropReader, prop, propReader } from './prop.ts'
import { resourceReader, resourceRows } from './resource.ts'
import { hasPause, workedPieces } from './split.ts'
import { readTable, type Table } from './table.ts'
import { type TaskReading, taskReader, taskRows } from './task.ts'
import { unreadFields } from './unread.ts'

/** Calendars of split tasks: a clock takes a megabyte. */
const mostClocks = 200
/** Records read between two pauses. */
const pause = 500

/**
 * Reads a file in steps, so that other work can run in between.
 *
 * @param bytes the whole file
 * @returns the plan; throws `Refused` with `mpp.broken`, `mpp.password`, `mpp.version`, `plan_file.ole` or a limit
 */
export function* mppSteps(
  bytes: Uint8Array,
  losses: LossLog,
  limits: ReadLimits = defaultLimits,
): Generator<void, Plan, void> {
  const root = openCompound(bytes)
  const layout = layoutOf(root)
  const folder = layout && root.folder(layout.folder)
  if (!layout || !folder) throw new Refused('plan_file.ole')
  if (layout.generation === 8) throw new Refused('mpp.version', { version: generationName[layout.generation] })
  refuseLocked(propReader(readProps(root.stream(layout.fileProps))))
  const props = propReader(readProps(folder.stream('Props')))
  const spend = allowance(limits)

  const table = (name: string, keys: readonly number[]): Table => {
    const map = mapOf(props, keys, layout)
    if (!map) throw new Refused('mpp.broken', { detail: name })
    return readTable(folder.folder(name), map, layout)
  }
  const tables = {
    calendar: table('TBkndCal', prop.calendarFields),
    task: table('TBkndTask', prop.taskFields),
    resource: table('TBkndRsc', prop.resourceFields),
    assignment: table('TBkndAssn', prop.assignmentFields),
    link: table('TBkndCons', prop.linkFields),
    code: table('TBkndOutlCode', prop.codeFields),
  }
  for (const { count } of Object.values(tables)) spend('records', count)

  const definitions = (name: string) =>
    readDefinitions(
      propReader(readProps(folder.folder(name)?.stream('Props'))).first(prop.customFields),
      layout.generation,
    )
  const custom = customFields(readChoices(tables.code), enterpriseFields(props), losses)
  const calendars = readCalendars(tables.calendar, layout, props.bytes(prop.calendarHours), losses, limits)

  const macros = root.folder(layout.views)?.folder('CVba')
  if (macros?.names().some(name => macros.folder(name))) losses.add('structure', 'Project/VBAProject')

  // A head of 16 bytes stands there also when no other file is inserted.
  if ((props.bytes(prop.subprojects)?.length ?? 0) > 16) losses.add('structure', 'Project/Subproject')

  // Resources
  const readResource = resourceReader(
    tables.resource,
    custom.values('resource', tables.resource, definitions('TBkndRsc')),
    calendars.ofResource,
  )
  const resources: Resource[] = []
  const unreadResource = unreadFields('resource', tables.resource, losses)
  for (const [id, index] of [...resourceRows(tables.resource)].sort(([a], [b]) => a - b)) {
    const record = tables.resource.record(index, id)
    const found = readResource(record)
    if (!found) continue
    resources.push(found)
    unreadResource(record)
    if (resources.length % pause === 0) yield
  }
  const resourceIds = new Set(resources.map(r => r.id))

  // Tasks
  const rows = taskRows(tables.task)
  const readTask = taskReader(tables.task, {
    custom: custom.values('task', tables.task, definitions('TBkndTask')),
    losses,
    usualUnit: props.short(prop.durationUnit),
  })
  const unreadTask = unreadFields('task', tables.task, losses)
  const readings: TaskReading[] = []
  for (const [id, index] of rows.tasks) {
    spend('tasks')
    const record = tables.task.record(index, id)
    const reading = readTask(record)
    if (reading) {
      readings.push(reading)
      unreadTask(record)
    } else rows.blanks.add(id)
    if (readings.length % pause === 0) yield
  }
  for (const row of rows.blanks) losses.add('row', 'Task', String(row))
  const outline = outlined(readings, rows.blanks)
  const taskIds = new Set(outline.map(({ draft }) => draft.id ?? ''))

  // Calendars that someone uses
  const allCalendars = usedCalendars(calendars, resourceRows(tables.resource), resources, losses)
  const known = new Set(allCalendars.map(c => c.id))
  const firstStart = readings.reduce((min, r) => Math.min(min, r.draft.stored?.start ?? min), Number.POSITIVE_INFINITY)
  const options = readOptions(props, allCalendars, Number.isFinite(firstStart) ? firstStart : undefined)

  for (const { draft, calendar } of outline) {
    if (calendar === undefined) continue
    if (known.has(String(calendar))) draft.calendar = String(calendar)
    else losses.add('reference', 'Task/CalendarUID', String(calendar))
  }

  // Assignments
  const readAssignment = assignmentReader(
    tables.assignment,
    custom.values('assignment', tables.assignment, definitions('TBkndAssn')),
  )
  const unreadAssignment = unreadFields('assignment', tables.assignment, losses)
  const taskById = new Map(outline.map(({ draft }) => [draft.id ?? '', draft]))
  const resourceCalendar = new Map(resources.map(r => [r.id, r.calendar]))
  const clockOf = clocksOf(allCalendars, options.calendar)
  const clocks = new Set<string>()
  const assignments: Assignment[] = []
  const stretches = new Map<string, Segment[]>()
  const seen = new Set<string>()
  for (const { index, id } of assignmentRows(tables.assignment)) {
    const record = tables.assignment.record(index, id)
    const reading = readAssignment(record)
    const task = taskById.get(String(reading.task))
    const resource = String(reading.resource)
    if (!task) {
      losses.add('reference', 'Assignment/TaskUID', String(reading.task))
      continue
    }
    const key = `${reading.task} ${resource}`
    if (seen.has(key)) continue
    seen.add(key)
    const found = finishedAssignment(reading, task, resource)
    if (hasPause(reading)) {
      const calendar = ownCalendar(task, resourceCalendar.get(resource)) ?? options.calendar
      clocks.add(calendar)
      const clock = clocks.size <= mostClocks ? clockOf(calendar) : undefined
      const pieces =
        clock && found.start !== undefined && found.finish !== undefined
          ? workedPieces({ ...reading, start: found.start, finish: found.finish }, clock)
          : []
      if (pieces.length === 0) losses.add('structure', 'Task/Split', found.task)
      for (const piece of pieces) pushTo(stretches, found.task, piece)
    }
    if (!resourceIds.has(resource)) continue
    assignments.push(found)
    unreadAssignment(record)
    if (assignments.length % pause === 0) yield
  }

  const tasks = outline.map(({ draft, kind }): Task => {
    const id = draft.id ?? ''
    const segments = kind === 'summary' ? undefined : segmentsOf(stretches.get(id) ?? [], () => [])
    return {
      ...draft,
      id,
      name: draft.name ?? '',
      duration: draft.duration ?? 0,
      constraint: draft.constraint ?? { type: 'asap' },
      kind,
      ...(segments && { segments }),
    }
  })
  const own = guid(props.bytes(prop.guid), 0)
  return {
    ...readNames(root, props),
    mode: 'ms',
    options,
    calendars: allCalendars,
    tasks,
    links: linksOf(readLinks(tables.link, losses), tasks, taskIds, losses),
    resources: resources.map(r => {
      if (r.calendar === undefined || known.has(r.calendar)) return r
      const { calendar: _gone, ...rest } = r
      return rest
    }),
    assignments,
    ...(custom.used().length > 0 && { customFields: custom.used() }),
    ...(own && { extra: { GUID: own } }),
  }
}

/** The streams of a file with a password to open are enciphered; one to write only leaves them readable. */
function refuseLocked(props: PropReader): void {
  const flag = props.bytes(prop.passwordFlag)?.[0] ?? 0
  if ((flag & 1) !== 0 && props.bytes(prop.passwordHash)) throw new Refused('mpp.password')
}

function mapOf(props: PropReader, keys: readonly number[], layout: Layout): FieldMap | undefined {
  const data = props.first(keys)
  if (!data) return undefined
  // Before 2007 the directory of variable values has one byte for the field: its number stands in the table.
  return layout.generation < 12 ? readFieldMap(data, (_, row) => row[6] ?? 0) : readFieldMap(data)
}

function enterpriseFields(props: PropReader): number[] {
  const data = props.bytes(prop.enterpriseFields)
  const fields: number[] = []
  for (let at = 4; data && at + 4 <= data.length; at += 4) fields.push(u32(data, at))
  return fields
}

/**
 * Calendars with bases that exist; those of resources that are gone are left out, nameless ones are their resource's.
 *
 * @param rows resources of the file, also the nameless one that is none of the plan's
 */
function usedCalendars(
  { calendars, ofResource }: Calendars,
  rows: ReadonlyMap<number, number>,
  resources: readonly Resource[],
  losses: LossLog,
): Calendar[] {
  const names = new Map(resources.map(r => [r.id, r.name]))
  const owners = new Map<string, string>()
  for (const [resource, calendar] of ofResource)
    if (rows.has(resource)) owners.set(calendar, names.get(String(resource)) || 'Unnamed Resource')
  const ids = new Set(calendars.map(c => c.id))
  const kept = calendars.filter(c => {
    if (c.parent === undefined) return true
    if (!ids.has(c.parent)) losses.add('reference', 'Calendar/BaseCalendarUID', c.parent)
    return ids.has(c.parent) && owners.has(c.id)
  })
  const named = kept.map(c => (c.name === '' ? { ...c, name: owners.get(c.id) ?? '' } : c))
  // A base stands before what inherits from it.
  named.sort((a, b) => Number(a.parent !== undefined) - Number(b.parent !== undefined))
  return linkCalendars(named, new Set(resources.map(r => r.calendar)), losses)
}

/** The calendar whose working time an assignment counts: the task's own where it has one, else the resource's. */
const ownCalendar = (task: Draft<Task>, resource: string | undefined): string | undefined => task.calendar ?? resource

/**
 * Since 2010 actual dates of an assignment follow from its task and work: nothing left to do is done, any work done is
 * begun; an assignment to a task without duration begins and ends with it.
 */
function finishedAssignment(reading: AssignmentReading, task: Draft<Task>, resource: string): Assignment {
  const { draft } = reading
  const isDone = task.duration
    ? task.actualStart !== undefined && !draft.remainingWork
    : task.actualFinish !== undefined
  const isBegun = task.duration ? isDone || reading.hasActualWork : task.actualStart !== undefined
  return {
    ...draft,
    id: String(reading.uid),
    task: task.id ?? '',
    resource,
    units: draft.units ?? 1,
    ...(isBegun && draft.start !== undefined && { actualStart: draft.actualStart ?? draft.start }),
    ...(isDone && draft.finish !== undefined && { actualFinish: draft.actualFinish ?? draft.finish }),
  }
}

/** Links between rows that exist, in the order of their successors; a summary cannot precede its own rows. */
function linksOf(found: readonly Link[], tasks: readonly Task[], ids: ReadonlySet<string>, losses: LossLog): Link[] {
  const place = new Map(tasks.map((task, i) => [task.id, i]))
  const parents = new Map(tasks.map(task => [task.id, task.parent]))
  const isWithin = (task: string, summary: string): boolean => {
    for (let at = parents.get(task); at !== undefined; at = parents.get(at)) if (at === summary) return true
    return false
  }
  const kept = found.filter(link => {
    if (!ids.has(link.to) || (ids.has(link.from) && isWithin(link.to, link.from))) {
      losses.add('reference', 'PredecessorLink', link.id)
      return false
    }
    return true
  })
  kept.sort((a, b) => (place.get(a.to) ?? 0) - (place.get(b.to) ?? 0))
  return knownLinks(kept, ids, losses)
}
