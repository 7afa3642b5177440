// The curve against every combination of durations tried one by one, on 200 random networks; and cases worked by hand.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CrashLink, type CrashPoint, type CrashTask, cheapest, crashAt, crashCurve } from './crash.ts'

const task = (id: string, normal: number, crash = normal, rate = 0): CrashTask => ({ id, normal, crash, rate })
const fs = (from: string, to: string, lag = 0): CrashLink => ({ from, to, type: 'FS', lag })
const curve = (tasks: readonly CrashTask[], links: readonly CrashLink[]): readonly CrashPoint[] => {
  const outcome = crashCurve(tasks, links)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.points
}
const said = (points: readonly CrashPoint[]) => points.map(({ length, cost, rate }) => [length, cost, rate])

describe('worked by hand', () => {
  test('a chain gives up its cheapest days first', () => {
    const points = curve([task('a', 5, 3, 10), task('b', 4, 2, 4), task('c', 3)], [fs('a', 'b'), fs('b', 'c')])
    expect(said(points)).toEqual([
      [12, 0, 4],
      [10, 8, 10],
      [8, 28, null],
    ])
    expect(points.map(each => each.durations)).toEqual([
      [5, 4, 3],
      [5, 2, 3],
      [3, 2, 3],
    ])
  })

  test('two paths are shortened together; a day that is not needed any more is given back', () => {
    // a–b and c–d side by side, a–e–d across: cutting a and d is dear, later b and c take over and e is given back.
    const tasks = [task('a', 4, 2, 3), task('b', 4, 2, 2), task('c', 4, 2, 2), task('d', 4, 2, 3), task('e', 0)]
    const links = [fs('a', 'b'), fs('c', 'd'), fs('a', 'e'), fs('e', 'd')]
    const points = curve(tasks, links)
    expect(points[0]).toMatchObject({ length: 8, rate: 5 })
    expect(points.at(-1)).toMatchObject({ length: 4, cost: 20, rate: null })
    for (const { durations, cost } of points)
      expect(durations.reduce((sum, each, at) => sum + (tasks[at]!.normal - each) * tasks[at]!.rate, 0)).toBeCloseTo(
        cost,
      )
  })

  test('nothing to shorten is one point; overhead says how far it pays', () => {
    expect(said(curve([task('a', 5)], []))).toEqual([[5, 0, null]])
    expect(curve([], [])).toMatchObject([{ length: 0, cost: 0 }])
    const points = curve([task('a', 5, 3, 10), task('b', 4, 2, 4)], [fs('a', 'b')])
    expect(cheapest(points, 3)?.length).toBe(9)
    expect(cheapest(points, 6)?.length).toBe(7)
    expect(cheapest(points, 20)?.length).toBe(5)
    expect(crashAt(points, 6)).toEqual({ length: 6, cost: 18, rate: 10, durations: [4, 2], starts: [0, 4] })
    expect(crashAt(points, 4)).toBeUndefined()
  })

  test('what cannot be is refused, never looped over', () => {
    expect(crashCurve([task('a', 2, 3)], [])).toMatchObject({ error: { code: 'time_cost.invalid', task: 'a' } })
    expect(crashCurve([task('a', Number.NaN)], [])).toMatchObject({ error: { code: 'time_cost.invalid' } })
    expect(crashCurve([task('a', 2)], [fs('a', 'x')])).toMatchObject({ error: { code: 'time_cost.unknown_task' } })
    expect(crashCurve([task('a', 2), task('b', 2)], [fs('a', 'b'), fs('b', 'a')])).toMatchObject({
      error: { code: 'time_cost.cycle' },
    })
  })
})

