// Early warning: hand-worked cases, and what must hold of any company's plans.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compute, formatMinute, type Lag, type LinkType, type Minute, type Plan, type Task } from '../schedule/index.ts'
import { at, DAY, link, plan, standard, task } from '../schedule/testing/plan-maker.ts'
import {
  type CrossLink,
  crossCycle,
  defaultLimits,
  foresee,
  type WatchedPlan,
  type WatchLimits,
  waitsFor,
} from './index.ts'

const days = (count: number): Lag => ({ kind: 'working', minutes: count * DAY })
const cross = (text: string, lag = 0, type: LinkType = 'FS'): CrossLink => {
  const [from = '', to = ''] = text.split(' > ')
  const end = (name: string) => ({ plan: name.split('/')[0] ?? '', task: name })
  return { id: text, from: end(from), to: end(to), type, lag: days(lag) }
}
const watched = (id: string, of: Plan, more: Partial<WatchedPlan> = {}): WatchedPlan => ({
  id,
  plan: of,
  now: of.options.start,
  departments: new Map(),
  department: id,
  limits: defaultLimits,
  ...more,
})
/** The dates of the plan as its baseline. */
function promised(of: Plan): Plan {
  const outcome = compute(of)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  const dates = new Map(outcome.schedule.tasks.map(each => [each.id, each]))
  return {
    ...of,
    tasks: of.tasks.map(each => {
      const { start = 0, finish = 0, duration = 0 } = dates.get(each.id) ?? {}
      return { ...each, baselines: [{ number: 0, start, finish, duration }] }
    }),
  }
}
const changed = (of: Plan, id: string, patch: Partial<Task>): Plan => ({
  ...of,
  tasks: of.tasks.map(each => (each.id === id ? { ...each, ...patch } : each)),
})
const day = (minute: Minute) => formatMinute(minute).slice(5, 10)

/** The factory delivers pods to the station, where fitting out waits for them. Starts Monday 03-04. */
const factory = promised(
  plan([task('factory/make', 10), task('factory/ship', 2)], [link('factory/make FS factory/ship')]),
)
const station = (wait: number) =>
  promised(
    plan(
      [task('station/shell', wait), task('station/fit', 5), task('station/open', 0)],
      [link('station/shell FS station/fit'), link('station/fit FS station/open')],
    ),
  )
const delivery = cross('factory/ship > station/fit')

describe('a delivery of another department', () => {
  test('grows by five days and pushes the work that waits for it by five days', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    const { warnings } = foresee([watched('factory', late), watched('station', station(12))], [delivery])
    expect(warnings).toHaveLength(1)
    const [warning] = warnings
    expect(warning).toMatchObject({
      cause: { plan: 'factory', task: 'factory/make', reason: 'longer', lateBy: 5 * DAY },
      hit: { plan: 'station', task: 'station/fit' },
      days: 5,
      room: 0,
    })
    expect(warning?.chain.map(step => step.task)).toEqual(['factory/make', 'factory/ship', 'station/fit'])
    expect(warning?.chain.map(step => step.link?.crosses)).toEqual([undefined, false, true])
    expect([day(warning?.on.was ?? 0), day(warning?.on.will ?? 0)]).toEqual(['03-20', '03-27'])
    expect(warning?.consequence.milestones.map(each => each.task)).toEqual(['station/open'])
  })

  test('is no warning while the station has the float to wait', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    const plans = [watched('factory', late), watched('station', station(17))]
    expect(foresee(plans, [delivery]).warnings).toEqual([])
  })

  test('warns before that when fewer days of room are left than the project wants', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    const limits: WatchLimits = { ...defaultLimits, slackDays: 3 }
    const warn = (wait: number) =>
      foresee([watched('factory', late), watched('station', station(wait), { limits })], [delivery]).warnings
    expect(warn(19)).toMatchObject([{ days: 0, room: 2, hit: { task: 'station/fit' } }])
    expect(warn(20)).toEqual([])
  })

  test('that waits beyond the horizon is not told yet', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    const limits = { ...defaultLimits, horizonDays: 10 }
    expect(
      foresee([watched('factory', late), watched('station', station(12), { limits })], [delivery]).warnings,
    ).toEqual([])
  })

  test('is taken up by a shorter lag, an overlap or fewer days, each with what it gains', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    const foresight = foresee(
      [watched('factory', late), watched('station', station(12))],
      [cross('factory/ship > station/fit', 3)],
    )
    const [warning] = foresight.warnings
    expect(warning?.days).toBe(5)
    const ways = warning ? foresight.waysOut(warning) : []
    expect(ways).toContainEqual(expect.objectContaining({ kind: 'lag', days: 3, whole: false }))
    expect(ways).toContainEqual(expect.objectContaining({ kind: 'shorten', days: 5, whole: true }))
    expect(ways).toContainEqual(expect.objectContaining({ kind: 'overlap', days: 5, whole: true }))
  })

  test('ends when the successor’s plan has taken the later date', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    const accepted = changed(station(12), 'station/fit', {
      constraint: { type: 'start_no_earlier_than', at: at('2024-03-27T08:00') },
    })
    expect(foresee([watched('factory', late), watched('station', accepted)], [delivery]).warnings).toEqual([])
  })
})

