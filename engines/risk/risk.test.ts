// The simulation against what probability theory says, and its promises: same seed same bytes, planned durations planned dates.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarClock, formatMinute, type Link, type Plan } from '../schedule/index.ts'
import { at, DAY, link, plan, standard, summary, task } from '../schedule/testing/plan-maker.ts'
import { meanOf, varianceOf } from '../statistics/index.ts'
import { jointConfidence, jointFrontier, openSimulation, type RiskModel, simulate } from './index.ts'
import { layeredPlan } from './testing/layered-plan.ts'
import { chain, found, parallel, refused } from './testing/plans.ts'

/** Working minutes of the standard calendar to a finish, for plans that start on Monday 2024-03-04 08:00. */
const uniform = { of: 'minutes', distribution: { kind: 'uniform', min: 5 * DAY, max: 15 * DAY } } as const
const skewed = { of: 'factor', distribution: { kind: 'triangular', min: 0.8, mode: 1, max: 1.5 } } as const

describe('convergence', () => {
  test('a chain: the mean and variance of the length are the sums of the tasks', () => {
    const n = 20
    const { sd, tasks } = found(chain(new Array(n).fill(10)), { standard: skewed })
    const mean = (10 * DAY * (0.8 + 1 + 1.5)) / 3
    const variance = (10 * DAY) ** 2 * ((0.64 + 1 + 2.25 - 0.8 - 1.2 - 1.5) / 18)
    const total = tasks.reduce((sum, each) => sum + each.mean, 0)
    expect(Math.abs(total - n * mean)).toBeLessThan(3 * Math.sqrt((n * variance) / 10_000) + n)
    expect(Math.abs(sd ** 2 - n * variance)).toBeLessThan(3 * n * variance * Math.sqrt(2 / 10_000))
  })

  test.each([2, 5, 10, 50])('%i uniform tasks side by side end at 5 + 10 k ÷ (k + 1) days on average', k => {
    const outcome = openSimulation(parallel(k), { standard: uniform }, { iterations: 10_000, seed: 7 })
    if (!outcome.ok) throw new Error(outcome.error.code)
    const ran = outcome.simulation.run(0, outcome.simulation.chunks)
    if (!ran.ok) throw new Error(ran.error.code)
    const lengths = ran.tallies.flatMap(({ length }) => [...length])
    const variance = (100 * k) / ((k + 1) ** 2 * (k + 2))
    expect(Math.abs(meanOf(lengths) / DAY - (5 + (10 * k) / (k + 1)))).toBeLessThan(
      3 * Math.sqrt(variance / 10_000) + 1 / DAY,
    )
    expect(outcome.simulation.findings(ran.tallies).mergeBias / DAY).toBeCloseTo(15 - 10 * (1 - 0.5 ** (1 / k)) - 10, 0)
  })

  test.each([0.3, 0.7])('a common correlation of %f widens a chain as the copula says', r => {
    const n = 20
    const { sd } = found(chain(new Array(n).fill(10)), { standard: uniform, correlation: { common: r } })
    const one = (10 * DAY) ** 2 / 12
    // Uniform margins: Pearson = Spearman = 6/π · asin(ρ/2).
    const rho = (6 / Math.PI) * Math.asin(r / 2)
    const variance = n * one + n * (n - 1) * one * rho
    expect(Math.abs(sd ** 2 / variance - 1)).toBeLessThan(3 * Math.sqrt(2 / 10_000) + 0.005)
  })

  test('groups, pairs and the common factor together give the variance of their matrix', () => {
    const correlation = {
      common: 0.2,
      groups: [{ tasks: ['t0', 't1', 't2'], r: 0.6 }],
      pairs: [
        { a: 't3', b: 't4', r: -0.1 },
        { a: 't4', b: 't5', r: 0.5 },
      ],
    }
    const { sd, correlationRepaired } = found(chain(new Array(8).fill(10)), { standard: uniform, correlation })
    const one = (10 * DAY) ** 2 / 12
    const spearman = (r: number) => (6 / Math.PI) * Math.asin(r / 2)
    let variance = 8 * one
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) {
        const key = `${Math.min(i, j)}${Math.max(i, j)}`
        const r = key === '34' ? -0.1 : key === '45' ? 0.5 : i < 3 && j < 3 ? 0.6 : 0.2
        if (i !== j) variance += one * spearman(r)
      }
    }
    expect(correlationRepaired).toBe(0)
    expect(Math.abs(sd ** 2 / variance - 1)).toBeLessThan(3 * Math.sqrt(2 / 10_000) + 0.005)
  })

  test('stated pairs that contradict each other are repaired, and the finding says by how much', () => {
    const pairs = [
      { a: 't0', b: 't1', r: 0.95 },
      { a: 't1', b: 't2', r: 0.95 },
      { a: 't0', b: 't2', r: -0.5 },
    ]
    expect(
      found(chain([10, 10, 10]), { standard: skewed, correlation: { pairs } }).correlationRepaired,
    ).toBeGreaterThan(0.1)
  })
})

