// The bound of a levelled plan: never above what can be done, and tight where one resource alone decides.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from '../../schedule/plan.ts'
import { at, DAY, link, plan, standard, task } from '../../schedule/testing/plan-maker.ts'
import { randomPlan } from '../testing/random-plan.ts'
import { type LevelledPlan, levelPlan } from './level-plan.ts'

function levelled(input: Plan, schedules = 60, seed = 1): LevelledPlan {
  const outcome = levelPlan(input, { budget: { schedules }, seed })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.levelled
}
const crane = { id: 'crane', name: '塔吊 1', kind: 'work' as const, maxUnits: 1 }
const lifting = (ids: readonly string[]) => ids.map(id => ({ id: `of${id}`, task: id, resource: 'crane', units: 1 }))

test('nine days of one crane take nine days: proved, and the crane is named', () => {
  const input = plan([task('A', 3), task('B', 2), task('C', 4)], [], {
    resources: [crane],
    assignments: lifting(['A', 'B', 'C']),
  })
  const result = levelled(input)
  expect([result.finish, result.lowerBound]).toEqual([at('2024-03-14T17:00'), at('2024-03-14T17:00')])
  expect([result.proved, result.bottleneck]).toEqual([true, 'crane'])
})

test('what comes before the crane and behind it counts too, over its own availability', () => {
  const busy = { ...crane, availability: [{ from: at('2024-03-06T00:00'), to: at('2024-03-07T00:00'), units: 0 }] }
  const input = plan(
    [task('dig', 2), task('A', 2), task('B', 2), task('paint', 1)],
    [link('dig FS A'), link('dig FS B'), link('A FS paint'), link('B FS paint')],
    { resources: [busy], assignments: lifting(['A', 'B']) },
  )
  // Two days of digging, a day without the crane, four of lifting over a weekend, a day of paint.
  const result = levelled(input)
  expect(result.lowerBound).toBe(result.finish)
  expect([result.finish, result.proved]).toEqual([at('2024-03-13T17:00'), true])
})

test('where links alone decide, the finish is proved and no resource is blamed', () => {
  const input = plan([task('A', 2), task('B', 3), task('long', 12)], [], {
    resources: [crane],
    assignments: lifting(['A', 'B']),
  })
  const result = levelled(input)
  expect([result.proved, result.bottleneck, result.finish]).toEqual([true, undefined, result.finishBefore])
})

test('any plan: no schedule without overloads ends before the bound', () => {
  let tight = 0
  fc.assert(
    fc.property(randomPlan, fc.nat(99), (input, seed) => {
      const result = levelled(input, 40, seed)
      // What nobody can resolve is not asked about; without it the bound is as it was computed.
      if (result.unresolved.length > 0) return
      expect(result.finish).toBeGreaterThanOrEqual(result.lowerBound)
      if (result.proved) tight++
    }),
    { numRuns: 200 },
  )
  expect(tight).toBeGreaterThan(0)
})

test('one crane and random tasks on it: the bound never passes the optimum of all orders', () => {
  const lengths = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3)), { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(lengths, tasks => {
      // Task i: its days on the crane, then days of another task behind it.
      const ids = tasks.map((_, i) => `t${i}`)
      const input = plan(
        tasks.flatMap(([days, tail], i) => [task(`t${i}`, days), task(`after${i}`, tail)]),
        ids.map((id, i) => link(`${id} FS after${i}`)),
        { resources: [crane], assignments: lifting(ids), calendars: [{ ...standard }] },
      )
      const result = levelled(input, 5)
      const best = Math.min(
        ...orders(tasks).map(order => {
          let [now, end] = [0, 0]
          for (const [days, tail] of order) {
            now += days
            end = Math.max(end, now + tail)
          }
          return end
        }),
      )
      const days = (finish: number) => workingDays(finish)
      expect(days(result.lowerBound)).toBeLessThanOrEqual(best)
      // Longest tail first is optimal, and the bound of one machine without heads is that optimum.
      expect(days(result.lowerBound)).toBe(best)
    }),
    { numRuns: 100 },
  )
})

/** Working days from 2024-03-04 to a finish at 17:00. */
function workingDays(finish: number): number {
  const elapsed = Math.round((finish - at('2024-03-04T17:00')) / (3 * DAY))
  return 1 + elapsed - 2 * Math.floor(elapsed / 7)
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, i) => orders(items.filter((_, k) => k !== i)).map(rest => [item, ...rest]))
}
