// Levelling real plans: no overload is left that a delay can resolve, what must stay stays, and every change says why.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compute } from '../../schedule/index.ts'
import type { Assignment, Plan, Resource, Task } from '../../schedule/plan.ts'
import { at, DAY, link, office, plan, standard, task } from '../../schedule/testing/plan-maker.ts'
import { randomPlan } from '../testing/random-plan.ts'
import { type LevelledPlan, type LevelPlanOptions, levelPlan } from './level-plan.ts'
import { overloads } from './overload.ts'

const crane: Resource = { id: 'crane', name: '塔吊 1', kind: 'work', maxUnits: 1 }

/** `A:crane`, `B:crew*2` */
const assign = (...texts: string[]): Assignment[] =>
  texts.map((text, i) => {
    const [of = '', units = '1'] = text.split('*')
    const [id = '', resource = ''] = of.split(':')
    return { id: `a${i}`, task: id, resource, units: Number(units) }
  })

const fixed = (id: string, days: number, more: Partial<Task> = {}): Task =>
  task(id, days, { effort: 'fixed_duration', ...more })

function levelled(input: Plan, options: Partial<LevelPlanOptions> = {}): LevelledPlan {
  const outcome = levelPlan(input, { budget: { schedules: 60 }, ...options })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.levelled
}

const startOf = (result: LevelledPlan, id: string): number => result.schedule.tasks.find(t => t.id === id)!.start

describe('two tasks that need the one crane', () => {
  const input = plan([fixed('A', 2), fixed('B', 3), fixed('C', 1), fixed('free', 4)], [link('B FS C')], {
    resources: [crane],
    assignments: assign('A:crane', 'B:crane'),
  })

  test('follow each other, the one with more behind it first, and the plan ends as early as it can', () => {
    const result = levelled(input)
    expect([startOf(result, 'B'), startOf(result, 'A')]).toEqual([at('2024-03-04T08:00'), at('2024-03-07T08:00')])
    expect(result.finish).toBe(at('2024-03-08T17:00'))
    expect(result.overloadsBefore).toHaveLength(1)
    expect(result.unresolved).toEqual([])
  })

  test('the difference says who waits for what, until when and behind whom', () => {
    const result = levelled(input)
    expect(result.differences).toEqual([
      {
        task: 'A',
        startBefore: at('2024-03-04T08:00'),
        startAfter: at('2024-03-07T08:00'),
        finishBefore: at('2024-03-05T17:00'),
        finishAfter: at('2024-03-08T17:00'),
        moved: 3 * DAY,
        delay: result.delays.get('A'),
        reason: {
          code: 'levelling.waits_for_resource',
          resource: 'crane',
          from: at('2024-03-04T08:00'),
          until: at('2024-03-06T17:00'),
          holders: ['B'],
        },
      },
    ])
  })

  test('a follower says whom it follows', () => {
    const chained = plan([fixed('A', 2), fixed('B', 3), fixed('C', 1), fixed('D', 9)], [link('A FS C')], {
      resources: [crane],
      assignments: assign('A:crane', 'B:crane'),
    })
    const later = { ...chained, tasks: chained.tasks.map(t => (t.id === 'B' ? { ...t, priority: 1000 } : t)) }
    const result = levelled(later)
    expect(startOf(result, 'B')).toBe(at('2024-03-04T08:00'))
    expect(result.differences.map(d => [d.task, d.reason])).toEqual([
      ['A', expect.objectContaining({ code: 'levelling.waits_for_resource', holders: ['B'] })],
      ['C', { code: 'levelling.follows', link: 'link1', predecessor: 'A' }],
    ])
  })

  test('within slack the finish stays; what does not fit is reported', () => {
    const loose = levelled(input, { withinSlack: true })
    // A has two days of float (the other four-day task ends the plan); it needs three.
    expect(loose.finish).toBe(loose.finishBefore)
    expect(loose.unresolved.length).toBeGreaterThan(0)
    const roomy = plan([fixed('A', 2), fixed('B', 3), fixed('free', 6)], [], {
      resources: [crane],
      assignments: assign('A:crane', 'B:crane'),
    })
    const result = levelled(roomy, { withinSlack: true })
    expect([result.finish, result.unresolved]).toEqual([result.finishBefore, []])
  })

  test('two cranes resolve it without moving anything', () => {
    const result = levelled({ ...input, resources: [{ ...crane, maxUnits: 2 }] })
    expect([result.differences, result.unresolved, result.finish]).toEqual([[], [], result.finishBefore])
  })
})

