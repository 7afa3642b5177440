// Paths to a chosen task, worked by hand, and what holds for every plan.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { floatPaths } from './float-path.ts'
import { compute } from './index.ts'
import { at, DAY, link, plan, summary, task } from './testing/plan-maker.ts'

const pathsOf = (...args: Parameters<typeof floatPaths>) => {
  const outcome = floatPaths(...args)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.paths.map(
    ({ float, tasks, joins }) => `${float / DAY}: ${tasks.join(' ')}${joins ? ` → ${joins}` : ''}`,
  )
}

// 主体 drives the roof; 机电 has 3 days, 幕墙 5; the garden leads nowhere near.
const tower = plan(
  [task('dig', 5), task('frame', 20), task('pipes', 7), task('glass', 10), task('roof', 2), task('garden', 60)],
  [
    link('dig FS frame'),
    link('frame FS roof'),
    link('dig SS pipes', 10),
    link('pipes FS roof', 5),
    link('glass FS roof', 10),
    link('dig FS garden'),
  ],
)

describe('by hand', () => {
  test('the driving path comes first, then what has the least room before the chosen task moves', () => {
    expect(pathsOf(tower, { target: 'roof' })).toEqual(['0: dig frame roof', '3: pipes → roof', '5: glass → roof'])
  })
  test('what ends later than the target gives nobody more room', () => {
    // The plan ends with the garden: the float of the plan itself would be 38 days larger.
    expect(pathsOf(tower)).toEqual(['0: dig garden'])
    const mode = 'p6' as const
    expect(pathsOf({ ...tower, mode }, { target: 'roof' })).toEqual([
      '0: dig frame roof',
      '3: pipes → roof',
      '5: glass → roof',
    ])
  })
  test('only so many paths as were asked for', () => {
    expect(pathsOf(tower, { target: 'roof', most: 2 })).toHaveLength(2)
  })
  test('a link of a summary is one of the work below it; of a summary, what finishes last is the target', () => {
    const inner = { parent: 'body' }
    const house = plan(
      [task('a', 3), summary('body'), task('b', 2, inner), task('c', 6, inner), task('d', 1)],
      [link('a FS body'), link('body FS d')],
    )
    expect(pathsOf(house, { target: 'd' })).toEqual(['0: a c d', '4: b → d'])
    expect(pathsOf(house, { target: 'body' })).toEqual(['0: a c'])
  })
  test('finished work is on no path', () => {
    const done = { actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-08T17:00'), percentComplete: 100 }
    const begun = { ...tower, tasks: tower.tasks.map(each => (each.id === 'dig' ? { ...each, ...done } : each)) }
    expect(pathsOf(begun, { target: 'roof' })[0]).toBe('0: frame roof')
  })
  test('a task that is not there is named', () => {
    expect(floatPaths(tower, { target: 'x' })).toEqual({
      ok: false,
      error: { code: 'float_path.unknown_task', task: 'x' },
    })
  })
})

test('whatever the plan: no task twice, floats grow, each path is a chain, and a slip by its float moves nothing', () => {
  const plans = fc
    .record({
      days: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 12 }),
      links: fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: 0, max: 3 })), { maxLength: 24 }),
    })
    .map(({ days, links }) =>
      plan(
        days.map((length, i) => task(`t${i}`, length)),
        links.flatMap(([a, b, lag]) => (a < b && b < days.length ? [link(`t${a} FS t${b}`, lag)] : [])),
      ),
    )
  fc.assert(
    fc.property(plans, fc.nat(11), fc.constantFrom('ms' as const, 'p6' as const), (given, nth, mode) => {
      const target = given.tasks[nth % given.tasks.length]!.id
      const outcome = floatPaths(given, { target, mode, most: 100 })
      if (!outcome.ok) throw new Error(outcome.error.code)
      const { paths } = outcome
      const all = paths.flatMap(each => each.tasks)
      expect(new Set(all).size).toBe(all.length)
      const finish = (from: typeof given) => {
        const computed = compute(from, mode)
        return computed.ok ? computed.schedule.tasks.find(each => each.id === target)!.finish : -1
      }
      const there = finish(given)
      const linked = (a: string, b: string) => given.links.some(({ from, to }) => from === a && to === b)
      let before = 0
      for (const { tasks, float, joins } of paths) {
        expect(float).toBeGreaterThanOrEqual(before)
        before = float
        for (const [i, id] of tasks.entries()) {
          const next = tasks[i + 1] ?? joins
          if (next !== undefined) expect(linked(id, next)).toBe(true)
        }
        const longer = (minutes: number) => ({
          ...given,
          tasks: given.tasks.map(each =>
            each.id === tasks[0] ? { ...each, duration: each.duration + minutes } : each,
          ),
        })
        expect(finish(longer(float))).toBe(there)
      }
      // The first path drives: a day more on any of it is a later target.
      for (const id of paths[0]!.tasks) {
        const tasks = given.tasks.map(each => (each.id === id ? { ...each, duration: each.duration + DAY } : each))
        expect(finish({ ...given, tasks })).toBeGreaterThan(there)
      }
    }),
  )
})
