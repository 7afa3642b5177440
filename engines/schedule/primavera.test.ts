// Primavera mode, worked by hand: March 2024, the 4th is a Monday.
import { describe, expect, test } from 'vitest'
import type { PlanOptions, Task } from './index.ts'
import {
  at,
  DAY,
  type LinkText,
  link,
  office,
  plan,
  read,
  scheduled,
  standard,
  summary,
  task,
} from './testing/plan-maker.ts'

const p6 = (
  tasks: readonly Task[],
  links: readonly LinkText[] = [],
  options: Partial<PlanOptions> = {},
  calendars = [standard],
) => {
  const base = plan(tasks, links, { calendars })
  return { ...base, mode: 'p6' as const, options: { ...base.options, ...options } }
}
const dataDate = { statusDate: at('2024-03-11T08:00') }
const begun = (more: Partial<Task>): Partial<Task> => ({
  actualStart: at('2024-03-04T08:00'),
  percentComplete: 50,
  ...more,
})

describe('the data date', () => {
  test('no remaining work lies before it', () => {
    const of = read(p6([task('a', 2), task('b', 1)], [link('a FS b')], dataDate))
    expect(of('a').dates).toBe('03-11 08:00 – 03-12 17:00')
    expect(of('b').dates).toBe('03-13 08:00 – 03-13 17:00')
    expect(of('a').why.start).toEqual({ kind: 'status_date' })
  })
  test('a started activity keeps its actual start and does its remaining work from the data date on', () => {
    const of = read(p6([task('a', 8, begun({ remainingDuration: 3 * DAY }))], [], dataDate))
    expect(of('a').dates).toBe('03-04 08:00 – 03-13 17:00')
    expect(of('a').early).toBe('03-11 08:00 – 03-13 17:00')
  })
  test('a suspended activity goes on when it is resumed', () => {
    const pause = { suspend: at('2024-03-06T17:00'), resume: at('2024-03-14T08:00') }
    const of = read(p6([task('a', 8, begun({ remainingDuration: 2 * DAY, ...pause }))], [], dataDate))
    expect(of('a').finish).toBe(at('2024-03-15T17:00'))
  })
  test('a finished activity shows its actual dates and has no float', () => {
    const done = { actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-06T17:00') }
    const of = read(p6([task('a', 3, done), task('b', 1)], [link('a FS b')], dataDate))
    expect(of('a').dates).toBe('03-04 08:00 – 03-06 17:00')
    expect([of('a').totalFloat, of('a').freeFloat, of('a').critical]).toEqual([0, 0, false])
    expect(of('b').dates).toBe('03-11 08:00 – 03-11 17:00')
  })
  test('the lag after a finished activity has been running since its actual finish', () => {
    const done = { actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-06T17:00') }
    const of = read(p6([task('a', 3, done), task('b', 1)], [link('a FS b', 5)], dataDate))
    expect(of('b').dates).toBe('03-14 08:00 – 03-14 17:00')
  })
})

describe('out-of-sequence progress', () => {
  const tasks = [task('first', 5), task('second', 4, begun({ remainingDuration: 2 * DAY }))]
  const links = [link('first FS second')]
  test('retained logic: the remaining work waits for the predecessor', () => {
    expect(read(p6(tasks, links, dataDate))('second').finish).toBe(at('2024-03-19T17:00'))
  })
  test('progress override: the remaining work goes on at the data date', () => {
    const of = read(p6(tasks, links, { ...dataDate, progressMode: 'progress_override' }))
    expect(of('second').finish).toBe(at('2024-03-12T17:00'))
  })
  test('work done counts against a start-to-start lag', () => {
    const of = read(
      p6([task('a', 10, begun({ remainingDuration: 5 * DAY })), task('b', 1)], [link('a SS b', 7)], dataDate),
    )
    // Five days were worked by the data date, two of the seven are left.
    expect(of('b').dates).toBe('03-13 08:00 – 03-13 17:00')
  })
})

describe('constraints', () => {
  const chain = (constraint: Task['constraint'], more: Partial<Task> = {}) =>
    read(p6([task('a', 3), task('b', 2, { constraint, ...more })], [link('a FS b')]))
  test('start on waits for its date but does not override logic', () => {
    expect(chain({ type: 'start_on', at: at('2024-03-11T08:00') })('b').dates).toBe('03-11 08:00 – 03-12 17:00')
    const of = chain({ type: 'start_on', at: at('2024-03-05T08:00') })
    expect(of('b').dates).toBe('03-07 08:00 – 03-08 17:00')
    expect(of('b').totalFloat).toBe(-2 * DAY)
  })
  test('a mandatory start overrides logic', () => {
    const of = chain({ type: 'must_start_on', at: at('2024-03-05T08:00') })
    expect(of('b').dates).toBe('03-05 08:00 – 03-06 17:00')
    expect(of('a').totalFloat).toBe(-2 * DAY)
  })
  test('finish on or before takes float and moves nothing', () => {
    const of = chain({ type: 'finish_no_later_than', at: at('2024-03-07T17:00') })
    expect(of('b').dates).toBe('03-07 08:00 – 03-08 17:00')
    expect(of('b').totalFloat).toBe(-DAY)
  })
  test('the second constraint binds the late side too', () => {
    const of = chain(
      { type: 'start_no_earlier_than', at: at('2024-03-08T08:00') },
      { constraint2: { type: 'finish_no_later_than', at: at('2024-03-08T17:00') } },
    )
    expect(of('b').dates).toBe('03-08 08:00 – 03-11 17:00')
    expect(of('b').totalFloat).toBe(-DAY)
    expect(of('b').why.late).toEqual({ kind: 'constraint', type: 'finish_no_later_than', at: at('2024-03-08T17:00') })
  })
  test('as late as possible uses up the free float only', () => {
    const of = read(
      p6(
        [task('long', 5), task('late', 1, { constraint: { type: 'alap' } }), task('mid', 1), task('next', 1)],
        [link('late FS next'), link('mid FS next', 1), link('long FS next', -2)],
      ),
    )
    expect(of('next').dates).toBe('03-07 08:00 – 03-07 17:00')
    expect(of('late').dates).toBe('03-06 08:00 – 03-06 17:00')
    expect(of('late').freeFloat).toBe(0)
  })
  test('an expected finish sets the remaining duration when the option is on', () => {
    const constraint = { type: 'expected_finish', at: at('2024-03-13T17:00') } as const
    const tasks = [task('a', 3, { constraint })]
    expect(read(p6(tasks, [], { useExpectedFinish: true }))('a').dates).toBe('03-04 08:00 – 03-13 17:00')
    expect(read(p6(tasks))('a').dates).toBe('03-04 08:00 – 03-06 17:00')
  })
  test('dates imposed by other projects bind both sides', () => {
    const of = read(
      p6([
        task('a', 1, { externalEarlyStart: at('2024-03-06T08:00'), externalLateFinish: at('2024-03-07T17:00') }),
        task('b', 9),
      ]),
    )
    expect(of('a').dates).toBe('03-06 08:00 – 03-06 17:00')
    expect(of('a').totalFloat).toBe(DAY)
  })
})

describe('float', () => {
  test('must finish by gives the whole project float, or takes it', () => {
    const late = read(p6([task('a', 5)], [], { finish: at('2024-03-07T17:00') }))
    expect(late('a').totalFloat).toBe(-DAY)
    expect(late('a').critical).toBe(true)
    const early = read(p6([task('a', 5)], [], { finish: at('2024-03-12T17:00') }))
    expect(early('a').totalFloat).toBe(2 * DAY)
    expect(early('a').freeFloat).toBe(0)
  })
  test('open ends can be made critical', () => {
    const tasks = [task('a', 1), task('b', 5)]
    expect(read(p6(tasks))('a').critical).toBe(false)
    expect(read(p6(tasks, [], { openEndsCritical: true }))('a').critical).toBe(true)
  })
  test('the longest path follows the links that drive the last finish, whatever the float', () => {
    const of = read(
      p6(
        [task('a', 3), task('b', 2), task('side', 1), task('end', 1)],
        [link('a FS b'), link('b FS end'), link('side FS end')],
        { criticalBy: 'longest_path', finish: at('2024-03-29T17:00') },
      ),
    )
    expect(['a', 'b', 'side', 'end'].map(id => of(id).critical)).toEqual([true, true, false, true])
    expect(of('a').longestPath).toBe(true)
    expect(of('a').totalFloat).toBeGreaterThan(0)
  })
})

describe('lag calendars', () => {
  const sixDays = {
    ...standard,
    id: 'six',
    name: 'Six days',
    week: [[], office, office, office, office, office, office],
  }
  const tasks = [task('a', 5, { calendar: 'six' }), task('b', 1)]
  const after = (lagCalendar: PlanOptions['lagCalendar']) =>
    read(p6(tasks, [link('a FS b', 2)], { lagCalendar }, [standard, sixDays]))('b').start
  test('the predecessor’s, the successor’s, the project’s or round the clock', () => {
    expect(after('predecessor')).toBe(at('2024-03-12T08:00'))
    expect(after('successor')).toBe(at('2024-03-13T08:00'))
    expect(after('project')).toBe(at('2024-03-13T08:00'))
    // 16 hours from Friday 17:00 are over on Saturday morning.
    expect(after('24h')).toBe(at('2024-03-11T08:00'))
  })
})

describe('activity types', () => {
  test('a start milestone begins a shift, a finish milestone ends one', () => {
    const of = read(
      p6(
        [task('a', 1), task('begin', 0, { kind: 'start_milestone' }), task('done', 0, { kind: 'milestone' })],
        [link('a FS begin'), link('a FS done')],
      ),
    )
    expect(of('begin').dates).toBe('03-05 08:00 – 03-05 08:00')
    expect(of('done').dates).toBe('03-04 17:00 – 03-04 17:00')
  })
  test('a summary that holds nothing but supervision binds nobody who is linked to it', () => {
    const of = read(
      p6(
        [
          task('a', 2),
          task('long', 5),
          summary('site'),
          task('supervise', 1, { parent: 'site', kind: 'level_of_effort' }),
        ],
        [link('a FS site')],
      ),
    )
    expect(of('a').lateFinish).toBe(of('long').finish)
    expect(of('a').totalFloat).toBe(3 * DAY)
  })

  test('level of effort spans its links and drives nothing', () => {
    const of = read(
      p6(
        [task('a', 2), task('b', 3), task('supervise', 1, { kind: 'level_of_effort' })],
        [link('a FS b'), link('a SS supervise'), link('supervise FF b')],
      ),
    )
    expect(of('supervise').dates).toBe('03-04 08:00 – 03-08 17:00')
    expect(of('supervise').longestPath).toBe(false)
    expect(of('b').dates).toBe('03-06 08:00 – 03-08 17:00')
  })
  test('a WBS summary activity spans its WBS element', () => {
    const of = read(
      p6([
        summary('wbs'),
        task('a', 2, { parent: 'wbs' }),
        task('b', 4, { parent: 'wbs' }),
        task('span', 1, { parent: 'wbs', kind: 'wbs_summary' }),
      ]),
    )
    expect(of('span').dates).toBe('03-04 08:00 – 03-07 17:00')
    expect(of('wbs').dates).toBe('03-04 08:00 – 03-07 17:00')
  })
  test('a resource-dependent activity works when its resource does', () => {
    const half = {
      ...standard,
      id: 'half',
      name: 'Mornings',
      week: Array.from({ length: 7 }, (_, i) => (i > 0 && i < 6 ? [office[0]!] : [])),
    }
    const base = p6([task('a', 2, { kind: 'resource_dependent' }), task('b', 2)], [], {}, [standard, half])
    const of = read({
      ...base,
      resources: [{ id: 'r', name: 'Inspector', kind: 'work', calendar: 'half' }],
      assignments: ['a', 'b'].map(id => ({ id, task: id, resource: 'r', units: 1, work: 2 * DAY })),
    })
    expect(of('a').finish).toBe(at('2024-03-07T12:00'))
    expect(of('b').finish).toBe(at('2024-03-05T17:00'))
  })
})

test('the mode can be chosen against the plan’s own', () => {
  const constrained = plan(
    [task('a', 3), task('b', 1, { constraint: { type: 'start_no_later_than', at: at('2024-03-05T08:00') } })],
    [link('a FS b')],
  )
  expect(read(constrained)('b').start).toBe(at('2024-03-05T08:00'))
  expect(read({ ...constrained, mode: 'p6' })('b').start).toBe(at('2024-03-07T08:00'))
  expect(scheduled({ ...constrained, mode: 'p6' }).mode).toBe('p6')
})