describe('the same seed gives the same bytes', () => {
  const input = layeredPlan(120, 3)
  const model: RiskModel = {
    standard: skewed,
    correlation: { common: 0.3 },
    weather: [{ id: 'rain', calendar: 'c0', lostShare: new Array(12).fill(0.1), persistence: 0.4 }],
    events: [{ id: 'e', probability: 0.3, impacts: [{ tasks: ['t50'], multiply: { kind: 'fixed', value: 2 } }] }],
  }
  test('again, and in chunks by several threads in any order', () => {
    const whole = simulate(input, model, { iterations: 3000, seed: 5 })
    const again = simulate(input, model, { iterations: 3000, seed: 5 })
    const opened = [0, 1].map(() => openSimulation(input, model, { iterations: 3000, seed: 5 }))
    const [first, second] = opened
    if (!first?.ok || !second?.ok || !whole.ok) throw new Error('refused')
    const late = second.simulation.run(1, 3)
    const early = first.simulation.run(0, 1)
    if (!late.ok || !early.ok) throw new Error('refused')
    expect(again).toEqual(whole)
    expect(first.simulation.findings([...late.tallies, ...early.tallies])).toEqual(whole.findings)
    expect(simulate(input, model, { iterations: 3000, seed: 6 })).not.toEqual(whole)
  })

  test('tasks that carry the numbers of their file draw the same under other ids', () => {
    const read = (prefix: string) => {
      const called = (id: string) => `${prefix}${id}`
      const { tasks, links } = chain([10, 5, 20])
      return plan(
        tasks.map((each, i) => ({ ...each, id: called(each.id), uid: 100 + i })),
        links.map(each => ({ ...each, from: called(each.from), to: called(each.to) })),
      )
    }
    const options = { iterations: 300 }
    const finishes = (prefix: string) => [...found(read(prefix), { standard: skewed }, options).samples.finish]
    expect(finishes('second')).toEqual(finishes('first'))
    // Without numbers the ids say who is who.
    expect([...found(chain([10, 5, 20]), { standard: skewed }, options).samples.finish]).not.toEqual(finishes('first'))
  })

  test('a new task elsewhere leaves the draws of the others as they were', () => {
    const more = plan([...parallel(2).tasks, task('far', 0.001)], [])
    const before = found(parallel(2), { standard: uniform }, { iterations: 500 })
    const after = found(more, { durations: { t0: uniform, t1: uniform } }, { iterations: 500 })
    expect([...after.samples.finish]).toEqual([...before.samples.finish])
  })
})

