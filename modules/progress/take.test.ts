// What a report means, by hand and for any report: March 2024, the 4th is a Monday.
import {
  applyEdits,
  calendarClock,
  compute,
  formatMinute,
  type Plan,
  parseDay,
  type Task,
} from '@yingzao/engines/schedule'
import { at, DAY, link, plan, standard, task } from '@yingzao/engines/schedule/testing/plan-maker'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consequenceOf } from './consequence.ts'
import { lookAhead } from './look-ahead.ts'
import { editsOf, eveningOf, rescheduled, type Said } from './take.ts'

const day = (text: string) => parseDay(text) ?? 0
const dates = (of: Plan) => {
  const outcome = compute(of)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return new Map(outcome.schedule.tasks.map(each => [each.id, each]))
}
function taken(of: Plan, id: string, said: Said): Plan {
  const found = of.tasks.find(each => each.id === id)
  const scheduled = dates(of).get(id)
  if (!found || !scheduled) throw new Error(id)
  const outcome = applyEdits(of, editsOf(of, found, scheduled, said))
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.plan
}
const taskOf = (of: Plan, id: string) => of.tasks.find(each => each.id === id) as Task
const finish = (of: Plan, id: string) => formatMinute(dates(of).get(id)?.finish ?? 0).slice(5)

const crewed = (days: number): Plan => ({
  ...plan([task('dig', days)]),
  resources: [{ id: 'crew', name: 'crew', kind: 'work' }],
  assignments: [{ id: 'a', task: 'dig', resource: 'crew', units: 2, work: days * DAY * 2 }],
})

