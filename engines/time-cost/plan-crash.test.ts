// Crashing real plans: the model has the plan's own dates, the cheapest choice is what trying every whole day finds, and the plan
// computed with it ends when it says.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, type Calendar, compute, dayOf, formatMinute, type Plan } from '../schedule/index.ts'
import {
  at,
  DAY,
  type LinkText,
  link,
  office,
  plan,
  scheduled,
  standard,
  summary,
  task,
} from '../schedule/testing/plan-maker.ts'
import { crashCurve } from './crash.ts'
import { type CrashChoice, planCrash, type TimeTerms } from './plan-crash.ts'
import { crashEdits } from './plan-edits.ts'
import { planModel, type Shortening } from './plan-model.ts'

const free: TimeTerms = { indirect: '0', penalty: '0', bonus: '0' }
const cheap = (id: string, days: number, cost: `${number}`, per: Shortening['per'] = 'day'): Shortening => ({
  ...{ task: id, shortest: days * DAY, cost, per },
})
const crashed = (of: Plan, shortenings: readonly Shortening[], terms = free) => {
  const outcome = planCrash(of, scheduled(of), shortenings, terms)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.crash
}
const taken = (of: Plan, choice: Pick<CrashChoice, 'cuts'> | undefined) => {
  const edits = crashEdits(of, { cuts: choice?.cuts ?? [], switches: [] }, { newId: () => 'none' })
  const outcome = applyEdits(of, edits)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome
}
const day = (minute: number) => formatMinute(minute).slice(0, 10)

