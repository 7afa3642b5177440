// What tasks have cost, read from where the two formats keep it.
import { type Decimal, exact, parseDecimal, round, sum, toDecimal } from '../money/index.ts'
import type { Plan, Task } from '../schedule/index.ts'

/** Actual cost by task, in the plan's currency; undefined for every task when the plan records none. */
export function recordedCosts(plan: Plan): (task: Task) => Decimal | undefined {
  const byTask = new Map<string, Decimal[]>()
  const note = (task: string, value: Decimal) => byTask.set(task, [...(byTask.get(task) ?? []), value])
  for (const { id, extra } of plan.tasks) {
    // MSPDI counts in hundredths.
    const value = parseDecimal(extra?.ActualCost ?? '')
    if (value !== undefined) note(id, toDecimal(exact(value).div(100), 2))
  }
  for (const { task, extra } of plan.assignments) {
    for (const key of ['act_reg_cost', 'act_ot_cost']) {
      const value = parseDecimal(extra?.[key] ?? '')
      if (value !== undefined) note(task, round(value, 2))
    }
  }
  if (byTask.size === 0) return () => undefined
  return ({ id }) => round(sum(byTask.get(id) ?? ['0.00']), 2)
}
