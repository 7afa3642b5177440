// Levelling several plans over shared people: the weightier project first, nobody in two places, other plans left alone.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, compute } from '../../schedule/index.ts'
import type { Plan, Task } from '../../schedule/plan.ts'
import { at, link, plan, task } from '../../schedule/testing/plan-maker.ts'
import { randomPlan } from '../testing/random-plan.ts'
import { acceptLevelling, isChoice } from './accept.ts'
import { type LevelledPlans, type LevelPlansOptions, levelPlans, type ProjectPlan } from './level-plans.ts'
import { type SharedResource, sharedOverloads } from './shared.ts'

const fixed = (id: string, days: number, more: Partial<Task> = {}): Task =>
  task(id, days, { effort: 'fixed_duration', ...more })

/** A plan whose tasks one welder does, `li` in each plan under an id of its own. */
const welding = (name: string, days: readonly number[], more: Partial<Task> = {}): Plan =>
  plan(
    days.map((each, i) => fixed(`${name}${i}`, each, more)),
    [],
    {
      resources: [{ id: `li of ${name}`, name: '李焊工', kind: 'work', maxUnits: 1 }],
      assignments: days.map((_, i) => ({
        id: `${name}a${i}`,
        task: `${name}${i}`,
        resource: `li of ${name}`,
        units: 1,
      })),
    },
  )
const li = (...names: string[]): SharedResource => ({
  id: 'li',
  members: names.map(project => ({ project, resource: `li of ${project}` })),
})
const project = (id: string, days: readonly number[], more: Partial<ProjectPlan> = {}): ProjectPlan => ({
  id,
  plan: welding(id, days),
  weight: 1,
  ...more,
})

function levelled(
  projects: readonly ProjectPlan[],
  shared: readonly SharedResource[],
  options: Partial<LevelPlansOptions> = {},
): LevelledPlans {
  const outcome = levelPlans(projects, shared, { budget: { schedules: 60 }, ...options })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.levelled
}
const finishOf = (result: LevelledPlans, id: string) =>
  result.projects.find(each => each.id === id)?.levelled.schedule.finish

describe('two projects that want the one welder in the same week', () => {
  test('the one that would be late goes first; equally late, the weightier one', () => {
    const due = at('2024-03-06T17:00')
    const byDue = levelled([project('A', [3]), project('B', [3], { due })], [li('A', 'B')])
    expect(finishOf(byDue, 'B')).toBe(due)
    expect(finishOf(byDue, 'A')).toBe(at('2024-03-11T17:00'))
    expect([byDue.before.overloads.length, byDue.after.overloads.length]).toEqual([1, 0])
    expect([byDue.after.tardiness, byDue.tardinessBound]).toEqual([0, 0])
    const byWeight = levelled(
      [project('A', [3], { due, weight: 5 }), project('B', [3], { due, weight: 1 })],
      [li('A', 'B')],
    )
    expect(finishOf(byWeight, 'A')).toBe(due)
    expect(byWeight.after.tardiness).toBe(5 * 1440)
  })

  test('a difference names the other project that holds him', () => {
    const result = levelled(
      [project('A', [3], { weight: 9, due: at('2024-03-06T17:00') }), project('B', [2])],
      [li('A', 'B')],
    )
    const [moved] = result.projects.flatMap(each => each.levelled.differences)
    expect(moved).toMatchObject({
      task: 'B0',
      moved: 3 * 480,
      reason: {
        code: 'levelling.waits_for_resource',
        resource: 'li of B',
        holders: [],
        elsewhere: [{ project: 'A', task: 'A0' }],
      },
    })
  })

  test('what may not be moved keeps its place, and its load counts', () => {
    const result = levelled(
      [project('A', [3], { stays: true }), project('B', [2], { due: at('2024-03-05T17:00') })],
      [li('A', 'B')],
    )
    expect(result.projects.map(each => each.id)).toEqual(['B'])
    expect(finishOf(result, 'B')).toBe(at('2024-03-08T17:00'))
    expect(result.after.overloads).toEqual([])
    expect(result.projects[0]?.levelled.differences[0]?.reason).toMatchObject({
      elsewhere: [{ project: 'A', task: 'A0' }],
    })
  })

  test('who is half a person to one plan and whole to another is one person in all', () => {
    const half = project('A', [4])
    const resources = half.plan.resources.map(each => ({ ...each, maxUnits: 0.5 }))
    const assignments = half.plan.assignments.map(each => ({ ...each, units: 0.5 }))
    const twice = project('B', [2, 2])
    const result = levelled([{ ...half, plan: { ...half.plan, resources, assignments } }, twice], [li('A', 'B')])
    expect(result.after.overloads).toEqual([])
    // Four days of half of him and four of all of him do not overlap.
    expect(result.after.finish).toBe(at('2024-03-13T17:00'))
  })

  test('not shared, both work at once', () => {
    const result = levelled([project('A', [3]), project('B', [3])], [])
    expect(result.projects.every(each => each.levelled.differences.length === 0)).toBe(true)
    expect(result).toMatchObject({ proved: true, schedules: 1 })
  })

  test('within slack no project ends later, and what is left is said', () => {
    const long = (id: string): ProjectPlan => {
      const { plan: bare, ...rest } = project(id, [3])
      return { ...rest, plan: { ...bare, tasks: [...bare.tasks, fixed(`${id}long`, 5)] } }
    }
    const result = levelled([long('A'), long('B')], [li('A', 'B')], { withinSlack: true })
    expect(result.projects.map(each => each.levelled.finish - each.levelled.finishBefore)).toEqual([0, 0])
    expect(result.after.overloads).toHaveLength(1)
    expect(result.proved).toBe(false)
  })

  test('a plan that cannot be computed is named', () => {
    const broken = project('B', [1, 1])
    const looped = plan(broken.plan.tasks, [link('B0 FS B1'), link('B1 FS B0')])
    const projects = [project('A', [1]), { ...broken, plan: looped }]
    const outcome = levelPlans(projects, [li('A', 'B')], { budget: { schedules: 5 } })
    expect(outcome).toMatchObject({ ok: false, project: 'B', error: { code: 'schedule.cycle' } })
  })
})

