// From a plan, or one summary of it, to a template: dates, progress and money are left behind.
import { calendarClock } from '../schedule/calendar.ts'
import type { Link, Minute, Plan, Task } from '../schedule/plan.ts'
import type { TaskDates } from '../schedule/result.ts'
import type { PlanTemplate } from './shape.ts'

export interface TakenTemplate {
  readonly template: PlanTemplate
  /** Links to tasks outside the chosen part. */
  readonly linksLeft: number
  /** Tasks whose own date was replaced by their distance from the start of the part. */
  readonly datesTurned: number
}

/**
 * The plan, or the part below and with `root`, as a template. `dates` are its computed dates, by task. A task that only its
 * own date kept where it is (a dated constraint, manual dates) is tied to the first task of the part by start-to-start with
 * the working time between them, so that the shape of the plan stays. Inactive and external tasks and occurrences of
 * recurring tasks are left out.
 */
export function takeTemplate(
  plan: Plan,
  dates: ReadonlyMap<string, Pick<TaskDates, 'start'>>,
  root?: string,
): TakenTemplate {
  const chosen = partOf(plan, root)
  const kept = new Set(chosen.map(task => task.id))
  const links = plan.links.filter(link => kept.has(link.from) && kept.has(link.to))
  const outside = plan.links.filter(link => kept.has(link.from) !== kept.has(link.to)).length
  const first = firstOf(chosen, dates)
  const turned = first === undefined ? [] : tiesOf(plan, chosen, links, dates, first)
  const used = plan.assignments.filter(each => kept.has(each.task))
  const resources = new Set(used.map(each => each.resource))
  return {
    linksLeft: outside,
    datesTurned: turned.length,
    template: {
      minutesPerDay: plan.options.minutesPerDay,
      tasks: chosen.map(task => bare(task, kept)),
      links: [
        ...links.map(({ id, from, to, type, lag, lagUnit }) => linkOf(id, from, to, type, lag, lagUnit)),
        ...turned,
      ],
      resources: plan.resources
        .filter(each => resources.has(each.id))
        .map(({ id, name, kind, maxUnits, unitLabel, group }) => ({
          ...{ id, name, kind },
          ...(maxUnits === undefined ? {} : { maxUnits }),
          ...(unitLabel === undefined ? {} : { unitLabel }),
          ...(group === undefined ? {} : { group }),
        })),
      assignments: used.map(({ id, task, resource, units, work }) => ({
        ...{ id, task, resource, units },
        ...(work === undefined ? {} : { work }),
      })),
      parameters: [],
      repeats: {},
      flows: [],
    },
  }
}

function partOf(plan: Plan, root: string | undefined): readonly Task[] {
  const inside = new Set<string>()
  const left = new Set<string>()
  return plan.tasks.filter(task => {
    const under = task.parent !== undefined && left.has(task.parent)
    if (under || task.inactive || task.external || task.projectSummary || task.recurring) {
      left.add(task.id)
      // What stands below the row of the project itself is the plan.
      if (task.projectSummary) left.delete(task.id)
      return false
    }
    if (root === undefined) return true
    const within = task.id === root || (task.parent !== undefined && inside.has(task.parent))
    if (within) inside.add(task.id)
    return within
  })
}

const isSummary = (task: Task) => task.kind === 'summary' || task.kind === 'wbs_summary'

function firstOf(tasks: readonly Task[], dates: ReadonlyMap<string, Pick<TaskDates, 'start'>>): Task | undefined {
  let first: Task | undefined
  let earliest = Number.POSITIVE_INFINITY
  for (const task of tasks) {
    const start = dates.get(task.id)?.start
    if (isSummary(task) || start === undefined || start >= earliest) continue
    first = task
    earliest = start
  }
  return first
}

/** Start-to-start links for what stood where it stood by its own date alone. */
function tiesOf(
  plan: Plan,
  tasks: readonly Task[],
  links: readonly Link[],
  dates: ReadonlyMap<string, Pick<TaskDates, 'start'>>,
  first: Task,
): Link[] {
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  const begin = dates.get(first.id)?.start
  if (!clock.ok || begin === undefined) return []
  const led = new Set(links.map(link => link.to))
  return tasks.flatMap((task): Link[] => {
    const start = dates.get(task.id)?.start
    if (task === first || isSummary(task) || led.has(task.id) || start === undefined || !dated(task, start)) return []
    const minutes = Math.round(clock.clock.work(begin, start))
    return minutes <= 0 ? [] : [linkOf(`tie-${task.id}`, first.id, task.id, 'SS', { kind: 'working', minutes }, 'd')]
  })
}

const dated = ({ manual, manualStart, constraint, actualStart }: Task, start: Minute) =>
  (manual === true && manualStart !== undefined) || constraint.at !== undefined || actualStart === start

const linkOf = (
  id: string,
  from: string,
  to: string,
  type: Link['type'],
  lag: Link['lag'],
  lagUnit: Link['lagUnit'],
): Link => ({ id, from, to, type, lag, ...(lagUnit === undefined ? {} : { lagUnit }) })

/** A row without dates, progress, money and what only its own plan or file knows. */
export function bare(task: Task, kept: { has(id: string): boolean }): Task {
  const { id, parent, name, notes, kind, elapsed, durationUnit, milestone, effort, effortDriven, priority } = task
  const duration = isSummary(task) ? 0 : task.manual ? (task.manualDuration ?? task.duration) : task.duration
  return {
    ...{ id, name, kind, duration },
    constraint: { type: task.constraint.type === 'alap' ? 'alap' : 'asap' },
    ...(parent === undefined || !kept.has(parent) ? {} : { parent }),
    ...(notes === undefined ? {} : { notes }),
    ...(elapsed === undefined ? {} : { elapsed }),
    ...(durationUnit === undefined ? {} : { durationUnit }),
    ...(milestone === undefined ? {} : { milestone }),
    ...(effort === undefined ? {} : { effort }),
    ...(effortDriven === undefined ? {} : { effortDriven }),
    ...(priority === undefined ? {} : { priority }),
  }
}
