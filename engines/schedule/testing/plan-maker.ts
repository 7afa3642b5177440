// Small plans for tests: tasks and links written in one line each.
import {
  type Calendar,
  compute,
  defaultOptions,
  formatMinute,
  type Lag,
  type LinkType,
  type Minute,
  type Plan,
  parseMinute,
  type Schedule,
  type Task,
  type TaskDates,
} from '../index.ts'

export const HOUR = 60
export const DAY = 480

export function at(text: string): Minute {
  const minute = parseMinute(text)
  if (minute === undefined) throw new Error(`not a date: ${text}`)
  return minute
}

export const office = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]

/** Monday to Friday, 08:00–12:00 and 13:00–17:00. */
export const standard: Calendar = {
  id: 'standard',
  name: 'Standard',
  week: [[], office, office, office, office, office, []],
  workWeeks: [],
  exceptions: [],
}

export function task(id: string, days: number, more: Partial<Task> = {}): Task {
  return {
    id,
    name: id,
    kind: days === 0 ? 'milestone' : 'task',
    ...(days === 0 && { milestone: true }),
    duration: days * DAY,
    constraint: { type: 'asap' },
    ...more,
  }
}

export function summary(id: string, more: Partial<Task> = {}): Task {
  return { id, name: id, kind: 'summary', duration: 0, constraint: { type: 'asap' }, ...more }
}

/** `A FS B` with an optional lag: working days as a number. */
export interface LinkText {
  from: string
  to: string
  type: LinkType
  lag: Lag
}

export function link(text: string, lag: number | Lag = 0): LinkText {
  const [from, type, to] = text.split(' ')
  if (!from || !to || (type !== 'FS' && type !== 'SS' && type !== 'FF' && type !== 'SF')) throw new Error(text)
  return { from, to, type, lag: typeof lag === 'number' ? { kind: 'working', minutes: lag * DAY } : lag }
}

/** A plan that starts on Monday 2024-03-04 08:00. */
export function plan(tasks: readonly Task[], links: readonly LinkText[] = [], more: Partial<Plan> = {}): Plan {
  return {
    name: 'plan',
    mode: 'ms',
    calendars: [standard],
    tasks,
    links: links.map((item, i) => ({ id: `link${i + 1}`, ...item })),
    resources: [],
    assignments: [],
    ...more,
    options: { ...defaultOptions, start: at('2024-03-04T08:00'), calendar: 'standard', ...more.options },
  }
}

export function scheduled(input: Plan): Schedule {
  const outcome = compute(input)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.schedule
}

export interface Read extends TaskDates {
  /** `03-04 08:00 – 03-05 17:00` */
  early: string
  late: string
  dates: string
}

/** The dates of each task by id, also as short text. */
export function read(input: Plan): (id: string) => Read {
  const schedule = scheduled(input)
  const short = (minute: Minute) => formatMinute(minute).slice(5).replace('T', ' ')
  const span = (a: Minute, b: Minute) => `${short(a)} – ${short(b)}`
  return id => {
    const dates = schedule.tasks.find(item => item.id === id)
    if (!dates) throw new Error(`no task ${id}`)
    return {
      ...dates,
      early: span(dates.earlyStart, dates.earlyFinish),
      late: span(dates.lateStart, dates.lateFinish),
      dates: span(dates.start, dates.finish),
    }
  }
}
