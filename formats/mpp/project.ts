// Settings of the whole plan.
import { type Calendar, defaultOptions, type Plan, type PlanOptions } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import type { Storage } from './compound.ts'
import { type PropReader, prop } from './prop.ts'
import { readSummary } from './summary.ts'

/**
 * @param calendars those of the file; the project's is known by its name
 * @param firstStart earliest start of any task, for files that do not say when the project starts
 */
export function readOptions(
  props: PropReader,
  calendars: readonly Calendar[],
  firstStart: number | undefined,
): PlanOptions {
  const draft: Draft<PlanOptions> = {}
  const positive = (key: number): number | undefined => {
    const value = props.integer(key)
    return value !== undefined && value > 0 ? value : undefined
  }
  const set = <K extends keyof PlanOptions>(key: K, value: PlanOptions[K] | undefined): void => {
    if (value !== undefined) draft[key] = value
  }
  set('minutesPerDay', positive(prop.minutesPerDay))
  set('minutesPerWeek', positive(prop.minutesPerWeek))
  set('daysPerMonth', props.short(prop.daysPerMonth) || undefined)
  set('defaultStart', props.time(prop.startTime))
  set('defaultFinish', props.time(prop.endTime))
  set('statusDate', props.date(prop.statusDate))
  set('currency', props.text(prop.currencyCode))
  set('splitsInProgressTasks', props.flag(prop.splitTasks))
  set('multipleCriticalPaths', props.flag(prop.multipleCriticalPaths))
  set('newTasksManual', props.flag(prop.newTasksManual))
  const ignored = props.flag(prop.ignoreConstraints)
  set('honorConstraints', ignored === undefined ? undefined : !ignored)

  const fromFinish = props.short(prop.scheduleFrom) === 0
  const finish = props.date(prop.finishDate)
  const name = props.text(prop.calendarName)
  const bases = calendars.filter(c => c.parent === undefined)
  const calendar = bases.find(c => c.name === name) ?? bases.find(c => c.name === 'Standard') ?? calendars[0]
  const minutesPerDay = draft.minutesPerDay ?? defaultOptions.minutesPerDay
  return {
    ...defaultOptions,
    ...draft,
    scheduleFrom: fromFinish && finish !== undefined ? 'finish' : 'start',
    start: props.date(prop.startDate) ?? firstStart ?? 0,
    ...(fromFinish && finish !== undefined && { finish }),
    calendar: calendar?.id ?? '',
    criticalSlackLimit: (props.integer(prop.criticalSlackLimit) ?? 0) * minutesPerDay,
  }
}

/** Title and people of the file: as its summary says, else as its properties do. */
export function readNames(root: Storage, props: PropReader): Pick<Plan, 'name' | 'title' | 'author' | 'company'> {
  const summary = readSummary(root.stream('\u0005SummaryInformation'))
  const document = readSummary(root.stream('\u0005DocumentSummaryInformation'))
  const title = summary.get(2) || props.text(prop.title)
  const author = summary.get(4) || props.text(prop.author)
  const company = document.get(15) || props.text(prop.company)
  return { name: title ?? '', ...(title && { title }), ...(author && { author }), ...(company && { company }) }
}
