// 年、季、月、周计划: windows of the one plan. What is worked on in the window, how far it shall be at its begin and end, what comes
// over from before, and the milestones that fall into it. Pure: browser, print and Excel show the same rows.
import { calendarClock, type Plan, type Schedule, type Task, type TaskDates } from '@yingzao/engines/schedule'
import { civilDate, dayNumber, dayOf, weekdayOf } from '@yingzao/engines/schedule/civil'

export const windowUnits = ['all', 'year', 'quarter', 'month', 'week'] as const
export type WindowUnit = (typeof windowUnits)[number]

/** Days since 1970-01-01; `to` is the day after the last. */
export interface PlanWindow {
  readonly unit: WindowUnit
  readonly from: number
  readonly to: number
}

/** New in the window, going on from before, or promised (baseline) for before and still open. */
export type WindowPart = 'new' | 'continued' | 'carried'

export interface WindowRow {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly level: number
  readonly summary: boolean
  readonly start: number
  readonly finish: number
  readonly critical: boolean
  /** Shares 0–1 the plan wants at the begin and the end of the window; a summary's by the duration of its tasks. */
  readonly begin: number
  readonly end: number
  /** Reported so far. */
  readonly done: number
  /** Not for summaries. */
  readonly part: WindowPart | null
  readonly responsible: string | null
}

export interface WindowMilestone {
  readonly id: string
  readonly number: string
  readonly name: string
  /** Of the baseline (number 0), when there is one. */
  readonly promised: number | null
  readonly forecast: number
  readonly reached: boolean
  /** Calendar days after the baseline; negative = before. */
  readonly days: number | null
  readonly critical: boolean
}

export interface WindowView {
  readonly window: PlanWindow
  readonly rows: readonly WindowRow[]
  readonly milestones: readonly WindowMilestone[]
}

const DAY = 1440

/** The window that holds a day; `all` is the whole plan. */
export function windowAt(unit: WindowUnit, day: number, schedule: Pick<Schedule, 'start' | 'finish'>): PlanWindow {
  const { year, month } = civilDate(day)
  const quarter = Math.floor((month - 1) / 3) * 3 + 1
  switch (unit) {
    case 'all':
      return { unit, from: dayOf(schedule.start), to: dayOf(schedule.finish) + 1 }
    case 'year':
      return { unit, from: dayNumber(year, 1, 1), to: dayNumber(year + 1, 1, 1) }
    case 'quarter':
      return { unit, from: dayNumber(year, quarter, 1), to: dayNumber(year, quarter + 3, 1) }
    case 'month':
      return { unit, from: dayNumber(year, month, 1), to: dayNumber(year, month + 1, 1) }
    case 'week': {
      const monday = day - ((weekdayOf(day) + 6) % 7)
      return { unit, from: monday, to: monday + 7 }
    }
  }
}

