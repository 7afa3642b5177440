// A computed plan as tasks and links of an arrow network: summaries become lanes, weekends are no waiting, lags are moments.
import type { CalendarClock } from '../schedule/calendar.ts'
import type { Link, Minute, Plan, Task } from '../schedule/plan.ts'
import type { Schedule, TaskDates } from '../schedule/result.ts'
import type { ArrowInput, ArrowLink, ArrowTask } from './input.ts'

export interface PlanArrows extends ArrowInput {
  /** Until which moment of its span a task is done: what the front line is drawn through. */
  reached(task: string): Minute
}

/** A link of summaries stands for links of their tasks; more than this many are left out rather than drawn for minutes. */
const MOST_LINKS = 20_000

/** Rows that are not work of their own. */
const container = new Set<Task['kind']>(['summary', 'wbs_summary', 'level_of_effort'])

/**
 * What is drawn of a plan: its active tasks by their computed dates, in lanes by the summaries of the first level. Moments
 * are moved back over non-working time of the plan's calendar, so that Friday evening and Monday morning are one.
 */
export function planArrows(plan: Plan, schedule: Schedule, clock: CalendarClock): PlanArrows {
  const dates = new Map(schedule.tasks.map(each => [each.id, each]))
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const parents = new Set(plan.tasks.flatMap(task => (task.parent === undefined ? [] : [task.parent])))
  const isWork = (task: Task) => !parents.has(task.id) && !container.has(task.kind) && !task.inactive
  const moment = (at: Minute): Minute => Math.max(schedule.start, clock.prevWorkFinish(at))
  const span = ({ start, finish }: TaskDates) => ({
    start: moment(start),
    finish: Math.max(moment(start), moment(finish)),
  })

  const lanes = new Map<string, string>()
  const laneOf = (task: Task): string | undefined => {
    let top: Task | undefined
    for (let at = byId.get(task.parent ?? ''); at && !at.projectSummary; at = byId.get(at.parent ?? '')) top = at
    return top?.name
  }
  const work = plan.tasks.filter(task => isWork(task) && dates.has(task.id))
  for (const task of work) {
    const lane = laneOf(task)
    if (lane !== undefined) lanes.set(task.id, lane)
  }
  const laned = new Set(lanes.values()).size > 1
  const tasks = work.map((task): ArrowTask => {
    const date = dates.get(task.id)!
    const lane = lanes.get(task.id)
    return {
      id: task.id,
      ...span(date),
      critical: date.critical,
      ...(laned && lane !== undefined ? { lane } : {}),
    }
  })

  const spans = new Map(tasks.map(task => [task.id, task]))
  const leaves = new Map<string, string[]>()
  for (const task of work)
    for (let at: Task | undefined = task; at; at = byId.get(at.parent ?? '')) {
      const list = leaves.get(at.id)
      if (list) list.push(task.id)
      else leaves.set(at.id, [task.id])
    }
  const links: ArrowLink[] = []
  for (const link of plan.links)
    for (const from of leaves.get(link.from) ?? [])
      for (const to of leaves.get(link.to) ?? []) {
        const source = dates.get(from)
        if (from !== to && source && links.length < MOST_LINKS)
          links.push({
            from,
            to,
            since: sinceOf(link, source, clock, moment),
            at: link.type[1] === 'S' ? 'start' : 'finish',
          })
      }

  const progress = new Map(work.map(task => [task.id, task]))
  return {
    tasks,
    links,
    reached(id) {
      const [task, at] = [progress.get(id), spans.get(id)]
      if (!task || !at) return schedule.start
      if (task.actualFinish !== undefined || task.percentComplete === 100) return at.finish
      const share = Math.min(100, Math.max(0, task.percentComplete ?? 0)) / 100
      return share === 0 ? at.start : moment(clock.add(at.start, Math.round(share * clock.work(at.start, at.finish))))
    },
  }
}

/** The moment of the predecessor that the successor waits for. A lag beyond the predecessor's end is a wait, drawn as one. */
function sinceOf(
  { type, lag }: Link,
  source: TaskDates,
  clock: CalendarClock,
  moment: (at: Minute) => Minute,
): ArrowLink['since'] {
  const side = type[0] === 'S' ? 'start' : 'finish'
  const share = 'percent' in lag ? Math.round((lag.percent / 100) * source.duration) : lag.minutes
  if (share === 0 || (side === 'finish' && share > 0)) return side
  const elapsed = lag.kind === 'elapsed' || lag.kind === 'elapsed_percent'
  return { moment: moment(elapsed ? source[side] + share : clock.add(source[side], share)) }
}
