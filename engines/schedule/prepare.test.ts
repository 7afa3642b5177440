// A plan kept compiled: whatever is edited, in whatever order, its dates and reasons are those of a whole computation.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AppliedEdits,
  applyEdits,
  compute,
  type Link,
  type Plan,
  type PlanEdit,
  prepare,
  type Task,
} from './index.ts'
import { at, DAY, link, office, plan, standard, task } from './testing/plan-maker.ts'

const start = at('2024-03-04T08:00')
const six = { ...standard, id: 'six', name: 'Six days', week: [[], office, office, office, office, office, office] }
const night = {
  ...standard,
  id: 'night',
  name: 'Mornings',
  week: standard.week.map(day => (day ? day.slice(0, 1) : day)),
}
const calendars = [standard, six, night]
const date = fc.integer({ min: -5, max: 40 }).map(days => start + days * 1440)
const duration = fc.integer({ min: 0, max: 12 }).map(quarters => (quarters * DAY) / 4)
const calendar = fc.constantFrom('standard', 'six', 'night')
const NAMES = 9
const id = fc.nat(NAMES).map(n => `t${n}`)
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 3 })
const linkId = fc.nat(12).map(n => `l${n}`)
const resource = fc.constantFrom('r0', 'r1', 'r2')

const constraint: fc.Arbitrary<Task['constraint']> = fc.oneof(
  { arbitrary: fc.constant({ type: 'asap' as const }), weight: 4 },
  { arbitrary: fc.constant({ type: 'alap' as const }), weight: 1 },
  {
    arbitrary: fc.record({
      type: fc.constantFrom(
        'start_no_earlier_than',
        'start_no_later_than',
        'finish_no_earlier_than',
        'finish_no_later_than',
        'must_start_on',
        'must_finish_on',
        'start_on',
        'finish_on',
        'expected_finish',
      ),
      at: date,
    }),
    weight: 3,
  },
)
const lag: fc.Arbitrary<Link['lag']> = fc.oneof(
  fc.record({ kind: fc.constantFrom('working', 'elapsed'), minutes: fc.constantFrom(0, 0, DAY, -DAY / 2) }),
  fc.record({ kind: fc.constantFrom('percent', 'elapsed_percent'), percent: fc.constantFrom(50, -25) }),
)
const linkOf = (name: fc.Arbitrary<string>): fc.Arbitrary<Link> =>
  fc.record({ id: name, from: id, to: id, type: fc.constantFrom('FS', 'FS', 'SS', 'FF', 'SF'), lag })
const kind = fc.constantFrom<Task['kind']>(
  'task',
  'task',
  'task',
  'milestone',
  'resource_dependent',
  'level_of_effort',
  'start_milestone',
)

/** Any field of a task that dates follow from; each patch changes one thing. */
const taskPatch: fc.Arbitrary<Extract<PlanEdit, { kind: 'task.set' }>['patch']> = fc.oneof(
  fc.record({ duration }),
  fc.record({ constraint }),
  fc.record({ constraint }),
  fc.record({ constraint2: constraint }),
  fc.record({ deadline: fc.option(date) }),
  fc.record({ calendar: fc.option(calendar) }),
  fc.record({ kind }),
  fc.record({ inactive: fc.boolean() }),
  fc.record({ elapsed: fc.boolean() }),
  fc.record({ levelingDelay: fc.constantFrom(0, 1440) }),
  fc.record({ effort: fc.constantFrom('fixed_duration', 'fixed_units', 'fixed_work') }),
  fc.record({ ignoreResourceCalendar: fc.boolean() }),
  date.map(from => ({ manual: true, manualStart: from, manualFinish: from + 2 * 1440 })),
  fc.constant({ manual: null, manualStart: null, manualFinish: null }),
  date.map(from => ({ actualStart: from, percentComplete: 40, actualFinish: null })),
  date.map(from => ({ actualStart: from, actualFinish: from + 1440, percentComplete: 100 })),
  fc.constant({ actualStart: null, actualFinish: null, percentComplete: 0 }),
  fc.record({ name: fc.string({ maxLength: 3 }) }),
)
const optionsPatch: fc.Arbitrary<Extract<PlanEdit, { kind: 'options.set' }>['patch']> = fc.oneof(
  fc.record({ start: date }),
  fc.record({ statusDate: fc.option(date) }),
  fc.record({ calendar }),
  fc.record({ scheduleFrom: fc.constantFrom('start', 'finish'), finish: fc.option(date) }),
  fc.record({ honorConstraints: fc.boolean() }),
  fc.record({ multipleCriticalPaths: fc.boolean() }),
  fc.record({ splitsInProgressTasks: fc.boolean() }),
  fc.record({ criticalSlackLimit: fc.constantFrom(0, 480) }),
  fc.record({ lagCalendar: fc.constantFrom('predecessor', 'successor', 'project', '24h') }),
  fc.record({ progressMode: fc.constantFrom('retained_logic', 'progress_override', 'actual_dates') }),
  fc.record({ floatType: fc.constantFrom('start', 'finish', 'smallest') }),
  fc.record({ criticalBy: fc.constantFrom('float', 'longest_path') }),
)
const before = fc.option(id, { nil: undefined })
const place = fc.record({ parent: before, before }).map(({ parent, before: next }) => ({
  ...(parent === undefined ? {} : { parent }),
  ...(next === undefined ? {} : { before: next }),
}))
const edit: fc.Arbitrary<PlanEdit> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('task.set'), id, patch: taskPatch }), weight: 8 },
  { arbitrary: linkOf(linkId).map((item): PlanEdit => ({ kind: 'link.add', link: item })), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('link.set'), id: linkId, patch: fc.record({ lag }) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('link.remove'), ids: fc.tuple(linkId) }), weight: 2 },
  {
    arbitrary: fc.tuple(id, duration, place).map(
      ([name, minutes, { parent, ...rest }]): PlanEdit => ({
        kind: 'task.add',
        task: { ...task(name, 0, { duration: minutes }), ...(parent === undefined ? {} : { parent }) },
        ...rest,
      }),
    ),
    weight: 3,
  },
  { arbitrary: ids.map((list): PlanEdit => ({ kind: 'task.remove', ids: list.slice(0, 1) })), weight: 1 },
  {
    arbitrary: fc.tuple(ids, place).map(([list, where]): PlanEdit => ({ kind: 'task.move', ids: list, ...where })),
    weight: 2,
  },
  { arbitrary: ids.map((list): PlanEdit => ({ kind: 'task.indent', ids: list })), weight: 3 },
  { arbitrary: ids.map((list): PlanEdit => ({ kind: 'task.outdent', ids: list })), weight: 2 },
  {
    arbitrary: fc.tuple(id, resource, fc.constantFrom(1, 0.5, 2), fc.option(duration, { nil: undefined })).map(
      ([of, who, units, work]): PlanEdit => ({
        kind: 'assignment.add',
        assignment: { id: `${of}${who}`, task: of, resource: who, units, ...(work === undefined ? {} : { work }) },
      }),
    ),
    weight: 3,
  },
  {
    arbitrary: fc.tuple(id, resource, duration).map(
      ([of, who, work]): PlanEdit => ({
        kind: 'assignment.set',
        id: `${of}${who}`,
        patch: { work },
      }),
    ),
    weight: 2,
  },
  {
    arbitrary: fc
      .tuple(id, resource)
      .map(([of, who]): PlanEdit => ({ kind: 'assignment.remove', ids: [`${of}${who}`] })),
    weight: 1,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('resource.set'), id: resource, patch: fc.record({ calendar }) }),
    weight: 2,
  },
  { arbitrary: resource.map((name): PlanEdit => ({ kind: 'resource.remove', ids: [name] })), weight: 1 },
  {
    arbitrary: resource.map((name): PlanEdit => ({ kind: 'resource.add', resource: { id: name, name, kind: 'work' } })),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant('options.set'), patch: optionsPatch }), weight: 2 },
)
const empty = {
  ...plan(
    Array.from({ length: 6 }, (_, i) => task(`t${i}`, 1 + (i % 3))),
    [],
    { calendars },
  ),
  resources: [
    { id: 'r0', name: 'Crew', kind: 'work' as const },
    { id: 'r1', name: 'Crane', kind: 'work' as const, calendar: 'night' },
  ],
}

