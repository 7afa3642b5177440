// Windows of a plan: what a month, a week, a quarter and a year show of it.
import { compute, defaultOptions, type Plan, parseDay, type Task } from '@yingzao/engines/schedule'
import { expect, test } from 'vitest'
import { type WindowUnit, windowAt, windowView } from './window.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN
const shifts = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
const task = (id: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id, name: id, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  ...more,
})
const links = (...pairs: [string, string][]) =>
  pairs.map(([from, to]) => ({
    id: `${from}${to}`,
    from,
    to,
    type: 'FS' as const,
    lag: { kind: 'working' as const, minutes: 0 },
  }))

/** From Monday 2 March 2026: 20 days of digging (to 27 March), 10 of slab (to 10 April), done. */
const plan: Plan = {
  ...{ name: '总计划', mode: 'ms', resources: [], assignments: [] },
  calendars: [
    { id: 'c', name: '标准', week: [[], shifts, shifts, shifts, shifts, shifts, []], workWeeks: [], exceptions: [] },
  ],
  options: { ...defaultOptions, start: day('2026-03-02') * 1440 + 480, calendar: 'c' },
  tasks: [
    task('基础', 0, { kind: 'summary' }),
    task('挖土', 20, { parent: '基础', responsible: 'u1' }),
    task('底板', 10, {
      parent: '基础',
      baselines: [{ number: 0, start: day('2026-03-16') * 1440, finish: day('2026-03-27') * 1440 + 1020 }],
    }),
    task('基础完成', 0, {
      ...{ kind: 'milestone', milestone: true },
      baselines: [{ number: 0, finish: day('2026-03-31') * 1440 + 1020 }],
    }),
    task('停用', 5, { inactive: true }),
  ],
  links: links(['挖土', '底板'], ['底板', '基础完成']),
}
function view(unit: WindowUnit, on: string, value = plan, depth?: number) {
  const outcome = compute(value)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return windowView(value, outcome.schedule, windowAt(unit, day(on), outcome.schedule), depth)
}
const said = (rows: ReturnType<typeof view>['rows']) =>
  rows.map(({ name, begin, end, part }) =>
    `${name} ${Math.round(begin * 100)}→${Math.round(end * 100)} ${part ?? ''}`.trim(),
  )

test('a month shows what is worked on in it, from how far to how far, with its summaries', () => {
  const march = view('month', '2026-03-18')
  expect(march.window).toMatchObject({ from: day('2026-03-01'), to: day('2026-04-01') })
  expect(said(march.rows)).toEqual(['基础 0→73', '挖土 0→100 new', '底板 0→20 new'])
  // Promised for March and now forecast for April: owed in March.
  expect(march.milestones).toMatchObject([{ name: '基础完成', days: 10, reached: false }])
  const april = view('month', '2026-04-30')
  // The slab was promised for March: it is carried over, not new.
  expect(said(april.rows)).toEqual(['基础 73→100', '底板 20→100 carried', '基础完成 0→100 carried'])
  expect(april.milestones).toMatchObject([{ name: '基础完成', days: 10, reached: false }])
})

test('weeks begin on Monday, quarters and years with the calendar', () => {
  expect(view('week', '2026-03-15').window).toMatchObject({ from: day('2026-03-09'), to: day('2026-03-16') })
  expect(said(view('week', '2026-03-11').rows)).toEqual(['基础 17→33', '挖土 25→50 continued'])
  expect(view('quarter', '2026-05-15').window).toMatchObject({ from: day('2026-04-01'), to: day('2026-07-01') })
  expect(view('year', '2026-05-15').window).toMatchObject({ from: day('2026-01-01'), to: day('2027-01-01') })
  expect(view('all', '2020-01-01').rows).toHaveLength(4)
  expect(view('all', '2020-01-01', plan, 1).rows.map(each => each.name)).toEqual(['基础', '基础完成'])
  expect(view('month', '2027-01-01').rows).toEqual([])
})

test('what is reported counts up to the status date, what is planned after it', () => {
  const tasks = plan.tasks.map(each =>
    each.id === '挖土' ? { ...each, percentComplete: 25, actualStart: day('2026-03-02') * 1440 + 480 } : each,
  )
  const status = { ...plan, tasks, options: { ...plan.options, statusDate: day('2026-03-13') * 1440 + 1020 } }
  const rows = view('week', '2026-03-09', status).rows
  // Half of the reported quarter fell into the first of two weeks.
  expect(rows.find(each => each.name === '挖土')).toMatchObject({ begin: 0.125, done: 0.25 })
})
