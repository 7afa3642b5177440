// Resource load over time: nothing is lost or counted twice, whatever the periods, and every figure names its tasks.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compute, type Plan, type TaskDates } from '../../schedule/index.ts'
import { at, DAY, plan, task } from '../../schedule/testing/plan-maker.ts'
import { randomPlan } from '../testing/random-plan.ts'
import { type LoadUnit, loadParts, periodEdges, resourceLoads } from './load.ts'

const datesOf = (input: Plan): { dates: readonly TaskDates[]; start: number; finish: number } => {
  const outcome = compute(input)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return { dates: outcome.schedule.tasks, start: outcome.schedule.start, finish: outcome.schedule.finish }
}
const crew = (more: object = {}) => ({ id: 'crew', name: '班组', kind: 'work' as const, maxUnits: 2, ...more })

test('a week of five days at one of two is half of it; the overloaded week says so though it is not full', () => {
  const input = plan([task('A', 5), task('B', 1), task('C', 1)], [], {
    resources: [crew()],
    assignments: ['A', 'B', 'C'].map(id => ({ id, task: id, resource: 'crew', units: 1 })),
  })
  const { dates } = datesOf(input)
  const edges = periodEdges(at('2024-03-06T10:00'), at('2024-03-12T00:00'), 'week')
  expect(edges).toEqual([at('2024-03-04T00:00'), at('2024-03-11T00:00'), at('2024-03-18T00:00')])
  const [load] = resourceLoads(input, dates, edges)
  expect(load?.periods.map(({ work, available, overloaded }) => [work / DAY, available / DAY, overloaded])).toEqual([
    [7, 10, true],
    [0, 10, false],
  ])
  expect(loadParts(input, dates, 'crew', at('2024-03-04T00:00'), at('2024-03-05T00:00'))).toEqual([
    { task: 'A', work: DAY },
    { task: 'B', work: DAY },
    { task: 'C', work: DAY },
  ])
})

test('months begin on their first day, also over a year and a leap February', () => {
  expect(periodEdges(at('2023-12-31T08:00'), at('2024-03-01T00:00'), 'month')).toEqual(
    ['2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01'].map(day => at(`${day}T00:00`)),
  )
})

test('availability that begins in the middle of a week counts from that day', () => {
  const input = plan([task('A', 1)], [], {
    resources: [crew({ availability: [{ to: at('2024-03-06T00:00'), units: 0 }] })],
    assignments: [{ id: 'a', task: 'A', resource: 'crew', units: 1 }],
  })
  const [load] = resourceLoads(input, datesOf(input).dates, [at('2024-03-04T00:00'), at('2024-03-11T00:00')])
  expect((load?.periods[0]?.available ?? 0) / DAY).toBe(6)
})

test('any plan, any unit: the load over time is the work assigned, and the parts of a period are its load', () => {
  fc.assert(
    fc.property(randomPlan, fc.constantFrom<LoadUnit>('day', 'week', 'month'), (given, unit) => {
      const input = { ...given, assignments: given.assignments.map((each, i) => ({ ...each, work: 60 * (i + 1) })) }
      const { dates, start, finish } = datesOf(input)
      const edges = periodEdges(start, finish, unit)
      const lasting = new Set(dates.filter(each => each.finish > each.start).map(each => each.id))
      for (const load of resourceLoads(input, dates, edges)) {
        const assigned = input.assignments
          .filter(each => each.resource === load.resource && lasting.has(each.task))
          .reduce((sum, each) => sum + each.work, 0)
        expect(load.work).toBeCloseTo(assigned, 6)
        for (const { from, to, work } of load.periods) {
          const parts = loadParts(input, dates, load.resource, from, to)
          expect(parts.reduce((sum, part) => sum + part.work, 0)).toBeCloseTo(work, 6)
        }
      }
    }),
    { numRuns: 150 },
  )
})
