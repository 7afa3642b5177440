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