describe('why it is late', () => {
  const against = (of: Plan, now: string) =>
    foresee([watched('factory', of, { now: at(now) }), watched('station', station(12))], [delivery]).warnings

  test('not begun though nothing keeps it', () => {
    const [warning] = against(factory, '2024-03-08T17:00')
    expect(warning).toMatchObject({ cause: { task: 'factory/make', reason: 'not_started' }, days: 5 })
  })

  test('at work, but at half the pace', () => {
    const half = changed(factory, 'factory/make', { actualStart: at('2024-03-04T08:00'), percentComplete: 30 })
    const [warning] = against(half, '2024-03-11T17:00')
    // Three days' work (credited to the percent above: 3.1) in six days: seven more take 13.5. Six and 13.5 are 9.5 late.
    expect(warning).toMatchObject({ cause: { task: 'factory/make', reason: 'slow' }, days: 9.5 })
  })

  test('held by a later date', () => {
    const held = changed(factory, 'factory/ship', {
      constraint: { type: 'start_no_earlier_than', at: at('2024-03-21T08:00') },
    })
    expect(against(held, '2024-03-04T08:00')).toMatchObject([
      { cause: { task: 'factory/ship', reason: 'later' }, days: 3 },
    ])
  })

  test('work before it came late', () => {
    const done = changed(factory, 'factory/make', {
      ...{ actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-20T17:00'), percentComplete: 100 },
      duration: 13 * DAY,
    })
    expect(against(done, '2024-03-20T17:00')).toMatchObject([
      { cause: { task: 'factory/ship', reason: 'behind' }, days: 3 },
    ])
  })

  test('what only passes a delay on is not a second cause', () => {
    const late = changed(factory, 'factory/make', { duration: 15 * DAY })
    expect(against(late, '2024-03-04T08:00').map(each => each.cause.task)).toEqual(['factory/make'])
  })
})

test('departments of one plan warn each other too', () => {
  const one = promised(
    plan([task('draw', 5), task('check', 2), task('build', 5)], [link('draw FS check'), link('check FS build')]),
  )
  const departments = new Map([
    ['draw', 'design'],
    ['check', 'design'],
    ['build', 'site'],
  ])
  const { warnings } = foresee([watched('p', changed(one, 'draw', { duration: 8 * DAY }), { departments })], [])
  expect(warnings).toMatchObject([{ cause: { task: 'draw' }, hit: { task: 'build' }, days: 3 }])
})

test('a plan that cannot be computed is named and leaves the others in peace', () => {
  const broken = plan([task('broken/a', 1)], [], { options: { ...factory.options, calendar: 'none' } })
  const late = changed(factory, 'factory/make', { duration: 15 * DAY })
  const foresight = foresee(
    [watched('broken', broken), watched('factory', late), watched('station', station(12))],
    [delivery, cross('broken/a > station/fit')],
  )
  expect(foresight.left.map(each => each.plan)).toEqual(['broken'])
  expect(foresight.warnings).toHaveLength(1)
})

test('links that would close a circle through plans are found before they are kept', () => {
  const plans = [
    { id: 'factory', plan: factory },
    { id: 'station', plan: station(12) },
  ]
  expect(crossCycle(plans, [delivery])).toBeUndefined()
  const circle = crossCycle(plans, [delivery, cross('station/fit > factory/make')])
  expect(circle?.map(each => each.task)).toEqual(
    expect.arrayContaining(['factory/make', 'factory/ship', 'station/fit']),
  )
  expect(circle?.[0]).toEqual(circle?.at(-1))
})

// ---- any company

interface Small {
  readonly plans: number
  readonly durations: readonly number[]
  readonly links: readonly {
    readonly from: number
    readonly to: number
    readonly lag: number
    readonly type: LinkType
  }[]
}
/** Task k belongs to plan k mod plans; links go from lower to higher numbers, so no circle can arise. */
const company = (types: readonly LinkType[], least: number): fc.Arbitrary<Small> =>
  fc
    .record({
      plans: fc.integer({ min: 2, max: 3 }),
      durations: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 12 }),
      links: fc.array(
        fc.record({
          from: fc.nat(11),
          to: fc.nat(11),
          lag: fc.integer({ min: least, max: 3 }),
          type: fc.constantFrom(...types),
        }),
        { maxLength: 18 },
      ),
    })
    .map(({ plans, durations, links }) => ({
      plans,
      durations,
      links: links.filter(
        ({ from, to }, i) =>
          from < to && to < durations.length && links.findIndex(each => each.from === from && each.to === to) === i,
      ),
    }))