describe('what must stay, stays', () => {
  test.each([
    ['a task in progress', { actualStart: at('2024-03-04T08:00'), percentComplete: 10 }],
    ['a manual task', { manual: true, manualStart: at('2024-03-04T08:00'), manualFinish: at('2024-03-05T17:00') }],
    ['a task that must start on a day', { constraint: { type: 'must_start_on' as const, at: at('2024-03-04T08:00') } }],
    ['a task of priority 1000', { priority: 1000 }],
  ])('%s', (_, more) => {
    const input = plan([fixed('A', 2, more), fixed('B', 3), fixed('C', 9)], [link('B FS C')], {
      resources: [crane],
      assignments: assign('A:crane', 'B:crane'),
    })
    const result = levelled(input)
    expect(startOf(result, 'A')).toBe(at('2024-03-04T08:00'))
    expect(startOf(result, 'B')).toBe(at('2024-03-06T08:00'))
    expect(result.unresolved).toEqual([])
  })

  test('what needs more than there ever is stays and is reported', () => {
    const result = levelled(plan([fixed('A', 2)], [], { resources: [crane], assignments: assign('A:crane*2') }))
    expect(result.differences).toEqual([])
    expect(result.unresolved).toMatchObject([{ resource: 'crane', used: 2, capacity: 1, tasks: ['A'] }])
  })

  test('a deadline constraint that must be honoured is not broken', () => {
    const held = { type: 'start_no_later_than' as const, at: at('2024-03-04T08:00') }
    const input = plan([fixed('A', 2, { constraint: held }), fixed('B', 3, { constraint: held })], [], {
      resources: [crane],
      assignments: assign('A:crane', 'B:crane'),
    })
    const result = levelled(input)
    expect(result.finish).toBe(result.finishBefore)
    expect(result.unresolved).toHaveLength(1)
  })
})

test('a crane that comes on Wednesday is waited for, over a calendar of its own', () => {
  const late: Resource = { ...crane, availability: [{ to: at('2024-03-06T00:00'), units: 0 }] }
  const six = { ...standard, id: 'six', week: [[], office, office, office, office, office, office] }
  const result = levelled(
    plan([fixed('A', 2), fixed('B', 2, { calendar: 'six' })], [], {
      resources: [late],
      assignments: assign('A:crane', 'B:crane'),
      calendars: [standard, six],
    }),
  )
  expect(Math.min(startOf(result, 'A'), startOf(result, 'B'))).toBe(at('2024-03-06T08:00'))
  expect(result.unresolved).toEqual([])
  // The task of the six-day week goes last: it ends on Saturday, the other would on Monday.
  expect(result.finish).toBe(at('2024-03-09T17:00'))
})

test('published starts are kept when the plan ends no later', () => {
  const input = plan([fixed('A', 2), fixed('B', 2), fixed('end', 8)], [], {
    resources: [crane],
    assignments: assign('A:crane', 'B:crane'),
  })
  const promise = (first: string, second: string) =>
    levelled(input, {
      published: new Map([
        [first, at('2024-03-04T08:00')],
        [second, at('2024-03-06T08:00')],
      ]),
    })
  expect(startOf(promise('A', 'B'), 'A')).toBe(at('2024-03-04T08:00'))
  expect(startOf(promise('B', 'A'), 'B')).toBe(at('2024-03-04T08:00'))
})

