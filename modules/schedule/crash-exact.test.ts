// The exact choice of days and alternatives by HiGHS: against every combination on 200 random networks; and on a plan by hand.
import { applyEdits, formatMinute, type Plan } from '@yingzao/engines/schedule'
import { DAY, link, plan, scheduled, task } from '@yingzao/engines/schedule/testing/plan-maker'
import {
  type Alternative,
  type CrashChoice,
  type CrashTerms,
  crashEdits,
  provenCrash,
} from '@yingzao/engines/time-cost'
import { hullOf, type OpenChoice } from '@yingzao/engines/time-cost/alternative'
import { asPlanned, chooseExactly, chooseRoughly, proved } from '@yingzao/engines/time-cost/choose'
import { type CrashLink, crashCurve } from '@yingzao/engines/time-cost/crash'
import { measured } from '@yingzao/engines/time-cost/critical-path'
import type { OpenTask } from '@yingzao/engines/time-cost/plan-model'
import { type Deciding, lengthOf, priceOf } from '@yingzao/engines/time-cost/selection'
import { milpSolver } from '@yingzao/ui/background/milp'
import fc from 'fast-check'
import load from 'highs'
import { expect, test } from 'vitest'

interface Drawn {
  readonly normal: number
  readonly release: number
  /** Days that can be cut, and yuan for each. */
  readonly days: number
  readonly rate: number
  /** Other ways: duration and yuan against the present one. */
  readonly others: readonly { readonly length: number; readonly cost: number }[]
}
interface Network {
  readonly tasks: readonly Drawn[]
  readonly links: readonly CrashLink[]
}

const ways = ({ days, others }: Drawn) => (others.length > 0 ? others.length + 1 : days + 1)

