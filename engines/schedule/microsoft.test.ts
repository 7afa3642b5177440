// Microsoft mode, worked by hand: March 2024, the 4th is a Monday.
import { describe, expect, test } from 'vitest'
import { compute, type Lag } from './index.ts'
import { at, DAY, link, office, plan, read, scheduled, standard, summary, task } from './testing/plan-maker.ts'

describe('links', () => {
  test('a task starts on the morning after its predecessor finishes', () => {
    const of = read(plan([task('dig', 2), task('pour', 3)], [link('dig FS pour')]))
    expect(of('dig').dates).toBe('03-04 08:00 – 03-05 17:00')
    expect(of('pour').dates).toBe('03-06 08:00 – 03-08 17:00')
    expect(of('pour').why.start).toEqual({ kind: 'link', link: 'link1', from: 'dig' })
    expect(of('dig').why.start).toEqual({ kind: 'project_start' })
  })
  test('a weekend between two tasks is named as part of the reason', () => {
    const of = read(plan([task('dig', 5), task('pour', 1)], [link('dig FS pour')]))
    expect(of('pour').dates).toBe('03-11 08:00 – 03-11 17:00')
    expect(of('pour').why.start).toEqual({ kind: 'calendar', calendar: 'standard', link: 'link1', from: 'dig' })
  })
  test('start-to-start, finish-to-finish and start-to-finish links with lags', () => {
    const tasks = [task('a', 4), task('b', 2)]
    expect(read(plan(tasks, [link('a SS b', 1)]))('b').dates).toBe('03-05 08:00 – 03-06 17:00')
    expect(read(plan(tasks, [link('a FF b')]))('b').dates).toBe('03-06 08:00 – 03-07 17:00')
    expect(read(plan(tasks, [link('a FF b', 1)]))('b').dates).toBe('03-07 08:00 – 03-08 17:00')
    const tied = [
      task('a', 4, { constraint: { type: 'start_no_earlier_than', at: at('2024-03-11T08:00') } }),
      task('b', 2),
    ]
    expect(read(plan(tied, [link('a SF b')]))('b').dates).toBe('03-07 08:00 – 03-11 08:00')
  })
  test('a negative lag lets the successor start before the end', () => {
    expect(read(plan([task('a', 4), task('b', 2)], [link('a FS b', -1)]))('b').dates).toBe('03-07 08:00 – 03-08 17:00')
  })
  test('elapsed lag counts nights and weekends, percent lag a share of the predecessor', () => {
    const after = (lag: Lag) => read(plan([task('a', 5), task('b', 1)], [link('a FS b', lag)]))('b').dates
    expect(after({ kind: 'elapsed', minutes: 3 * 1440 })).toBe('03-12 08:00 – 03-12 17:00')
    expect(after({ kind: 'percent', percent: 40 })).toBe('03-13 08:00 – 03-13 17:00')
    // 40 % of 40 hours are 16 hours by the wall clock: Saturday 09:00.
    expect(after({ kind: 'elapsed_percent', percent: 40 })).toBe('03-11 08:00 – 03-11 17:00')
  })
  test('the latest of several predecessors drives, and the others have free float', () => {
    const of = read(plan([task('a', 1), task('b', 3), task('c', 1)], [link('a FS c'), link('b FS c')]))
    expect(of('c').why.start).toMatchObject({ from: 'b' })
    expect(of('a').freeFloat).toBe(2 * DAY)
    expect(of('a').totalFloat).toBe(2 * DAY)
    expect(of('a').critical).toBe(false)
    expect(of('b').critical).toBe(true)
    expect(of('a').late).toBe('03-06 08:00 – 03-06 17:00')
    expect(of('a').why.late).toEqual({ kind: 'link', link: 'link1', from: 'c' })
  })
  test('a milestone may stand at the end of the day', () => {
    expect(read(plan([task('a', 1), task('done', 0)], [link('a FS done')]))('done').dates).toBe(
      '03-04 17:00 – 03-04 17:00',
    )
  })
})