describe('with durations as planned a run ends when the computed schedule does', () => {
  const types = ['FS', 'SS', 'FF', 'SF'] as const
  const lag = fc.oneof(
    fc.integer({ min: -2, max: 4 }).map(days => ({ kind: 'working', minutes: days * DAY }) as const),
    fc.constantFrom({ kind: 'elapsed', minutes: 2880 } as const, { kind: 'percent', percent: 50 } as const),
  )
  const tasks = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 11 }), fc.boolean()), {
    minLength: 2,
    maxLength: 14,
  })
  const links = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...types), lag), { maxLength: 25 })
  const six = { ...standard, id: 'six', week: standard.week.map((day, i) => (i === 6 ? standard.week[1] : day)) }
  test.each(['ms', 'p6'] as const)('%s mode: links of all types, lags, two calendars, constraints, progress', mode => {
    fc.assert(
      fc.property(tasks, links, (list, pairs) => {
        const built = list.map(([days, what, other], i) =>
          task(`t${i}`, days, {
            ...(other && { calendar: 'six' }),
            ...(what === 1 && { constraint: { type: 'start_no_earlier_than', at: at('2024-03-13T08:00') } as const }),
            ...(what === 2 && { constraint: { type: 'finish_no_earlier_than', at: at('2024-03-20T17:00') } as const }),
            ...(what === 3 &&
              mode === 'ms' && { constraint: { type: 'must_start_on', at: at('2024-03-15T08:00') } as const }),
            ...(what === 4 &&
              days > 1 && {
                actualStart: at('2024-03-04T08:00'),
                actualDuration: DAY,
                remainingDuration: (days - 1) * DAY,
              }),
            ...(what === 5 && days > 0 && { levelingDelay: 2880 }),
          }),
        )
        const seen = pairs.flatMap(([a, b, type, lagged], k): Link[] => {
          const from = a % list.length
          const to = b % list.length
          // In Microsoft mode a start-to-finish link may leave its successor on Monday 08:00 instead of the equal Friday
          // 17:00; what follows by elapsed time then differs, so that these links have their own test.
          const odd = type === 'SF' && mode === 'ms'
          return from < to && !odd ? [{ id: `l${k}`, from: `t${from}`, to: `t${to}`, type, lag: lagged }] : []
        })
        const base = plan(built, [], { calendars: [standard, six], mode })
        const input: Plan = { ...base, links: seen, options: { ...base.options, statusDate: at('2024-03-04T17:00') } }
        const { planned, replayed, finish } = found(input, {}, { iterations: 3 })
        // Friday 17:00 and a milestone at midnight are the same count of working time.
        const clock = calendarClock(input.calendars, 'six')
        if (!clock.ok) throw new Error(clock.error.code)
        const shown = (date: number) => formatMinute(clock.clock.prevWorkFinish(date))
        expect(shown(replayed)).toBe(shown(planned))
        expect(shown(finish[0]!.at)).toBe(shown(planned))
      }),
      { numRuns: 150, seed: 20261122 },
    )
  })

  test.each(['ms', 'p6'] as const)('a start-to-finish link holds the end of work, %s mode', mode => {
    const input = plan(
      [task('guard', 3), task('shift', 8), task('next', 2)],
      [link('shift SF guard', 5), link('guard FS next')],
      { mode },
    )
    const { planned, replayed } = found(input, {}, { iterations: 1 })
    expect([formatMinute(replayed), formatMinute(planned)]).toEqual(['2024-03-13T17:00', '2024-03-13T17:00'])
  })

  test('a linked summary drives by its last task', () => {
    const input = plan(
      [summary('s'), task('a', 3, { parent: 's' }), task('b', 5, { parent: 's' }), task('c', 2)],
      [link('s FS c')],
    )
    const { planned, replayed } = found(input, {}, { iterations: 1 })
    expect([formatMinute(planned), replayed]).toEqual(['2024-03-12T17:00', planned])
  })
})