describe('a plan worked by hand', () => {
  // Two chains side by side, 10 and 9 days; the first day less is cut from one of them, the next from both.
  const of = plan(
    [task('dig', 6), task('slab', 4), task('pipe', 5), task('test', 4), task('open', 0)],
    [link('dig FS slab'), link('pipe FS test'), link('slab FS open'), link('test FS open')],
  )
  const ways = [cheap('dig', 4, '3000'), cheap('slab', 2, '5000', 'all'), cheap('pipe', 3, '1000')]

  test('cheapest days go first; both critical paths are shortened together, with what each costs and why', () => {
    const { choices } = crashed(of, ways)
    expect(choices.map(({ finish, direct }) => [day(finish), direct])).toEqual([
      ['2024-03-15', '0.00'],
      ['2024-03-14', '2500.00'],
      ['2024-03-13', '6000.00'],
      ['2024-03-12', '10000.00'],
    ])
    expect(choices[1]?.cuts).toEqual([{ task: 'slab', minutes: DAY, cost: '2500.00', through: 1, paths: 2 }])
    expect(choices[2]?.cuts.map(({ task: id, minutes, cost }) => [id, minutes / DAY, cost])).toEqual([
      ['slab', 2, '5000.00'],
      ['pipe', 1, '1000.00'],
    ])
  })

  test('overhead, penalty and bonus say how far it pays', () => {
    const contract = dayOf(at('2024-03-14T00:00'))
    const best = (terms: TimeTerms) => {
      const { choices, best } = crashed(of, ways, terms)
      return choices[best]
    }
    expect(day(best(free)?.finish ?? 0)).toBe('2024-03-15')
    // One day late costs 4,000 and is saved for 2,500; without a bonus nothing more pays.
    const late = best({ ...free, penalty: '4000', contract })
    expect([day(late?.finish ?? 0), late?.contract, late?.total]).toEqual(['2024-03-14', '-4000.00', '-1500.00'])
    expect(day(best({ ...free, penalty: '4000', bonus: '3600', contract })?.finish ?? 0)).toBe('2024-03-13')
    expect(best({ ...free, indirect: '3900' })).toMatchObject({
      direct: '6000.00',
      indirect: '-7800.00',
      total: '-1800.00',
    })
  })

  test('taken over it is one edit that undo takes back: the plan ends then, its cost holds the haste, work stays work', () => {
    const staffed: Plan = {
      ...of,
      tasks: of.tasks.map(each => (each.id === 'slab' ? { ...each, cost: '80000.00', fixedCost: '10000.00' } : each)),
      resources: [{ id: 'crew', name: 'crew', kind: 'work', maxUnits: 1 }],
      assignments: [{ id: 'a', task: 'slab', resource: 'crew', units: 1, work: 4 * DAY }],
    }
    const choice = crashed(staffed, ways).choices[2]
    const { plan: after, inverse } = taken(staffed, choice)
    expect(day(scheduled(after).finish)).toBe('2024-03-13')
    expect(after.tasks.find(({ id }) => id === 'slab')).toMatchObject({
      duration: 2 * DAY,
      cost: '85000.00',
      fixedCost: '15000.00',
    })
    expect(after.assignments[0]).toMatchObject({ units: 2, work: 4 * DAY })
    const back = applyEdits(after, inverse)
    expect(back.ok && back.plan.tasks).toEqual(staffed.tasks)
    expect(back.ok && back.plan.assignments).toEqual(staffed.assignments)
  })

  test('what is done is not shortened, of begun work only the rest; the rest says why it was left out', () => {
    const begun: Plan = {
      ...of,
      options: { ...of.options, statusDate: at('2024-03-05T17:00') },
      tasks: of.tasks.map(each =>
        each.id === 'dig'
          ? { ...each, actualStart: at('2024-03-04T08:00'), actualDuration: 2 * DAY, remainingDuration: 4 * DAY }
          : each.id === 'pipe'
            ? {
                ...each,
                actualStart: at('2024-03-04T08:00'),
                actualFinish: at('2024-03-08T17:00'),
                percentComplete: 100,
              }
            : each,
      ),
    }
    const { choices, leftOut } = crashed(begun, [cheap('dig', 1, '10'), cheap('pipe', 3, '10'), cheap('test', 4, '10')])
    expect(leftOut).toEqual([
      { task: 'pipe', why: 'not_open' },
      { task: 'test', why: 'no_shorter' },
    ])
    // Two of its days are over: four can be saved at most, one of them before the other chain drives.
    expect(choices.map(({ direct }) => direct)).toEqual(['0.00', '10.00'])
    const { plan: after } = taken(begun, choices[1])
    expect(after.tasks[0]).toMatchObject({ duration: 5 * DAY, actualDuration: 2 * DAY, remainingDuration: 3 * DAY })
    expect(scheduled(after).finish).toBe(choices[1]?.finish)
  })

  test('summaries with links, constraints, elapsed lags and delays: the model has the dates of the plan', () => {
    const rich = plan(
      [
        summary('one'),
        task('a', 3, { parent: 'one' }),
        task('b', 2, { parent: 'one', levelingDelay: 2880 }),
        summary('two'),
        task('c', 4, { parent: 'two' }),
        task('d', 2, { parent: 'two', constraint: { type: 'start_no_earlier_than', at: at('2024-04-08T08:00') } }),
        task('e', 3, { manual: true, manualStart: at('2024-03-28T08:00'), manualFinish: at('2024-04-01T17:00') }),
        task('f', 5),
      ],
      [
        link('one FS two', { kind: 'elapsed', minutes: 3 * 1440 }),
        link('a SS f', { kind: 'percent', percent: 50 }),
        link('c FS e'),
        link('e FS f'),
      ],
    )
    const schedule = scheduled(rich)
    const outcome = planModel(rich, schedule, [])
    if (!outcome.ok) throw new Error(outcome.error.code)
    const { model } = outcome
    const curve = crashCurve(model.tasks, model.links)
    expect(curve.ok && curve.points[0]?.length).toBe(model.clock.work(model.origin, schedule.finish))
  })

  test('a plan scheduled from its finish is refused', () => {
    const backwards = {
      ...of,
      options: { ...of.options, scheduleFrom: 'finish' as const, finish: at('2024-04-01T17:00') },
    }
    expect(planCrash(backwards, scheduled(of), [], free)).toMatchObject({ error: { code: 'time_cost.from_finish' } })
  })
})

interface Drawn {
  readonly of: Plan
  readonly ways: readonly Shortening[]
}

