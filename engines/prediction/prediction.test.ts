// Prediction: finds what is there, says when there is nothing, never sees the future.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { source } from '../statistics/index.ts'
import {
  areaUnderCurve,
  type Example,
  evaluate,
  isotonicCalibration,
  LEAST_LABELLED,
  type Predictor,
  plattCalibration,
  trainBoosting,
  trainLogistic,
  trainPredictor,
} from './index.ts'

const names = ['slips', 'float', 'load', 'noise']
const DAY = 1440

/** Items one a day, each known thirty days later: late by slips and by little float together, in part by chance. */
function history(count: number, seed: number, signal = 1): Example[] {
  const random = source(seed, 'history')
  return Array.from({ length: count }, (_, i) => {
    const [slips, float, load, noise] = [Math.floor(random() * 4), random() * 20, random(), random()]
    const score = signal * (1.2 * (slips - 1.5) + (float < 5 ? 1.8 : -0.8) + (load > 0.7 ? 1 : -0.3))
    return {
      at: i * DAY,
      closed: (i + 30) * DAY,
      features: [slips, random() < 0.1 ? Number.NaN : float, load, noise],
      late: random() < 1 / (1 + Math.exp(-score)),
    }
  })
}

const FOREVER = 1e9
function trained(examples: readonly Example[], now = FOREVER): Predictor {
  const outcome = trainPredictor(names, examples, now)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.predictor
}

describe('a predictor', () => {
  const predictor = trained(history(900, 1))

  test('that learned something shows its record and is right as often as it says on items it never saw', () => {
    expect(predictor.method).not.toBe('base_rate')
    const record = predictor.method === 'base_rate' ? undefined : predictor.record?.[predictor.method]
    expect(record!.auc!).toBeGreaterThan(0.75)
    const fresh = history(2000, 2).map(({ features, late }) => ({ p: predictor.predict(features).probability, late }))
    const found = evaluate(fresh, predictor.rate)
    expect(found.auc!).toBeGreaterThan(0.78)
    expect(found.skill).toBeGreaterThan(0.2)
    expect(found.ece).toBeLessThan(0.07)
  })

  test('names what speaks for the delay, the strongest first', () => {
    const risky = predictor.predict([3, 1, 0.9, 0.5])
    const calm = predictor.predict([0, 15, 0.1, 0.5])
    expect(risky.probability).toBeGreaterThan(0.75)
    expect(calm.probability).toBeLessThan(0.25)
    expect(['slips', 'float']).toContain(risky.contributions[0]!.feature)
    expect(risky.contributions[0]!.value).toBeGreaterThan(0)
    const noise = risky.contributions.find(({ feature }) => feature === 'noise')
    expect(Math.abs(noise?.value ?? 0)).toBeLessThan(risky.contributions[0]!.value / 2)
  })

  test('of fewer than sixty labelled items gives the base rate and says so', () => {
    const few = trained(history(LEAST_LABELLED - 1, 3))
    expect(few).toMatchObject({ method: 'base_rate', reason: 'too_few', labelled: 59, record: null })
    expect(few.predict([3, 1, 1, 0])).toEqual({ probability: few.rate, method: 'base_rate', contributions: [] })
    expect(trained([]).rate).toBe(0.5)
    expect(trained(history(200, 3).map(each => ({ ...each, late: true })))).toMatchObject({
      method: 'base_rate',
      reason: 'one_outcome',
    })
  })

  test('of a history without signal says that it cannot be predicted', () => {
    const silent = trained(history(600, 4, 0))
    expect(silent).toMatchObject({ method: 'base_rate', reason: 'not_predictable' })
    expect(silent.record!.logistic.skill).toBeLessThan(0.02)
  })

  test('that only drifts is not predicted from: following the rate tells no item from another', () => {
    const random = source(5, 'drift')
    let late = 0
    const drifting = Array.from({ length: 600 }, (_, i): Example => {
      const known = i === 0 ? 0.5 : late / i
      const isLate = random() < (i < 300 ? 0.1 : 0.85)
      if (isLate) late++
      return { at: i * DAY, closed: i * DAY + 1, features: [known, random(), random(), random()], late: isLate }
    })
    const { reason, record } = trained(drifting)
    expect(Math.max(record!.logistic.skill, record!.boosting.skill)).toBeGreaterThan(0.1)
    expect(reason).toBe('not_predictable')
  })

  test('with shuffled labels finds nothing: AUC between .45 and .55', () => {
    const examples = history(3000, 5)
    const random = source(9, 'shuffle')
    const labels = examples.map(({ late }) => late)
    for (let i = labels.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const held = labels[i]!
      labels[i] = labels[j]!
      labels[j] = held
    }
    const { record, method } = trained(examples.map((each, i) => ({ ...each, late: labels[i]! })))
    for (const { auc } of Object.values(record!)) {
      expect(auc!).toBeGreaterThan(0.45)
      expect(auc!).toBeLessThan(0.55)
    }
    expect(method).toBe('base_rate')
  })

  test('never learns from what was not known yet', () => {
    const examples = history(400, 6)
    const now = 300 * DAY
    const future = examples.map(each =>
      each.closed > now ? { ...each, late: !each.late, features: [9, 9, 9, 9] } : each,
    )
    const [then, other] = [trained(examples, now), trained(future, now)]
    expect(other.labelled).toBe(then.labelled)
    expect(other.predict([2, 3, 0.5, 0.5])).toEqual(then.predict([2, 3, 0.5, 0.5]))
  })

  test('learns the same from the same, in any order', () => {
    const examples = history(300, 7)
    expect(trained([...examples].reverse()).predict([2, 3, 0.5, 0.5])).toEqual(
      trained(examples).predict([2, 3, 0.5, 0.5]),
    )
    expect(trainPredictor(names, [{ at: 0, closed: 1, features: [1], late: true }], FOREVER)).toMatchObject({
      ok: false,
    })
  })
})

