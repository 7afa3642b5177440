// An edit that comes back from the server changes nothing on the screen, and what is taken over from the plan before is right.
import { applyEdits, type PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stationPlan } from './harness/station.ts'
import { type Outline, outlineOf } from './outline.ts'
import { deltaOf, withDelta } from './plan-delta.ts'
import { likened } from './plan-likeness.ts'

const start = stationPlan({ tasks: 60 })
const ids = start.tasks.map(task => task.id)
const someTask = fc.constantFrom(...ids)

const someEdit: fc.Arbitrary<PlanEdit> = fc.oneof(
  fc.record({
    kind: fc.constant('task.set' as const),
    id: someTask,
    patch: fc.oneof(
      fc.record({ duration: fc.integer({ min: 0, max: 9600 }) }),
      fc.record({ name: fc.string({ minLength: 1, maxLength: 8 }) }),
      fc.record({ percentComplete: fc.integer({ min: 0, max: 100 }) }),
      fc.record({ deadline: fc.option(fc.integer({ min: 29_000_000, max: 30_000_000 })) }),
    ),
  }),
  fc.record({ kind: fc.constant('task.remove' as const), ids: fc.tuple(someTask) }),
  fc.record({ kind: fc.constant('task.move' as const), ids: fc.tuple(someTask), before: someTask }),
  fc.record({ kind: fc.constantFrom('task.indent' as const, 'task.outdent' as const), ids: fc.tuple(someTask) }),
  fc.record({
    kind: fc.constant('link.remove' as const),
    ids: fc.tuple(fc.constantFrom(...start.links.map(link => link.id))),
  }),
  fc.record({ kind: fc.constant('options.set' as const), patch: fc.record({ criticalSlackLimit: fc.nat(960) }) }),
)

/** The plans after each edit that was accepted, first the plan before them. */
function history(edits: readonly PlanEdit[]): Plan[] {
  const plans = [start]
  for (const edit of edits) {
    const outcome = applyEdits(plans[plans.length - 1] ?? start, [edit])
    if (outcome.ok) plans.push(outcome.plan)
  }
  return plans
}
const throughJson = (plan: Plan): Plan => ({
  ...structuredClone(plan),
  // The calendars alone hold values that JSON has not.
  tasks: JSON.parse(JSON.stringify(plan.tasks)),
  links: JSON.parse(JSON.stringify(plan.links)),
})
const spelled = (outline: Outline) => ({
  ...outline,
  predecessors: outline.plan.tasks.map((_, at) => outline.predecessors(at)),
  successors: outline.plan.tasks.map((_, at) => outline.successors(at)),
  assignments: outline.plan.tasks.map((_, at) => outline.assignments(at)),
})

test('a plan that says what is shown is the plan shown, however it came', () => {
  fc.assert(
    fc.property(fc.array(someEdit, { maxLength: 6 }), edits => {
      const shown = history(edits).at(-1) ?? start
      expect(likened(shown, throughJson(shown))).toBe(shown)
    }),
    { numRuns: 12 },
  )
})

test('a plan that says something else is shown as it says it, and keeps the records that stayed', () => {
  fc.assert(
    fc.property(fc.array(someEdit, { minLength: 1, maxLength: 4 }), edits => {
      const plans = history(edits)
      const [shown, next] = [plans[0] ?? start, throughJson(plans.at(-1) ?? start)]
      const plan = likened(shown, next)
      expect(plan).toEqual(next)
      const before = new Map(shown.tasks.map(task => [task.id, task]))
      for (const task of plan.tasks) {
        const was = before.get(task.id)
        if (was && JSON.stringify(was) === JSON.stringify(task)) expect(task).toBe(was)
      }
      expect(likened(plan, throughJson(next))).toBe(plan)
    }),
    { numRuns: 20 },
  )
})

test('the outline and the worker’s plan follow edits as if they were made anew', () => {
  fc.assert(
    fc.property(fc.array(someEdit, { minLength: 1, maxLength: 8 }), edits => {
      let outline = outlineOf(start)
      let there: Plan | undefined = start
      let here: Plan = start
      for (const plan of history(edits)) {
        outline = outlineOf(plan, outline)
        expect(spelled(outline)).toEqual(spelled(outlineOf(plan)))
        there = withDelta(there, structuredClone(deltaOf(here, plan)))
        here = plan
        expect(there).toEqual(plan)
      }
    }),
    { numRuns: 15 },
  )
})

test('an edit of a task leaves tree, links and rows of the outline the same arrays', () => {
  const outcome = applyEdits(start, [{ kind: 'task.set', id: ids[5] ?? '', patch: { name: '换名' } }])
  if (!outcome.ok) throw new Error(outcome.error.code)
  const before = outlineOf(start)
  const after = outlineOf(outcome.plan, before)
  expect(after.parent).toBe(before.parent)
  expect(after.linkFrom).toBe(before.linkFrom)
  expect(after.index).toBe(before.index)
})