/** Small plans with every type of link; on the plan's calendar only, or also on a six-day and an elapsed one. */
const drawn = (calendars: boolean): fc.Arbitrary<Drawn> =>
  fc
    .record({
      tasks: fc.array(
        fc.record({
          days: fc.integer({ min: 1, max: 5 }),
          less: fc.integer({ min: 0, max: 2 }),
          rate: fc.integer({ min: 0, max: 9 }),
          on: fc.constantFrom('plan', 'plan', 'six', 'elapsed'),
          late: fc.integer({ min: 0, max: 14 }),
        }),
        { minLength: 2, maxLength: 6 },
      ),
      links: fc.array(
        fc.record({
          a: fc.nat(5),
          b: fc.nat(5),
          type: fc.constantFrom('FS', 'FS', 'FS', 'SS', 'FF'),
          lag: fc.integer({ min: 0, max: 2 }),
        }),
        { maxLength: 8 },
      ),
    })
    .map(({ tasks, links }) => {
      const rows = tasks.map(({ days, on, late }, i) =>
        task(`t${i}`, days, {
          ...(calendars && on === 'six' ? { calendar: 'six' } : {}),
          ...(calendars && on === 'elapsed' ? { elapsed: true, duration: days * 1440 } : {}),
          ...(late > 10
            ? {
                constraint: { type: 'start_no_earlier_than' as const, at: at('2024-03-04T08:00') + (late - 10) * 1440 },
              }
            : {}),
        }),
      )
      const seen = new Set<string>()
      const drawnLinks = links.flatMap(({ a, b, type, lag }): LinkText[] => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        if (from === to || to >= rows.length || seen.has(`${from} ${to}`)) return []
        seen.add(`${from} ${to}`)
        return [link(`t${from} ${type} t${to}`, lag)]
      })
      const six: Calendar = { ...standard, id: 'six', week: [[], office, office, office, office, office, office] }
      return {
        of: plan(rows, drawnLinks, calendars ? { calendars: [standard, six] } : {}),
        ways: tasks.flatMap(({ days, less, rate, on }, i): Shortening[] =>
          less === 0 || days === less
            ? []
            : [
                {
                  task: `t${i}`,
                  shortest: Math.max(1, days - less) * (calendars && on === 'elapsed' ? 1440 : DAY),
                  cost: `${rate + 1}`,
                  per: 'day',
                },
              ],
        ),
      }
    })

describe('random plans', () => {
  test('no combination of whole days reaches a finish for less, and the plan computed with the choice ends there', () => {
    fc.assert(
      fc.property(drawn(false), ({ of, ways }) => {
        const { choices } = crashed(of, ways)
        const best = new Map<number, number>()
        const walk = (i: number, now: Plan, cost: number) => {
          const way = ways[i]
          if (!way) {
            const { finish } = scheduled(now)
            best.set(finish, Math.min(best.get(finish) ?? Number.POSITIVE_INFINITY, cost))
            return
          }
          const own = of.tasks.find(({ id }) => id === way.task)!.duration
          for (let duration = own; duration >= way.shortest; duration -= DAY) {
            const tasks = now.tasks.map(each => (each.id === way.task ? { ...each, duration } : each))
            walk(i + 1, { ...now, tasks }, cost + ((own - duration) / DAY) * Number(way.cost))
          }
        }
        walk(0, of, 0)
        const finishes = [...best.keys()].sort((a, b) => a - b)
        expect(choices.at(-1)?.finish).toBe(finishes[0])
        for (const choice of choices) {
          const least = Math.min(...finishes.filter(each => each <= choice.finish).map(each => best.get(each)!))
          expect(Number(choice.direct)).toBe(least)
          expect(scheduled(taken(of, choice).plan).finish).toBeLessThanOrEqual(choice.finish)
        }
      }),
      { numRuns: 150, seed: 20261122 },
    )
  })

  test('on any calendars the model has the finish of the plan, the least cost rises with haste, cuts keep their bounds', () => {
    fc.assert(
      fc.property(drawn(true), ({ of, ways }) => {
        const schedule = scheduled(of)
        const { choices } = crashed(of, ways)
        expect(choices[0]).toMatchObject({ finish: schedule.finish, direct: '0.00' })
        const costs = choices.map(({ bound }) => Number(bound))
        for (const [i, cost] of costs.entries()) expect(cost).toBeGreaterThanOrEqual((costs[i - 1] ?? 0) - 0.05)
        for (const { cuts, bound, direct } of choices) {
          expect(Number(bound)).toBeLessThanOrEqual(Number(direct) + 0.05)
          for (const cut of cuts) {
            const way = ways.find(({ task: id }) => id === cut.task)!
            const own = of.tasks.find(({ id }) => id === cut.task)!.duration
            expect(own - cut.minutes).toBeGreaterThanOrEqual(way.shortest)
            expect(cut.minutes).toBeGreaterThan(0)
          }
        }
        const outcome = compute(taken(of, choices.at(-1)).plan)
        expect(outcome.ok && outcome.schedule.finish).toBeLessThanOrEqual(schedule.finish)
      }),
      { numRuns: 150, seed: 20261122 },
    )
  })
})
