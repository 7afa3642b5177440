// A levelled plan written as Microsoft Project XML and read back gives the same dates, overloads and people.
import { levelPlan, overloads } from '@yingzao/engines/levelling'
import { company } from '@yingzao/engines/levelling/testing/company'
import { compute, type Plan } from '@yingzao/engines/schedule'
import { expect, test } from 'vitest'
import { readPlanFile, writePlanFile } from '../plan-file/index.ts'

test('delays, dates and who does the work come back as they were levelled', async () => {
  const [first] = company({ projects: 1, tasks: 60, people: 4 }, 5).projects
  if (!first) throw new Error('no project')
  // Every other shared person has a trade, and some work asks for the trade only.
  const trade = { id: 'trade', name: '测量', kind: 'work', generic: true } as const
  const people = first.plan.resources.map((each, i) => (i % 2 === 1 ? { ...each, group: '测量、放线' } : each))
  const asked: Plan = {
    ...first.plan,
    resources: [...people, trade],
    assignments: first.plan.assignments.map((each, i) => (i % 6 === 0 ? { ...each, resource: trade.id } : each)),
  }
  const outcome = levelPlan(asked, { budget: { schedules: 40 } })
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { plan, schedule, delays, unresolved } = outcome.levelled
  expect(delays.size).toBeGreaterThan(2)
  expect(unresolved).toEqual([])
  expect(plan.assignments.some((each, i) => each.resource !== asked.assignments[i]?.resource)).toBe(true)

  const read = await readPlanFile(writePlanFile(plan, 'mspdi').bytes, 'levelled.xml')
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const [back] = read.plans
  if (!back) throw new Error('no plan')
  const again = compute(back)
  if (!again.ok) throw new Error(again.error.code)
  const byName = (value: Plan, dates: typeof schedule) => {
    const at = new Map(dates.tasks.map(each => [each.id, each]))
    return new Map(value.tasks.map(each => [each.name, [at.get(each.id)?.start, at.get(each.id)?.finish]]))
  }
  expect(byName(back, again.schedule)).toEqual(byName(plan, schedule))
  expect(overloads(back, again.schedule.tasks)).toEqual([])
})
