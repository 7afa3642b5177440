// Earned schedule: earned value read on the time axis (Lipke 2003), its indices, and the classic forecasts of duration.
import { type Decimal, exact } from '../money/index.ts'

/** Cumulative planned value at the end of period 0, 1, 2 … (period 0 is 0); the last is the budget. */
export type PlannedCurve = readonly Decimal[]

export interface EarnedSchedule {
  /** Periods. When the value earned so far should have been earned. */
  es: number
  /** Planned duration: the first period at whose end everything is planned. */
  pd: number
  /** Actual time, periods. */
  at: number
  /** ES − AT, ES ÷ AT (null at the start). */
  svt: number
  spit: number | null
  /** Pace the rest needs to end as planned; null when no time is left. */
  tspi: number | null
}

/** Planned duration of a curve: no later than its last period. */
export function plannedDuration(curve: PlannedCurve): number {
  const last = curve.at(-1)
  if (last === undefined) return 0
  const bac = exact(last)
  return Math.max(
    0,
    curve.findIndex(value => exact(value).greaterThanOrEqualTo(bac)),
  )
}

/** ES = N + (EV − PV_N) ÷ (PV_N+1 − PV_N), N the last period whose planned value is earned. */
export function earnedTime(curve: PlannedCurve, ev: Decimal): number {
  const pd = plannedDuration(curve)
  const earned = exact(ev)
  let n = 0
  // Over a pause of the plan the curve is flat; the value is earned at its end.
  for (let i = 1; i <= pd; i++) if (earned.greaterThanOrEqualTo(exact(curve[i]!))) n = i
  if (n >= pd) return pd
  const low = exact(curve[n] ?? '0')
  const step = exact(curve[n + 1]!).minus(low)
  if (step.isZero() || earned.lessThan(low)) return n
  return n + earned.minus(low).div(step).toNumber()
}

export function earnedSchedule(curve: PlannedCurve, ev: Decimal, at: number): EarnedSchedule {
  const es = earnedTime(curve, ev)
  const pd = plannedDuration(curve)
  return {
    ...{ es, pd, at },
    svt: es - at,
    spit: at > 0 ? es / at : null,
    tspi: neededPace(pd - es, pd - at),
  }
}

/** Work left ÷ time left; null when no time is left for work that is. */
export function neededPace(workLeft: number, timeLeft: number): number | null {
  if (workLeft <= 0) return 0
  return timeLeft > 0 ? workLeft / timeLeft : null
}

/** Planned value at a time between periods, straight in between. */
export function plannedAt(curve: PlannedCurve, time: number): number {
  if (curve.length === 0) return 0
  const clamped = Math.min(curve.length - 1, Math.max(0, time))
  const n = Math.floor(clamped)
  const low = exact(curve[n]!).toNumber()
  return n + 1 < curve.length ? low + (exact(curve[n + 1]!).toNumber() - low) * (clamped - n) : low
}

export type DurationMethod =
  | 'planned_value'
  | 'planned_value_spi'
  | 'planned_value_spi_cpi'
  | 'earned_duration'
  | 'earned_duration_spi'
  | 'earned_schedule'
  | 'earned_schedule_spit'
  | 'earned_schedule_spit_cpi'
  | 'smoothed'

export interface TrackedPeriod {
  /** Actual time and earned schedule at its end, periods. */
  at: number
  es: number
}

/**
 * Every classic forecast of the total duration, in periods; null where a divisor is zero. `bac`, `pv`, `ev`, `ac` are numbers
 * here: they only form ratios. `track` are earlier periods, oldest first, for the smoothed forecast (XSM).
 */