/** What the window shows. `depth` leaves out rows below so many levels (their summaries stand for them). */
export function windowView(
  plan: Plan,
  schedule: Schedule,
  window: PlanWindow,
  depth = Number.POSITIVE_INFINITY,
): WindowView {
  const dates = new Map(schedule.tasks.map(each => [each.id, each]))
  const [from, to] = [window.from * DAY, window.to * DAY]
  const clocks = clocksOf(plan)
  const level = new Map<string, number>()
  const sums = new Map<string, { weight: number; begin: number; end: number; done: number }>()
  const shown = new Set<string>()
  const shares = new Map<string, { begin: number; end: number; done: number }>()
  const byId = new Map(plan.tasks.map(each => [each.id, each]))
  for (const task of plan.tasks) {
    level.set(task.id, task.parent === undefined ? 0 : (level.get(task.parent) ?? 0) + 1)
    const at = dates.get(task.id)
    if (!at || isSummary(task) || task.inactive) continue
    const share = {
      begin: shareAt(plan, task, at, from, clocks),
      end: shareAt(plan, task, at, to, clocks),
      done: (task.percentComplete ?? 0) / 100,
    }
    shares.set(task.id, share)
    const inside = at.start < to && (at.finish > from || (at.finish === from && at.start === from))
    for (let up = task.parent; up !== undefined; up = byId.get(up)?.parent) {
      const sum = sums.get(up) ?? { weight: 0, begin: 0, end: 0, done: 0 }
      const weight = Math.max(1, task.duration)
      sum.weight += weight
      sum.begin += weight * share.begin
      sum.end += weight * share.end
      sum.done += weight * share.done
      sums.set(up, sum)
      if (inside) shown.add(up)
    }
    if (inside) shown.add(task.id)
  }
  const rows = plan.tasks.flatMap((task, index): WindowRow[] => {
    const at = dates.get(task.id)
    if (!at || !shown.has(task.id) || (level.get(task.id) ?? 0) >= depth) return []
    const sum = sums.get(task.id)
    const share = sum
      ? { begin: sum.begin / sum.weight, end: sum.end / sum.weight, done: sum.done / sum.weight }
      : (shares.get(task.id) ?? { begin: 0, end: 0, done: 0 })
    const summary = isSummary(task)
    return [
      {
        ...{
          id: task.id,
          number: numberOf(plan, task, index),
          name: task.name,
          level: level.get(task.id) ?? 0,
          summary,
        },
        ...{ start: at.start, finish: at.finish, critical: at.critical, ...share },
        part: summary ? null : partOf(task, at, from),
        responsible: task.responsible ?? null,
      },
    ]
  })
  const milestones = plan.tasks.flatMap((task, index): WindowMilestone[] => {
    const at = dates.get(task.id)
    if (!at || !isMilestone(task) || task.inactive) return []
    const promised = task.baselines?.find(each => each.number === 0)?.finish ?? null
    const reached = task.actualFinish !== undefined || (task.percentComplete ?? 0) >= 100
    // Due in it, or promised for before and not reached.
    const due = at.finish >= from && at.finish < to
    const owed = promised !== null && promised < to && !reached && at.finish >= from
    if (!due && !owed) return []
    return [
      {
        ...{
          id: task.id,
          number: numberOf(plan, task, index),
          name: task.name,
          promised,
          forecast: at.finish,
          reached,
        },
        days: promised === null ? null : dayOf(at.finish) - dayOf(promised),
        critical: at.critical,
      },
    ]
  })
  return { window, rows, milestones }
}

const isSummary = ({ kind }: Task) => kind === 'summary' || kind === 'wbs_summary'
const isMilestone = ({ kind, milestone }: Task) =>
  kind === 'milestone' || kind === 'start_milestone' || milestone === true
const numberOf = (plan: Plan, { code }: Task, index: number) => (plan.mode === 'p6' && code ? code : String(index + 1))

function partOf(task: Task, at: TaskDates, from: number): WindowPart {
  const promised = task.baselines?.find(each => each.number === 0)?.finish
  if (promised !== undefined && promised <= from && (task.percentComplete ?? 0) < 100) return 'carried'
  return at.start < from ? 'continued' : 'new'
}

type Clocks = (task: Task) => (from: number, to: number) => number

function clocksOf(plan: Plan): Clocks {
  const known = new Map<string, (from: number, to: number) => number>()
  const elapsed = (from: number, to: number) => to - from
  return task => {
    if (task.elapsed) return elapsed
    const id = task.calendar ?? plan.options.calendar
    const found = known.get(id)
    if (found) return found
    const outcome = calendarClock(plan.calendars, id)
    const made = outcome.ok ? (from: number, to: number) => outcome.clock.work(from, to) : elapsed
    known.set(id, made)
    return made
  }
}

/** Share done that the plan shows at a moment: what is reported up to the status date, as planned after it. */
function shareAt(plan: Plan, task: Task, at: TaskDates, moment: number, clocks: Clocks): number {
  if (moment >= at.finish) return 1
  if (moment <= at.start) return 0
  const work = clocks(task)
  const done = (task.percentComplete ?? 0) / 100
  const status = Math.max(at.start, Math.min(at.finish, plan.options.statusDate ?? at.start))
  const part = (from: number, to: number, whole: number) => {
    const all = work(from, whole)
    return all <= 0 ? 0 : Math.min(1, Math.max(0, work(from, to) / all))
  }
  if (done <= 0) return part(at.start, moment, at.finish)
  if (moment <= status) return done * part(at.start, moment, status)
  const resumed = Math.max(status, task.resume ?? status)
  return done + (1 - done) * part(resumed, moment, at.finish)
}
