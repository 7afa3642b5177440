// A plan that crosses the worker's border in pieces arrives as it left, and an edit sends one record.
import { applyEdits, type PlanEdit } from '@yingzao/engines/schedule'
import { describe, expect, test } from 'vitest'
import { stationPlan } from './harness/station.ts'
import { deltaOf, withDelta } from './plan-delta.ts'

const plan = stationPlan({ tasks: 60 })
const ids = plan.tasks.filter(task => task.kind === 'task').map(task => task.id)
const [a = '', b = '', c = ''] = ids
const cases: Record<string, PlanEdit[]> = {
  'a changed task': [{ kind: 'task.set', id: b, patch: { duration: 960 } }],
  'two changed tasks': [
    { kind: 'task.set', id: a, patch: { name: 'A' } },
    { kind: 'task.set', id: c, patch: { name: 'C' } },
  ],
  'a removed task': [{ kind: 'task.remove', ids: [b] }],
  'a task moved to the end': [{ kind: 'task.move', ids: [a] }],
  'a link taken away': [{ kind: 'link.remove', ids: [plan.links[3]?.id ?? ''] }],
  'other options': [{ kind: 'options.set', patch: { criticalSlackLimit: 480 } }],
}

describe('a plan on its way to the worker', () => {
  test.each(Object.entries(cases))('%s', (_, edits) => {
    const outcome = applyEdits(plan, edits)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
    const delta = deltaOf(plan, outcome.plan)
    expect(withDelta(plan, JSON.parse(JSON.stringify(delta)))).toEqual(outcome.plan)
    expect(JSON.stringify(delta).length).toBeLessThan(JSON.stringify(plan).length / 8)
  })
  test('records that stayed are the same objects on the other side', () => {
    const outcome = applyEdits(plan, [{ kind: 'task.set', id: b, patch: { duration: 960 } }])
    if (!outcome.ok) throw new Error(outcome.error.code)
    const there = withDelta(plan, deltaOf(plan, outcome.plan))
    expect(there?.links).toBe(plan.links)
    expect(there?.tasks.filter((item, i) => item !== plan.tasks[i]).map(item => item.id)).toEqual([b])
  })
})
