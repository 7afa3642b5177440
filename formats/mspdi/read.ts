// Reads Microsoft Project XML (MSPDI) into a plan, streaming; MS-PROJ schema of Project 2003 to 2021.

import { type CalendarClock, calendarClock } from '@yingzao/engines/schedule'
import { parseMinute } from '@yingzao/engines/schedule/civil'
import {
  type Assignment,
  type Availability,
  type Calendar,
  type Constraint,
  defaultOptions,
  type Lag,
  type Link,
  type Plan,
  type PlanOptions,
  type RateEntry,
  type Resource,
  type Segment,
  type StoredDates,
  type Task,
  type TaskBaseline,
} from '@yingzao/engines/schedule/plan'
import { integer } from '../codec.ts'
import { type Draft, recordReader } from '../field.ts'
import { pushTo } from '../group.ts'
import { allowance, defaultLimits, type ReadLimits, Refused } from '../limit.ts'
import { type LossLog, lossLog } from '../loss.ts'
import { xmlCleaner } from '../xml/clean.ts'
import { child, childrenOf, recordParser, type XmlNode } from '../xml/record.ts'
import { readCalendar, standardCalendar } from './calendar.ts'
import { customFields, type Owner } from './custom-field.ts'
import {
  assignmentSpec,
  baselineSpec,
  constraintType,
  linkType,
  optionFields,
  planSpec,
  rateSpec,
  resourceSpec,
  storedFields,
  taskSpec,
} from './record.ts'
import { segmentsOf, workedStretches } from './segment.ts'
import { durationDisplay } from './unit.ts'
import { flag } from './value.ts'

const int = (node: XmlNode, name: string): number | undefined => integer.read(node.fields.get(name) ?? '')
const yes = (node: XmlNode, name: string): boolean => flag.read(node.fields.get(name) ?? '') === true
const id = (node: XmlNode, name: string): string | undefined => {
  const n = int(node, name)
  return n === undefined ? undefined : String(n)
}

/** Feed decoded text in order, then `end()`; throws `Refused` on what is no such file or exceeds a limit. */
export interface PlanTextReader {
  write(text: string): void
  end(): Plan
}

/** Project writes these for "since ever" and "for ever". */
const unbounded = (text: string): boolean => /^(1984-01-01|2049-12-31)/.test(text)

