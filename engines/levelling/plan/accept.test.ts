// Accepting levelling whole or in part: only what was chosen moves, and its consequence is known before anything is written.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../../schedule/edit.ts'
import { compute, type Plan, type Schedule } from '../../schedule/index.ts'
import { at, link, plan, task } from '../../schedule/testing/plan-maker.ts'
import { randomPlan } from '../testing/random-plan.ts'
import { type AcceptedLevelling, acceptLevelling, clearLevelling, isChoice } from './accept.ts'
import { type LevelledPlan, levelPlan, levelPlanSteps } from './level-plan.ts'

function levelled(input: Plan, seed = 1): LevelledPlan {
  const outcome = levelPlan(input, { budget: { schedules: 20 }, seed })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.levelled
}
function accepted(input: Plan, proposal: LevelledPlan, tasks: Iterable<string>): AcceptedLevelling {
  const outcome = acceptLevelling(input, proposal, new Set(tasks))
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.accepted
}
const starts = ({ tasks }: Schedule) => Object.fromEntries(tasks.map(each => [each.id, each.start]))
const dates = ({ tasks }: Schedule) => tasks.map(each => [each.id, each.start, each.finish])
const scheduleOf = (input: Plan): Schedule => {
  const outcome = compute(input)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.schedule
}

/** Three pours want the one pump at once; the third is tied to the second. */
const pours = plan([task('A', 2), task('B', 3), task('C', 1), task('long', 12)], [link('B FS C')], {
  resources: [{ id: 'pump', name: '泵车', kind: 'work', maxUnits: 1 }],
  assignments: ['A', 'B', 'C'].map(id => ({ id: `of${id}`, task: id, resource: 'pump', units: 1 })),
})

test('a part of the moves: the chosen task starts as proposed, the rest stays, what is still overloaded is said', () => {
  const crowded = { ...pours, tasks: [...pours.tasks, task('D', 2)] }
  const input = {
    ...crowded,
    assignments: [...crowded.assignments, { id: 'ofD', task: 'D', resource: 'pump', units: 1 }],
  }
  const proposal = levelled(input)
  const [one] = proposal.differences.filter(each => isChoice(input, each))
  if (!one) throw new Error('nothing to accept')
  const part = accepted(input, proposal, [one.task])
  expect(part.edits).toHaveLength(1)
  expect(starts(part.schedule)[one.task]).toBe(one.startAfter)
  expect(part.overloads.length).toBeGreaterThan(0)
  const none = accepted(input, proposal, [])
  expect([none.edits, dates(none.schedule)]).toEqual([[], dates(proposal.current)])
})

test('a delay that is no longer needed is released, and the task says so', () => {
  const delayed = {
    ...pours,
    tasks: pours.tasks.map(each => (each.id === 'C' ? { ...each, levelingDelay: 14_400 } : each)),
  }
  const roomy = { ...delayed, resources: [{ id: 'pump', name: '泵车', kind: 'work' as const, maxUnits: 2 }] }
  const proposal = levelled(roomy)
  expect(proposal.differences.map(each => [each.task, each.reason.code])).toEqual([['C', 'levelling.released']])
  const all = accepted(roomy, proposal, ['C'])
  expect(all.edits).toEqual([{ kind: 'task.set', id: 'C', patch: { levelingDelay: null } }])
  expect(starts(all.schedule).C).toBe(at('2024-03-07T08:00'))
  expect(clearLevelling(roomy)).toEqual(all.edits)
})

test('any plan, levelled before or not: accepting all gives the levelled dates, none changes nothing, the edits undo', () => {
  fc.assert(
    fc.property(randomPlan, fc.nat(99), fc.infiniteStream(fc.boolean()), (first, seed, coin) => {
      // Levelled once by another seed, so that tasks have delays to keep, to change and to lose.
      const input = seed % 2 === 0 ? first : levelled(first, seed + 1).plan
      const proposal = levelled(input, seed)
      const choices = proposal.differences.filter(each => isChoice(input, each)).map(each => each.task)
      const all = accepted(input, proposal, choices)
      if (choices.length > 0) expect(dates(all.schedule)).toEqual(dates(proposal.schedule))
      else expect(dates(all.schedule)).toEqual(dates(proposal.current))
      expect(dates(scheduleOf(all.plan))).toEqual(dates(all.schedule))
      expect(accepted(input, proposal, []).edits).toEqual([])
      const some = choices.filter(() => coin.next().value)
      const part = accepted(input, proposal, some)
      const proposed = new Map(proposal.differences.map(each => [each.task, each.startAfter]))
      const now = starts(part.schedule)
      for (const id of some) expect(now[id]).toBeGreaterThanOrEqual(proposed.get(id) ?? 0)
      const applied = applyEdits(input, part.edits)
      if (!applied.ok) throw new Error(applied.error.code)
      expect(dates(scheduleOf(applied.plan))).toEqual(dates(part.schedule))
      const undone = applyEdits(applied.plan, applied.inverse)
      if (!undone.ok) throw new Error(undone.error.code)
      expect(undone.plan).toEqual(input)
    }),
    { numRuns: 200 },
  )
})

test('told to stop, the search ends with the best so far', () => {
  const steps = levelPlanSteps(pours, { budget: { schedules: 1_000_000 } })
  expect(steps.next().value).toMatchObject({ schedules: 1 })
  const last = steps.next(true)
  expect(last).toMatchObject({ done: true, value: { ok: true, levelled: { cancelled: true, unresolved: [] } } })
})