/** Two or three random plans; resource 0 of each is one person, resource 1 of the first two. */
const companies = fc.tuple(
  fc.array(randomPlan, { minLength: 2, maxLength: 3 }),
  fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
)

test('any company: nobody is asked for twice unless a task that may not move is part of it; delays alone give the dates; accepting all levels, accepting nothing changes nothing', () => {
  fc.assert(
    fc.property(companies, fc.nat(99), fc.nat(3), ([plans, weights], seed, staying) => {
      const projects = plans.map(
        (each, k): ProjectPlan => ({
          id: `p${k}`,
          plan: each,
          weight: 1 + (weights[k] ?? 0),
          due: at('2024-03-08T17:00'),
          stays: k === staying,
        }),
      )
      const shared: SharedResource[] = [
        { id: 's0', members: projects.map(({ id }) => ({ project: id, resource: 'r0' })) },
        { id: 's1', members: projects.slice(0, 2).map(({ id }) => ({ project: id, resource: 'r1' })) },
      ]
      const result = levelled(projects, shared, { budget: { schedules: 10 }, seed })
      const may = new Set(
        projects.flatMap(({ id, plan: { tasks }, stays }) =>
          stays
            ? []
            : tasks.flatMap(t => (t.priority !== 1000 && t.actualStart === undefined ? [`${id}/${t.id}`] : [])),
        ),
      )
      for (const overload of result.after.overloads)
        expect(overload.tasks.some(each => !may.has(`${each.project}/${each.task}`))).toBe(true)
      expect(result.after.tardiness).toBeGreaterThanOrEqual(result.tardinessBound)
      expect(result.after.finish).toBeGreaterThanOrEqual(result.finishBound)
      const dated = projects.map(({ id, plan: given }) => {
        const own = result.projects.find(each => each.id === id)?.levelled
        if (!own) return { id, plan: given, dates: dates(given) }
        const choices = own.differences.filter(each => isChoice(given, each)).map(each => each.task)
        const outcome = acceptLevelling(given, own, new Set(choices))
        if (!outcome.ok) throw new Error(outcome.error.code)
        expect(outcome.accepted.schedule.tasks.map(t => [t.start, t.finish])).toEqual(
          (choices.length > 0 ? own.schedule : own.current).tasks.map(t => [t.start, t.finish]),
        )
        const applied = applyEdits(given, outcome.accepted.edits)
        if (!applied.ok) throw new Error(applied.error.code)
        return { id, plan: applied.plan, dates: dates(applied.plan) }
      })
      expect(sharedOverloads(dated, shared)).toEqual(result.after.overloads)
      const again = levelled(projects, shared, { budget: { schedules: 10 }, seed })
      expect(again.projects.map(each => each.levelled.delays)).toEqual(
        result.projects.map(each => each.levelled.delays),
      )
    }),
    { numRuns: 40 },
  )
})

function dates(value: Plan) {
  const outcome = compute(value)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.schedule.tasks
}