export function durationForecasts(
  { es, pd, at, spit }: EarnedSchedule,
  { bac, pv, ev, ac }: { bac: number; pv: number; ev: number; ac: number },
  track: readonly TrackedPeriod[] = [],
  beta = 0.1,
): Record<DurationMethod, number | null> {
  const spi = pv > 0 ? ev / pv : null
  const cpi = ac > 0 ? ev / ac : null
  const by = (above: number, below: number | null) => (below !== null && below > 0 ? above / below : null)
  const after = (rest: number | null) => (rest === null ? null : at + rest)
  const left = Math.max(0, pd - es)
  const done = spi === null ? null : at * spi
  const remaining = done === null ? null : Math.max(pd, at) - done
  return {
    planned_value: bac > 0 ? pd - ((ev - pv) * pd) / bac : null,
    planned_value_spi: by(pd, spi),
    planned_value_spi_cpi: by(pd, spi !== null && cpi !== null ? spi * cpi : null),
    earned_duration: after(remaining),
    earned_duration_spi: after(remaining === null ? null : by(remaining, spi)),
    earned_schedule: at + left,
    earned_schedule_spit: left === 0 ? at : after(by(left, spit)),
    earned_schedule_spit_cpi: left === 0 ? at : after(by(left, spit !== null && cpi !== null ? spit * cpi : null)),
    smoothed: left === 0 ? at : after(by(left, smoothedPace(track, beta))),
  }
}

/**
 * XSM (Batselier and Vanhoucke 2017): pace T_t = β · ΔES ÷ Δt + (1 − β) · T_t−1, starting at the planned pace of 1.
 * `resetAt` periods after a corrective action start again from the pace seen since.
 */
export function smoothedPace(track: readonly TrackedPeriod[], beta: number, resetAt?: number): number {
  let pace = 1
  let before: TrackedPeriod = { at: 0, es: 0 }
  let fresh = false
  for (const period of track) {
    const time = period.at - before.at
    if (time > 0) {
      const step = (period.es - before.es) / time
      if (resetAt !== undefined && before.at < resetAt && period.at >= resetAt) fresh = true
      pace = fresh ? step : beta * step + (1 - beta) * pace
      fresh = false
    }
    before = period
  }
  return pace
}

/**
 * p-factor (schedule adherence): the share of what should have been earned at the earned schedule that was, task by task.
 * 1 = the plan's order is followed; null before anything is earned.
 */
export function adherence(tasks: readonly { planned: PlannedCurve; earned: Decimal }[], es: number): number | null {
  let due = 0
  let met = 0
  for (const { planned, earned } of tasks) {
    const value = plannedAt(planned, es)
    due += value
    met += Math.min(value, exact(earned).toNumber())
  }
  return due > 0 ? met / due : null
}

/**
 * Earned duration management (Khamooshi and Golafshani 2014): durations in place of money, so that dear tasks do not hide
 * late ones. `progress` is 0–1; curve by period of the total planned duration. EDI = TED ÷ TPD, DPI = ED(t) ÷ AT.
 */
export function earnedDuration(
  tasks: readonly { duration: number; progress: number; planned: readonly number[] }[],
  at: number,
): { edi: number | null; dpi: number | null; ed: number } {
  const periods = Math.max(0, ...tasks.map(({ planned }) => planned.length))
  const total = Array.from({ length: periods }, (_, i) =>
    tasks.reduce((sum, { planned }) => sum + (planned[Math.min(i, planned.length - 1)] ?? 0), 0),
  )
  const ted = tasks.reduce((sum, { duration, progress }) => sum + duration * Math.min(1, Math.max(0, progress)), 0)
  let n = 0
  for (let i = 1; i < total.length && n < total.length - 1; i++) if (ted >= total[i]!) n = i
  const step = (total[n + 1] ?? 0) - (total[n] ?? 0)
  const last = total.findIndex(value => value >= (total.at(-1) ?? 0))
  const ed = n >= last ? Math.max(0, last) : n + (step > 0 ? (ted - total[n]!) / step : 0)
  const low = Math.min(Math.max(0, total.length - 1), Math.floor(at))
  const tpd = total.length === 0 ? 0 : total[low]! + ((total[low + 1] ?? total[low]!) - total[low]!) * (at - low)
  return { edi: tpd > 0 ? ted / tpd : null, dpi: at > 0 ? ed / at : null, ed }
}
