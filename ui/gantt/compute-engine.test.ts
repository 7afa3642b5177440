// The engine behind the Gantt: a preview that is kept is the plan followed, as if it had been computed anew.
import { compute } from '@yingzao/engines/schedule'
import { datesOf } from '@yingzao/engines/schedule/date-table'
import { applyEdits, type PlanEdit } from '@yingzao/engines/schedule/edit'
import { expect, test } from 'vitest'
import { createComputeEngine } from './compute-engine.ts'
import { stationPlan } from './harness/station.ts'
import { newLink } from './intent.ts'
import { deltaOf } from './plan-delta.ts'

const plan = stationPlan({ lang: 'zh', tasks: 200 })
const leaves = plan.tasks.filter(({ kind }) => kind === 'task')

function after(edits: readonly PlanEdit[]) {
  const applied = applyEdits(plan, edits)
  if (!applied.ok) throw new Error(applied.error.code)
  return applied.plan
}

function datesAnew(of: typeof plan) {
  const outcome = compute(of)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return datesOf(outcome.schedule)
}

test('a typed duration that was previewed is taken over, and the edit after it computes on top of it', () => {
  const engine = createComputeEngine()
  engine.follow(deltaOf(undefined, plan))
  const longer: PlanEdit = { kind: 'task.set', id: leaves[1]!.id, patch: { duration: 30 * 480 } }
  const linked: PlanEdit = { kind: 'link.add', link: newLink('new', leaves[1]!.id, leaves.at(-1)!.id) }

  const preview = engine.preview([longer])
  engine.adopt()
  expect(preview).toEqual({ ok: true, dates: datesAnew(after([longer])) })
  // The page tells differences from the plan that it shows.
  const next = engine.follow(deltaOf(after([longer]), after([longer, linked])))
  expect(next).toEqual({ ok: true, dates: datesAnew(after([longer, linked])) })
})

test('a preview that is not kept leaves the plan as it was', () => {
  const engine = createComputeEngine()
  engine.follow(deltaOf(undefined, plan))
  engine.preview([{ kind: 'task.set', id: leaves[1]!.id, patch: { duration: 99 * 480 } }])
  expect(engine.follow({ lists: {}, rest: {} })).toEqual({ ok: true, dates: datesAnew(plan) })
  expect(() => createComputeEngine().adopt()).toThrow('preview')
})