describe('models', () => {
  test('logistic regression finds the weights of a logistic world, also where examples are separable', () => {
    const random = source(1, 'logistic')
    const examples = Array.from({ length: 5000 }, (): Example => {
      const x = random() * 4 - 2
      return { at: 0, closed: 0, features: [x, 7], late: random() < 1 / (1 + Math.exp(-(0.5 + 1.5 * x))) }
    })
    const model = trainLogistic(examples, 0.01)
    expect(model.score([0, 7]).score).toBeCloseTo(0.5, 0)
    expect(model.score([1, 7]).score - model.score([0, 7]).score).toBeCloseTo(1.5, 0)
    const apart = trainLogistic([-2, -1, 1, 2].map((x): Example => ({ at: 0, closed: 0, features: [x], late: x > 0 })))
    expect(Number.isFinite(apart.score([2]).score)).toBe(true)
  })

  test('trees find what no straight line does', () => {
    const random = source(2, 'xor')
    const examples = Array.from({ length: 1000 }, (): Example => {
      const [x, y] = [random(), random()]
      return { at: 0, closed: 0, features: [x, y], late: x > 0.5 !== y > 0.5 }
    })
    const auc = (model: ReturnType<typeof trainBoosting>) =>
      areaUnderCurve(examples.map(({ features, late }) => ({ p: model.score(features).score, late })))
    expect(auc(trainBoosting(examples))!).toBeGreaterThan(0.95)
    expect(auc(trainLogistic(examples))!).toBeLessThan(0.6)
  })

  test('contributions add up to the score, whatever is known', () => {
    const models = [trainBoosting(history(300, 8)), trainLogistic(history(300, 8))]
    const value = fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(Number.NaN))
    fc.assert(
      fc.property(fc.constantFrom(...models), fc.array(value, { minLength: 4, maxLength: 4 }), (model, features) => {
        const { score, base, parts } = model.score(features)
        expect(parts.reduce((sum, part) => sum + part, base)).toBeCloseTo(score, 9)
        expect(Number.isFinite(score)).toBe(true)
      }),
    )
  })
})

describe('calibration', () => {
  const outcomes = (list: readonly (readonly [number, boolean])[]) => list.map(([p, late]) => ({ p, late }))
  test('isotonic steps rise and keep the share of each block', () => {
    const curve = isotonicCalibration(
      outcomes([
        [1, false],
        [2, true],
        [3, false],
        [4, true],
        [5, true],
      ]),
    )
    expect([curve(0), curve(2.5), curve(9)]).toEqual([0.25, 0.5, (2 + 0.5) / 3])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.boolean()), { maxLength: 40 }),
        fc.double({ min: -6, max: 6, noNaN: true }),
        (list, at) => {
          const [step, smooth] = [isotonicCalibration(outcomes(list)), plattCalibration(outcomes(list))]
          for (const each of [step, smooth]) {
            expect(each(at + 0.5)).toBeGreaterThanOrEqual(each(at) - 1e-9)
            expect(each(at) > 0 && each(at) < 1).toBe(true)
          }
        },
      ),
    )
  })

  test('measures: a perfect forecast, a coin, and all alike', () => {
    expect(
      evaluate(
        outcomes([
          [1, true],
          [0, false],
        ]),
        0.5,
      ),
    ).toMatchObject({ auc: 1, brier: 0, skill: 1, ece: 0 })
    expect(
      evaluate(
        outcomes([
          [0.5, true],
          [0.5, false],
        ]),
        0.5,
      ),
    ).toMatchObject({ auc: 0.5, brier: 0.25, skill: 0, ece: 0 })
    expect(evaluate(outcomes([[0.5, true]]), 0.5).auc).toBeNull()
    expect(
      areaUnderCurve(
        outcomes([
          [3, true],
          [2, false],
          [1, true],
        ]),
      ),
    ).toBe(0.5)
  })
})