describe('by hand', () => {
  test('work of a crew follows the percentage, so that a task driven by its resources ends where the report says', () => {
    const after = taken(crewed(4), 'dig', { on: day('2024-03-05'), percent: 0.25, startDay: day('2024-03-04') })
    expect(after.assignments[0]).toMatchObject({ work: 4 * DAY * 2, actualWork: DAY * 2, remainingWork: 3 * DAY * 2 })
    expect(finish(after, 'dig')).toBe('03-08T17:00')
  })
  test('days left stretch the work of the crew with the task', () => {
    const after = taken(crewed(4), 'dig', { on: day('2024-03-05'), remaining: 4 * DAY, startDay: day('2024-03-04') })
    expect(after.assignments[0]).toMatchObject({ work: 6 * DAY * 2, remainingWork: 4 * DAY * 2 })
    expect(finish(after, 'dig')).toBe('03-11T17:00')
  })
  test('ahead of the plan the finish stays until days left are said', () => {
    const early: Said = { on: day('2024-03-04'), percent: 0.75, startDay: day('2024-03-04') }
    expect(finish(taken(plan([task('dig', 4)]), 'dig', early), 'dig')).toBe('03-07T17:00')
    const left: Said = { on: day('2024-03-04'), remaining: DAY, startDay: day('2024-03-04') }
    expect(finish(taken(plan([task('dig', 4)]), 'dig', left), 'dig')).toBe('03-05T17:00')
  })
  test('a milestone is reached on its day and has no time of its own', () => {
    const after = taken(plan([task('done', 0)]), 'done', { on: day('2024-03-06'), percent: 1 })
    expect(taskOf(after, 'done')).toMatchObject({ actualFinish: at('2024-03-06T17:00'), duration: 0 })
    expect(dates(after).get('done')?.start).toBe(at('2024-03-06T17:00'))
  })
  test('a manual task follows what happened, since nothing else moves it', () => {
    const manual = { manual: true, manualStart: at('2024-03-04T08:00'), manualFinish: at('2024-03-07T17:00') }
    const after = taken(plan([task('dig', 4, manual)]), 'dig', { on: day('2024-03-05'), percent: 0.25 })
    expect(finish(after, 'dig')).toBe('03-08T17:00')
  })
  test('nothing said of dates and progress is no edit', () => {
    const of = plan([task('dig', 4)])
    const scheduled = dates(of).get('dig')
    expect(scheduled && editsOf(of, taskOf(of, 'dig'), scheduled, { on: day('2024-03-05') })).toEqual([])
  })
  test('fixed dates, done and manual work stay when unreported work is moved behind the status date', () => {
    const mso = { constraint: { type: 'must_start_on', at: at('2024-03-04T08:00') } } as const
    const done = { percentComplete: 100, actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-04T17:00') }
    const of = plan([task('open', 2), task('fixed', 2, mso), task('done', 1, done)])
    const edits = rescheduled(of, dates(of), at('2024-03-06T17:00'))
    expect(edits).toEqual([
      {
        kind: 'task.set',
        id: 'open',
        patch: { constraint: { type: 'start_no_earlier_than', at: at('2024-03-07T08:00') } },
      },
    ])
  })
  test('the look-ahead wants of each task what the plan works on it by the end of the week', () => {
    const of = plan([task('dig', 4), task('pour', 4)], [link('dig FS pour')])
    const outcome = compute(of)
    const rows = outcome.ok ? lookAhead(of, outcome.schedule, day('2024-03-04'), day('2024-03-11')) : []
    expect(rows.map(each => [each.task.id, each.wanted])).toEqual([
      ['dig', 1],
      ['pour', 0.25],
    ])
  })
  test('each report is judged alone and all together, and a plan that cannot be computed says so', () => {
    const of = plan([task('dig', 2), task('pour', 2)], [link('dig FS pour')])
    const given = [
      { report: 'r1', task: 'dig', said: { on: day('2024-03-07'), percent: 0.5, startDay: day('2024-03-04') } },
      { report: 'r2', task: 'pour', said: { on: day('2024-03-07'), remaining: 3 * DAY, startDay: day('2024-03-07') } },
    ]
    const found = consequenceOf(of, given, {})
    expect(found.ok && found.effects.map(each => each.shift)).toEqual([5, 5])
    expect(found.ok && found.effects[1]?.doubts).toEqual([
      { code: 'before_predecessor', values: { task: 'dig', percent: '0%' } },
    ])
    const ring = { ...of, links: [...of.links, { id: 'back', ...link('pour FS dig') }] }
    expect(consequenceOf(ring, given, {})).toMatchObject({ ok: false, error: { code: 'schedule.cycle' } })
  })
})

describe('for any report', () => {
  const said = fc.record(
    {
      on: fc.integer({ min: day('2024-03-04'), max: day('2024-04-12') }),
      percent: fc.integer({ min: 0, max: 100 }).map(each => each / 100),
      remaining: fc.integer({ min: 0, max: 20 * DAY }),
      startDay: fc.integer({ min: day('2024-03-01'), max: day('2024-04-12') }),
      finishDay: fc.integer({ min: day('2024-03-04'), max: day('2024-04-12') }),
    },
    { requiredKeys: ['on'] },
  )
  // A report that ends before it begins is refused before it comes here.
  const orderly = said.filter(each => (each.startDay ?? 0) <= (each.finishDay ?? each.startDay ?? 0))
  const mode = fc.constantFrom('ms' as const, 'p6' as const)
  const any = (check: (of: Plan, given: Said) => void) =>
    fc.assert(
      fc.property(orderly, mode, fc.integer({ min: 1, max: 12 }), fc.boolean(), (given, rules, days, driven) => {
        const of = driven ? crewed(days) : plan([task('dig', days), task('pour', 3)], [link('dig FS pour')])
        check({ ...of, mode: rules }, given)
      }),
      { numRuns: 300 },
    )

  test('taken twice it is taken once', () => {
    any((of, given) => {
      const once = taken(of, 'dig', given)
      const scheduled = dates(once).get('dig')
      expect(scheduled && editsOf(once, taskOf(once, 'dig'), scheduled, given)).toEqual([])
    })
  })
  test('undone, the plan is as it was', () => {
    any((of, given) => {
      const scheduled = dates(of).get('dig')
      const outcome = scheduled && applyEdits(of, editsOf(of, taskOf(of, 'dig'), scheduled, given))
      if (!outcome?.ok) throw new Error('refused')
      const back = applyEdits(outcome.plan, outcome.inverse)
      expect(back.ok && JSON.stringify(back.plan)).toBe(JSON.stringify(of))
    })
  })
  test('what is left of begun work never lies before the evening of the report', () => {
    const clock = calendarClock([standard], 'standard')
    if (!clock.ok) throw new Error('calendar')
    any((of, given) => {
      const after = taken(of, 'dig', given)
      const { actualStart, actualFinish, remainingDuration = 0, duration } = taskOf(after, 'dig')
      if (of.mode === 'p6' || actualStart === undefined || actualFinish !== undefined) return
      if (given.percent === undefined && given.remaining === undefined) return
      const evening = eveningOf(of, given.on)
      // Whole percent: less than one behind is on time.
      const free = clock.clock.work(evening, dates(after).get('dig')?.finish ?? 0)
      expect(free).toBeGreaterThanOrEqual(Math.min(remainingDuration, duration) - 0.01 * duration - 1)
    })
  })
})