describe('indices', () => {
  test('two equal paths: each is critical half of the time; merging puts a bias on their meeting', () => {
    const input = plan([task('a', 10), task('b', 10), task('end', 0)], [link('a FS end'), link('b FS end')])
    const { tasks, mergeBias, mergePoints, plannedConfidence, milestones } = found(input, { standard: uniform })
    const [a, b] = tasks
    expect(a!.criticality).toBeCloseTo(0.5, 1)
    expect(a!.criticality + b!.criticality).toBeGreaterThanOrEqual(1)
    // E max of two uniforms on 5–15 days is 11.67 days; the median of the maximum 5 + 10/√2.
    expect(mergePoints[0]).toMatchObject({ id: 'end', links: 2 })
    expect(mergePoints[0]!.bias / DAY).toBeCloseTo(5 / 3, 1)
    expect(Math.abs(mergeBias / DAY - (10 / Math.SQRT2 - 5))).toBeLessThan(0.15)
    expect(plannedConfidence).toBeCloseTo(0.25, 1)
    expect(milestones[0]!.id).toBe('end')
  })

  test('in a chain every task is critical, their squared crucialities add up to one, sensitivity is their share of σ', () => {
    const { tasks, sd } = found(chain([5, 10, 20]), { standard: skewed })
    expect(tasks.map(each => each.criticality)).toEqual([1, 1, 1])
    expect(tasks.reduce((sum, each) => sum + each.cruciality ** 2, 0)).toBeCloseTo(1, 1)
    for (const each of tasks) expect(each.sensitivity).toBeCloseTo(each.sd / sd, 9)
    expect(tasks.map(each => each.significance)).toEqual([1, 1, 1].map(one => expect.closeTo(one, 6)))
  })

  test('a task that always floats is never critical and hardly significant', () => {
    const input = plan([task('long', 20), task('short', 2)])
    const [long, short] = found(input, { standard: skewed }).tasks
    expect([long!.criticality, short!.criticality]).toEqual([1, 0])
    expect(short!.significance).toBeLessThan(0.2)
  })

  test('the tornado has the longest bar for the task that matters most', () => {
    const { tornado } = found(chain([2, 30, 5]), { standard: skewed })
    expect(tornado.map(bar => bar.id)).toEqual(['t1', 't2', 't0'])
    expect(tornado[0]!.high).toBeGreaterThan(tornado[0]!.low)
    expect(tornado[0]!.spearman).toBeGreaterThan(0.9)
    expect(tornado[0]!.kendall).toBeLessThan(tornado[0]!.spearman)
  })

  test('percentiles rise, lie in their intervals and on the curve', () => {
    const { finish, curve, mean } = found(layeredPlan(60), { standard: skewed }, { iterations: 2000 })
    for (const { p, at: date, between } of finish) {
      expect(between[0]).toBeLessThanOrEqual(date)
      expect(between[1]).toBeGreaterThanOrEqual(date)
      expect(curve[Math.round(p * 100)]).toBe(date)
    }
    expect(curve).toEqual([...curve].sort((a, b) => a - b))
    expect(mean).toBeGreaterThan(curve[0]!)
  })
})

describe('what may happen', () => {
  test('an event delays all of its tasks together when it happens', () => {
    const model: RiskModel = {
      events: [
        { id: 'permit', probability: 0.25, impacts: [{ tasks: ['t0', 't2'], add: { kind: 'fixed', value: 4 * DAY } }] },
      ],
    }
    const { events, finish } = found(chain([5, 5, 5]), model)
    expect(events[0]!.share).toBeCloseTo(0.25, 1)
    expect(events[0]!.delay).toBe(8 * DAY)
    expect(formatMinute(finish[1]!.at)).toBe('2024-03-22T17:00')
    expect(formatMinute(finish[3]!.at)).toBe('2024-04-03T17:00')
  })

  test('of a branch exactly one way is taken, in its share', () => {
    const input = plan(
      [task('a', 5), task('good', 0.5), task('rework', 10), task('end', 1)],
      [link('a FS good'), link('a FS rework'), link('good FS end'), link('rework FS end')],
    )
    const branches = [
      {
        id: 'test',
        ways: [
          { tasks: ['good'], weight: 3 },
          { tasks: ['rework'], weight: 1 },
        ],
      },
    ]
    const { branches: shares, tasks, finish } = found(input, { branches })
    expect(shares[0]!.ways[0]).toBeCloseTo(0.75, 1)
    expect(formatMinute(finish[1]!.at)).toBe('2024-03-12T12:00')
    expect(formatMinute(finish[3]!.at)).toBe('2024-03-25T17:00')
    expect(tasks.find(each => each.id === 'rework')!.criticality).toBe(1)
  })

  test('a condition sends late runs another way', () => {
    const input = plan([task('a', 10), task('air', 1), task('sea', 10)], [link('a FS air'), link('a FS sea')])
    const branches = [
      {
        id: 'transport',
        ways: [{ tasks: ['air'] }, { tasks: ['sea'] }],
        when: { task: 'a', after: at('2024-03-15T17:00') },
      },
    ]
    const { branches: shares } = found(input, { durations: { a: uniform }, branches })
    expect(shares[0]!.ways[0]).toBeCloseTo(0.5, 1)
    expect(refused(input, { branches: [{ ...branches[0]!, when: { task: 'sea', after: 0 } }] })).toMatchObject({
      code: 'risk.branch',
      problem: 'not_before_its_ways',
    })
  })

  test('weather takes its share of the days: 20 days of work need some 25 when a fifth is lost', () => {
    const weather = [{ id: 'rain', calendar: 'standard', lostShare: new Array<number>(12).fill(0.2), persistence: 0.3 }]
    const { samples, sd } = found(chain([10, 10]), { weather }, { iterations: 4000 })
    const days = [...samples.finish].map(date => ((date - at('2024-03-04T00:00')) / 1440) * (5 / 7))
    expect(meanOf(days)).toBeGreaterThan(23.5)
    expect(meanOf(days)).toBeLessThan(26.5)
    expect(sd).toBeGreaterThan(0)
    const dry = found(chain([10, 10]), { weather: [{ ...weather[0]!, tasks: [] }] }, { iterations: 10 })
    expect(new Set(dry.samples.finish).size).toBe(1)
  })
})

