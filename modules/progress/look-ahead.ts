// 前瞻: the tasks of a week and how far the plan wants each by its end. Pure.
import { calendarClock, type Plan, type Schedule, type Task } from '@yingzao/engines/schedule'

const DAY = 1440

export interface Ahead {
  readonly task: Task
  readonly number: string
  readonly start: number
  readonly finish: number
  readonly critical: boolean
  /** Share done that the plan wants by the end of the week, 0–1 in whole percent. */
  readonly wanted: number
}

/** Tasks and milestones that are not done and that the plan works on between two days (the second excluded). */
export function lookAhead(plan: Plan, schedule: Schedule, fromDay: number, toDay: number): Ahead[] {
  const dates = new Map(schedule.tasks.map(each => [each.id, each]))
  return plan.tasks.flatMap((task, index): Ahead[] => {
    const at = dates.get(task.id)
    const leaf = task.kind !== 'summary' && task.kind !== 'wbs_summary' && task.kind !== 'level_of_effort'
    if (!at || !leaf || task.inactive || (task.percentComplete ?? 0) >= 100 || task.actualFinish !== undefined)
      return []
    // A milestone at the end of a day belongs to that day.
    if (at.finish <= fromDay * DAY || at.start >= toDay * DAY) return []
    const number = plan.mode === 'p6' && task.code ? task.code : String(index + 1)
    const { start, finish, critical } = at
    return [{ task, number, start, finish, critical, wanted: wantedBy(plan, task, at, toDay * DAY) }]
  })
}

function wantedBy(
  plan: Plan,
  task: Task,
  at: { readonly start: number; readonly finish: number },
  end: number,
): number {
  if (at.finish <= end) return 1
  const done = (task.percentComplete ?? 0) / 100
  const from = Math.max(at.start, task.resume ?? 0, plan.options.statusDate ?? 0)
  const outcome = calendarClock(plan.calendars, task.calendar ?? plan.options.calendar)
  const work = (a: number, b: number) => Math.max(0, !task.elapsed && outcome.ok ? outcome.clock.work(a, b) : b - a)
  const left = work(from, at.finish)
  const share = left === 0 ? 1 : Math.min(1, work(from, end) / left)
  return Math.floor((done + (1 - done) * share) * 100) / 100
}
