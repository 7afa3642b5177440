// Delay prediction that says when it cannot: trained on the past, judged on the later past, calibrated, with its record shown.
import { trainBoosting } from './boosting.ts'
import { type Calibration, type Evaluation, evaluate, isotonicCalibration, plattCalibration } from './calibration.ts'
import { baseRate, type Example, type Scorer } from './example.ts'
import { trainLogistic } from './logistic.ts'

/** Below this many labelled items the base rate of the class is all that can be said. */
export const LEAST_LABELLED = 60
/** Skill that a model must show on later items before it may speak. */
const LEAST_SKILL = 0.02
/** A rank order that chance gives less often than once in twenty (one-sided normal quantile of the null AUC). */
const BEYOND_CHANCE = 1.645
/** From this many judged items on, isotonic steps are better than Platt's curve. */
const MANY = 300

export type Method = 'base_rate' | 'logistic' | 'boosting'

export interface Prediction {
  probability: number
  method: Method
  /** What each feature adds in log-odds, largest first; empty for the base rate. */
  contributions: readonly { feature: string; value: number }[]
}

export interface Predictor {
  method: Method
  /** Why only the base rate is given. */
  reason: 'too_few' | 'one_outcome' | 'not_predictable' | null
  rate: number
  labelled: number
  /** How each method did on the later items, learned from the earlier ones only; null when too few. */
  record: Readonly<Record<Exclude<Method, 'base_rate'>, Evaluation>> | null
  predict(features: readonly number[]): Prediction
}

export type TrainOutcome =
  | { ok: true; predictor: Predictor }
  | { ok: false; error: { code: 'prediction.width'; example: number } }

const trainers = {
  logistic: (list: readonly Example[]) => trainLogistic(list),
  boosting: (list: readonly Example[]) => trainBoosting(list),
}

/**
 * Trains on what was known by `now`. The last third of the items judges models that learned from items closed before it; the
 * better one speaks, calibrated on those judgements, if it beat the base rate and told late items from others better than
 * chance does. Deterministic.
 */
export function trainPredictor(features: readonly string[], examples: readonly Example[], now: number): TrainOutcome {
  const wrong = examples.findIndex(example => example.features.length !== features.length)
  if (wrong >= 0) return { ok: false, error: { code: 'prediction.width', example: wrong } }
  const known = examples.filter(({ closed }) => closed <= now).sort((a, b) => a.at - b.at || a.closed - b.closed)
  const rate = baseRate(known)
  const constant = (reason: Predictor['reason'], record: Predictor['record']): TrainOutcome => ({
    ok: true,
    predictor: {
      ...{ method: 'base_rate', reason, rate, labelled: known.length, record },
      predict: () => ({ probability: rate, method: 'base_rate', contributions: [] }),
    },
  })
  if (known.length < LEAST_LABELLED) return constant('too_few', null)
  const late = known.filter(example => example.late).length
  if (late < 5 || known.length - late < 5) return constant('one_outcome', null)

  const first = known[Math.floor((known.length * 2) / 3)]?.at ?? now
  const judged = known.filter(({ at }) => at >= first)
  const before = known.filter(({ closed }) => closed < first)
  if (before.length < LEAST_LABELLED / 2 || judged.length < LEAST_LABELLED / 4) return constant('too_few', null)
  const logistic = judge(before, judged, trainers.logistic)
  const boosting = judge(before, judged, trainers.boosting)
  const record = { logistic: logistic.evaluation, boosting: boosting.evaluation }
  const [method] = (['logistic', 'boosting'] as const)
    .filter(each => maySpeak(record[each]))
    .sort((a, b) => record[a].brier - record[b].brier)
  if (method === undefined) return constant('not_predictable', record)

  const { outcomes } = method === 'boosting' ? boosting : logistic
  const calibrated = calibration(outcomes)
  const model = trainers[method](known)
  return {
    ok: true,
    predictor: {
      ...{ method, reason: null, rate, labelled: known.length, record },
      predict(values) {
        const { score, parts } = model.score(values)
        const contributions = features
          .map((feature, j) => ({ feature, value: parts[j] ?? 0 }))
          .filter(({ value }) => value !== 0)
          .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
        return { probability: calibrated(score), method, contributions }
      },
    },
  }
}

/** Where the rate of all has drifted, following it makes skill without telling any item from another: both are asked for. */
function maySpeak({ skill, auc, count, rate }: Evaluation): boolean {
  const late = Math.round(rate * count)
  const chance = Math.sqrt((count + 1) / (12 * Math.max(1, late) * Math.max(1, count - late)))
  return skill >= LEAST_SKILL && auc !== null && auc > 0.5 + BEYOND_CHANCE * chance
}

const calibration = (outcomes: readonly { p: number; late: boolean }[]): Calibration =>
  outcomes.length >= MANY ? isotonicCalibration(outcomes) : plattCalibration(outcomes)

/** Scores of the judged items, and how good they were once calibrated on the earlier items' own held-out third. */
function judge(
  before: readonly Example[],
  judged: readonly Example[],
  train: (examples: readonly Example[]) => Scorer,
): { outcomes: { p: number; late: boolean }[]; evaluation: Evaluation } {
  const scored = (model: Scorer, list: readonly Example[]) =>
    list.map(({ features, late }) => ({ p: model.score(features).score, late }))
  const cut = before[Math.floor((before.length * 2) / 3)]?.at ?? 0
  const inner = before.filter(({ closed }) => closed < cut)
  const held = before.filter(({ at }) => at >= cut)
  const toProbability =
    inner.length >= 20 && held.length >= 15 ? calibration(scored(train(inner), held)) : plattCalibration([])
  const outcomes = scored(train(before), judged)
  const said = outcomes.map(({ p, late }) => ({ p: toProbability(p), late }))
  return { outcomes, evaluation: evaluate(said, baseRate(before)) }
}