const network: fc.Arbitrary<Network> = fc
  .record({
    tasks: fc.array(
      fc.record({
        normal: fc.integer({ min: 0, max: 8 }),
        release: fc.integer({ min: 0, max: 3 }),
        days: fc.integer({ min: 0, max: 3 }),
        rate: fc.integer({ min: 0, max: 9 }),
        others: fc.array(
          fc.record({ length: fc.integer({ min: 0, max: 10 }), cost: fc.integer({ min: -12, max: 25 }) }),
          { maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    links: fc.array(
      fc.record({
        ...{ a: fc.nat(11), b: fc.nat(11), lag: fc.integer({ min: -1, max: 2 }) },
        type: fc.constantFrom('FS', 'FS', 'FS', 'SS', 'FF', 'SF' as const),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ tasks: drawn, links }) => {
    let product = 1
    const tasks = drawn.map((each): Drawn => {
      const bounded = { ...each, days: Math.min(each.days, each.normal) }
      const own = product * ways(bounded) <= 4000 ? bounded : { ...bounded, days: 0, others: [] }
      product *= ways(own)
      return own
    })
    return {
      tasks,
      links: links.flatMap(({ a, b, type, lag }): CrashLink[] => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        return from === to || to >= tasks.length ? [] : [{ from: `${from}`, to: `${to}`, type, lag }]
      }),
    }
  })

function decidingOf({ tasks: drawn, links }: Network): Deciding {
  const choosing = drawn.flatMap(({ normal, others }, index): OpenChoice[] => {
    if (others.length === 0) return []
    const options = [{ length: normal, cost: 0 }, ...others].map(({ length, cost }, at) => ({
      ...{ id: at === 0 ? null : `${at}`, duration: length, length, cost: 100 * cost },
    }))
    return [{ task: `${index}`, index, options, inUse: 0 }]
  })
  const open = drawn.flatMap(({ normal, days, rate, others }, index): OpenTask[] =>
    others.length > 0 || days === 0
      ? []
      : [{ ...{ task: `${index}`, index, left: normal, shortest: normal - days, scale: 1 }, rate: 100 * rate }],
  )
  const tasks = drawn.map(({ normal, release }, index) => {
    const [choice, task] = [choosing.find(each => each.index === index), open.find(each => each.index === index)]
    const range = choice ? hullOf(choice.options, 1) : { normal, crash: task?.shortest ?? normal }
    return { id: `${index}`, release, rate: 1000 * (task?.rate ?? 0), ...range }
  })
  return {
    ...{ tasks, links, open, choosing, grid: 1, dayOf: () => 1 },
    present: drawn.map(({ normal }) => normal),
    network: measured(tasks, links),
  }
}

/** Length of the network, written down again: tasks in the order of their links. */
function lengthAt({ tasks, links }: Network, durations: readonly number[]): number {
  const start = new Array<number>(tasks.length).fill(0)
  let most = 0
  tasks.forEach(({ release }, index) => {
    let earliest = release
    for (const { from, to, type, lag } of links) {
      if (Number(to) !== index) continue
      const moment = start[Number(from)]! + (type[0] === 'F' ? durations[Number(from)]! : 0) + lag
      earliest = Math.max(earliest, type[1] === 'F' ? moment - durations[index]! : moment)
    }
    start[index] = earliest
    most = Math.max(most, earliest + durations[index]!)
  })
  return most
}

/** Least fen for each length, by trying every combination. */
function tried(of: Network): ReadonlyMap<number, number> {
  const best = new Map<number, number>()
  const durations = of.tasks.map(({ normal }) => normal)
  const walk = (index: number, cost: number) => {
    const own = of.tasks[index]
    if (!own) {
      const length = lengthAt(of, durations)
      best.set(length, Math.min(best.get(length) ?? Number.POSITIVE_INFINITY, cost))
      return
    }
    const each =
      own.others.length > 0
        ? [{ length: own.normal, cost: 0 }, ...own.others]
        : Array.from({ length: own.days + 1 }, (_, cut) => ({ length: own.normal - cut, cost: cut * own.rate }))
    for (const { length, cost: more } of each) {
      durations[index] = length
      walk(index + 1, cost + 100 * more)
    }
  }
  walk(0, 0)
  return best
}

test('200 random networks of up to 12 tasks: every length costs what the cheapest combination costs, and the shortest is the shortest', async () => {
  const solve = milpSolver(await load(), () => 20)
  let equal = 0
  await fc.assert(
    fc.asyncProperty(network, async drawn => {
      const deciding = decidingOf(drawn)
      const curve = crashCurve(deciding.tasks, deciding.links)
      if (!curve.ok) throw new Error(curve.error.code)
      const best = tried(drawn)
      const least = Math.min(...best.keys())
      const most = Math.max(...best.keys())
      const lengths = Array.from({ length: most - least + 2 }, (_, less) => most - less)
      const rough = chooseRoughly(deciding, curve.points, lengths, [asPlanned(deciding)])
      const exact = await chooseExactly(deciding, rough, { solve, goOn: () => true })
      for (const [at, length] of lengths.entries()) {
        const truth = Math.min(...[...best].flatMap(([of, cost]) => (of <= length ? [cost] : [])))
        const { selection, bound } = exact[at]!
        // The rough bound is never above the truth, the rough choice never below it.
        expect(rough[at]!.bound).toBeLessThanOrEqual(truth + 1e-6)
        if (length < least) {
          expect([selection, bound]).toEqual([null, Number.POSITIVE_INFINITY])
          continue
        }
        if (!selection) throw new Error('nothing found')
        expect(lengthOf(deciding, selection)).toBeLessThanOrEqual(length)
        expect(Math.round(priceOf(deciding, selection))).toBe(truth)
        expect(proved(deciding, exact[at]!)).toBe(true)
      }
      equal++
    }),
    { numRuns: 200, seed: 20261122 },
  )
  expect(equal).toBe(200)
}, 120_000)

const crew = { id: 'crew', name: 'crew', kind: 'work' as const, maxUnits: 4, rates: [{ perHour: '100' }] }
const crane = { id: 'crane', name: 'crane', kind: 'work' as const, maxUnits: 2, rates: [{ perHour: '200' }] }
const way = (task: string, id: string, days: number, cost: Alternative['cost'], ...resources: [string, number][]) => ({
  ...{ task, id, duration: days * DAY, cost },
  resources: resources.map(([resource, units]) => ({ resource, units })),
})
// dig (10) – slab (6) beside pipe (13); slab can be cast with a second crane, dig in two shifts, pipe slower and cheaper.
const of: Plan = {
  ...plan(
    [task('dig', 10, { cost: '8000.00' }), task('slab', 6), task('pipe', 13), task('open', 0)],
    [link('dig FS slab'), link('slab FS open'), link('pipe FS open')],
  ),
  resources: [crew, crane],
  assignments: [
    { id: 'a', task: 'dig', resource: 'crew', units: 1, work: 10 * DAY, cost: '8000.00' },
    { id: 'b', task: 'slab', resource: 'crane', units: 1, work: 6 * DAY, cost: '9600.00' },
  ],
}
const alternatives = [
  way('dig', 'one shift', 10, '0', ['crew', 1]),
  way('dig', 'two shifts', 6, '9000', ['crew', 2]),
  way('dig', 'three shifts', 5, '15000', ['crew', 3]),
  way('slab', 'one crane', 6, '0', ['crane', 1]),
  way('slab', 'with a crew beside', 4, '5000', ['crane', 1], ['crew', 1]),
  way('pipe', 'as planned', 13, '20000'),
  way('pipe', 'small gang', 15, '12000'),
  way('pipe', 'machine', 9, '26000'),
]
const said = ({ finish, direct, switches }: CrashChoice) => [
  formatMinute(finish).slice(0, 10),
  direct,
  switches.map(({ alternative }) => alternative).join(', '),
]

test('real alternatives: the cheapest selection of each finish, also a slower way that saves money; taken over with its resources', async () => {
  const schedule = scheduled(of)
  const told: number[] = []
  const options = {
    solve: milpSolver(await load(), () => 20),
    goOn: (done: number) => {
      told.push(done)
      return true
    },
  }
  const terms: CrashTerms = { indirect: '0', penalty: '0', bonus: '0', alternatives }
  const outcome = await provenCrash(of, schedule, [], terms, options)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { choices, now, best, shortest, choosing } = outcome.crash
  expect([choosing, now, best, shortest]).toEqual([3, 0, 0, true])
  expect(choices.map(said)).toEqual([
    ['2024-03-25', '-8000.00', 'small gang'],
    ['2024-03-22', '-3000.00', 'with a crew beside, small gang'],
    ['2024-03-21', '5000.00', 'with a crew beside'],
    ['2024-03-20', '9000.00', 'two shifts'],
    ['2024-03-19', '15000.00', 'two shifts, machine'],
    ['2024-03-15', '20000.00', 'two shifts, with a crew beside, machine'],
    ['2024-03-14', '26000.00', 'three shifts, with a crew beside, machine'],
  ])
  expect(choices.every(({ proved, bound, direct }) => proved && bound === direct)).toBe(true)

  // Told to end at once, it still has a way to every finish, and says how far from the best it can be.
  const ended = await provenCrash(of, schedule, [], terms, { ...options, goOn: () => false })
  if (!ended.ok) throw new Error(ended.error.code)
  expect(ended.crash.choices.some(({ proved }) => !proved)).toBe(true)
  for (const { finish, bound, direct } of ended.crash.choices) {
    const truth = Number(choices.find(each => each.finish <= finish)?.direct)
    expect([Number(bound) <= truth, Number(direct) >= truth]).toEqual([true, true])
  }

  const ids = { alternatives, newId: () => crypto.randomUUID() }
  const edits = crashEdits(of, choices[5] ?? { cuts: [], switches: [] }, ids)
  const applied = applyEdits(of, edits)
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  const { plan: after, inverse } = applied
  expect(formatMinute(scheduled(after).finish).slice(0, 10)).toBe('2024-03-15')
  // Crew and hours double up, prices of resources count once: each task costs what its alternative was said to cost more.
  const costs = after.tasks.map(({ name, duration, cost }) => [name, duration / DAY, cost])
  expect(costs).toEqual([
    ['dig', 6, '17000.00'],
    ['slab', 4, '14600.00'],
    ['pipe', 9, '6000.00'],
    ['open', 0, undefined],
  ])
  expect(after.assignments.map(({ task, resource, units, work = 0 }) => [task, resource, units, work / DAY])).toEqual([
    ['dig', 'crew', 2, 12],
    ['slab', 'crane', 1, 4],
    ['slab', 'crew', 1, 4],
  ])
  const back = applyEdits(after, inverse)
  expect(back.ok && [back.plan.tasks, back.plan.assignments]).toEqual([of.tasks, of.assignments])

  // The plan now follows these alternatives: nothing is left to gain at its finish, and a day back costs what it saves.
  const again = await provenCrash(after, scheduled(after), [], terms, options)
  expect(again.ok && again.crash.choices[again.crash.now]).toMatchObject({ direct: '0.00', switches: [] })
  expect(again.ok && again.crash.choices[0]).toMatchObject({ direct: '-28000.00' })
})
