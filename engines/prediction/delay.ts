// How likely open tasks finish later than promised, learned from finished ones; or the rate of their class, and why no more.
import type { Minute } from '../schedule/plan.ts'
import type { Evaluation } from './calibration.ts'
import { type Method, type Predictor, trainPredictor } from './predict.ts'
import {
  type DelayFeature,
  delayFeatures,
  FURTHEST_LEAD,
  outcomeOf,
  snapshotWorld,
  type WatchedTask,
} from './snapshot.ts'

const featureNames: readonly string[] = delayFeatures

const DAY = 1440
/** What says less than this in log-odds is not worth a word. */
const WORTH = 0.1
const MOST_REASONS = 3
/** Rates of small classes are drawn towards the rate of all by so many imagined items. */
const SHRINK = 4

export interface DelayReason {
  readonly feature: DelayFeature
  /** What it was at the moment of the forecast. */
  readonly value: number
  /** In log-odds: above zero speaks for a delay. */
  readonly weight: number
}

export interface DelayRisk {
  readonly task: string
  readonly probability: number
  /** The strongest first; none where only the rate of its class is given. */
  readonly reasons: readonly DelayReason[]
}

export interface DelayForecast {
  readonly method: Method
  readonly reason: Predictor['reason']
  /** Finished or overdue tasks that were learned from, and the share of them that was late. */
  readonly labelled: number
  readonly rate: number
  /** How the model did on later tasks than it had learned from; null when there was too little to judge. */
  readonly record: Evaluation | null
  /** The likeliest first. */
  readonly risks: readonly DelayRisk[]
  /** Open tasks whose promise has passed already: no forecast is needed. */
  readonly overdue: readonly string[]
  /** Open tasks that begin too far ahead for what history was looked back at. */
  readonly far: number
}

/** `asked`: open tasks among the watched ones. Deterministic; learns from nothing that was not known by `now`. */
export function forecastDelays(
  watched: readonly WatchedTask[],
  asked: ReadonlySet<string>,
  now: Minute,
): DelayForecast {
  const world = snapshotWorld(watched, now)
  const examples = world.examples()
  const outcome = trainPredictor(delayFeatures, examples, now)
  // Every example has the width of `delayFeatures`: it is made of them.
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { predictor } = outcome
  const classRate = ratesOfClasses(watched, now, predictor.rate)
  const open = watched.filter(each => asked.has(each.id) && each.finish === null)
  const overdue = open.filter(each => outcomeOf(each, now)?.late)
  const late = new Set(overdue)
  const ahead = open.filter(each => !late.has(each))
  const near = ahead.filter(each => each.promised.start - now <= FURTHEST_LEAD * DAY)
  const risks = near.map((task): DelayRisk => {
    if (predictor.method === 'base_rate') return { task: task.id, probability: classRate(task.class), reasons: [] }
    const features = world.featuresAt(task, now)
    const { probability, contributions } = predictor.predict(features)
    const reasons = contributions.flatMap(({ feature, value }): DelayReason[] => {
      const at = featureNames.indexOf(feature)
      const known = delayFeatures[at]
      const said = features[at] ?? Number.NaN
      if (known === undefined || Math.abs(value) < WORTH || Number.isNaN(said)) return []
      return [{ feature: known, value: said, weight: value }]
    })
    return { task: task.id, probability, reasons: reasons.slice(0, MOST_REASONS) }
  })
  risks.sort((a, b) => b.probability - a.probability)
  const { method, reason, rate, labelled, record } = predictor
  const judged = record && (method === 'base_rate' ? better(record) : record[method])
  return {
    ...{ method, reason, rate, labelled, record: judged, risks },
    ...{ overdue: overdue.map(each => each.id), far: ahead.length - near.length },
  }
}

/** The one that came closer, where neither was good enough. */
const better = (record: NonNullable<Predictor['record']>): Evaluation =>
  record.boosting.brier < record.logistic.brier ? record.boosting : record.logistic

function ratesOfClasses(watched: readonly WatchedTask[], now: Minute, overall: number): (of: string | null) => number {
  const sums = new Map<string | null, { late: number; count: number }>()
  for (const task of watched) {
    const outcome = outcomeOf(task, now)
    if (!outcome) continue
    const sum = sums.get(task.class) ?? { late: 0, count: 0 }
    sums.set(task.class, { late: sum.late + (outcome.late ? 1 : 0), count: sum.count + 1 })
  }
  return of => {
    const { late, count } = sums.get(of) ?? { late: 0, count: 0 }
    return (late + SHRINK * overall) / (count + SHRINK)
  }
}