describe('resuming', () => {
  const begun = {
    actualStart: at('2024-03-04T08:00'),
    percentComplete: 25,
    actualDuration: DAY,
    remainingDuration: 3 * DAY,
  }
  test('what is left of begun work goes on no earlier than it is known to, and says so', () => {
    const resume = at('2024-03-06T17:00')
    const of = read(plan([task('dig', 4, { ...begun, resume }), task('pour', 1)], [link('dig FS pour')]))
    expect(of('dig').dates).toBe('03-04 08:00 – 03-11 17:00')
    expect(of('dig').why.finish).toEqual({ kind: 'status_date' })
    expect(of('pour').dates).toBe('03-12 08:00 – 03-12 17:00')
  })
  test('a resume date before the work done ends moves nothing, nor does one of finished work', () => {
    const early = { ...begun, resume: at('2024-03-04T12:00') }
    expect(read(plan([task('dig', 4, early)]))('dig').dates).toBe('03-04 08:00 – 03-07 17:00')
    const done = {
      ...begun,
      percentComplete: 100,
      actualFinish: at('2024-03-05T17:00'),
      resume: at('2024-03-08T08:00'),
    }
    expect(read(plan([task('dig', 4, done)]))('dig').dates).toBe('03-04 08:00 – 03-05 17:00')
  })
})

describe('constraints', () => {
  const chain = (constraint: Parameters<typeof task>[2]) =>
    read(plan([task('a', 3), task('b', 2, constraint)], [link('a FS b')]))
  test('start no earlier than waits', () => {
    const of = chain({ constraint: { type: 'start_no_earlier_than', at: at('2024-03-11T08:00') } })
    expect(of('b').dates).toBe('03-11 08:00 – 03-12 17:00')
    expect(of('b').why.start).toEqual({ kind: 'constraint', type: 'start_no_earlier_than', at: at('2024-03-11T08:00') })
    expect(of('a').freeFloat).toBe(2 * DAY)
  })
  test('finish no earlier than waits for the finish', () => {
    const of = chain({ constraint: { type: 'finish_no_earlier_than', at: at('2024-03-13T17:00') } })
    expect(of('b').dates).toBe('03-12 08:00 – 03-13 17:00')
  })
  test('must start on overrides the links, and the chain before it is late by the difference', () => {
    const of = chain({ constraint: { type: 'must_start_on', at: at('2024-03-05T08:00') } })
    expect(of('b').dates).toBe('03-05 08:00 – 03-06 17:00')
    expect(of('a').totalFloat).toBe(-2 * DAY)
    expect(of('a').critical).toBe(true)
  })
  test('start no later than pulls a task forward only when constraints are honoured', () => {
    const constraint = { type: 'start_no_later_than', at: at('2024-03-06T08:00') } as const
    expect(chain({ constraint })('b').dates).toBe('03-06 08:00 – 03-07 17:00')
    const base = plan([task('a', 3), task('b', 2, { constraint })], [link('a FS b')])
    const loose = read({ ...base, options: { ...base.options, honorConstraints: false } })
    expect(loose('b').dates).toBe('03-07 08:00 – 03-08 17:00')
    expect(loose('b').totalFloat).toBe(-DAY)
  })
  test('finish no later than and must finish on hold the finish', () => {
    const by = at('2024-03-07T17:00')
    expect(chain({ constraint: { type: 'finish_no_later_than', at: by } })('b').dates).toBe('03-06 08:00 – 03-07 17:00')
    expect(chain({ constraint: { type: 'must_finish_on', at: by } })('b').dates).toBe('03-06 08:00 – 03-07 17:00')
  })
  test('a deadline never moves a task but takes its float', () => {
    const of = chain({ deadline: at('2024-03-07T17:00') })
    expect(of('b').dates).toBe('03-07 08:00 – 03-08 17:00')
    expect(of('b').totalFloat).toBe(-DAY)
    expect(of('a').totalFloat).toBe(-DAY)
    expect(of('b').why.late).toEqual({ kind: 'deadline', at: at('2024-03-07T17:00') })
    const schedule = scheduled(plan([task('b', 2, { deadline: at('2024-03-04T17:00') })]))
    expect(schedule.warnings).toEqual([
      { code: 'schedule.deadline_missed', task: 'b', values: { deadline: at('2024-03-04T17:00') } },
    ])
  })
  test('as late as possible uses up its total float, and successors follow', () => {
    const of = read(
      plan(
        [task('long', 5), task('late', 1, { constraint: { type: 'alap' } }), task('next', 1)],
        [link('late FS next')],
      ),
    )
    expect(of('late').dates).toBe('03-07 08:00 – 03-07 17:00')
    expect(of('next').dates).toBe('03-08 08:00 – 03-08 17:00')
    expect(of('late').totalFloat).toBe(0)
  })
  test('a summary’s start constraint and deadline bind its tasks', () => {
    const of = read(
      plan([
        summary('phase', {
          constraint: { type: 'start_no_earlier_than', at: at('2024-03-06T08:00') },
          deadline: at('2024-03-07T17:00'),
        }),
        task('a', 1, { parent: 'phase' }),
        task('b', 5),
      ]),
    )
    expect(of('a').dates).toBe('03-06 08:00 – 03-06 17:00')
    expect(of('a').late).toBe('03-07 08:00 – 03-07 17:00')
    expect(of('phase').dates).toBe('03-06 08:00 – 03-06 17:00')
  })
})