describe('a prepared plan', () => {
  test.each(['ms', 'p6'] as const)(
    'edited in any way has the dates and reasons of the whole computed anew: %s',
    mode => {
      let accepted = 0
      fc.assert(
        fc.property(fc.array(edit, { minLength: 10, maxLength: 40 }), edits => {
          let current: Plan = { ...empty, mode }
          const prepared = prepare(current)
          if (!prepared.ok) throw new Error(prepared.error.code)
          const { engine } = prepared
          const shown = new Map(current.tasks.map((item, i) => [item.id, engine.task(i)]))
          for (const item of edits) {
            const applied: AppliedEdits = applyEdits(current, [item])
            if (!applied.ok) continue
            const anew = compute(applied.plan)
            const outcome = engine.follow(applied.plan)
            if (!anew.ok || !outcome.ok) {
              expect(outcome).toEqual(anew)
              continue
            }
            accepted++
            current = applied.plan
            expect(engine.schedule()).toEqual(anew)
            // What it reports as changed is enough to keep a screen right.
            for (const row of outcome.changed()) shown.set(row.id, row)
            expect(current.tasks.map(row => shown.get(row.id))).toEqual(anew.schedule.tasks)
            const dates = engine.dates()
            expect([...dates.start]).toEqual(anew.schedule.tasks.map(row => row.start))
            expect([...dates.totalFloat]).toEqual(anew.schedule.tasks.map(row => row.totalFloat))
            expect([dates.projectStart, dates.projectFinish]).toEqual([anew.schedule.start, anew.schedule.finish])
          }
        }),
        { numRuns: 150 },
      )
      expect(accepted).toBeGreaterThan(800)
    },
  )

  test('refuses an edit that makes a cycle or leaves the calendar’s years, and stays as it was', () => {
    const first = plan([task('a', 1), task('b', 1)], [link('a FS b')])
    const prepared = prepare(first)
    if (!prepared.ok) throw new Error(prepared.error.code)
    const { engine } = prepared
    const before = engine.schedule()
    const back = { id: 'back', ...link('b FS a') }
    expect(engine.follow({ ...first, links: [...first.links, back] })).toEqual({
      ok: false,
      error: { code: 'schedule.cycle', tasks: ['a', 'b'] },
    })
    expect(engine.follow({ ...first, tasks: first.tasks.map(item => ({ ...item, duration: 1e9 })) }).ok).toBe(false)
    expect(engine.schedule()).toEqual(before)
    expect(engine.plan()).toBe(first)
  })

  test('reports only the rows that an edit moves', () => {
    const first = plan([task('a', 1), task('b', 1), task('long', 9)], [link('a FS b')])
    const prepared = prepare(first)
    if (!prepared.ok) throw new Error(prepared.error.code)
    const applied = applyEdits(first, [{ kind: 'task.set', id: 'a', patch: { duration: 2 * DAY } }])
    const outcome = prepared.engine.follow(applied.ok ? applied.plan : first)
    expect(outcome.ok && outcome.changed().map(row => row.id)).toEqual(['a', 'b'])
  })
})
