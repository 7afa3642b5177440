// What several plans together ask of the same people, crews and departments.
import { expect, test } from 'vitest'
import type { PlanLoad } from '../load-shape.ts'
import { type LoadedPlan, pooledLoads, sharesIn } from './pool.ts'

const WEEK = 7 * 1440
const MONDAY = 4 * 1440
const load = (id: string, name: string, work: number[], available: number[], user: string | null = null): PlanLoad => ({
  id,
  name,
  user,
  work,
  available,
  over: work.flatMap((minutes, k) => (minutes > (available[k] ?? 0) ? [k] : [])),
})
const planOf = (plan: string, department: string, first: number, resources: PlanLoad[]): LoadedPlan => ({
  plan,
  project: `project of ${plan}`,
  department,
  loads: { perDay: 480, resources, edges: [0, 1, 2].map(k => MONDAY + (first + k) * WEEK) },
})
const metro = planOf('metro', 'civil', 0, [
  load('m1', '钢筋班组', [2400, 4800], [2400, 4800]),
  load('m2', '测量', [1200, 0], [2400, 2400], 'wang'),
])
const line = planOf('line', 'process', 1, [
  load('l1', '钢筋班组', [2400, 9600], [2400, 2400]),
  load('l2', '测量', [1800, 1800], [2400, 2400], 'wang'),
])

test('crews of one name are one pool: their work and what there is of them add up week by week', () => {
  const [rebar] = pooledLoads([metro, line], 'resource', MONDAY)
  expect(rebar?.periods.map(each => [each.work, each.available, each.overloaded])).toEqual([
    [2400, 2400, false],
    [7200, 7200, false],
    [9600, 2400, true],
  ])
  expect(rebar?.overloads).toBe(1)
})

test('a person asked for by two plans has one body', () => {
  const busy = planOf('erp', 'digital', 1, [load('e1', '顾问', [1000, 0], [2400, 2400], 'wang')])
  const [wang] = pooledLoads([metro, line, busy], 'person', MONDAY)
  // Second week: 0 + 1800 + 1000 minutes of one person's 2400.
  expect(wang?.periods[1]).toMatchObject({ work: 2800, available: 2400, overloaded: true })
  expect(wang?.periods[0]).toMatchObject({ work: 1200, available: 2400, overloaded: false })
  expect(wang && sharesIn(wang, MONDAY + WEEK).map(each => [each.plan, each.work])).toEqual([
    ['line', 1800],
    ['erp', 1000],
  ])
})

test('a department counts each person once and is overloaded only as a whole', () => {
  const twice = planOf('shop', 'civil', 0, [load('s1', '放线', [2000, 0], [2400, 2400], 'wang')])
  const [civil] = pooledLoads([metro, twice], 'department', MONDAY)
  expect(civil?.periods[0]).toMatchObject({ work: 2400 + 1200 + 2000, available: 2400 + 2400, overloaded: true })
  expect(civil?.periods[1]).toMatchObject({ work: 4800, overloaded: false })
})

test('what is past does not make a bottleneck', () => {
  const names = pooledLoads([metro, line], 'resource', MONDAY + 3 * WEEK).map(each => [each.overloads, each.work])
  expect(names).toEqual([[0, 0]])
})

test('no plan, no rows', () => {
  expect(pooledLoads([], 'project', MONDAY)).toEqual([])
})