describe('a plan counted back from its finish', () => {
  const options = { scheduleFrom: 'finish' as const, finish: at('2024-03-15T17:00') }
  const late = { constraint: { type: 'alap' as const } }
  const back = (tasks: Parameters<typeof plan>[0], links: Parameters<typeof plan>[1] = []) => {
    const base = plan(tasks, links)
    return read({ ...base, options: { ...base.options, ...options } })
  }
  test('ends on its finish date, and its start follows', () => {
    const of = back([task('a', 2, late), task('b', 3, late)], [link('a FS b')])
    expect(of('b').dates).toBe('03-13 08:00 – 03-15 17:00')
    expect(of('a').dates).toBe('03-11 08:00 – 03-12 17:00')
    expect(of('a').why.start).toEqual({ kind: 'as_late_as_possible' })
  })
  test('tasks as soon as possible begin with the whole, others wait until they must', () => {
    const of = back([task('a', 5, late), task('soon', 1), task('late', 1, late)])
    expect(of('soon').dates).toBe('03-11 08:00 – 03-11 17:00')
    expect(of('late').dates).toBe('03-15 08:00 – 03-15 17:00')
    expect(of('late').totalFloat).toBe(4 * DAY)
  })
  test('no earlier than holds even against a successor', () => {
    const at13 = { constraint: { type: 'start_no_earlier_than' as const, at: at('2024-03-14T08:00') } }
    const of = back([task('a', 2, at13), task('b', 3, late)], [link('a FS b')])
    expect(of('a').dates).toBe('03-14 08:00 – 03-15 17:00')
  })
})

