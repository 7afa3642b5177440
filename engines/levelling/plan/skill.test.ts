// A plan asks for a welder and levelling says which: whoever has the skill, is there, and lets the work end first.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../schedule/edit.ts'
import { compute } from '../../schedule/index.ts'
import type { Assignment, Plan, Resource } from '../../schedule/plan.ts'
import { at, office, plan, standard, task } from '../../schedule/testing/plan-maker.ts'
import { randomPlan } from '../testing/random-plan.ts'
import { acceptLevelling, isChoice } from './accept.ts'
import { type LevelledPlan, levelPlan } from './level-plan.ts'
import { skillsOf } from './skill.ts'

const welder: Resource = { id: 'welder', name: '焊工', kind: 'work', generic: true }
const person = (id: string, group: string, more: Partial<Resource> = {}): Resource => ({
  ...{ id, name: id, kind: 'work', maxUnits: 1, group },
  ...more,
})
const asks = (...tasks: string[]): Assignment[] =>
  tasks.map(id => ({ id: `of ${id}`, task: id, resource: 'welder', units: 1 }))

function levelled(input: Plan, seed = 1): LevelledPlan {
  const outcome = levelPlan(input, { budget: { schedules: 30 }, seed })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.levelled
}
const whoDoes = (result: LevelledPlan) =>
  Object.fromEntries(result.plan.assignments.map(each => [each.task, each.resource]))

test('words of a group are skills, parted by commas of either language', () => {
  expect(skillsOf(person('li', '焊工、 电工, 起重工，'))).toEqual(['焊工', '电工', '起重工'])
  expect(skillsOf({ id: 'x', name: 'x', kind: 'work' })).toEqual([])
})

describe('two welds in one week', () => {
  const tasks = [task('A', 3), task('B', 3)]

  test('two welders take one each, the one with no other trade first', () => {
    const resources = [welder, person('li', '焊工、电工'), person('wang', '焊工')]
    const one = levelled(plan([task('A', 3)], [], { resources, assignments: asks('A') }))
    expect(whoDoes(one)).toEqual({ A: 'wang' })
    const both = levelled(plan(tasks, [], { resources, assignments: asks('A', 'B') }))
    expect(new Set(Object.values(whoDoes(both)))).toEqual(new Set(['li', 'wang']))
    expect([both.finish, both.unresolved]).toEqual([both.finishBefore, []])
    expect(both.differences.map(each => each.reason.code)).toEqual(['levelling.assigned', 'levelling.assigned'])
  })

  test('one welder does one after the other; who waits says for whom', () => {
    const resources = [welder, person('wang', '焊工'), person('zhao', '木工')]
    const result = levelled(plan(tasks, [], { resources, assignments: asks('A', 'B') }))
    expect(whoDoes(result)).toEqual({ A: 'wang', B: 'wang' })
    const waits = result.differences.find(each => each.moved > 0)
    expect(waits?.reason).toMatchObject({ code: 'levelling.waits_for_resource', resource: 'wang' })
  })

  test('who is away until Thursday is not asked while another is there; calendars of each count', () => {
    const away = [{ to: at('2024-03-07T00:00'), units: 0 }]
    const resources = [welder, person('li', '焊工', { availability: away }), person('wang', '焊工')]
    expect(whoDoes(levelled(plan([task('A', 2)], [], { resources, assignments: asks('A') })))).toEqual({ A: 'wang' })
    // Six days on a six-day week end on Saturday, on the usual one on Monday.
    const six = { ...standard, id: 'six', week: [[], office, office, office, office, office, office] }
    const calendars = [standard, six]
    const crews = [welder, person('li', '焊工'), person('wang', '焊工', { calendar: 'six' })]
    const result = levelled(plan([task('A', 6)], [], { resources: crews, assignments: asks('A'), calendars }))
    expect(whoDoes(result)).toEqual({ A: 'wang' })
    expect(result.finish).toBe(at('2024-03-09T17:00'))
    expect(result.lowerBound).toBeLessThanOrEqual(result.finish)
  })

  test('a skill that nobody has is a resource of its own, as ever', () => {
    const result = levelled(
      plan(tasks, [], { resources: [welder, person('zhao', '木工')], assignments: asks('A', 'B') }),
    )
    expect(whoDoes(result)).toEqual({ A: 'welder', B: 'welder' })
    expect(result.differences).toHaveLength(1)
  })

  test('a task that needs two welders gets two people', () => {
    const resources = [welder, { ...welder, id: 'second' }, person('li', '焊工'), person('wang', '焊工')]
    const assignments = [...asks('A'), { id: 'again', task: 'A', resource: 'second', units: 1 }]
    const result = levelled(plan([task('A', 3)], [], { resources, assignments }))
    expect(new Set(result.plan.assignments.map(each => each.resource))).toEqual(new Set(['li', 'wang']))
  })
})

/** Any plan in which resource 2 is a trade that the people behind 0 and 1 have, or only one of them. */
const skilled = fc.tuple(randomPlan, fc.constantFrom('both', 'one')).map(
  ([input, who]): Plan => ({
    ...input,
    resources: input.resources.map((each, k) =>
      k === 2
        ? { ...each, generic: true, name: '焊工' }
        : k === 0 || who === 'both'
          ? { ...each, group: '焊工' }
          : each,
    ),
  }),
)

test('any plan: who is chosen has the skill, nobody is overloaded by a task that may move, accepting all gives the levelled dates, and undo the plan', () => {
  fc.assert(
    fc.property(skilled, fc.nat(99), (input, seed) => {
      const result = levelled(input, seed)
      const able = new Set(input.resources.flatMap(each => (each.group === undefined ? [] : [each.id])))
      const may = new Map(input.tasks.map(t => [t.id, t.priority !== 1000 && t.actualStart === undefined]))
      for (const each of result.plan.assignments) {
        const was = input.assignments.find(other => other.id === each.id)
        if (was?.resource !== each.resource) expect(able.has(each.resource)).toBe(true)
        // Movable work is named.
        if (each.resource === 'r2' && may.get(each.task)) {
          const length = input.tasks.find(t => t.id === each.task)?.duration
          expect(length).toBe(0)
        }
      }
      for (const overload of result.unresolved) expect(overload.tasks.some(id => !may.get(id))).toBe(true)
      const choices = result.differences.filter(each => isChoice(input, each)).map(each => each.task)
      const outcome = acceptLevelling(input, result, new Set(choices))
      if (!outcome.ok) throw new Error(outcome.error.code)
      if (choices.length > 0)
        expect(outcome.accepted.schedule.tasks.map(t => [t.start, t.finish])).toEqual(
          result.schedule.tasks.map(t => [t.start, t.finish]),
        )
      const applied = applyEdits(input, outcome.accepted.edits)
      if (!applied.ok) throw new Error(applied.error.code)
      const again = compute(applied.plan)
      expect(again.ok && again.schedule.finish).toBe(outcome.accepted.schedule.finish)
      const undone = applyEdits(applied.plan, applied.inverse)
      expect(undone.ok && undone.plan).toEqual(input)
    }),
    { numRuns: 80 },
  )
})
