// Writes a plan as Microsoft Project XML (MSPDI, schema of Project 2013–2021), record by record.
import type { Schedule } from '@yingzao/engines/schedule'
import type { Calendar, Plan } from '@yingzao/engines/schedule/plan'
import { fieldTexts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { numbered } from '../numbering.ts'
import { type Element, type ElementContent, writeContent, writeElement } from '../xml/write.ts'
import { calendarElement } from './calendar.ts'
import { projectOrder } from './order.ts'
import { optionFields, planSpec } from './record.ts'
import { date } from './value.ts'
import { assignmentElements } from './write-assignment.ts'
import { customWriter } from './write-custom.ts'
import { recordElement } from './write-record.ts'
import { resourceElement } from './write-resource.ts'
import { taskElements } from './write-task.ts'

/** The file's number of each id. */
export interface Numbers {
  calendar: ReadonlyMap<string, number>
  task: ReadonlyMap<string, number>
  resource: ReadonlyMap<string, number>
  assignment: ReadonlyMap<string, number>
}

/**
 * Text of the file in pieces. Dates are those of `schedule` where given, else those that the plan's own file stored.
 * What Microsoft Project cannot say is named in `losses`.
 */
export function* writeMspdi(plan: Plan, losses: LossLog, schedule?: Schedule): Generator<string> {
  const bad = (char: string): void => losses.add('bytes', 'file', char)
  const list = function* (name: string, items: Iterable<Element>): Generator<string> {
    yield `\t<${name}>\n`
    for (const item of items) {
      const out: string[] = []
      writeElement(item, out, '\t\t', bad)
      yield out.join('')
    }
    yield `\t</${name}>\n`
  }
  const { calendars, resources } = withResourceCalendars(plan)
  const custom = customWriter(plan, losses)
  const numbers: Numbers = {
    calendar: numbered(calendars),
    task: numbered(plan.tasks),
    resource: numbered(resources),
    assignment: numbered(plan.assignments),
  }
  reportOptions(plan, losses)

  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  yield '<Project xmlns="http://schemas.microsoft.com/project">\n'
  const head: string[] = []
  writeContent(properties(plan, numbers, schedule, losses), head, '\t', bad)
  yield head.join('')
  if (custom.codes.length > 0) yield* list('OutlineCodes', custom.codes)
  if (custom.definitions.length > 0) yield* list('ExtendedAttributes', custom.definitions)
  yield* list(
    'Calendars',
    calendars.map(c =>
      calendarElement(
        c,
        numbers.calendar.get(c.id) ?? 0,
        c.parent === undefined ? undefined : numbers.calendar.get(c.parent),
      ),
    ),
  )
  yield* list('Tasks', taskElements(plan, numbers, custom, schedule, losses))
  yield* list(
    'Resources',
    resources.map((r, i) => resourceElement(r, i + 1, numbers, custom, losses)),
  )
  yield* list('Assignments', assignmentElements(plan, numbers, custom, losses))
  yield '</Project>\n'
}

/**
 * In Microsoft Project a resource's calendar is its own and derives from a base calendar; P6 lets resources share one.
 */
function withResourceCalendars(plan: Plan): Pick<Plan, 'calendars' | 'resources'> {
  if (plan.mode === 'ms') return plan
  const calendars: Calendar[] = [...plan.calendars]
  const resources = plan.resources.map(resource => {
    if (resource.calendar === undefined) return resource
    const id = `of-resource-${resource.id}`
    calendars.push({
      id,
      name: resource.name,
      parent: resource.calendar,
      week: [undefined, undefined, undefined, undefined, undefined, undefined, undefined],
      workWeeks: [],
      exceptions: [],
      resourceOwned: true,
    })
    return { ...resource, calendar: id }
  })
  return { calendars, resources }
}

function properties(
  plan: Plan,
  numbers: Numbers,
  schedule: Schedule | undefined,
  losses: LossLog,
): readonly ElementContent[] {
  const { options } = plan
  const texts = { ...fieldTexts(planSpec.fields, plan), ...fieldTexts(optionFields, options) }
  const computed = schedule && (options.scheduleFrom === 'finish' ? schedule.start : schedule.finish)
  texts.SaveVersion = '14'
  texts.ScheduleFromStart = options.scheduleFrom === 'finish' ? '0' : '1'
  texts.StartDate = date.write(options.scheduleFrom === 'finish' && schedule ? schedule.start : options.start)
  const finish = options.scheduleFrom === 'finish' ? options.finish : computed
  if (finish !== undefined) texts.FinishDate = date.write(finish)
  const calendar = numbers.calendar.get(options.calendar)
  if (calendar !== undefined) texts.CalendarUID = String(calendar)
  const slackDays = options.criticalSlackLimit / (options.minutesPerDay || 480)
  texts.CriticalSlackLimit = String(Math.round(slackDays))
  if (!Number.isInteger(slackDays)) losses.add('rounded', 'Project/CriticalSlackLimit', String(slackDays))
  return recordElement({ name: 'Project', order: projectOrder, texts, extra: plan.extra }, losses).content
}

/** Primavera's rules of computation that Microsoft Project has no switch for. */
function reportOptions(plan: Plan, losses: LossLog): void {
  if (plan.mode !== 'p6') return
  const { options } = plan
  if (options.finish !== undefined && options.scheduleFrom === 'start')
    losses.add('target', 'options/finish', date.write(options.finish))
  for (const key of ['lagCalendar', 'progressMode', 'floatType', 'criticalBy'] as const)
    losses.add('target', `options/${key}`, options[key])
  for (const calendar of plan.calendars)
    if (calendar.minutesPerDay !== undefined && calendar.minutesPerDay !== options.minutesPerDay)
      losses.add('target', 'calendar/minutesPerDay', calendar.name)
}