describe('summaries', () => {
  test('a summary spans its children and is critical when one of them is', () => {
    const of = read(
      plan([summary('phase'), task('a', 2, { parent: 'phase' }), task('b', 3, { parent: 'phase' })], [link('a FS b')]),
    )
    expect(of('phase').dates).toBe('03-04 08:00 – 03-08 17:00')
    expect(of('phase').duration).toBe(5 * DAY)
    expect(of('phase').critical).toBe(true)
    expect(of('phase').why.finish).toEqual({ kind: 'children', task: 'b' })
  })
  test('a link from a summary waits for its last task, a link to it moves all its tasks', () => {
    const of = read(
      plan(
        [
          summary('first'),
          task('a', 1, { parent: 'first' }),
          task('b', 3, { parent: 'first' }),
          summary('second'),
          task('c', 1, { parent: 'second' }),
          task('d', 2, { parent: 'second' }),
        ],
        [link('first FS second')],
      ),
    )
    expect(of('c').dates).toBe('03-07 08:00 – 03-07 17:00')
    expect(of('d').dates).toBe('03-07 08:00 – 03-08 17:00')
    expect(of('c').why.start).toEqual({ kind: 'link', link: 'link1', from: 'first' })
    expect(of('a').late).toBe('03-06 08:00 – 03-06 17:00')
    expect(of('a').totalFloat).toBe(2 * DAY)
  })
  test('a start-to-start link from a summary follows its first task', () => {
    const of = read(
      plan(
        [
          summary('phase'),
          task('a', 2, { parent: 'phase', constraint: { type: 'start_no_earlier_than', at: at('2024-03-06T08:00') } }),
          task('b', 2, { parent: 'phase', constraint: { type: 'start_no_earlier_than', at: at('2024-03-08T08:00') } }),
          task('c', 1),
        ],
        [link('phase SS c', 1)],
      ),
    )
    expect(of('c').dates).toBe('03-07 08:00 – 03-07 17:00')
  })
})

describe('progress', () => {
  test('a started task keeps its actual start and a finished one both dates', () => {
    const of = read(
      plan(
        [
          task('a', 2, {
            actualStart: at('2024-03-05T08:00'),
            actualFinish: at('2024-03-07T12:00'),
            percentComplete: 100,
          }),
          task('b', 4, { actualStart: at('2024-03-06T08:00'), percentComplete: 50, actualDuration: 2 * DAY }),
          task('c', 1),
        ],
        [link('a FS c')],
      ),
    )
    expect(of('a').dates).toBe('03-05 08:00 – 03-07 12:00')
    expect(of('b').dates).toBe('03-06 08:00 – 03-11 17:00')
    expect(of('c').dates).toBe('03-07 13:00 – 03-08 12:00')
    expect(of('a').critical).toBe(false)
    expect(of('a').freeFloat).toBe(0)
    expect(of('b').why.start).toEqual({ kind: 'actual' })
    expect(of('b').critical).toBe(true)
  })
  test('work begun before its predecessor is done goes on after it, when tasks in progress may be split', () => {
    const tasks = [
      task('a', 5),
      task('b', 4, { actualStart: at('2024-03-04T08:00'), actualDuration: DAY, percentComplete: 25 }),
    ]
    const base = plan(tasks, [link('a FS b')])
    const of = read(base)
    expect(of('b').dates).toBe('03-04 08:00 – 03-13 17:00')
    expect(of('b').why.finish).toEqual({ kind: 'link', link: 'link1', from: 'a' })
    const whole = read({ ...base, options: { ...base.options, splitsInProgressTasks: false } })
    expect(whole('b').dates).toBe('03-04 08:00 – 03-07 17:00')
  })
  test('a split task moves with its gaps and its late dates count work alone', () => {
    const segments = [
      { start: at('2024-03-04T08:00'), finish: at('2024-03-04T17:00') },
      { start: at('2024-03-06T08:00'), finish: at('2024-03-06T17:00') },
    ]
    const of = read(plan([task('a', 1), task('split', 2, { segments })], [link('a FS split')]))
    expect(of('split').dates).toBe('03-05 08:00 – 03-07 17:00')
  })
})

