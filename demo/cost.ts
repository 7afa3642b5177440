// What a plan costs: a budget shared out over its work, part of it people and machines by the day, and what was spent so far.
import { allocate, type Decimal, exact, parseDecimal, subtract, sum, toDecimal } from '@yingzao/engines/money'
import type { Plan, Task } from '@yingzao/engines/schedule'

/** Of a task's cost: what its crew costs, which grows with the days it takes; the rest is material and fixed. */
const CREW_SHARE = 0.4

/** Shares a budget out over the tasks by their length and crew; costs stand on tasks and assignments as a planner enters them. */
export function priced(plan: Plan, budget: Decimal): Plan {
  const crew = new Map<string, number>()
  for (const { task, units } of plan.assignments) crew.set(task, (crew.get(task) ?? 0) + units)
  const weights = plan.tasks.map(({ id, kind, duration }) =>
    kind === 'task' ? (`${Math.round(duration * (1 + 2 * (crew.get(id) ?? 0)))}` as const) : '0',
  )
  const costs = allocate(budget, weights, 0)
  const byTask = new Map(plan.tasks.map(({ id }, index) => [id, costs[index] ?? '0']))
  const assignments = plan.assignments.map(each => {
    const share = (CREW_SHARE * each.units) / Math.max(0.01, crew.get(each.task) ?? 1)
    return { ...each, cost: toDecimal(exact(byTask.get(each.task) ?? '0').times(share), 0) }
  })
  const timed = new Map<string, Decimal[]>()
  for (const { task, cost } of assignments) timed.set(task, [...(timed.get(task) ?? []), cost])
  return {
    ...plan,
    assignments,
    tasks: plan.tasks.map((task): Task => {
      const cost = byTask.get(task.id) ?? '0'
      return cost === '0' ? task : { ...task, cost, fixedCost: subtract(cost, sum(timed.get(task.id) ?? ['0'])) }
    }),
  }
}

/** Actual cost of what is done: near the budget, and dearer where the work took longer than its baseline. */
export function spent(plan: Plan): Plan {
  return {
    ...plan,
    tasks: plan.tasks.map((task, index): Task => {
      const done = task.percentComplete ?? 0
      const cost = parseDecimal(task.cost ?? '')
      if (cost === undefined || done === 0) return task
      const planned = task.baselines?.[0]?.duration ?? task.duration
      const longer = planned > 0 ? Math.max(0, task.duration / planned - 1) : 0
      // Between 4 % below and 6 % above, task by task.
      const price = 1 + (((index * 37) % 11) - 4) / 100 + CREW_SHARE * longer
      const hundredths = exact(cost).times(price).times(done)
      return { ...task, extra: { ...task.extra, ActualCost: toDecimal(hundredths, 0) } }
    }),
  }
}
