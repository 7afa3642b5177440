// Delay prediction from plans: what was promised and what came of it, never a look into the future.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { source } from '../statistics/index.ts'
import {
  type DelayForecast,
  delayFeatures,
  forecastDelays,
  outcomeOf,
  snapshotWorld,
  TOLERANCE,
  trainPredictor,
  type WatchedTask,
} from './index.ts'

const DAY = 1440
const START = 29_000_000

const watched = (id: string, from: number, days: number, more: Partial<WatchedTask> = {}): WatchedTask => ({
  ...{
    id,
    plan: 'p',
    class: null,
    responsible: null,
    start: null,
    finish: null,
    before: [],
    after: 0,
    constrained: false,
  },
  promised: { start: from, finish: from + days * DAY },
  ...more,
})

/** Work of many plans, one task after another; `slip` says how many days each finishes after its promise. */
function past(count: number, seed: number, slip: (task: { person: number; random: number; before: number }) => number) {
  const random = source(seed, 'delays')
  const slips: number[] = []
  return Array.from({ length: count }, (_, i): WatchedTask => {
    const from = START + Math.floor(i / 2) * DAY
    const person = Math.floor(random() * 8)
    const chained = i >= 40
    const late = slip({ person, random: random(), before: chained ? (slips[i - 40] ?? 0) : 0 })
    slips.push(late)
    return watched(`t${i}`, from, 10, {
      plan: `p${i % 12}`,
      class: ['concrete', 'testing', null][i % 3] ?? null,
      responsible: `u${person}`,
      start: from,
      finish: from + (10 + late) * DAY,
      before: chained ? [`t${i - 40}`] : [],
      after: i % 4,
    })
  })
}
const END = START + 1200 * DAY
/** Half of the people are careless, and delays are handed on. */
const careless = ({ person, random, before }: { person: number; random: number; before: number }) =>
  (person < 4 ? random < 0.75 : random < 0.1) ? 4 + 2 * random : before > 3 && random < 0.5 ? before : random - 0.5

describe('an outcome', () => {
  const task = watched('a', START, 10)
  test('is known as late when the promise has passed, not only when the task is finished at last', () => {
    const limit = task.promised.finish + TOLERANCE
    expect(outcomeOf(task, limit - 1)).toBeNull()
    expect(outcomeOf(task, limit)).toEqual({ late: true, closed: limit })
    const finished = { ...task, finish: limit + 90 * DAY }
    expect(outcomeOf(finished, limit)).toEqual({ late: true, closed: limit })
    expect(outcomeOf({ ...task, finish: limit }, END)).toEqual({ late: false, closed: limit })
    expect(outcomeOf({ ...task, finish: START + DAY }, START)).toBeNull()
  })
})

describe('a snapshot', () => {
  test('does not change when anything after it does', () => {
    const date = fc.integer({ min: 0, max: 200 })
    const rows = fc.array(fc.record({ from: date, days: date, start: fc.option(date), finish: fc.option(date) }), {
      minLength: 2,
      maxLength: 25,
    })
    fc.assert(
      fc.property(rows, date, fc.integer({ min: 1, max: 400 }), (list, day, later) => {
        const at = START + day * DAY
        const make = (moved: (when: number) => number | null): WatchedTask[] =>
          list.map(({ from, days, start, finish }, i) =>
            watched(`t${i}`, START + from * DAY, days, {
              responsible: `u${i % 3}`,
              start: start === null ? null : moved(START + start * DAY),
              finish: finish === null ? null : moved(START + finish * DAY),
              before: i > 1 ? [`t${i - 2}`] : [],
            }),
          )
        const known = make(when => when)
        const featuresOf = (tasks: WatchedTask[], now: number) => {
          const world = snapshotWorld(tasks, now)
          return tasks.map(task => world.featuresAt(task, at))
        }
        const now = at + 1000 * DAY
        const features = featuresOf(known, now)
        expect(
          featuresOf(
            make(when => (when > at ? when + later * DAY : when)),
            now,
          ),
        ).toEqual(features)
        expect(
          featuresOf(
            make(when => (when > at ? null : when)),
            now,
          ),
        ).toEqual(features)
        for (const row of features) expect(row.length).toBe(delayFeatures.length)
      }),
      { numRuns: 300 },
    )
  })
  test('is taken before its outcome was known', () => {
    const examples = snapshotWorld(past(600, 3, careless), END).examples()
    expect(examples.length).toBeGreaterThan(500)
    for (const { at, closed } of examples) expect(at).toBeLessThan(closed)
  })
})