describe('manual, inactive, external and levelled tasks', () => {
  test('a manual task stays where it was put and still drives its successors', () => {
    const manual = { manual: true, manualStart: at('2024-03-09T10:00'), manualFinish: at('2024-03-09T15:00') }
    const of = read(plan([task('a', 3), task('m', 1, manual), task('b', 1)], [link('a FS m'), link('m FS b')]))
    expect(of('m').dates).toBe('03-09 10:00 – 03-09 15:00')
    expect(of('m').why.start).toEqual({ kind: 'manual' })
    expect(of('b').dates).toBe('03-11 08:00 – 03-11 17:00')
  })
  test('a manual task that a link would move is not moved but pointed out', () => {
    const manual = { manual: true, manualStart: at('2024-03-05T08:00'), manualFinish: at('2024-03-05T17:00') }
    const schedule = scheduled(plan([task('a', 3), task('m', 1, manual)], [link('a FS m')]))
    expect(schedule.warnings).toEqual([
      { code: 'schedule.manual_before_link', task: 'm', link: 'link1', values: { allowed: at('2024-03-06T17:00') } },
    ])
  })
  test('a constraint that wins against a link is pointed out', () => {
    const constraint = { type: 'must_start_on', at: at('2024-03-05T08:00') } as const
    const schedule = scheduled(plan([task('a', 3), task('b', 1, { constraint })], [link('a FS b')]))
    expect(schedule.warnings).toEqual([
      { code: 'schedule.constraint_over_link', task: 'b', values: { allowed: at('2024-03-07T08:00') } },
    ])
  })
  test('an inactive task moves nobody', () => {
    const of = read(
      plan(
        [summary('p'), task('a', 9, { parent: 'p', inactive: true }), task('b', 1, { parent: 'p' })],
        [link('a FS b')],
      ),
    )
    expect(of('b').dates).toBe('03-04 08:00 – 03-04 17:00')
    expect(of('p').dates).toBe('03-04 08:00 – 03-04 17:00')
  })
  test('an external task keeps the dates of its own plan and drives ours', () => {
    const stored = { start: at('2024-03-20T08:00'), finish: at('2024-03-21T17:00') }
    const of = read(plan([task('ext', 2, { external: true, stored }), task('b', 1)], [link('ext FS b')]))
    expect(of('b').dates).toBe('03-22 08:00 – 03-22 17:00')
  })
  test('a levelling delay is elapsed time after the logical start', () => {
    const of = read(plan([task('a', 1, { levelingDelay: 5 * 1440 })]))
    expect(of('a').dates).toBe('03-11 08:00 – 03-11 17:00')
    expect(of('a').why.start).toEqual({ kind: 'leveling_delay' })
  })
})

describe('calendars of tasks and resources', () => {
  const night = {
    ...standard,
    id: 'saturday',
    name: 'Saturday too',
    week: [[], office, office, office, office, office, office],
  }
  test('a task with its own calendar works on Saturday', () => {
    const base = plan([task('a', 6, { calendar: 'saturday' })], [], { calendars: [standard, night] })
    expect(read(base)('a').dates).toBe('03-04 08:00 – 03-09 17:00')
  })
  test('a resource that is away stretches the task and is named as the reason', () => {
    const away = {
      ...standard,
      id: 'li',
      name: 'Li',
      parent: 'standard',
      week: [],
      exceptions: [{ name: 'leave', fromDay: at('2024-03-05') / 1440, toDay: at('2024-03-06') / 1440, shifts: [] }],
    }
    const of = read(
      plan([task('a', 2)], [], {
        calendars: [standard, away],
        resources: [{ id: 'r', name: 'Li', kind: 'work', calendar: 'li' }],
        assignments: [{ id: 'x', task: 'a', resource: 'r', units: 1, work: 2 * DAY }],
      }),
    )
    expect(of('a').dates).toBe('03-04 08:00 – 03-07 17:00')
    expect(of('a').why.finish).toEqual({ kind: 'resource', resource: 'r' })
  })
  test('a night task of a day worker keeps its own calendar, and that is pointed out', () => {
    const nightly = {
      ...standard,
      id: 'nightly',
      name: 'Night',
      week: Array.from({ length: 7 }, () => [{ from: 0, to: 360 }]),
    }
    const base = plan([task('a', 1, { calendar: 'nightly', duration: 360 })], [], {
      calendars: [standard, nightly],
      resources: [{ id: 'r', name: 'Zhao', kind: 'work', calendar: 'standard' }],
      assignments: [{ id: 'x', task: 'a', resource: 'r', units: 1, work: 360 }],
    })
    expect(read(base)('a').dates).toBe('03-05 00:00 – 03-05 06:00')
    expect(scheduled(base).warnings).toEqual([
      { code: 'schedule.no_common_time', task: 'a', values: { resource: 'r' } },
    ])
  })
  test('elapsed durations run through nights and weekends and count their float the same way', () => {
    const of = read(
      plan([task('cure', 0, { kind: 'task', milestone: false, duration: 3 * 1440, elapsed: true }), task('b', 10)]),
    )
    expect(of('cure').dates).toBe('03-04 08:00 – 03-07 08:00')
    expect(of('cure').totalFloat).toBe(at('2024-03-15T17:00') - at('2024-03-07T08:00'))
  })
})

