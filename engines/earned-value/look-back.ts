// How the value earned so far came about: each task's amounts laid evenly over the working time it actually took.
import type { Decimal } from '../money/index.ts'
import { calendarClock, type Minute, type Plan } from '../schedule/index.ts'
import { type BudgetedTask, plannedCurves } from './curve.ts'
import type { PlanStanding } from './plan-standing.ts'

export interface LookBack {
  readonly at: Minute
  readonly ev: Decimal
  /** Null when nothing says what the work has cost. */
  readonly ac: Decimal | null
}

/**
 * Earned value and actual cost at the end of each week up to the status date, where they are exactly those of the standing.
 * Between a task's actual start and its finish, or the status date, progress is taken as even: a plan keeps what was reached,
 * not when each per cent was. Work reported without a start counts at the status date.
 */
export function lookBack(plan: Plan, standing: PlanStanding): readonly LookBack[] {
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  if (!clock.ok) return []
  const { statusDate, tasks, amounts, weeks } = standing
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const spread = (amount: (task: PlanStanding['tasks'][number]) => Decimal): BudgetedTask[] =>
    tasks.map(each => {
      const task = byId.get(each.id)
      const finish = Math.min(task?.actualFinish ?? statusDate, statusDate)
      const start = Math.min(task?.actualStart ?? finish, finish)
      return {
        ...{ budget: amount(each), start, finish },
        ...{ earlyStart: start, earlyFinish: finish, lateStart: start, lateFinish: finish },
      }
    })
  const ticks = [...weeks.map(({ at }) => at).filter(at => at < statusDate), statusDate]
  const curve = (amount: (task: PlanStanding['tasks'][number]) => Decimal) =>
    plannedCurves(spread(amount), ticks, clock.clock).planned
  const earned = curve(({ ev }) => ev)
  const spent = amounts.ac === null ? [] : curve(({ ac }) => ac ?? '0.00')
  return ticks.map((at, i) => ({ at, ev: earned[i] ?? '0.00', ac: spent[i] ?? null }))
}