const nameOf = (small: Small, k: number) => `p${k % small.plans}/t${k}`
function split(small: Small): { plans: Plan[]; crossing: CrossLink[] } {
  const inside = (p: number) => small.links.filter(({ from, to }) => from % small.plans === p && to % small.plans === p)
  const name = (k: number) => nameOf(small, k)
  const plans = Array.from({ length: small.plans }, (_, p) =>
    plan(
      small.durations.flatMap((length, k) => (k % small.plans === p ? [task(name(k), length)] : [])),
      inside(p).map(({ from, to, lag, type }) => link(`${name(from)} ${type} ${name(to)}`, lag)),
    ),
  )
  const crossing = small.links
    .filter(({ from, to }) => from % small.plans !== to % small.plans)
    .map(({ from, to, lag, type }) => cross(`${name(from)} > ${name(to)}`, lag, type))
  return { plans, crossing }
}
const merged = (small: Small): Plan =>
  plan(
    small.durations.map((length, k) => task(nameOf(small, k), length)),
    small.links.map(({ from, to, lag, type }) => link(`${nameOf(small, from)} ${type} ${nameOf(small, to)}`, lag)),
  )

test('plans joined by links have the dates of one plan that holds them all', () => {
  fc.assert(
    fc.property(company(['FS', 'SS', 'FF'], 0), small => {
      const { plans, crossing } = split(small)
      const foresight = foresee(
        plans.map((each, p) => watched(`p${p}`, each)),
        crossing,
      )
      const whole = compute(merged(small))
      if (!whole.ok) throw new Error(whole.error.code)
      for (const { id, start, finish } of whole.schedule.tasks)
        expect(foresight.datesOf({ plan: id.split('/')[0] ?? '', task: id })).toEqual({ start, finish })
    }),
    { numRuns: 200 },
  )
})