describe('what cannot be computed', () => {
  test('a cycle names its tasks in order', () => {
    const outcome = compute(
      plan(
        [task('a', 1), task('b', 1), task('c', 1), task('d', 1)],
        [link('a FS b'), link('b FS c'), link('c FS b'), link('c FS d')],
      ),
    )
    expect(outcome).toEqual({ ok: false, error: { code: 'schedule.cycle', tasks: ['b', 'c'] } })
  })
  test('a cycle through a summary is a cycle', () => {
    const outcome = compute(
      plan([summary('p'), task('a', 1, { parent: 'p' }), task('b', 1)], [link('p FS b'), link('b FS a')]),
    )
    expect(outcome).toMatchObject({ ok: false, error: { code: 'schedule.cycle' } })
  })
  test('a link, parent, assignment or calendar that points at nothing names both ends', () => {
    const dangling = { code: 'schedule.unknown_reference' }
    expect(compute(plan([task('a', 1)], [link('a FS gone')]))).toMatchObject({
      error: { ...dangling, what: 'task', id: 'gone', in: 'link1' },
    })
    expect(compute(plan([task('a', 1, { parent: 'gone' })]))).toMatchObject({ error: { ...dangling, what: 'parent' } })
    expect(compute(plan([task('a', 1, { calendar: 'gone' })]))).toMatchObject({
      error: { ...dangling, what: 'calendar' },
    })
    const lost = plan([task('a', 1)], [], { assignments: [{ id: 'x', task: 'a', resource: 'gone', units: 1 }] })
    expect(compute(lost)).toMatchObject({ error: { ...dangling, what: 'resource', id: 'gone', in: 'x' } })
  })
  test('a summary inside itself is a cycle', () => {
    const outcome = compute(plan([summary('p', { parent: 'q' }), summary('q', { parent: 'p' })]))
    expect(outcome).toMatchObject({ error: { code: 'schedule.cycle' } })
  })
  test('a calendar that never works is refused, a billion minutes leave the calendar', () => {
    const idle = plan([task('a', 1)], [], { calendars: [{ ...standard, week: [] }] })
    expect(compute(idle)).toEqual({
      ok: false,
      error: { code: 'schedule.calendar_without_work', calendar: 'standard' },
    })
    const endless = plan([task('a', 1, { duration: 1e9 })])
    expect(compute(endless)).toEqual({ ok: false, error: { code: 'schedule.out_of_range', task: 'a' } })
    expect(compute(plan([task('a', 1, { duration: Number.NaN })]))).toMatchObject({
      error: { code: 'schedule.out_of_range' },
    })
  })
  test('a plan without tasks has its start as its finish', () => {
    const schedule = scheduled(plan([]))
    expect([schedule.tasks.length, schedule.finish]).toEqual([0, at('2024-03-04T08:00')])
  })
})
