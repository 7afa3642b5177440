// The harness plan with work that rests: one begun task until it is resumed, one task split in two.
import { compute } from '@yingzao/engines/schedule'
import type { Plan, Task } from '@yingzao/engines/schedule/plan'

/** Begun, a part of it done: it goes on ten days after the status date. */
export const begunTask = (plan: Plan): Task | undefined =>
  plan.tasks.find(task => task.actualFinish === undefined && (task.percentComplete ?? 0) >= 20)

/** To come, and long enough to be worked in two pieces. */
export const comingTask = (plan: Plan): Task | undefined =>
  plan.tasks.find(task => task.kind === 'task' && task.actualStart === undefined && task.duration >= 4800)

export function withRests(plan: Plan): Plan {
  const status = plan.options.statusDate ?? 0
  const [begun, coming] = [begunTask(plan), comingTask(plan)]
  const outcome = compute(plan)
  const start = outcome.ok ? (outcome.schedule.tasks.find(({ id }) => id === coming?.id)?.start ?? 0) : 0
  const day = 1440
  return {
    ...plan,
    tasks: plan.tasks.map(task => {
      if (task === begun) return { ...task, resume: status + 10 * day }
      if (task !== coming) return task
      const segments = [
        { start, finish: start + 3 * day },
        { start: start + 14 * day, finish: start + 24 * day },
      ]
      return { ...task, segments }
    }),
  }
}
