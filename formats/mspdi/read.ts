// Reads Microsoft Project XML (MSPDI) into a plan, streaming; MS-PROJ schema of Project 2003 to 2021.

import type { CalendarClock } from '@yingzao/engines/schedule'
import type {
  Assignment,
  Calendar,
  Link,
  Plan,
  Resource,
  StoredDates,
  Task,
  TaskBaseline,
} from '@yingzao/engines/schedule/plan'
import { markRecurring } from '@yingzao/engines/schedule/recurring'
import { type Draft, recordReader } from '../field.ts'
import { pushTo } from '../group.ts'
import { allowance, defaultLimits, type ReadLimits, Refused, refuseEndless } from '../limit.ts'
import { type LossLog, lossLog } from '../loss.ts'
import { xmlCleaner } from '../xml/clean.ts'
import { childrenOf, recordParser, type XmlNode } from '../xml/record.ts'
import { readCalendar } from './calendar.ts'
import { customFields, type Owner } from './custom-field.ts'
import { id, int, yes } from './node.ts'
import { knownLinks, readConstraint, readLink } from './read-link.ts'
import { clocksOf, linkCalendars, optionsOf } from './read-options.ts'
import { resourceReader } from './read-resource.ts'
import { assignmentSpec, baselineSpec, optionFields, planSpec, storedFields, taskSpec } from './record.ts'
import { type Stretch, segmentsOf, workedStretches } from './segment.ts'
import { durationDisplay } from './unit.ts'

/** Feed decoded text in order, then `end()`; throws `Refused` on what is no such file or exceeds a limit. */
export interface PlanTextReader {
  write(text: string): void
  end(): Plan
}

/** Far beyond what people nest; a hostile file may say anything. */
const maxLevel = 1000

/** Takes records under their names in MSPDI, wherever they come from: Project's older MPX holds them under numbers. */
export interface ProjectRecords {
  /** A field of the project itself. */
  property(name: string, text: string): void
  /** A record: tasks in outline order, resources before the assignments that name them. */
  record(list: string, node: XmlNode): void
  end(): Plan
}

/** Feed decoded text in order, then `end()`; throws `Refused`. */
export function mspdiReader(losses: LossLog = lossLog(), limits: ReadLimits = defaultLimits): PlanTextReader {
  const records = projectRecords(losses, limits)
  const badCharacters = xmlCleaner(piece => losses.add('bytes', 'file', piece))
  const parser = recordParser(
    {
      root(name, namespace) {
        if (name !== 'Project') throw new Refused('plan_file.xml', { root: name.slice(0, 80) })
        if (namespace !== '' && !namespace.startsWith('http://schemas.microsoft.com/project'))
          throw new Refused('plan_file.xml', { root: namespace.slice(0, 200) })
      },
      property: records.property,
      leaf(list, name, value) {
        if (value !== '') losses.add('structure', `Project/${list}/${name}`, value)
      },
      record: records.record,
    },
    limits,
  )
  return {
    write: text => parser.write(badCharacters(text)),
    end() {
      parser.write(badCharacters('', true))
      parser.end()
      return records.end()
    },
  }
}

