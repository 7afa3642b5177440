// What was promised of a task: its oldest baseline, since later ones already know of the delay.
import type { Task, TaskBaseline } from '@yingzao/engines/schedule/plan'

export const firstBaseline = ({ baselines = [] }: Task): TaskBaseline | undefined =>
  baselines.reduce<TaskBaseline | undefined>(
    (first, each) => (first === undefined || each.number < first.number ? each : first),
    undefined,
  )

/** Its promised dates; null without a baseline that has both. */
export function promiseOf(task: Task): { start: number; finish: number } | null {
  const { start, finish } = firstBaseline(task) ?? {}
  return start !== undefined && finish !== undefined && finish >= start ? { start, finish } : null
}

/** When the task was promised to be finished; undefined for what is not counted as work of this plan. */
export const promisedFinish = (task: Task): number | undefined =>
  task.inactive || task.external ? undefined : firstBaseline(task)?.finish

/** From the first to the last promised day of the whole plan. */
export function promiseOfPlan(tasks: readonly Task[]): { start: number; finish: number } | null {
  const promises = tasks.flatMap(task => (task.inactive || task.external ? [] : (promiseOf(task) ?? [])))
  if (promises.length === 0) return null
  return promises.reduce((a, b) => ({ start: Math.min(a.start, b.start), finish: Math.max(a.finish, b.finish) }))
}
