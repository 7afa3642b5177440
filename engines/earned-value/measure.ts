// How much of a task's budget is earned: one rule a task, the usual ones of the practice standards (PMI, ISO 21508).
import { add, type Decimal, Exact, exact, r2, toDecimal } from '../money/index.ts'

/** How progress of a task is measured. Shares are fractions: a half is 0.5. */
export type MeasurementRule =
  /** Nothing until the task is finished. */
  | { rule: 'zero_hundred' }
  /** A fixed share when it starts (50/50 unless told), the rest when it finishes. */
  | { rule: 'start_finish'; atStart?: number }
  /** The weights of the milestones reached over the weights of all. */
  | { rule: 'weighted_milestones'; milestones: readonly { weight: number; reached: boolean }[] }
  /** Physical per cent complete, as judged or measured. */
  | { rule: 'percent'; percent: number }
  /** Quantity done over quantity planned; more than planned earns no more than the budget. */
  | { rule: 'units'; done: Decimal; planned: Decimal }
  /** Support that goes with time: earns what was planned, never ahead or behind. */
  | { rule: 'level_of_effort' }
  /** As complete as the task that it goes with (inspection with the pour). */
  | { rule: 'apportioned'; to: string }

export interface MeasuredTask {
  id: string
  /** Budget at completion, in the plan's currency. */
  budget: Decimal
  /** Planned value at the status date. */
  planned: Decimal
  started: boolean
  finished: boolean
  measurement: MeasurementRule
}

export type MeasureError =
  | { code: 'earned_value.unknown_task'; task: string; in: string }
  | { code: 'earned_value.circle'; tasks: readonly string[] }
  | { code: 'earned_value.not_a_share'; task: string; value: number }

export type MeasureOutcome =
  | { ok: true; earned: ReadonlyMap<string, Decimal>; total: Decimal; budget: Decimal; planned: Decimal }
  | { ok: false; error: MeasureError }

const fraction = (value: number) => new Exact(Math.min(1, Math.max(0, value)))

/**
 * Earned value of each task, rounded to fen once, and their exact sums. A finished task has earned its budget by any rule but
 * level of effort; shares beyond 0–1 are cut, numbers that are none refused.
 */
export function earnedValues(tasks: readonly MeasuredTask[]): MeasureOutcome {
  const byId = new Map(tasks.map(task => [task.id, task]))
  const shares = new Map<string, Exact>()
  let error: MeasureError | undefined

  const shareOf = (task: MeasuredTask, path: readonly string[]): Exact => {
    const known = shares.get(task.id)
    if (known) return known
    if (path.includes(task.id)) {
      error ??= { code: 'earned_value.circle', tasks: path.slice(path.indexOf(task.id)) }
      return new Exact(0)
    }
    const share = measured(task, path)
    shares.set(task.id, share)
    return share
  }

  const measured = (task: MeasuredTask, path: readonly string[]): Exact => {
    const { measurement } = task
    if (measurement.rule === 'level_of_effort') {
      const budget = exact(task.budget)
      if (budget.isZero()) return new Exact(0)
      const share = exact(task.planned).div(budget)
      return share.isNegative() ? new Exact(0) : share.greaterThan(1) ? new Exact(1) : share
    }
    if (task.finished) return new Exact(1)
    switch (measurement.rule) {
      case 'zero_hundred':
        return new Exact(0)
      case 'start_finish':
        return task.started ? checked(task.id, measurement.atStart ?? 0.5) : new Exact(0)
      case 'percent':
        return checked(task.id, measurement.percent / 100)
      case 'units': {
        const planned = exact(measurement.planned)
        if (!planned.greaterThan(0)) return new Exact(0)
        const share = exact(measurement.done).div(planned)
        return share.isNegative() ? new Exact(0) : share.greaterThan(1) ? new Exact(1) : share
      }
      case 'weighted_milestones': {
        let all = new Exact(0)
        let reached = new Exact(0)
        for (const milestone of measurement.milestones) {
          if (!(milestone.weight >= 0 && Number.isFinite(milestone.weight))) return checked(task.id, Number.NaN)
          all = all.plus(milestone.weight)
          if (milestone.reached) reached = reached.plus(milestone.weight)
        }
        return all.isZero() ? new Exact(0) : reached.div(all)
      }
      case 'apportioned': {
        const other = byId.get(measurement.to)
        if (other) return shareOf(other, [...path, task.id])
        error ??= { code: 'earned_value.unknown_task', task: measurement.to, in: task.id }
        return new Exact(0)
      }
    }
  }

  const checked = (task: string, value: number): Exact => {
    if (!Number.isFinite(value)) {
      error ??= { code: 'earned_value.not_a_share', task, value }
      return new Exact(0)
    }
    return fraction(value)
  }

  const earned = new Map<string, Decimal>()
  let total: Decimal = '0.00'
  let budget: Decimal = '0.00'
  let planned: Decimal = '0.00'
  for (const task of tasks) {
    const value = r2(toDecimal(exact(task.budget).times(shareOf(task, [])), 12))
    earned.set(task.id, value)
    total = add(total, value)
    budget = add(budget, task.budget)
    planned = add(planned, task.planned)
  }
  return error ? { ok: false, error } : { ok: true, earned, total, budget, planned }
}
