// A plan's own standing: budgets and planned dates from its baseline, progress as reported, on a curve of weeks.
import { add, type Decimal, Exact, exact, isDecimal, isZero, r2, toDecimal } from '../money/index.ts'
import {
  calendarClock,
  type Minute,
  type Plan,
  type Schedule,
  type ScheduleError,
  type Task,
} from '../schedule/index.ts'
import { type BudgetedTask, plannedCurves } from './curve.ts'
import { type EarnedSchedule, neededPace } from './earned-schedule.ts'
import { earnedValues, type MeasuredTask, type MeasureError } from './measure.ts'
import type { Amounts } from './performance.ts'

export const WEEK = 7 * 1440
const MOST_WEEKS = 5000

export interface TaskStanding {
  id: string
  budget: Decimal
  pv: Decimal
  ev: Decimal
  /** Null when nothing says what it has cost. */
  ac: Decimal | null
}

export interface PlanStanding {
  statusDate: Minute
  /** `cost`: amounts are money; `days`: the plan has no cost, so that amounts are planned working days. */
  unit: 'cost' | 'days'
  /** Where budgets and planned dates come from; `schedule` when the plan has no baseline. */
  basis: 'baseline' | 'schedule'
  amounts: Omit<Amounts, 'ac'> & { ac: Decimal | null }
  /** In weeks from the planned start. */
  schedule: EarnedSchedule
  start: Minute
  plannedFinish: Minute
  /** Cumulative planned value, and its early and late bounds, at the end of each week from the start on. */
  weeks: readonly { at: Minute; planned: Decimal; early: Decimal; late: Decimal }[]
  tasks: readonly TaskStanding[]
}

export type StandingOutcome =
  | { ok: true; standing: PlanStanding }
  | {
      ok: false
      error:
        | ScheduleError
        | MeasureError
        | { code: 'earned_value.no_tasks' }
        | { code: 'earned_value.too_long'; weeks: number }
    }

/**
 * Where a plan stands at a date. `actualCost` tells what a task has cost so far (undefined = unknown). Progress is physical
 * per cent, else per cent of duration; leaves only; summaries are their sums.
 */
