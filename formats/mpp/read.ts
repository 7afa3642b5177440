// Reads a Microsoft Project file (.mpp, .mpt) of Project 2000 to the current ones into a plan.
import type { Link, Plan, Task } from '@yingzao/engines/schedule/plan'
import { allowance, defaultLimits, type ReadLimits } from '../limit.ts'
import type { LossLog } from '../loss.ts'
import { knownLinks } from '../mspdi/read-link.ts'
import { clocksOf } from '../mspdi/read-options.ts'
import { segmentsOf } from '../mspdi/segment.ts'
import { guid, u32 } from './bytes.ts'
import { readCalendars } from './calendar.ts'
import { customFields, readChoices } from './custom-field.ts'
import { readLinks } from './link.ts'
import { outlined } from './outline.ts'
import { readNames, readOptions } from './project.ts'
import { type PropReader, prop } from './prop.ts'
import { assignmentSteps } from './read-assignment.ts'
import { resourceSteps } from './read-resource.ts'
import { taskSteps } from './read-task.ts'
import { resourceRows } from './resource.ts'
import { openSource } from './source.ts'
import { usedCalendars } from './used-calendar.ts'

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
  const spend = allowance(limits)
  const source = openSource(bytes, spend)
  const { root, layout, props, tables } = source
  const custom = customFields(readChoices(tables.code), enterpriseFields(props), losses)
  const calendars = readCalendars(tables.calendar, layout, props.bytes(prop.calendarHours), losses, limits)

  const macros = root.folder(layout.views)?.folder('CVba')
  if (macros?.names().some(name => macros.folder(name))) losses.add('structure', 'Project/VBAProject')

  // A head of 16 bytes stands there also when no other file is inserted.
  if ((props.bytes(prop.subprojects)?.length ?? 0) > 16) losses.add('structure', 'Project/Subproject')

  const resources = yield* resourceSteps(source, {
    values: custom.values('resource', tables.resource, source.definitions('TBkndRsc')),
    calendarOf: calendars.ofResource,
    losses,
  })

  const { readings, blanks } = yield* taskSteps(source, {
    values: custom.values('task', tables.task, source.definitions('TBkndTask')),
    losses,
    spend,
  })
  const outline = outlined(readings, blanks)
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

  const { assignments, pieces } = yield* assignmentSteps(source, outline, resources, {
    values: custom.values('assignment', tables.assignment, source.definitions('TBkndAssn')),
    clockOf: clocksOf(allCalendars, options.calendar),
    usual: options.calendar,
    losses,
  })

  const tasks = outline.map(({ draft, kind }): Task => {
    const id = draft.id ?? ''
    const segments = kind === 'summary' ? undefined : segmentsOf(pieces.get(id) ?? [], () => [])
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

function enterpriseFields(props: PropReader): number[] {
  const data = props.bytes(prop.enterpriseFields)
  const fields: number[] = []
  for (let at = 4; data && at + 4 <= data.length; at += 4) fields.push(u32(data, at))
  return fields
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
