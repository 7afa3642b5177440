// The load of each resource over time against what there is of it: what histograms and heat maps show.
import { type CalendarClock, calendarClock } from '../../schedule/calendar.ts'
import { dayOf, formatDay, MINUTES_PER_DAY, parseDay, weekdayOf } from '../../schedule/civil.ts'
import type { Assignment, Minute, Plan, Resource, Task } from '../../schedule/plan.ts'
import type { TaskDates } from '../../schedule/result.ts'
import { capacityOf } from './capacity.ts'
import { overloads } from './overload.ts'

export type LoadUnit = 'day' | 'week' | 'month'

export interface LoadPeriod {
  readonly from: Minute
  readonly to: Minute
  /** Work that falls into the period, and what the resource could do in it by its calendar; minutes. */
  readonly work: number
  readonly available: number
  /** At some instant of the period more is used than there is, even when the whole period has room. */
  readonly overloaded: boolean
}

export interface ResourceLoad {
  readonly resource: string
  readonly work: number
  readonly overloads: number
  readonly periods: readonly LoadPeriod[]
}

export interface LoadPart {
  readonly task: string
  /** Minutes of work within the period. */
  readonly work: number
}

/** Midnights that part the time from `from` to `to` into days, weeks from Monday or months, both ends covered. */
export function periodEdges(from: Minute, to: Minute, unit: LoadUnit): Minute[] {
  const edges: Minute[] = []
  let day = dayOf(from)
  if (unit === 'week') day -= (weekdayOf(day) + 6) % 7
  if (unit === 'month') day = parseDay(`${formatDay(day).slice(0, 8)}01`) ?? day
  for (;;) {
    edges.push(day * MINUTES_PER_DAY)
    if (edges.length > 1 && day * MINUTES_PER_DAY >= to) return edges
    // 31 days after the first of a month lies in the next one, or a few days behind its first.
    day = unit === 'day' ? day + 1 : unit === 'week' ? day + 7 : firstOfMonth(day + 31)
  }
}

const firstOfMonth = (day: number): number => parseDay(`${formatDay(day).slice(0, 8)}01`) ?? day

interface Spread {
  readonly task: string
  readonly work: number
  readonly from: Minute
  readonly to: Minute
  /** Share of the whole that falls between two instants within. */
  readonly between: (from: Minute, to: Minute) => number
}

/** Clocks of a plan's calendars, made when first asked for; undefined for a calendar that is no use. */
function clocksOf(plan: Plan): (calendar: string) => CalendarClock | undefined {
  const known = new Map<string, CalendarClock | undefined>()
  return id => {
    if (!known.has(id)) {
      const made = calendarClock(plan.calendars, id)
      known.set(id, made.ok ? made.clock : undefined)
    }
    return known.get(id)
  }
}

/** Work counts evenly over the working time between start and finish: contours, splits and assignment delays are not followed. */
function spreadOf(
  plan: Plan,
  task: Task,
  resource: Resource,
  assignment: Assignment,
  date: TaskDates,
  clockOf: ReturnType<typeof clocksOf>,
): Spread | undefined {
  const { start: from, finish: to } = date
  if (to <= from || assignment.units <= 0) return undefined
  const own = task.ignoreResourceCalendar ? undefined : resource.calendar
  const clock = task.elapsed ? undefined : clockOf(task.calendar ?? own ?? plan.options.calendar)
  const whole = clock?.work(from, to) ?? 0
  const work = assignment.work ?? assignment.units * (whole > 0 ? whole : to - from)
  if (work <= 0) return undefined
  return {
    task: task.id,
    work,
    from,
    to,
    between: clock && whole > 0 ? (a, b) => clock.work(a, b) / whole : (a, b) => (b - a) / (to - from),
  }
}

function spreads(plan: Plan, dates: readonly TaskDates[]): Map<string, Spread[]> {
  const clockOf = clocksOf(plan)
  const date = new Map(dates.map(each => [each.id, each]))
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  const found = new Map<string, Spread[]>()
  const resources = new Map<string, Resource>()
  for (const resource of plan.resources) {
    if (resource.kind !== 'work' || resource.inactive) continue
    resources.set(resource.id, resource)
    found.set(resource.id, [])
  }
  for (const assignment of plan.assignments) {
    const [task, at] = [tasks.get(assignment.task), date.get(assignment.task)]
    const resource = resources.get(assignment.resource)
    if (!task || !at || !resource || task.inactive) continue
    const spread = spreadOf(plan, task, resource, assignment, at, clockOf)
    if (spread) found.get(resource.id)?.push(spread)
  }
  return found
}

/** Index of the period an instant lies in, −1 before the first. */
function periodAt(edges: readonly Minute[], instant: Minute): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! <= instant) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * Load of each active work resource, in the order of the plan, by periods between ascending edges (see `periodEdges`). The
 * sum over the periods is the work assigned, as far as the edges reach.
 */
export function resourceLoads(plan: Plan, dates: readonly TaskDates[], edges: readonly Minute[]): ResourceLoad[] {
  const clockOf = clocksOf(plan)
  const stretches = overloads(plan, dates)
  const used = spreads(plan, dates)
  const count = Math.max(0, edges.length - 1)
  return plan.resources.flatMap(resource => {
    const parts = used.get(resource.id)
    if (!parts) return []
    const work = new Float64Array(count)
    for (const part of parts)
      for (let k = Math.max(0, periodAt(edges, part.from)); k < count && edges[k]! < part.to; k++) {
        const [from, to] = [Math.max(edges[k]!, part.from), Math.min(edges[k + 1]!, part.to)]
        work[k]! += part.work * part.between(from, to)
      }
    const own = stretches.filter(each => each.resource === resource.id)
    const clock = clockOf(resource.calendar ?? plan.options.calendar)
    const capacity = capacityOf(resource)
    const available = (from: Minute, to: Minute): number => {
      let sum = 0
      capacity.at.forEach((at, s) => {
        const [a, b] = [Math.max(at, from), Math.min(capacity.at[s + 1] ?? to, to)]
        if (a < b) sum += (capacity.value[s]! / 1000) * (clock?.work(a, b) ?? b - a)
      })
      return sum
    }
    return [
      {
        resource: resource.id,
        work: work.reduce((sum, each) => sum + each, 0),
        overloads: own.length,
        periods: Array.from(work, (each, k) => {
          const [from, to] = [edges[k]!, edges[k + 1]!]
          return {
            from,
            to,
            work: each,
            available: available(from, to),
            overloaded: own.some(stretch => stretch.from < to && stretch.to > from),
          }
        }),
      },
    ]
  })
}

/** The tasks that make the load of a resource between two instants, the greatest first. */
export function loadParts(
  plan: Plan,
  dates: readonly TaskDates[],
  resource: string,
  from: Minute,
  to: Minute,
): LoadPart[] {
  const assignments = plan.assignments.filter(each => each.resource === resource)
  const sums = new Map<string, number>()
  for (const part of spreads({ ...plan, assignments }, dates).get(resource) ?? []) {
    const [a, b] = [Math.max(from, part.from), Math.min(to, part.to)]
    const work = a < b ? part.work * part.between(a, b) : 0
    if (work > 0) sums.set(part.task, (sums.get(part.task) ?? 0) + work)
  }
  return [...sums].map(([task, work]) => ({ task, work })).sort((a, b) => b.work - a.work)
}
