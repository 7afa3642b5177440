// Costs follow what is typed: rates, fixed costs, work and hands; undo gives back every figure as it was written.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, type PlanEdit } from './edit.ts'
import type { Assignment, Plan } from './plan.ts'
import { DAY, plan, task } from './testing/plan-maker.ts'

const crew = { id: 'crew', name: 'crew', kind: 'work', rates: [{ perHour: '50' }] } as const
const steel = { id: 'steel', name: 'steel', kind: 'material', unitLabel: 't', rates: [{ perHour: '3900.50' }] } as const
const assigned = (id: string, more: Partial<Assignment> = {}): Assignment => ({
  ...{ id, task: 'a', resource: 'crew', units: 2, work: 2 * 3 * DAY },
  ...more,
})
const of = (assignments: readonly Assignment[], more: Partial<Plan['tasks'][number]> = {}): Plan =>
  plan([task('a', 3, more), task('b', 2)], [], { resources: [crew, steel], assignments })
const after = (from: Plan, ...edits: PlanEdit[]) => {
  const outcome = applyEdits(from, edits)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  const back = applyEdits(outcome.plan, outcome.inverse)
  expect(back.ok && back.plan).toEqual(from)
  return outcome.plan
}
const costs = ({ tasks, assignments }: Plan) => [tasks[0]?.cost, ...assignments.map(({ cost }) => cost)]

describe('what is typed', () => {
  test('a rate prices the work of every assignment, a new rate prices it anew; the cost of the task follows', () => {
    const bare = { ...of([assigned('x')]), resources: [{ ...crew, rates: [] }] }
    const rated = after(bare, { kind: 'resource.set', id: 'crew', patch: { rates: [{ perHour: '50' }] } })
    // Two people, three days of eight hours.
    expect(costs(rated)).toEqual(['2400.00', '2400.00'])
    const dearer = after(rated, { kind: 'resource.set', id: 'crew', patch: { rates: [{ perHour: '62.5' }] } })
    expect(costs(dearer)).toEqual(['3000.00', '3000.00'])
  })

  test('longer work costs more, another pair of hands too, a fixed cost comes on top', () => {
    const priced = after(of([]), { kind: 'assignment.add', assignment: assigned('x') })
    expect(costs(priced)).toEqual(['2400.00', '2400.00'])
    expect(costs(after(priced, { kind: 'task.set', id: 'a', patch: { duration: 6 * DAY } }))).toEqual([
      '4800.00',
      '4800.00',
    ])
    const fixed = after(priced, { kind: 'task.set', id: 'a', patch: { fixedCost: '150.25' } })
    expect(costs(fixed)).toEqual(['2550.25', '2400.00'])
    expect(costs(after(fixed, { kind: 'assignment.remove', ids: ['x'] }))).toEqual(['150.25'])
    expect(costs(after(fixed, { kind: 'task.set', id: 'a', patch: { fixedCost: null } }))).toEqual([
      '2400.00',
      '2400.00',
    ])
  })

  test('a material is priced by its units, whatever the time', () => {
    const bought = after(of([]), {
      ...{ kind: 'assignment.add', assignment: { id: 's', task: 'a', resource: 'steel', units: 12.5 } },
    })
    expect(costs(bought)).toEqual(['48756.25', '48756.25'])
    expect(costs(after(bought, { kind: 'task.set', id: 'a', patch: { duration: DAY } }))).toEqual([
      '48756.25',
      '48756.25',
    ])
  })

  test('what a file knows of a cost is kept: the edit moves it by what it changed', () => {
    const imported = of([assigned('x', { cost: '2650.00' })], { cost: '9000', fixedCost: '6350' })
    expect(costs(after(imported, { kind: 'task.set', id: 'a', patch: { name: 'other' } }))).toEqual(['9000', '2650.00'])
    expect(costs(after(imported, { kind: 'task.set', id: 'a', patch: { fixedCost: '6000' } }))).toEqual([
      '8650.00',
      '2650.00',
    ])
    // Longer by a day: priced anew, and the task moves by the difference.
    expect(costs(after(imported, { kind: 'task.set', id: 'a', patch: { duration: 4 * DAY } }))).toEqual([
      '9550.00',
      '3200.00',
    ])
    const unrated = { ...imported, resources: [{ ...crew, rates: [] }] }
    expect(costs(after(unrated, { kind: 'task.set', id: 'a', patch: { duration: 4 * DAY } }))).toEqual([
      '9000',
      '2650.00',
    ])
  })

  test('a cost that is stated stays as stated', () => {
    const priced = of([assigned('x')], { cost: '100.00' })
    const edits: PlanEdit[] = [
      { kind: 'task.set', id: 'a', patch: { fixedCost: '7', cost: '500.00' } },
      { kind: 'assignment.set', id: 'x', patch: { units: 3, cost: '77.00' } },
    ]
    expect(costs(after(priced, ...edits))).toEqual(['500.00', '77.00'])
  })

  test('my undo takes back my part, and leaves what a colleague made of the same cost', () => {
    const start = of([assigned('x', { cost: '2400.00' })], { cost: '2400.00' })
    const mine = applyEdits(start, [{ kind: 'task.set', id: 'a', patch: { fixedCost: '100.00' } }])
    if (!mine.ok) throw new Error()
    const theirs = applyEdits(mine.plan, [{ kind: 'task.set', id: 'a', patch: { duration: 6 * DAY } }])
    if (!theirs.ok) throw new Error()
    const undone = applyEdits(theirs.plan, mine.inverse)
    expect(undone.ok && costs(undone.plan)).toEqual(['4800.00', '4800.00'])
  })
})

