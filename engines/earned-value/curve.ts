// Planned value over time: the S-curve of a budgeted schedule and the envelope between its early and late dates (banana).
import { add, type Decimal, Exact, exact, r2, toDecimal } from '../money/index.ts'
import type { CalendarClock, Minute } from '../schedule/index.ts'

/** How a budget spreads over its task's working time. */
export type Profile = 'linear' | 'front' | 'back' | 'bell'

export interface BudgetedTask {
  budget: Decimal
  start: Minute
  finish: Minute
  earlyStart: Minute
  earlyFinish: Minute
  lateStart: Minute
  lateFinish: Minute
  profile?: Profile
}

export interface Curves {
  /** Cumulative amounts at each tick, in fen; the last is the budget when every task has ended by then. */
  planned: Decimal[]
  early: Decimal[]
  late: Decimal[]
}

/** Share of a budget that is due when a share of the working time has passed; rises from 0 to 1. */
export function profileShare(profile: Profile, time: number): number {
  const t = Math.min(1, Math.max(0, time))
  switch (profile) {
    case 'linear':
      return t
    case 'front':
      return 1 - (1 - t) ** 2
    case 'back':
      return t ** 2
    case 'bell':
      return t * t * (3 - 2 * t)
  }
}

/**
 * Cumulative planned value at ascending ticks, by scheduled, early and late dates; time counts in the calendar's working
 * minutes. A task without time is due at its finish. Each task's amount is rounded to fen once a tick, so that at the end
 * the sum is the budget exactly. Early ≥ planned ≥ late wherever the dates are in that order.
 */
export function plannedCurves(tasks: readonly BudgetedTask[], ticks: readonly Minute[], clock: CalendarClock): Curves {
  const curve = (datesOf: (task: BudgetedTask) => readonly [Minute, Minute]): Decimal[] => {
    const spans = tasks.map(task => {
      const [start, finish] = datesOf(task)
      return { start, finish, work: clock.work(start, finish), budget: exact(task.budget), task }
    })
    return ticks.map(tick => {
      let total: Decimal = '0.00'
      for (const { start, finish, work, budget, task } of spans) {
        if (tick < start || (work <= 0 && tick < finish)) continue
        const time = tick >= finish || work <= 0 ? 1 : clock.work(start, tick) / work
        const share = new Exact(profileShare(task.profile ?? 'linear', time))
        total = add(total, share.equals(1) ? r2(task.budget) : r2(toDecimal(budget.times(share), 20)))
      }
      return total
    })
  }
  return {
    planned: curve(({ start, finish }) => [start, finish]),
    early: curve(({ earlyStart, earlyFinish }) => [earlyStart, earlyFinish]),
    late: curve(({ lateStart, lateFinish }) => [lateStart, lateFinish]),
  }
}