describe('a published plan that something has happened to', () => {
  const lifts = ['A', 'B', 'C', 'D'].map(id => fixed(id, 2))
  const input = plan(lifts, [], { resources: [crane], assignments: assign('A:crane', 'B:crane', 'C:crane', 'D:crane') })
  const publishedOf = ({ schedule }: LevelledPlan) => new Map(schedule.tasks.map(each => [each.id, each.start]))
  const before = levelled(input)
  const published = publishedOf(before)

  test('gets a new lift that fits before the others: it goes last instead, and no published start moves', () => {
    const more: Plan = {
      ...before.plan,
      tasks: [fixed('new', 1, { priority: 900 }), ...before.plan.tasks],
      assignments: [...input.assignments, { id: 'an', task: 'new', resource: 'crane', units: 1 }],
    }
    const kept = levelled(more, { published })
    expect(kept.unresolved).toEqual([])
    expect(kept.disruption?.after).toEqual({ published: 4, moved: 0, minutes: 0 })
    expect(kept.differences.map(each => each.task)).toEqual(['new'])
  })

  test('loses a lift: the others stay where people expect them and say so', () => {
    const gone = input.assignments.filter(each => each.task !== 'A')
    const rest = levelled({ ...input, assignments: gone }, { published })
    expect(rest.disruption?.after.moved).toBe(0)
    expect(rest.disruption?.before.moved).toBe(3)
    expect(new Set(rest.differences.map(each => each.reason.code))).toEqual(new Set(['levelling.published']))
    // Levelled without the promise they would all move up.
    expect(levelled({ ...input, assignments: gone }).finish).toBeLessThan(rest.finish)
  })

  test('any plan: levelled again against its own publication, nothing moves', () => {
    fc.assert(
      fc.property(randomPlan, fc.nat(99), (random, seed) => {
        const first = levelled(random, { budget: { schedules: 12 }, seed })
        fc.pre(first.unresolved.length === 0)
        const again = levelled(first.plan, { budget: { schedules: 12 }, seed: seed + 1, published: publishedOf(first) })
        expect(again.disruption?.after.moved).toBe(0)
        expect(again.differences).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

test('any plan: other names change nothing, and more of a resource never raises the bound', () => {
  fc.assert(
    fc.property(randomPlan, fc.nat(2), (input, which) => {
      const result = levelled(input, { budget: { schedules: 12 } })
      const other = (id: string) => `x${id}`
      const renamed: Plan = {
        ...input,
        tasks: input.tasks.map(t => ({ ...t, id: other(t.id), name: '别名' })),
        links: input.links.map(l => ({ ...l, from: other(l.from), to: other(l.to) })),
        resources: input.resources.map(r => ({ ...r, id: other(r.id), name: '别名' })),
        assignments: input.assignments.map(a => ({ ...a, task: other(a.task), resource: other(a.resource) })),
      }
      const again = levelled(renamed, { budget: { schedules: 12 } })
      expect([...again.delays]).toEqual([...result.delays].map(([id, delay]) => [other(id), delay]))
      expect([again.finish, again.lowerBound]).toEqual([result.finish, result.lowerBound])
      const resources = input.resources.map((r, k) => (k === which ? { ...r, maxUnits: (r.maxUnits ?? 1) + 1 } : r))
      const wider = levelled({ ...input, resources }, { budget: { schedules: 12 } })
      if (result.unresolved.length === 0 && wider.unresolved.length === 0)
        expect(wider.lowerBound).toBeLessThanOrEqual(result.lowerBound)
    }),
    { numRuns: 60 },
  )
})

test('a plan scheduled from its finish is refused', () => {
  const input = plan([fixed('A', 2)], [], {})
  const outcome = levelPlan(
    { ...input, options: { ...input.options, scheduleFrom: 'finish', finish: at('2024-04-01T17:00') } },
    { budget: { schedules: 5 } },
  )
  expect(outcome).toEqual({ ok: false, error: { code: 'levelling.from_finish' } })
})

test('any plan: no overload is left without a task that may not move, the delays alone give the dates, the same seed the same plan', () => {
  fc.assert(
    fc.property(randomPlan, fc.nat(99), (input, seed) => {
      const result = levelled(input, { budget: { schedules: 12 }, seed })
      const again = compute(result.plan, input.mode)
      if (!again.ok) throw new Error(again.error.code)
      expect(again.schedule).toEqual(result.schedule)
      const may = new Map(input.tasks.map(t => [t.id, t.priority !== 1000 && t.actualStart === undefined]))
      // One that may not move can be tied to its predecessor by a lead, and no delay of either parts them.
      for (const overload of overloads(result.plan, again.schedule.tasks))
        expect(overload.tasks.some(id => !may.get(id))).toBe(true)
      expect(result.delays).toEqual(levelled(input, { budget: { schedules: 12 }, seed }).delays)
      // Each row of the difference is what the two schedules show, and nothing that moved is missing.
      const before = new Map(result.unlevelled.tasks.map(t => [t.id, t]))
      const moved = again.schedule.tasks.filter(
        t => t.start !== before.get(t.id)!.start || t.finish !== before.get(t.id)!.finish,
      )
      expect(result.differences.map(d => d.task)).toEqual(moved.map(t => t.id))
      if (result.overloadsBefore.length === 0) expect(result.differences).toEqual([])
      const slack = levelled(input, { budget: { schedules: 12 }, seed, withinSlack: true })
      expect(slack.finish).toBe(slack.finishBefore)
    }),
    { numRuns: 150 },
  )
})
