// The reference class of finished projects: ten of a type, else all, else none; never anything from after the status date.
import { estimateDuration } from '@yingzao/engines/earned-value'
import { source } from '@yingzao/engines/statistics/random'
import { expect, test } from 'vitest'
import type { FinishedWork, History } from './history-shape.ts'
import { type Reference, referenceOf } from './reference-class.ts'

const DAY = 1440

/** Finished projects, each four tasks of 25 days in a row that took `ratio` times as long, one project a month. */
function past(ratios: readonly number[], type: (at: number) => string): History {
  const tasks = ratios.flatMap((ratio, at) =>
    [0, 1, 2, 3].map((step): FinishedWork => {
      const from = at * 30 * DAY
      const span = (each: number) => ({ start: from + step * each * DAY, finish: from + (step + 1) * each * DAY })
      return {
        ...{ id: `${at}.${step}`, plan: `plan ${at}`, name: '任务', parent: null, resources: [], ratio },
        ...{ ...span(25 * ratio), promised: span(25), workDays: 25 * ratio, calendarDays: 25 * ratio },
        ...{ responsible: null, before: [], after: 0, constrained: false },
      }
    }),
  )
  const plans = Object.fromEntries(
    ratios.map((_, at) => [
      `plan ${at}`,
      { name: `计划 ${at}`, project: `project ${at}`, projectName: `项目 ${at}`, type: type(at), whole: true },
    ]),
  )
  return { tasks, plans, more: false }
}
const ask = { plan: 'own', project: 'own', type: 'rail', statusDate: 10_000 * DAY }
const forecast = ({ chosen }: Reference) => estimateDuration({ es: 8, pd: 40, at: 10 }, chosen ? [chosen] : [])

test('ten of the same type are the class; else all types; else none, and it says how many there are', () => {
  const ratios = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2]
  const rail = referenceOf(
    past(ratios, () => 'rail'),
    ask,
  )
  expect(rail).toMatchObject({ sameType: 11, all: 11, chosen: { name: 'type' } })
  expect(rail.chosen?.p50).toBeCloseTo(1.5, 6)
  expect(rail.chosen?.p80).toBeCloseTo(1.8, 6)
  expect(rail.chosen?.projects[0]).toMatchObject({ name: '项目 10', planned: 100 })
  expect(rail.chosen?.projects[0]?.ratio).toBeCloseTo(2, 6)
  // A project that went twice as slowly throughout was, at a tenth of its plan, at two tenths of its planned time.
  expect(rail.chosen?.projects[0]?.track[0]?.time).toBeCloseTo(0.2, 4)
  const mixed = referenceOf(
    past(ratios, at => (at < 9 ? 'rail' : 'building')),
    ask,
  )
  expect(mixed).toMatchObject({ sameType: 9, all: 11, chosen: { name: 'all' } })
  const few = referenceOf(
    past(ratios.slice(0, 9), () => 'rail'),
    ask,
  )
  expect(few).toEqual({ chosen: null, sameType: 9, all: 9 })
  // Projects that mostly took half as long again pull up a forecast that only knows of a pace of 1.25.
  expect(forecast(few).basis).toBeNull()
  expect(forecast(rail).expected).toBeGreaterThan(forecast(few).expected)
  expect(forecast(rail).basis).toEqual({ name: 'type', projects: 11 })
})

test('the future is not seen: what finishes after the status date changes nothing, nor do the plan itself and unfinished plans', () => {
  const random = source(11, 'reference')
  const ratios = Array.from({ length: 30 }, () => 0.8 + random())
  const statusDate = 20 * 30 * DAY
  const known = past(ratios, () => 'rail')
  const seen = referenceOf(known, { ...ask, statusDate })
  expect(seen.all).toBeGreaterThanOrEqual(10)
  expect(seen.all).toBeLessThan(30)
  expect(seen.chosen?.projects.every(({ finish }) => finish <= statusDate)).toBe(true)
  // The same history with everything later far slower, or left out.
  const late = new Set(known.tasks.flatMap(({ plan, finish }) => (finish > statusDate ? [plan] : [])))
  const slower = known.tasks.map(each => (late.has(each.plan) ? { ...each, finish: each.finish + 5000 * DAY } : each))
  for (const tasks of [slower, known.tasks.filter(({ plan }) => !late.has(plan))]) {
    const again = referenceOf({ ...known, tasks }, { ...ask, statusDate })
    expect(again).toEqual(seen)
    expect(forecast(again)).toEqual(forecast(seen))
  }
  const own = known.plans[seen.chosen?.projects[0]?.plan ?? '']?.project ?? ''
  expect(referenceOf(known, { ...ask, statusDate, project: own }).all).toBe(seen.all - 1)
  const plans = Object.fromEntries(Object.entries(known.plans).map(([id, head]) => [id, { ...head, whole: false }]))
  expect(referenceOf({ ...known, plans }, { ...ask, statusDate })).toEqual({ chosen: null, sameType: 0, all: 0 })
})