export function mspdiReader(losses: LossLog = lossLog(), limits: ReadLimits = defaultLimits): PlanTextReader {
  const spend = allowance(limits)
  const custom = customFields(losses)
  const readTask = recordReader(taskSpec, losses)
  const readBaseline = recordReader(baselineSpec, losses)
  const readResource = recordReader(resourceSpec, losses)
  const readRate = recordReader(rateSpec, losses)
  const readAssignment = recordReader(assignmentSpec, losses)
  const readPlan = recordReader(planSpec, losses)

  const project: XmlNode = { name: 'Project', fields: new Map(), children: [] }
  const calendars: Calendar[] = []
  const tasks: Draft<Task>[] = []
  const links: Link[] = []
  const resources: Resource[] = []
  const assignments: Assignment[] = []
  const stretches = new Map<string, Segment[]>()
  /** Enclosing rows by outline level while reading. */
  const outline: (string | undefined)[] = []
  const parents = new Set<string>()
  const taskIds = new Set<string>()

  const baselines = (node: XmlNode): TaskBaseline[] | undefined => {
    const found: TaskBaseline[] = []
    for (const part of childrenOf(node, 'Baseline')) {
      const draft: Draft<TaskBaseline> = {}
      readBaseline(part, draft)
      found.push({ ...draft, number: draft.number ?? 0 })
    }
    return found.length > 0 ? found : undefined
  }

  const task = (node: XmlNode): void => {
    spend('tasks')
    if (yes(node, 'IsNull')) {
      losses.add('row', 'Task', id(node, 'ID'))
      return
    }
    const draft: Draft<Task> = {}
    const extra = readTask(node, draft)
    const key = String(draft.uid ?? draft.row ?? `row-${tasks.length + 1}`)
    if (taskIds.has(key)) {
      losses.add('reference', 'Task/UID', key)
      return
    }
    taskIds.add(key)
    draft.id = key
    const level = int(node, 'OutlineLevel') ?? (draft.uid === 0 ? 0 : 1)
    if (level === 0 && tasks.length === 0 && draft.row === 0) draft.projectSummary = true
    outline.length = Math.max(0, level)
    const parent = outline.findLast(at => at !== undefined)
    outline[level] = key
    if (parent !== undefined) {
      draft.parent = parent
      parents.add(parent)
    }
    const display = durationDisplay(int(node, 'DurationFormat'))
    if (display.unit) draft.durationUnit = display.unit
    if (display.elapsed) draft.elapsed = true
    draft.constraint = constraint(node)
    const calendar = int(node, 'CalendarUID')
    if (calendar !== undefined && calendar >= 0) draft.calendar = String(calendar)
    const dates: Draft<StoredDates> = {}
    for (const field of storedFields) {
      const value = node.fields.get(field.element)
      if (value && !field.read(value, dates)) losses.add('value', `Task/${field.element}`, value)
    }
    draft.stored = dates
    if (draft.manual) {
      draft.manualStart ??= dates.start
      draft.manualFinish ??= dates.finish
      draft.manualDuration ??= draft.duration
      // Project writes these, often empty, for manual rows whose dates are free text or were never entered.
      if (['StartText', 'FinishText', 'DurationText'].some(name => node.fields.has(name))) draft.placeholder = true
    }
    attach(draft, 'task', node, extra)
    const found = baselines(node)
    if (found) draft.baselines = found
    for (const link of childrenOf(node, 'PredecessorLink')) predecessor(key, link)
    tasks.push(draft)
  }

  const constraint = (node: XmlNode): Constraint => {
    const written = node.fields.get('ConstraintType') ?? '0'
    const type = constraintType.read(written)
    const at = parseMinute(node.fields.get('ConstraintDate') ?? '')
    if (type === undefined) losses.add('value', 'Task/ConstraintType', written)
    if (type === undefined || type === 'asap' || type === 'alap') return { type: type ?? 'asap' }
    if (at !== undefined) return { type, at }
    losses.add('value', 'Task/ConstraintDate', node.fields.get('ConstraintDate') ?? written)
    return { type: 'asap' }
  }

  const predecessor = (to: string, node: XmlNode): void => {
    spend('records')
    const from = id(node, 'PredecessorUID')
    if (from === undefined || yes(node, 'CrossProject')) {
      losses.add('reference', 'PredecessorLink', node.fields.get('CrossProjectName') ?? from)
      if (from === undefined) return
    }
    const written = node.fields.get('Type') ?? '1'
    const type = linkType.read(written)
    if (type === undefined) losses.add('value', 'PredecessorLink/Type', written)
    const display = durationDisplay(int(node, 'LagFormat'))
    links.push({
      id: `${from}-${to}`,
      from,
      to,
      type: type ?? 'FS',
      lag: lag(Number(node.fields.get('LinkLag') ?? 0) || 0, display),
      ...(display.unit && { lagUnit: display.unit }),
    })
  }

  const resource = (node: XmlNode): void => {
    spend('records')
    if (yes(node, 'IsNull')) {
      losses.add('row', 'Resource', id(node, 'ID'))
      return
    }
    const draft: Draft<Resource> = {}
    const extra = readResource(node, draft)
    // Row 0 without a name is the "unassigned" resource that Project keeps in every file.
    if (draft.uid === 0 && !draft.name) return
    attach(draft, 'resource', node, extra)
    const calendar = int(node, 'CalendarUID')
    if (calendar !== undefined && calendar >= 0) draft.calendar = String(calendar)
    const rates = ratesOf(node)
    if (rates.length > 0) draft.rates = rates
    const availability = availabilityOf(node)
    if (availability.length > 0) draft.availability = availability
    const type = int(node, 'Type')
    resources.push({
      ...draft,
      id: String(draft.uid ?? `resource-${resources.length + 1}`),
      name: draft.name ?? '',
      kind: yes(node, 'IsCostResource') || type === 2 ? 'cost' : type === 0 ? 'material' : 'work',
    })
  }

  const ratesOf = (node: XmlNode): RateEntry[] => {
    const listed = childrenOf(child(node, 'Rates'), 'Rate')
    const rates: RateEntry[] = []
    for (const part of listed.length > 0 ? listed : [node]) {
      for (const edge of ['RatesFrom', 'RatesTo']) if (unbounded(part.fields.get(edge) ?? '')) part.fields.delete(edge)
      const draft: Draft<RateEntry> = {}
      if (listed.length > 0) readRate(part, draft)
      else for (const field of rateSpec.fields) field.read(part.fields.get(field.element) ?? '', draft)
      if (!draft.table) delete draft.table
      const filled = [draft.perHour, draft.overtimePerHour, draft.perUse].some(v => v !== undefined && v !== '0')
      if (filled || listed.length > 1) rates.push(draft)
    }
    return rates
  }

  const availabilityOf = (node: XmlNode): Availability[] =>
    childrenOf(child(node, 'AvailabilityPeriods'), 'AvailabilityPeriod').map(part => {
      const edge = (name: string): number | undefined => {
        const written = part.fields.get(name) ?? ''
        return unbounded(written) ? undefined : parseMinute(written)
      }
      const from = edge('AvailableFrom')
      const to = edge('AvailableTo')
      return {
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        units: Number(part.fields.get('AvailableUnits') ?? 0) || 0,
      }
    })

  const assignment = (node: XmlNode): void => {
    spend('records')
    const taskId = id(node, 'TaskUID')
    const resourceId = id(node, 'ResourceUID')
    if (taskId === undefined || !taskIds.has(taskId)) {
      losses.add('reference', 'Assignment/TaskUID', taskId)
      return
    }
    const timephased = childrenOf(node, 'TimephasedData')
    const worked = workedStretches(timephased)
    for (const stretch of worked) pushTo(stretches, taskId, stretch)
    // Project writes an assignment to nobody (−65535, or resource 0) for every task without resources.
    if (resourceId === undefined || !resources.some(r => r.id === resourceId)) {
      if (resourceId !== undefined && resourceId !== '-65535' && resourceId !== '0')
        losses.add('reference', 'Assignment/ResourceUID', resourceId)
      return
    }
    if (timephased.length > 0) losses.add('structure', 'Assignment/TimephasedData')
    const draft: Draft<Assignment> = {}
    const extra = readAssignment(node, draft)
    attach(draft, 'assignment', node, extra)
    if (!draft.rateTable) delete draft.rateTable
    const found = baselines(node)
    if (found) draft.baselines = found
    assignments.push({
      ...draft,
      id: String(draft.uid ?? `assignment-${assignments.length + 1}`),
      task: taskId,
      resource: resourceId,
      units: draft.units ?? 1,
    })
  }

  const attach = (
    draft: Draft<Pick<Task, 'custom' | 'extra'>>,
    of: Owner,
    node: XmlNode,
    extra: Readonly<Record<string, string>> | undefined,
  ): void => {
    const values = custom.values(of, node)
    if (values) draft.custom = values
    if (extra) draft.extra = extra
  }

  const readers: Readonly<Record<string, (node: XmlNode) => void>> = {
    Calendars: node => {
      spend('records', 1 + node.children.reduce((n, c) => n + c.children.length, 0))
      calendars.push(readCalendar(node, losses))
    },
    Tasks: task,
    Resources: resource,
    Assignments: assignment,
    ExtendedAttributes: custom.define,
    OutlineCodes: custom.defineCode,
  }

  const badCharacters = xmlCleaner(piece => losses.add('bytes', 'file', piece))
  const parser = recordParser(
    {
      root(name, namespace) {
        if (name !== 'Project') throw new Refused('mspdi.other_root', { root: name.slice(0, 80) })
        if (namespace !== '' && !namespace.startsWith('http://schemas.microsoft.com/project'))
          throw new Refused('mspdi.other_namespace', { namespace: namespace.slice(0, 200) })
      },
      property: (name, value) => {
        project.fields.set(name, value)
      },
      record(list, node) {
        const read = readers[list]
        if (read) read(node)
        else losses.add('structure', `Project/${list}`)
      },
    },
    limits,
  )

  const finishedTasks = (
    known: ReadonlySet<string>,
    clockOf: (calendar: string | undefined) => CalendarClock | undefined,
  ): Task[] =>
    tasks.map((draft): Task => {
      const { id: key = '', duration = 0, constraint: bound = { type: 'asap' }, name = '' } = draft
      if (draft.calendar !== undefined && !known.has(draft.calendar)) {
        losses.add('reference', 'Task/CalendarUID', draft.calendar)
        delete draft.calendar
      }
      const isSummary = parents.has(key) || draft.projectSummary === true
      const kind = isSummary ? 'summary' : draft.milestone && duration === 0 ? 'milestone' : 'task'
      const segments = isSummary ? undefined : segmentsOf(stretches.get(key) ?? [], clockOf(draft.calendar))
      return { ...draft, id: key, name, duration, constraint: bound, kind, ...(segments && { segments }) }
    })

  return {
    write: text => parser.write(badCharacters(text)),
    end() {
      parser.write(badCharacters('', true))
      parser.end()
      const owned = new Set(resources.map(r => r.calendar))
      const allCalendars = linkCalendars(calendars, owned, losses)
      const known = new Set(allCalendars.map(c => c.id))
      const options = optionsOf(project, allCalendars, tasks, losses)
      const projectCalendar = known.has(options.calendar) ? options.calendar : (allCalendars[0]?.id ?? '')
      const draft: Draft<Plan> = {}
      for (const field of optionFields) project.fields.delete(field.element)
      const extra = readPlan(project, draft)
      return {
        ...draft,
        name: draft.name || draft.title || '',
        mode: 'ms',
        options: { ...options, calendar: projectCalendar },
        calendars: allCalendars,
        tasks: finishedTasks(known, clocksOf(allCalendars, projectCalendar)),
        links: knownLinks(links, taskIds, losses),
        resources: resources.map(r => {
          if (r.calendar === undefined || known.has(r.calendar)) return r
          losses.add('reference', 'Resource/CalendarUID', r.calendar)
          const { calendar: _gone, ...rest } = r
          return rest
        }),
        assignments,
        ...(custom.used().length > 0 && { customFields: custom.used() }),
        ...(extra && { extra }),
      }
    },
  }
}

