// Flow metrics on boards written by hand, and the forecast's promise measured on simulated ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  conformalFactor,
  drawWeeks,
  type FlowEvent,
  flowMetrics,
  flowSeries,
  forecastDone,
  idealLine,
  itemsAt,
  pastForecasts,
  type Stage,
} from './index.ts'
import { spellBoard } from './testing/board.ts'

const DAY = 1440
const stages: readonly Stage[] = [
  { id: 'todo', kind: 'wait' },
  { id: 'doing', kind: 'work' },
  { id: 'review', kind: 'work' },
  { id: 'done', kind: 'done' },
]
const move = (item: string, day: number, stage: string | null): FlowEvent => ({ item, at: day * DAY, stage })

const log: readonly FlowEvent[] = [
  move('a', 0, 'todo'),
  move('b', 0, 'todo'),
  { item: 'b', at: 0, points: 5 },
  move('a', 1, 'doing'),
  move('b', 2, 'doing'),
  move('a', 4, 'review'),
  move('a', 5, 'done'),
  move('c', 5, 'todo'),
  move('b', 8, 'done'),
  move('b', 9, 'doing'),
  move('d', 9, 'todo'),
  move('d', 10, null),
  move('b', 12, 'done'),
  move('c', 13, 'doing'),
]

function metrics(day: number, events: readonly FlowEvent[] = log) {
  const outcome = flowMetrics(stages, events, day * DAY)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.metrics
}