describe('a forecast', () => {
  const tasks = past(1600, 1, careless)
  const now = START + 700 * DAY
  const known = tasks.map(
    (task): WatchedTask => ({
      ...task,
      start: task.start !== null && task.start <= now ? task.start : null,
      finish: task.finish !== null && task.finish <= now ? task.finish : null,
    }),
  )
  const open = new Set(known.flatMap(task => (task.finish === null ? [task.id] : [])))
  const forecast = forecastDelays(known, open, now)

  test('beats the base rate where people differ, shows its record, and is right as often as it says', () => {
    expect(forecast.reason).toBeNull()
    expect(forecast.record?.skill).toBeGreaterThan(0.1)
    expect(forecast.record?.auc).toBeGreaterThan(0.7)
    const really = new Map(tasks.map(task => [task.id, outcomeOf(task, END)?.late]))
    const said = forecast.risks.reduce((sum, each) => sum + each.probability, 0) / forecast.risks.length
    const happened = forecast.risks.filter(each => really.get(each.task)).length / forecast.risks.length
    expect(Math.abs(said - happened)).toBeLessThan(0.15)
    const half = Math.floor(forecast.risks.length / 2)
    const late = (list: DelayForecast['risks']) => list.filter(each => really.get(each.task)).length
    expect(late(forecast.risks.slice(0, half))).toBeGreaterThan(1.5 * late(forecast.risks.slice(-half)))
  })
  test('gives reasons with what was known, and counts what is overdue or too far ahead', () => {
    const [first] = forecast.risks
    expect(first?.reasons.map(each => each.feature)).toContain('person_late')
    expect(forecast.risks.length + forecast.overdue.length + forecast.far).toBe(open.size)
    expect(forecast.overdue.length).toBeGreaterThan(0)
    expect(forecast.far).toBe(known.filter(each => each.promised.start - now > 90 * DAY).length)
  })
  test('is the same each time', () => {
    expect(forecastDelays([...known].reverse(), open, now).rate).toBe(forecast.rate)
    expect(forecastDelays(known, open, now)).toEqual(forecast)
  })
  test('gives the rate of the class below 60 outcomes, and says so', () => {
    const few = [
      ...past(48, 2, ({ random }) => random * 0.5).map((task, i) => ({
        ...task,
        class: i % 2 === 0 ? 'testing' : 'concrete',
        finish: task.promised.finish + (i % 2 === 0 ? 5 : 0) * DAY,
      })),
      watched('next', START + 200 * DAY, 10, { class: 'testing' }),
      watched('other', START + 200 * DAY, 10, { class: 'concrete' }),
    ]
    const said = forecastDelays(few, new Set(['next', 'other']), START + 190 * DAY)
    expect(said).toMatchObject({ method: 'base_rate', reason: 'too_few', record: null, labelled: 48 })
    expect(said.risks.map(each => each.task)).toEqual(['next', 'other'])
    expect(said.risks[0]?.probability).toBeGreaterThan(0.85)
    expect(said.risks[1]?.probability).toBeLessThan(0.15)
  })
})

describe('without a signal', () => {
  // Delays are drawn by lot and handed on to nobody: whoever finds a rule in them has looked at the answers.
  const lots = past(6000, 7, ({ random }) => (random < 0.4 ? 5 : 0))
  const end = START + 4000 * DAY
  test('shuffled outcomes give an AUC of one half, and the product says that it cannot tell', () => {
    const outcome = trainPredictor(delayFeatures, snapshotWorld(lots, end).examples(), end)
    if (!outcome.ok) throw new Error(outcome.error.code)
    const { record, reason } = outcome.predictor
    expect(reason).toBe('not_predictable')
    for (const { auc, count } of [record!.logistic, record!.boosting]) {
      expect(count).toBeGreaterThan(1500)
      expect(auc).toBeGreaterThan(0.45)
      expect(auc).toBeLessThan(0.55)
    }
  })
})
