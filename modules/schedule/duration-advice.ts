// 工期建议 of a plan: which open tasks are planned shorter, or far longer, than the installation's own finished work took.
import {
  type Advice,
  type AskedTask,
  advise,
  adviserOf,
  type ShareFinding,
  shareFindings,
  type WorkedPlan,
} from '@yingzao/engines/duration-advice'
import { compute, type Plan, type ScheduleError, type Task } from '@yingzao/engines/schedule'
import type { FinishedWork, History } from './history-shape.ts'

const DAY = 1440
/** Evidence that is listed; the numbers rest on all of it. */
const LISTED = 10

export interface AdvisedTask {
  readonly task: string
  /** Planned duration in days of work, or of the calendar when `elapsed`. */
  readonly days: number
  readonly elapsed: boolean
  readonly advice: Omit<Advice, 'evidence' | 'task'>
  /** How many finished tasks the numbers rest on, and the most alike of them. */
  readonly count: number
  readonly evidence: readonly FinishedWork[]
  /**
   * Planned too short: days by which the finish of the plan moves if it takes P50, beyond its float. Planned too long and
   * critical: days that the finish may gain at P80. Each task by itself.
   */
  readonly effect: number
}

export interface PlanAdvice {
  /** What means most for the finish first. */
  readonly rows: readonly AdvisedTask[]
  /** Open tasks by what became of the question. */
  readonly asked: number
  readonly within: number
  readonly unknown: number
  /** Classes of work of which the plan holds unusually little; null while too few finished plans are known. */
  readonly shares: readonly ShareFinding[] | null
}

export type PlanAdviceOutcome =
  | { readonly ok: true; readonly advice: PlanAdvice }
  | { readonly ok: false; readonly error: ScheduleError }

/** Work that can be advised on: begun or not, but not finished, and with a duration of its own. */
const isWork = ({ kind, inactive, external, placeholder, duration }: Task): boolean =>
  (kind === 'task' || kind === 'resource_dependent') && !inactive && !external && !placeholder && duration > 0
const isOpen = ({ actualFinish, percentComplete }: Task): boolean =>
  actualFinish === undefined && (percentComplete ?? 0) < 100

/** `type`: the type of the plan's project. Errors: the plan cannot be computed, so nothing can be said of its finish. */
export function adviseOnPlan(plan: Plan, type: string | null, history: History): PlanAdviceOutcome {
  const computed = compute(plan)
  if (!computed.ok) return computed
  const float = new Map(computed.schedule.tasks.map(each => [each.id, each.totalFloat]))
  const perDay = Math.max(1, plan.options.minutesPerDay)
  const known = typed(history)
  const asked = askedOf(plan, type, perDay)
  const answers = advise(known, asked)
  const rows = asked.flatMap((task, at): AdvisedTask[] => {
    const answer = answers[at]
    if (!answer || answer.verdict === 'within') return []
    const { evidence, task: id, ...advice } = answer
    const unit = task.elapsed ? DAY / perDay : 1
    const room = (float.get(id) ?? 0) / perDay
    const effect =
      advice.verdict === 'below'
        ? Math.max(0, (advice.p50 - task.days) * unit - Math.max(0, room))
        : room > 0
          ? 0
          : (task.days - advice.p80) * unit
    return [{ ...listed(task, evidence, history), task: id, advice, effect }]
  })
  rows.sort((a, b) => rank(b) - rank(a) || b.effect - a.effect || gap(b) - gap(a))
  const unknown = answers.filter(each => each === null).length
  const own: WorkedPlan = {
    type,
    tasks: plan.tasks.filter(isWork).map(each => ({ name: each.name, days: each.duration / perDay })),
  }
  return {
    ok: true,
    advice: {
      rows,
      asked: asked.length,
      unknown,
      within: asked.length - unknown - rows.length,
      shares: shareFindings(own, finishedPlans(history)),
    },
  }
}

const typed = ({ tasks, plans }: History) => tasks.map(each => ({ ...each, type: plans[each.plan]?.type ?? null }))

const listed = ({ days, elapsed }: AskedTask, evidence: readonly number[], { tasks }: History) => ({
  ...{ days, elapsed, count: evidence.length },
  evidence: evidence.slice(0, LISTED).flatMap(position => tasks[position] ?? []),
})

/** What is said of one task, whatever the verdict; its effect on the finish is not asked here. */
export type TaskAdvice = Omit<AdvisedTask, 'effect'>

/**
 * Reads the history once, to be asked about open tasks of a plan one by one. Null: the task is finished or no work, or there is
 * too little history of its kind.
 */
export function taskAdviser(type: string | null, history: History): (plan: Plan, task: string) => TaskAdvice | null {
  const ask = adviserOf(typed(history))
  return (plan, id) => {
    const [asked] = askedOf(plan, type, Math.max(1, plan.options.minutesPerDay), each => each.id === id)
    const answer = asked ? ask(asked) : null
    if (!asked || !answer) return null
    const { evidence, task, ...advice } = answer
    return { ...listed(asked, evidence, history), task, advice }
  }
}

/** Too short and it moves the finish; too long; too short within its float. */
const rank = ({ advice, effect }: AdvisedTask) => (effect <= 0 ? 0 : advice.verdict === 'below' ? 2 : 1)
const gap = ({ advice, days }: AdvisedTask) => Math.abs(advice.p50 - days)

function askedOf(
  plan: Plan,
  type: string | null,
  perDay: number,
  wanted: (task: Task) => boolean = () => true,
): AskedTask[] {
  const names = new Map(plan.tasks.map(each => [each.id, each.name]))
  const workers = new Map(plan.resources.flatMap(each => (each.kind === 'work' ? [[each.id, each.name]] : [])))
  const resources = new Map<string, string[]>()
  for (const { task, resource } of plan.assignments) {
    const name = workers.get(resource)
    if (name !== undefined) resources.set(task, [...(resources.get(task) ?? []), name])
  }
  return plan.tasks
    .filter(each => wanted(each) && isWork(each) && isOpen(each))
    .map(({ id, name, parent, duration, elapsed = false }) => ({
      ...{ id, name, type, elapsed, days: duration / (elapsed ? DAY : perDay) },
      parent: parent === undefined ? null : (names.get(parent) ?? null),
      resources: resources.get(id) ?? [],
    }))
}

function finishedPlans({ tasks, plans }: History): WorkedPlan[] {
  const by = new Map<string, { name: string; days: number }[]>()
  for (const { plan, name, workDays } of tasks) {
    if (!plans[plan]?.whole) continue
    const known = by.get(plan)
    if (known) known.push({ name, days: workDays })
    else by.set(plan, [{ name, days: workDays }])
  }
  return [...by].map(([id, tasks]) => ({ type: plans[id]?.type ?? null, tasks }))
}

/** What a planner would write: whole days of the calendar, half days of work, never nothing. */
export const roundedDays = (days: number, elapsed: boolean): number =>
  elapsed ? Math.max(1, Math.ceil(days - 0.25)) : Math.max(0.5, Math.ceil(2 * days - 0.25) / 2)