/** Clocks by calendar id, made when first asked for; undefined for a calendar that cannot be computed with. */
function clocksOf(
  calendars: readonly Calendar[],
  usual: string,
): (id: string | undefined) => CalendarClock | undefined {
  const clocks = new Map<string, CalendarClock | undefined>()
  return (id = usual) => {
    if (!clocks.has(id)) {
      const outcome = calendarClock(calendars, id)
      clocks.set(id, outcome.ok ? outcome.clock : undefined)
    }
    return clocks.get(id)
  }
}

function lag(written: number, display: ReturnType<typeof durationDisplay>): Lag {
  if (display.percent) return { kind: display.elapsed ? 'elapsed_percent' : 'percent', percent: written }
  return { kind: display.elapsed ? 'elapsed' : 'working', minutes: Math.round(written / 10) }
}

/** Drops links to tasks that are not in the file and gives links between the same two tasks ids of their own. */
function knownLinks(links: readonly Link[], tasks: ReadonlySet<string>, losses: LossLog): Link[] {
  const seen = new Map<string, number>()
  const kept: Link[] = []
  for (const link of links) {
    if (!tasks.has(link.from)) {
      losses.add('reference', 'PredecessorLink/PredecessorUID', link.from)
      continue
    }
    const times = (seen.get(link.id) ?? 0) + 1
    seen.set(link.id, times)
    kept.push(times === 1 ? link : { ...link, id: `${link.id}-${times}` })
  }
  return kept
}