describe('cost', () => {
  const input = chain([10, 10])
  const model: RiskModel = {
    standard: uniform,
    costs: [
      { task: 't0', fixed: '1000.00', perDay: '100.00' },
      { task: 't1', fixed: '500.00' },
    ],
    overheadPerDay: '50.00',
  }
  test('grows with the days it depends on', () => {
    const { cost, costWithLength, samples } = found(input, model)
    expect(Number(cost!.mean)).toBeCloseTo(1500 + 100 * 10 + 50 * 20, -2)
    expect(Math.sqrt(varianceOf(samples.cost))).toBeCloseTo(Math.sqrt((150 ** 2 + 50 ** 2) * (100 / 12)), -1)
    expect(costWithLength).toBeGreaterThan(0.8)
    expect(cost!.percentiles[1]!.amount).toMatch(/^\d+\.\d\d$/)
  })

  test('and time together are less certain than either alone', () => {
    const findings = found(input, model)
    const [, , p80] = findings.finish
    const cost80 = Number(findings.cost!.percentiles[2]!.amount)
    const joint = jointConfidence(findings, p80!.at, cost80)
    expect(joint).toBeLessThan(0.8)
    expect(joint).toBeGreaterThan(0.6)
    const frontier = jointFrontier(findings, 0.8)
    expect(frontier.length).toBeGreaterThan(5)
    for (const { finish, cost } of frontier) {
      expect(jointConfidence(findings, finish, Number(cost) + 0.01)).toBeGreaterThanOrEqual(0.8)
    }
  })

  test('a plan without amounts has no cost', () => {
    expect(found(input, { standard: uniform }, { iterations: 10 }).cost).toBeNull()
  })
})

describe('a run', () => {
  test('tells how far it is and stops when asked, leaving nothing', () => {
    const seen: number[] = []
    const control = { progress: (done: number) => void seen.push(done), cancelled: () => seen.length === 2 }
    const outcome = simulate(chain([5, 5]), { standard: skewed }, { iterations: 5000, seed: 1 }, control)
    expect(outcome).toEqual({ ok: false, error: { code: 'risk.cancelled' } })
    expect(seen).toEqual([1024, 2048])
  })

  test('refuses what it cannot do and says what', () => {
    const input = chain([5, 5])
    expect(refused(input, {}, { iterations: 0 })).toMatchObject({ code: 'risk.iterations' })
    expect(refused(input, { durations: { nobody: uniform } })).toMatchObject({
      code: 'risk.unknown_task',
      task: 'nobody',
    })
    expect(refused(input, { correlation: { common: 1 } })).toMatchObject({ code: 'risk.correlation_out_of_range' })
    expect(refused(input, { events: [{ id: 'e', probability: 2, impacts: [] }] })).toMatchObject({
      code: 'risk.probability',
    })
    expect(
      refused(input, { standard: { of: 'factor', distribution: { kind: 'uniform', min: 2, max: 1 } } }),
    ).toMatchObject({ code: 'risk.distribution', problem: 'not_ascending' })
    const circle = plan([task('a', 1), task('b', 1)], [link('a FS b'), link('b FS a')])
    expect(refused(circle, {})).toMatchObject({ code: 'schedule.cycle' })
  })

  test('of finished work ends when the work did', () => {
    const done = { actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-08T17:00'), percentComplete: 100 }
    for (const mode of ['ms', 'p6'] as const) {
      const { finish, tasks } = found(
        plan([task('a', 5, done)], [], { mode }),
        { standard: skewed },
        { iterations: 10 },
      )
      expect([formatMinute(finish[3]!.at), tasks]).toEqual(['2024-03-08T17:00', []])
    }
  })
})