/** Longest paths in whole days, nothing else: begins of tasks. */
function begins({ durations, links }: Small): number[] {
  const start = durations.map(() => 0)
  for (let k = 0; k < durations.length; k++)
    for (const { from, to, lag } of links)
      if (to === k) start[k] = Math.max(start[k] ?? 0, (start[from] ?? 0) + (durations[from] ?? 0) + lag)
  return start
}
const roundTheClock = { ...standard, week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]) }

test('a task that grows moves the first task of each other plan by what the longest paths say, or nobody', () => {
  fc.assert(
    fc.property(company(['FS'], 0), fc.nat(11), fc.integer({ min: 1, max: 5 }), (small, pick, growth) => {
      const grown = pick % small.durations.length
      const now = { ...small, durations: small.durations.map((each, k) => (k === grown ? each + growth : each)) }
      const [was, will] = [begins(small), begins(now)]
      const { plans, crossing } = split(now)
      const origin = plans[0]?.options.start ?? 0
      const minute = (days: number) => origin + days * 1440
      const full = (of: Plan): Plan => ({
        ...of,
        calendars: [roundTheClock],
        options: { ...of.options, minutesPerDay: 1440 },
        tasks: of.tasks.map(each => {
          const k = Number(each.id.split('/t')[1])
          const [start, length] = [was[k] ?? 0, small.durations[k] ?? 0]
          const baseline = { number: 0, start: minute(start), finish: minute(start + length), duration: length * 1440 }
          return { ...each, duration: each.duration * 3, baselines: [baseline] }
        }),
        links: of.links.map(each => ({ ...each, lag: stretch(each.lag) })),
      })
      const stretch = (lag: Lag): Lag => (lag.kind === 'working' ? { ...lag, minutes: lag.minutes * 3 } : lag)
      const { warnings } = foresee(
        plans.map((each, p) => watched(`p${p}`, full(each))),
        crossing.map(each => ({ ...each, lag: stretch(each.lag) })),
      )
      const own = grown % small.plans
      const expected = Array.from({ length: small.plans }, (_, p) => p).flatMap(p => {
        if (p === own) return []
        const hit = small.durations
          .map((_, k) => k)
          .filter(k => k % small.plans === p && (will[k] ?? 0) > (was[k] ?? 0))
          .sort((a, b) => (was[a] ?? 0) - (was[b] ?? 0) || (will[a] ?? 0) - (will[b] ?? 0) || a - b)[0]
        return hit === undefined ? [] : [[nameOf(now, hit), minute(was[hit] ?? 0), minute(will[hit] ?? 0)]]
      })
      expect(new Set(warnings.map(each => each.cause.task))).toEqual(
        new Set(expected.length > 0 ? [nameOf(now, grown)] : []),
      )
      expect(warnings.map(each => [each.hit.task, each.on.was, each.on.will]).sort()).toEqual(expected.sort())
      // The chain leads from the cause to the hit along links that exist.
      for (const { chain, cause, hit } of warnings) {
        expect([chain[0]?.task, chain.at(-1)?.task]).toEqual([cause.task, hit.task])
        for (const [i, step] of chain.slice(1).entries())
          expect(
            now.links.some(({ from, to }) => nameOf(now, from) === chain[i]?.task && nameOf(now, to) === step.task),
          ).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('what a link asks of its successor is told without moving it, also when a constraint holds the successor early', () => {
  const late = changed(station(12), 'station/fit', {
    constraint: { type: 'must_start_on', at: at('2024-03-15T08:00') },
  })
  const outcome = compute(late)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const from = { start: at('2024-03-18T08:00'), finish: at('2024-03-21T17:00'), duration: 4 * DAY }
  const asked = waitsFor(late, outcome.schedule, cross('factory/ship > station/fit', 1), from)
  expect(asked && [formatMinute(asked.span.start), asked.late / DAY]).toEqual(['2024-03-25T08:00', 6])
  expect(waitsFor(late, outcome.schedule, cross('factory/ship > station/fit', -20), from)?.late).toBe(DAY * 3)
})