function linkCalendars(read: readonly Calendar[], owned: ReadonlySet<string | undefined>, losses: LossLog): Calendar[] {
  const byId = new Map<string, Calendar>()
  for (const calendar of read) {
    if (byId.has(calendar.id)) losses.add('reference', 'Calendar/UID', calendar.id)
    else byId.set(calendar.id, calendar)
  }
  if (byId.size === 0) return [standardCalendar('1')]
  return [...byId.values()].map(calendar => {
    const { parent, ...rest } = calendar
    const isChild = parent !== undefined && parent !== calendar.id && byId.has(parent)
    // A base calendar of −1 or 0 means none; 0 is also a calendar's number in some converted files.
    if (parent !== undefined && parent !== '0' && !isChild) losses.add('reference', 'Calendar/BaseCalendarUID', parent)
    return {
      ...rest,
      ...(isChild && { parent }),
      ...(isChild && owned.has(calendar.id) && { resourceOwned: true }),
    }
  })
}

function optionsOf(
  project: XmlNode,
  calendars: readonly Calendar[],
  tasks: readonly Draft<Task>[],
  losses: LossLog,
): PlanOptions {
  const draft: Draft<PlanOptions> = { ...defaultOptions }
  for (const field of optionFields) {
    const value = project.fields.get(field.element)
    if (value && !field.read(value, draft)) losses.add('value', `Project/${field.element}`, value)
  }
  const dateOf = (name: string): number | undefined => parseMinute(project.fields.get(name) ?? '')
  const firstTask = tasks.reduce(
    (min, t) => Math.min(min, t.stored?.start ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  )
  const start = dateOf('StartDate') ?? (Number.isFinite(firstTask) ? firstTask : undefined)
  if (start === undefined) losses.add('value', 'Project/StartDate', project.fields.get('StartDate'))
  const fromFinish = flag.read(project.fields.get('ScheduleFromStart') ?? '1') === false
  const finish = dateOf('FinishDate')
  const minutesPerDay = draft.minutesPerDay && draft.minutesPerDay > 0 ? draft.minutesPerDay : 480
  const slackDays = Number(project.fields.get('CriticalSlackLimit') ?? 0) || 0
  return {
    ...defaultOptions,
    ...draft,
    minutesPerDay,
    scheduleFrom: fromFinish && finish !== undefined ? 'finish' : 'start',
    start: start ?? 0,
    ...(fromFinish && finish !== undefined && { finish }),
    calendar: String(integer.read(project.fields.get('CalendarUID') ?? '') ?? calendars[0]?.id ?? ''),
    criticalSlackLimit: slackDays * minutesPerDay,
  }
}