/** Length of the network at fixed durations: tasks in the order of their links. */
function lengthOf(tasks: readonly CrashTask[], links: readonly CrashLink[], durations: readonly number[]): number {
  const at = new Map(tasks.map(({ id }, index) => [id, index]))
  const start = new Array<number>(tasks.length).fill(0)
  let most = 0
  tasks.forEach(({ id, release }, index) => {
    let earliest = release ?? 0
    for (const { from, to, type, lag } of links) {
      if (to !== id) continue
      const before = at.get(from) ?? 0
      const moment = start[before]! + (type[0] === 'F' ? durations[before]! : 0) + lag
      earliest = Math.max(earliest, type[1] === 'F' ? moment - durations[index]! : moment)
    }
    start[index] = earliest
    most = Math.max(most, earliest + durations[index]!)
  })
  return most
}

/** Least cost for each length, by trying all whole durations. */
function tried(tasks: readonly CrashTask[], links: readonly CrashLink[]): ReadonlyMap<number, number> {
  const best = new Map<number, number>()
  const durations = tasks.map(({ normal }) => normal)
  const walk = (index: number, cost: number) => {
    const own = tasks[index]
    if (!own) {
      const length = lengthOf(tasks, links, durations)
      best.set(length, Math.min(best.get(length) ?? Number.POSITIVE_INFINITY, cost))
      return
    }
    for (let duration = own.crash; duration <= own.normal; duration++) {
      durations[index] = duration
      walk(index + 1, cost + (own.normal - duration) * own.rate)
    }
  }
  walk(0, 0)
  return best
}

describe('200 random networks of up to 12 tasks', () => {
  const network = fc
    .record({
      tasks: fc.array(
        fc.record({
          crash: fc.integer({ min: 0, max: 4 }),
          less: fc.integer({ min: 0, max: 3 }),
          rate: fc.integer({ min: 0, max: 9 }),
          release: fc.integer({ min: 0, max: 3 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      links: fc.array(
        fc.record({
          a: fc.nat(11),
          b: fc.nat(11),
          type: fc.constantFrom('FS', 'FS', 'FS', 'SS', 'FF', 'SF' as const),
          lag: fc.integer({ min: -1, max: 2 }),
        }),
        { maxLength: 20 },
      ),
    })
    .map(({ tasks: drawn, links: pairs }) => {
      let product = 1
      const tasks = drawn.map(({ crash, less, rate, release }, at): CrashTask => {
        const room = product * (less + 1) <= 4000 ? less : 0
        product *= room + 1
        return { id: `${at}`, normal: crash + room, crash, rate, release }
      })
      const links = pairs.flatMap(({ a, b, type, lag }): CrashLink[] => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        return from === to || to >= tasks.length ? [] : [{ from: `${from}`, to: `${to}`, type, lag }]
      })
      return { tasks, links }
    })

  test('every length costs exactly what the cheapest combination costs, and the shortest is the shortest', () => {
    fc.assert(
      fc.property(network, ({ tasks, links }) => {
        const points = curve(tasks, links)
        const best = tried(tasks, links)
        const lengths = [...best.keys()].sort((a, b) => a - b)
        expect(points.at(-1)?.length).toBe(lengths[0])
        let least = Number.POSITIVE_INFINITY
        for (const length of lengths) {
          least = Math.min(least, best.get(length) ?? least)
          const found = crashAt(points, length, 1)
          expect(found?.cost).toBeCloseTo(least, 6)
          // Whole durations cost no more than broken ones.
          const durations = found?.durations ?? []
          expect(durations.filter(each => !Number.isInteger(each))).toEqual([])
          expect(lengthOf(tasks, links, durations)).toBeLessThanOrEqual(length)
          expect(durations.reduce((sum, each, at) => sum + (tasks[at]!.normal - each) * tasks[at]!.rate, 0)).toBe(least)
        }
        for (const { durations, length, cost } of points) {
          expect(lengthOf(tasks, links, durations)).toBeCloseTo(length, 6)
          const paid = durations.reduce((sum, each, at) => sum + (tasks[at]!.normal - each) * tasks[at]!.rate, 0)
          expect(paid).toBeCloseTo(cost, 6)
        }
      }),
      { numRuns: 200, seed: 20261122 },
    )
  })
})
