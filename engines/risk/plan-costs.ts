// Cost of a plan as a simulation needs it: what its people cost grows with the days they work, the rest does not.
import { Exact, exact, isDecimal, toDecimal } from '../money/index.ts'
import type { Plan } from '../schedule/index.ts'
import type { TaskCost } from './model.ts'

/**
 * Costs of the leaves from the plan's own amounts. Of work in progress only what is left depends on time. Tasks without a cost
 * are left out; none at all gives an empty list.
 */
export function costsFromPlan(plan: Plan): TaskCost[] {
  const kinds = new Map(plan.resources.map(({ id, kind }) => [id, kind]))
  const parents = new Set(plan.tasks.flatMap(({ parent }) => (parent === undefined ? [] : [parent])))
  const byTime = new Map<string, Exact>()
  for (const { task, resource, cost } of plan.assignments) {
    if (cost === undefined || !isDecimal(cost) || kinds.get(resource) !== 'work') continue
    byTime.set(task, (byTime.get(task) ?? new Exact(0)).plus(exact(cost)))
  }
  return plan.tasks.flatMap((task): TaskCost[] => {
    if (parents.has(task.id) || task.kind === 'summary' || task.inactive) return []
    const timed = byTime.get(task.id) ?? new Exact(0)
    const stated = task.cost !== undefined && isDecimal(task.cost) ? exact(task.cost) : timed
    const whole = stated.lessThan(timed) ? timed : stated
    if (whole.isZero()) return []
    const days = task.duration / Math.max(1, plan.options.minutesPerDay)
    const left =
      task.actualFinish !== undefined
        ? 0
        : task.duration > 0
          ? Math.min(1, (task.remainingDuration ?? task.duration) / task.duration)
          : 0
    if (timed.isZero() || days <= 0 || left === 0) return [{ task: task.id, fixed: toDecimal(whole, 2) }]
    return [
      {
        task: task.id,
        fixed: toDecimal(whole.minus(timed.times(left)), 2),
        perDay: toDecimal(timed.div(new Exact(days)), 6),
      },
    ]
  })
}
