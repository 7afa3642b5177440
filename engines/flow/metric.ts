// Flow metrics at a moment: cycle and lead time, throughput, ageing work, cumulative flow, Little's law, burn charts.
import type { Minute } from '../schedule/index.ts'
import { meanOf, quantileOf, shareAtMost, sortedCopy } from '../statistics/index.ts'
import {
  checkEvents,
  type FlowError,
  type FlowEvent,
  type Item,
  inOrder,
  itemsAt,
  replayItems,
  type Stage,
} from './event.ts'

const DAY = 1440
export const WEEK = 7 * DAY
const MOST_TICKS = 10_000

/** Elapsed days. */
export interface Spread {
  count: number
  p50: number
  p85: number
  p95: number
  mean: number
}

export interface FlowMetrics {
  at: Minute
  /** Finished items, oldest first: start of work → finish, creation → finish. */
  finished: readonly { id: string; at: Minute; cycleDays: number; leadDays: number; points: number }[]
  cycle: Spread | null
  lead: Spread | null
  /** Finished items of each whole week, oldest first; the running week is left out. */
  throughput: readonly { from: Minute; items: number; points: number }[]
  /** Begun and not finished, oldest first, with the share of finished items that took no longer than it has already. */
  ageing: readonly { id: string; stage: string; ageDays: number; share: number | null }[]
  little: LittleCheck | null
}

/**
 * Little's law over the weeks seen: mean work in progress = throughput × mean cycle time, if work flows steadily. A ratio far
 * from 1 says that begun work is piling up (> 1) or that the averages hide old work just finished (< 1).
 */
export interface LittleCheck {
  meanInProgress: number
  /** Items a day. */
  throughput: number
  meanCycleDays: number
  ratio: number
  steady: boolean
}

export type MetricsOutcome = { ok: true; metrics: FlowMetrics } | { ok: false; error: FlowError }

const spreadOf = (values: readonly number[]): Spread | null => {
  if (values.length === 0) return null
  const sorted = sortedCopy(values)
  return {
    count: values.length,
    ...{ p50: quantileOf(sorted, 0.5), p85: quantileOf(sorted, 0.85), p95: quantileOf(sorted, 0.95) },
    mean: meanOf(values),
  }
}

/** All metrics at a moment, from the events up to it. */
export function flowMetrics(stages: readonly Stage[], events: readonly FlowEvent[], at: Minute): MetricsOutcome {
  const outcome = itemsAt(stages, events, at)
  if (!outcome.ok) return outcome
  const { items } = outcome
  const finished = items
    .flatMap(({ id, created, started, finished: end, points }) =>
      end === undefined
        ? []
        : [{ id, at: end, cycleDays: (end - (started ?? end)) / DAY, leadDays: (end - created) / DAY, points }],
    )
    .sort((a, b) => a.at - b.at)
  const cycles = finished.map(({ cycleDays }) => cycleDays)
  const sorted = sortedCopy(cycles)
  const open = items.filter(item => item.started !== undefined && item.finished === undefined && item.stage >= 0)
  return {
    ok: true,
    metrics: {
      at,
      finished,
      cycle: spreadOf(cycles),
      lead: spreadOf(finished.map(({ leadDays }) => leadDays)),
      throughput: weekly(items, finished, at),
      ageing: open
        .map(({ id, stage, started = at }) => {
          const ageDays = (at - started) / DAY
          const share = sorted.length > 0 ? shareAtMost(sorted, ageDays) : null
          return { id, stage: stages[stage]?.id ?? '', ageDays, share }
        })
        .sort((a, b) => b.ageDays - a.ageDays),
      little: little(items, at),
    },
  }
}