test('any edits of costs, hands, rates, tasks and assignments are taken back exactly', () => {
  const money = fc.constantFrom<string | null>('0', '12', '12.50', '1000.00', '0.005', null)
  const cost = fc.option(fc.constantFrom('10', '33.30', '500.00'), { nil: undefined })
  const edit: fc.Arbitrary<PlanEdit> = fc.oneof(
    fc.record({
      kind: fc.constant('task.set' as const),
      id: fc.constantFrom('a', 'b'),
      patch: fc.record({ fixedCost: money }),
    }),
    fc.record({
      ...{ kind: fc.constant('task.set' as const), id: fc.constantFrom('a', 'b') },
      patch: fc.record({ duration: fc.integer({ min: 1, max: 9 }).map(days => days * DAY) }),
    }),
    fc.record({
      ...{ kind: fc.constant('resource.set' as const), id: fc.constantFrom('crew', 'steel') },
      patch: fc.record({ rates: fc.constantFrom([], [{ perHour: '10' }], [{ perHour: '7.77', perUse: '5' }]) }),
    }),
    fc.record({
      ...{ kind: fc.constant('assignment.set' as const), id: fc.constantFrom('x', 's') },
      patch: fc.oneof(
        fc.record({ units: fc.integer({ min: 1, max: 4 }) }),
        fc.record({ task: fc.constantFrom('a', 'b') }),
      ),
    }),
    fc.constant<PlanEdit>({ kind: 'assignment.remove', ids: ['x'] }),
    fc.constant<PlanEdit>({ kind: 'resource.remove', ids: ['steel'] }),
    fc.constant<PlanEdit>({ kind: 'task.remove', ids: ['a'] }),
    fc.record({
      kind: fc.constant('assignment.add' as const),
      assignment: fc.constantFrom('a', 'b').map(id => ({ id: 'n', task: id, resource: 'crew', units: 1 })),
    }),
  )
  fc.assert(
    fc.property(cost, cost, cost, fc.array(edit, { maxLength: 5 }), (first, second, third, edits) => {
      const given = <K extends string>(key: K, value: string | undefined) =>
        value === undefined ? {} : { [key]: value }
      const start = of(
        [
          assigned('x', given('cost', first)),
          { id: 's', task: 'b', resource: 'steel', units: 2, ...given('cost', second) },
        ],
        { ...given('cost', third), ...given('fixedCost', first) },
      )
      let now = start
      const taken: PlanEdit[][] = []
      for (const each of edits) {
        const outcome = applyEdits(now, [each])
        if (!outcome.ok) continue
        taken.push(outcome.inverse)
        now = outcome.plan
      }
      for (const inverse of taken.reverse()) {
        const outcome = applyEdits(now, inverse)
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
        now = outcome.plan
      }
      expect(now).toEqual(start)
    }),
    { numRuns: 500, seed: 20261122 },
  )
})