describe('metrics', () => {
  test('cycle from the start of work, lead from creation; work taken back is finished when it is done again', () => {
    expect(metrics(14).finished).toEqual([
      { id: 'a', at: 5 * DAY, cycleDays: 4, leadDays: 5, points: 1 },
      { id: 'b', at: 12 * DAY, cycleDays: 10, leadDays: 12, points: 5 },
    ])
    expect(metrics(14).cycle).toMatchObject({ count: 2, p50: 7, mean: 7 })
    expect(metrics(8.5).finished.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(metrics(10).finished.map(({ id }) => id)).toEqual(['a'])
  })

  test('ageing work knows how few finished items were ever that old; what left the board is not work', () => {
    expect(metrics(14).ageing).toEqual([{ id: 'c', stage: 'doing', ageDays: 1, share: 0 }])
    expect(metrics(10).ageing[0]).toMatchObject({ id: 'b', ageDays: 8, share: 1 })
  })

  test('throughput counts whole weeks back from now', () => {
    expect(metrics(14).throughput.map(({ items, points }) => [items, points])).toEqual([
      [1, 1],
      [1, 5],
    ])
    expect(metrics(6).throughput).toEqual([])
  })

  test('nothing after the moment is seen', () => {
    const moment = fc.integer({ min: 0, max: 20 })
    fc.assert(
      fc.property(moment, day => {
        expect(metrics(day)).toEqual(
          metrics(
            day,
            log.filter(({ at }) => at <= day * DAY),
          ),
        )
      }),
    )
  })

  test("Little's law holds for steady flow and says when work piles up", () => {
    const steady = Array.from({ length: 60 }, (_, i) => [
      move(`s${i}`, i, 'doing'),
      move(`s${i}`, i + 3, 'done'),
    ]).flat()
    expect(metrics(60, steady).little).toMatchObject({ steady: true, meanCycleDays: 3 })
    const piling = [...steady, ...Array.from({ length: 60 }, (_, i) => move(`p${i}`, i, 'doing'))]
    const little = metrics(60, piling).little
    expect(little!.ratio).toBeGreaterThan(5)
    expect(little!.steady).toBe(false)
    expect(metrics(0).little).toBeNull()
  })

  test('unknown stages and numbers that are none are refused', () => {
    expect(itemsAt(stages, [move('a', 0, 'nowhere')], 0)).toMatchObject({
      ok: false,
      error: { code: 'flow.unknown_stage' },
    })
    expect(itemsAt(stages, [{ item: 'a', at: Number.NaN }], 0)).toMatchObject({
      ok: false,
      error: { code: 'flow.not_a_number' },
    })
  })
})

describe('series', () => {
  const ticks = [0, 4, 8, 10, 14].map(day => day * DAY)
  test('cumulative flow, scope and burn-down, in items and in points as estimated then', () => {
    const items = flowSeries(stages, log, ticks)
    if (!items.ok) throw new Error(items.error.code)
    expect(items.series.stages.map(({ items: counts }) => counts)).toEqual([
      [2, 0, 1, 1, 0],
      [0, 1, 0, 1, 1],
      [0, 1, 0, 0, 0],
      [0, 0, 2, 1, 2],
    ])
    expect(items.series).toMatchObject({ scope: [2, 2, 3, 3, 3], done: [0, 0, 2, 1, 2], left: [2, 2, 1, 2, 1] })
    const points = flowSeries(stages, log, ticks, 'points')
    expect(points.ok && points.series.scope).toEqual([6, 6, 7, 7, 7])
  })

  test('the ideal line rests when nobody works', () => {
    const work = (a: number, b: number) => Math.max(0, Math.min(b, 5 * DAY) - a)
    expect(
      idealLine(
        [0, 5, 7].map(day => day * DAY),
        10,
        work,
      ),
    ).toEqual([10, 0, 0])
    expect(idealLine([], 10, work)).toEqual([])
  })
})

describe('when will it be done', () => {
  test('a steady board is certain, an idle one says nothing, an empty one is done', () => {
    const options = { seed: 1 }
    expect(drawWeeks(new Array(10).fill(5), 23, options)).toEqual([5, 5, 5])
    expect(drawWeeks(new Array(10).fill(0), 23, options)).toEqual([null, null, null])
    expect(drawWeeks([3, 4], 5, options)).toEqual([null, null, null])
    expect(drawWeeks([3, 4, 5, 6], 0, options)).toEqual([0, 0, 0])
  })

  test('more to do takes no less, more certainty takes no less, and the same seed the same', () => {
    const weeks = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 4, maxLength: 30 })
    fc.assert(
      fc.property(weeks, fc.integer({ min: 1, max: 60 }), (finished, remaining) => {
        const few = drawWeeks(finished, remaining, { seed: 3, draws: 200 })
        const more = drawWeeks(finished, remaining + 5, { seed: 3, draws: 200 })
        expect(drawWeeks(finished, remaining, { seed: 3, draws: 200 })).toEqual(few)
        few.forEach((value, l) => {
          if (value === null) return
          expect(more[l] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(value)
          if (l > 0) expect(value).toBeGreaterThanOrEqual(few[l - 1] ?? 0)
        })
      }),
    )
  })

  test('a forecast of the past sees nothing of its future', () => {
    const board = spellBoard(60, 1)
    const cut = { finished: board.finished.slice(0, 40), open: board.open.slice(0, 40) }
    const early = pastForecasts(cut, { seed: 1, draws: 100 })
    const late = pastForecasts(board, { seed: 1, draws: 100 })
    expect(late.slice(0, early.length).map(({ drawn }) => drawn)).toEqual(early.map(({ drawn }) => drawn))
  })

  test('the correction is the conformal quantile, and none without a record', () => {
    expect(conformalFactor([2, 3], 0.85)).toBe(1)
    expect(
      conformalFactor(
        Array.from({ length: 99 }, (_, i) => (i + 1) / 50),
        0.85,
      ),
    ).toBe(85 / 50)
  })

  test('on boards with good and bad spells the drawn 85 % and 95 % are over-confident; corrected they hold', () => {
    const levels = [0.85, 0.95]
    const past = Array.from({ length: 60 }, (_, i) =>
      pastForecasts(spellBoard(120, i), { seed: 1, draws: 200, levels }),
    )
    const taught = past.slice(0, 30).flat()
    const judged = past.slice(30).flat()
    levels.forEach((level, l) => {
      const scores = (list: typeof taught) =>
        list.flatMap(({ week, came, drawn }) => (came !== undefined && drawn[l] ? [(came - week) / drawn[l]] : []))
      const held = (factor: number) => scores(judged).filter(score => score <= factor).length / scores(judged).length
      expect(held(1)).toBeLessThan(level - 0.05)
      expect(Math.abs(held(conformalFactor(scores(taught), level)) - level)).toBeLessThan(0.03)
    })
  })

  test('the forecast shows its own record beside it', () => {
    const board = spellBoard(150, 7)
    const others = Array.from({ length: 10 }, (_, i) =>
      pastForecasts(spellBoard(120, 100 + i), { seed: 1, draws: 200 }),
    ).flat()
    const before = others.map(each => ({
      ...each,
      week: each.week - 200,
      came: each.came === undefined ? undefined : each.came - 200,
    }))
    const [p50, p85, p95] = forecastDone(board, { seed: 1, draws: 200 }, before)
    expect(p85!.judged).toBeGreaterThan(100)
    expect(p85!.weeks!).toBeGreaterThanOrEqual(p50!.weeks!)
    expect(p95!.hitRate!).toBeGreaterThanOrEqual(p95!.drawnHitRate! - 0.02)
    expect(p85!.factor).toBeGreaterThan(1)
    expect(forecastDone({ finished: [1, 2], open: [5, 5] }, { seed: 1 })[0]).toMatchObject({
      weeks: null,
      hitRate: null,
      judged: 0,
    })
  })
})