function weekly(
  items: readonly Item[],
  finished: readonly { at: Minute; points: number }[],
  at: Minute,
): { from: Minute; items: number; points: number }[] {
  const first = items.reduce((least, { created }) => Math.min(least, created), at)
  // Weeks count back from the moment asked for, so that the last one is whole.
  const count = Math.min(MOST_TICKS, Math.floor((at - first) / WEEK))
  const weeks = Array.from({ length: count }, (_, i) => ({ from: at - (count - i) * WEEK, items: 0, points: 0 }))
  for (const { at: end, points } of finished) {
    // A week holds its end and not its beginning.
    const week = weeks[Math.ceil((end - (at - count * WEEK)) / WEEK) - 1]
    if (!week) continue
    week.items++
    week.points += points
  }
  return weeks
}

function little(items: readonly Item[], at: Minute): LittleCheck | null {
  const begun = items.filter(({ started, stage }) => started !== undefined && stage >= 0)
  const first = begun.reduce((least, { started = at }) => Math.min(least, started), at)
  const days = (at - first) / DAY
  const done = begun.filter(({ finished }) => finished !== undefined)
  if (days <= 0 || done.length === 0) return null
  const inProgress = begun.reduce((sum, { started = at, finished = at }) => sum + (finished - started) / DAY, 0)
  const meanCycleDays = meanOf(done.map(({ started = at, finished = at }) => (finished - started) / DAY))
  const throughput = done.length / days
  const meanInProgress = inProgress / days
  if (!(throughput * meanCycleDays > 0)) return null
  const ratio = meanInProgress / (throughput * meanCycleDays)
  return { meanInProgress, throughput, meanCycleDays, ratio, steady: ratio > 0.8 && ratio < 1.25 }
}

export interface FlowSeries {
  at: readonly Minute[]
  /** Items that stood in each stage, by stage then tick. */
  stages: readonly { id: string; items: readonly number[] }[]
  /** Everything on the board, what is done of it, and what is left; points as estimated at the tick. */
  scope: readonly number[]
  done: readonly number[]
  left: readonly number[]
}

export type SeriesOutcome =
  | { ok: true; series: FlowSeries }
  | { ok: false; error: FlowError | { code: 'flow.too_many_ticks' } }

/** Cumulative flow and burn-down/up at ascending ticks. `unit` counts items or points. */
export function flowSeries(
  stages: readonly Stage[],
  events: readonly FlowEvent[],
  ticks: readonly Minute[],
  unit: 'items' | 'points' = 'items',
): SeriesOutcome {
  if (ticks.length > MOST_TICKS) return { ok: false, error: { code: 'flow.too_many_ticks' } }
  const error = checkEvents(stages, events)
  if (error) return { ok: false, error }
  const replay = replayItems(stages)
  const log = inOrder(events)
  const counts = stages.map(() => new Array<number>(ticks.length).fill(0))
  const scope: number[] = []
  const done: number[] = []
  let next = 0
  ticks.forEach((tick, t) => {
    for (; next < log.length && log[next]!.at <= tick; next++) replay.apply(log[next]!)
    let all = 0
    let finished = 0
    for (const { stage, points } of replay.items.values()) {
      if (stage < 0) continue
      const amount = unit === 'points' ? points : 1
      counts[stage]![t]! += amount
      all += amount
      if (stages[stage]?.kind === 'done') finished += amount
    }
    scope.push(all)
    done.push(finished)
  })
  return {
    ok: true,
    series: {
      at: ticks,
      stages: stages.map(({ id }, s) => ({ id, items: counts[s]! })),
      ...{ scope, done },
      left: scope.map((value, t) => value - done[t]!),
    },
  }
}

/** The ideal line: from all to nothing over working time, flat on days off. `work(a, b)` counts working minutes. */
export function idealLine(
  ticks: readonly Minute[],
  total: number,
  work: (from: Minute, to: Minute) => number,
): number[] {
  const [first, last] = [ticks[0] ?? 0, ticks.at(-1) ?? 0]
  const whole = work(first, last)
  return ticks.map(tick => (whole > 0 ? total * (1 - Math.min(1, work(first, tick) / whole)) : total))
}