export function projectRecords(losses: LossLog, limits: ReadLimits): ProjectRecords {
  const spend = allowance(limits)
  const custom = customFields(losses)
  const readTask = recordReader(taskSpec, losses)
  const readBaseline = recordReader(baselineSpec, losses)
  const readResource = resourceReader(losses, custom)
  const readAssignment = recordReader(assignmentSpec, losses)
  const readPlan = recordReader(planSpec, losses)

  const project: XmlNode = { name: 'Project', fields: new Map(), children: [] }
  const calendars: Calendar[] = []
  const tasks: Draft<Task>[] = []
  const links: Link[] = []
  const resources: Resource[] = []
  const assignments: Assignment[] = []
  const stretches = new Map<string, Stretch[]>()
  /** Enclosing rows by outline level while reading. */
  const outline: (string | undefined)[] = []
  const parents = new Set<string>()
  const taskIds = new Set<string>()
  const resourceIds = new Set<string>()
  const assignmentIds = new Set<string>()

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
    const level = Math.min(maxLevel, Math.max(0, int(node, 'OutlineLevel') ?? (draft.uid === 0 ? 0 : 1)))
    if (level === 0 && tasks.length === 0 && draft.row === 0) draft.projectSummary = true
    outline.length = level
    const parent = outline.findLast(at => at !== undefined)
    outline[level] = key
    if (parent !== undefined) {
      draft.parent = parent
      parents.add(parent)
    }
    const display = durationDisplay(int(node, 'DurationFormat'))
    if (display.unit) draft.durationUnit = display.unit
    if (display.elapsed) draft.elapsed = true
    draft.constraint = readConstraint(node, losses)
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
    for (const part of childrenOf(node, 'PredecessorLink')) {
      spend('records')
      const link = readLink(key, part, losses)
      if (link) links.push(link)
    }
    tasks.push(draft)
  }

  const resource = (node: XmlNode): void => {
    spend('records')
    const found = readResource(node, resources.length + 1)
    if (!found) return
    if (resourceIds.has(found.id)) losses.add('reference', 'Resource/UID', found.id)
    else {
      resourceIds.add(found.id)
      resources.push(found)
    }
  }

  const assignment = (node: XmlNode): void => {
    spend('records')
    const taskId = id(node, 'TaskUID')
    const resourceId = id(node, 'ResourceUID')
    if (taskId === undefined || !taskIds.has(taskId)) {
      losses.add('reference', 'Assignment/TaskUID', taskId)
      return
    }
    const timephased = childrenOf(node, 'TimephasedData')
    const resource = resourceId !== undefined && resourceIds.has(resourceId) ? resourceId : undefined
    for (const stretch of workedStretches(timephased)) pushTo(stretches, taskId, { ...stretch, resource })
    // Project writes an assignment to nobody (−65535, or resource 0) for every task without resources.
    if (resource === undefined) {
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
    const key = String(draft.uid ?? 'assignment')
    const own = draft.uid === undefined || assignmentIds.has(key) ? `${key}-${assignments.length + 1}` : key
    assignmentIds.add(own)
    assignments.push({
      ...draft,
      id: own,
      task: taskId,
      resource,
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

  const readers = new Map<string, (node: XmlNode) => void>([
    [
      'Calendars',
      node => {
        spend('records', 1 + node.children.reduce((n, c) => n + c.children.length, 0))
        const calendar = readCalendar(node, losses)
        refuseEndless(calendar, limits)
        calendars.push(calendar)
      },
    ],
    ['Tasks', task],
    ['Resources', resource],
    ['Assignments', assignment],
    ['ExtendedAttributes', custom.define],
    ['OutlineCodes', custom.defineCode],
  ])

  const finishedTasks = (
    known: ReadonlySet<string>,
    clockOf: (calendar: string | undefined) => CalendarClock | undefined,
  ): Task[] => {
    const ofResource = new Map(resources.map(({ id, calendar }) => [id, calendar]))
    /** As the engine has a resource work a task (the hours of both calendars, unless the task ignores the resource's). */
    const workClocks = (task: Draft<Task>, resource: string | undefined): CalendarClock[] => {
      const own = resource === undefined ? undefined : ofResource.get(resource)
      if (own === undefined || !known.has(own) || (task.calendar !== undefined && task.ignoreResourceCalendar))
        return [clockOf(task.calendar) ?? []].flat()
      return [clockOf(own) ?? [], task.calendar === undefined ? [] : (clockOf(task.calendar) ?? [])].flat()
    }
    return tasks.map((draft): Task => {
      const { id: key = '', duration = 0, constraint: bound = { type: 'asap' }, name = '' } = draft
      if (draft.calendar !== undefined && !known.has(draft.calendar)) {
        losses.add('reference', 'Task/CalendarUID', draft.calendar)
        delete draft.calendar
      }
      const isSummary = parents.has(key) || draft.projectSummary === true
      const kind = isSummary ? 'summary' : draft.milestone && duration === 0 ? 'milestone' : 'task'
      const segments = isSummary ? undefined : segmentsOf(stretches.get(key) ?? [], whose => workClocks(draft, whose))
      return { ...draft, id: key, name, duration, constraint: bound, kind, ...(segments && { segments }) }
    })
  }

  return {
    property: (name, value) => {
      project.fields.set(name, value)
    },
    record(list, node) {
      const read = readers.get(list)
      if (read) read(node)
      else losses.add('structure', `Project/${list}`)
    },
    end() {
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
        tasks: markRecurring(
          finishedTasks(known, clocksOf(allCalendars, projectCalendar)),
          task => task.extra?.Recurring === '1',
        ),
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