export function planStanding(
  plan: Plan,
  schedule: Schedule,
  statusDate: Minute,
  actualCost: (task: Task) => Decimal | undefined = () => undefined,
): StandingOutcome {
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  if (!clock.ok) return clock
  const parents = new Set(plan.tasks.flatMap(({ parent }) => (parent === undefined ? [] : [parent])))
  const leaves = plan.tasks.flatMap((task, i) => {
    const dates = schedule.tasks[i]
    const skipped =
      task.inactive || task.external || task.kind === 'summary' || task.kind === 'wbs_summary' || parents.has(task.id)
    return dates && !skipped ? [{ task, dates, base: task.baselines?.find(({ number }) => number === 0) }] : []
  })
  if (leaves.length === 0) return { ok: false, error: { code: 'earned_value.no_tasks' } }
  const based = leaves.some(({ base }) => base?.start !== undefined && base.finish !== undefined)
  const costOf = ({ task, base }: (typeof leaves)[number]): Decimal => {
    const text = base?.cost !== undefined && isDecimal(base.cost) && !isZero(base.cost) ? base.cost : task.cost
    return text !== undefined && isDecimal(text) ? r2(text) : '0.00'
  }
  const inMoney = leaves.some(leaf => !isZero(costOf(leaf)))
  const minutesPerDay = Math.max(1, plan.options.minutesPerDay)
  const budgeted = leaves.map((leaf): BudgetedTask & { task: Task } => {
    const { task, dates, base } = leaf
    const start = base?.start ?? dates.start
    const finish = base?.finish ?? dates.finish
    const days = toDecimal(new Exact(Math.max(0, clock.clock.work(start, finish))).div(minutesPerDay), 2)
    return {
      ...{ task, start, finish, budget: inMoney ? costOf(leaf) : days },
      ...{
        earlyStart: dates.earlyStart,
        earlyFinish: dates.earlyFinish,
        lateStart: dates.lateStart,
        lateFinish: dates.lateFinish,
      },
    }
  })
  const start = budgeted.reduce((least, task) => Math.min(least, task.start), Number.POSITIVE_INFINITY)
  const plannedFinish = budgeted.reduce((most, { finish }) => Math.max(most, finish), start)
  const last = budgeted.reduce((most, { lateFinish }) => Math.max(most, lateFinish), plannedFinish)
  const count = Math.ceil((last - start) / WEEK)
  if (count > MOST_WEEKS) return { ok: false, error: { code: 'earned_value.too_long', weeks: count } }
  const ticks = Array.from({ length: count + 1 }, (_, i) => start + i * WEEK)
  const curves = plannedCurves(budgeted, ticks, clock.clock)

  const measured = budgeted.map(
    (item): MeasuredTask => ({
      id: item.task.id,
      budget: item.budget,
      planned: plannedCurves([item], [statusDate], clock.clock).planned[0] ?? '0.00',
      started: item.task.actualStart !== undefined,
      finished: item.task.actualFinish !== undefined,
      measurement:
        item.task.kind === 'level_of_effort'
          ? { rule: 'level_of_effort' }
          : { rule: 'percent', percent: percentOf(item.task) },
    }),
  )
  const earned = earnedValues(measured)
  if (!earned.ok) return earned
  let ac: Decimal | null = null
  const tasks = measured.map(({ id, budget, planned }, i): TaskStanding => {
    const cost = inMoney ? actualCost(budgeted[i]!.task) : undefined
    if (cost !== undefined) ac = add(ac ?? '0.00', cost)
    return { id, budget, pv: planned, ev: earned.earned.get(id) ?? '0.00', ac: cost ?? null }
  })
  const plannedAt = (date: Minute) => plannedCurves(budgeted, [date], clock.clock).planned[0] ?? '0.00'
  const at = Math.max(0, statusDate - start) / WEEK
  const pd = (plannedFinish - start) / WEEK
  const es = (earnedDate(plannedAt, earned.total, start, plannedFinish, statusDate) - start) / WEEK
  return {
    ok: true,
    standing: {
      ...{ statusDate, unit: inMoney ? 'cost' : 'days', basis: based ? 'baseline' : 'schedule' },
      amounts: { bac: r2(earned.budget), pv: r2(earned.planned), ev: earned.total, ac },
      schedule: { es, pd, at, svt: es - at, spit: at > 0 ? es / at : null, tspi: neededPace(pd - es, pd - at) },
      ...{ start, plannedFinish, tasks },
      weeks: ticks.map((tick, i) => ({
        at: tick,
        planned: curves.planned[i] ?? '0.00',
        early: curves.early[i] ?? '0.00',
        late: curves.late[i] ?? '0.00',
      })),
    },
  }
}

/**
 * Earned schedule to the minute: the date at which the value earned was planned. Weekly points would blur short plans. Over a
 * rest of the plan (a night, a pause) any moment fits: the one nearest to the status date is taken.
 */
function earnedDate(
  plannedAt: (date: Minute) => Decimal,
  ev: Decimal,
  start: Minute,
  finish: Minute,
  status: Minute,
): Minute {
  const wanted = exact(ev)
  /** First minute from which on the test holds. */
  const first = (holds: (date: Minute) => boolean): Minute => {
    let low = start
    let high = finish
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (holds(middle)) high = middle
      else low = middle + 1
    }
    return low
  }
  if (exact(plannedAt(finish)).lessThanOrEqualTo(wanted)) return finish
  const reached = first(date => exact(plannedAt(date)).greaterThanOrEqualTo(wanted))
  const passed = Math.max(reached, first(date => exact(plannedAt(date)).greaterThan(wanted)) - 1)
  return Math.min(passed, Math.max(reached, status))
}

function percentOf({ physicalPercentComplete, percentComplete, actualDuration, duration }: Task): number {
  if (physicalPercentComplete !== undefined && physicalPercentComplete > 0) return physicalPercentComplete
  if (percentComplete !== undefined) return percentComplete
  return actualDuration !== undefined && duration > 0 ? Math.min(100, (100 * actualDuration) / duration) : 0
}
