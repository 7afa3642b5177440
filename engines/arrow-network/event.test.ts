// Arrows and circles keep exactly the precedence of the plan: nothing lost, nothing added, two circles never joined twice.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventGraph, eventGraph } from './event.ts'
import type { ArrowInput, ArrowLink, ArrowTask } from './input.ts'
import { reachOf } from './reach.ts'

const task = (id: string, start: number, finish: number): ArrowTask => ({ id, start, finish, critical: false })
const after = (from: string, to: string): ArrowLink => ({ from, to, since: 'finish', at: 'start' })
const drawn = (input: ArrowInput): EventGraph => {
  const graph = eventGraph(input)
  if (!graph) throw new Error('the links close a circle')
  return graph
}
const code = (graph: EventGraph, task: number) =>
  graph.arrows.filter(each => each.task === task).map(each => [each.from, each.to])

describe('textbook cases', () => {
  test('a chain needs a circle between two tasks and no dummy', () => {
    const graph = drawn({ tasks: [task('A', 0, 2), task('B', 2, 5)], links: [after('A', 'B')] })
    expect(graph.times.length).toBe(3)
    expect(graph.dummies).toEqual([])
  })
  test('A and B before C, B alone before D: one dummy from the end of B', () => {
    const graph = drawn({
      tasks: [task('A', 0, 2), task('B', 0, 2), task('C', 2, 4), task('D', 2, 4)],
      links: [after('A', 'C'), after('B', 'C'), after('B', 'D')],
    })
    expect(graph.dummies.length).toBe(1)
    expect(code(graph, 1)[0]?.[1]).toBe(graph.dummies[0]?.[0])
    expect(code(graph, 0)[0]?.[1]).toBe(graph.dummies[0]?.[1])
  })
  test('two tasks between the same circles are told apart by a dummy (JGJ/T 121: one arrow for a pair of numbers)', () => {
    const graph = drawn({
      tasks: [task('A', 0, 1), task('B', 1, 3), task('C', 1, 4), task('D', 4, 5)],
      links: [after('A', 'B'), after('A', 'C'), after('B', 'D'), after('C', 'D')],
    })
    expect(graph.dummies.length).toBe(1)
    // The longer one goes straight to the circle, the other waits.
    expect(code(graph, 2)[0]?.[1]).toBe(graph.dummies[0]?.[1])
  })
  test('start to start with a lag splits the predecessor where the successor may begin', () => {
    const graph = drawn({
      tasks: [task('A', 0, 10), task('B', 3, 12)],
      links: [{ from: 'A', to: 'B', since: { moment: 3 }, at: 'start' }],
    })
    expect(graph.arrows.filter(each => each.task === 0).map(each => [each.part, each.parts, each.until])).toEqual([
      [0, 2, 3],
      [1, 2, 10],
    ])
  })
  test('finish to finish makes the end of the successor wait, and only it', () => {
    const graph = drawn({
      tasks: [task('A', 0, 6), task('B', 0, 6), task('C', 6, 8)],
      links: [{ from: 'A', to: 'B', since: 'finish', at: 'finish' }, after('B', 'C')],
    })
    expect(graph.dummies.some(([from, to]) => from === code(graph, 0)[0]?.[1] && to === code(graph, 1)[0]?.[1])).toBe(
      true,
    )
  })
  test('a milestone is the circle itself', () => {
    const graph = drawn({
      tasks: [task('A', 0, 2), task('M', 2, 2), task('B', 2, 3)],
      links: [after('A', 'M'), after('M', 'B')],
    })
    expect(graph.milestones.get(1)).toBe(code(graph, 0)[0]?.[1])
    expect(graph.arrows.length).toBe(2)
  })
  test('a link that the dates do not keep is told, not drawn backwards', () => {
    const graph = drawn({ tasks: [task('A', 0, 5), task('B', 2, 6)], links: [after('A', 'B')] })
    expect(graph.broken).toEqual([after('A', 'B')])
  })
  test('links in a circle are no network', () => {
    const tasks = [task('A', 0, 0), task('B', 0, 0)]
    expect(eventGraph({ tasks, links: [after('A', 'B'), after('B', 'A')] })).toBeNull()
  })
})

describe('any plan', () => {
  const plan = fc
    .record({
      durations: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 14 }),
      links: fc.array(
        fc.record({
          from: fc.nat(13),
          to: fc.nat(13),
          kind: fc.constantFrom('FS', 'FS', 'FS', 'SS', 'FF', 'SS+'),
          lag: fc.integer({ min: 0, max: 3 }),
        }),
        { maxLength: 30 },
      ),
    })
    .map(({ durations, links }): ArrowInput => {
      const tasks: { id: string; start: number; finish: number; critical: boolean }[] = []
      const kept: ArrowLink[] = []
      durations.forEach((duration, at) => {
        let start = 0
        const mine = links.filter(link => link.to === at && link.from < at)
        for (const { from, kind, lag } of mine) {
          const before = tasks[from]
          if (!before) continue
          const needs =
            kind === 'FS'
              ? before.finish + lag
              : kind === 'FF'
                ? before.finish - duration
                : before.start + (kind === 'SS' ? 0 : Math.min(lag, before.finish - before.start))
          start = Math.max(start, needs)
        }
        tasks.push({ id: String(at), start, finish: start + duration, critical: false })
        for (const { from, kind, lag } of mine) {
          const before = tasks[from]
          if (!before) continue
          const moment = before.start + Math.min(lag, before.finish - before.start)
          kept.push({
            from: String(from),
            to: String(at),
            since: kind === 'SS' ? 'start' : kind === 'SS+' ? { moment } : 'finish',
            at: kind === 'FF' ? 'finish' : 'start',
          })
        }
      })
      return { tasks, links: kept }
    })

  test('whoever waits in the plan waits in the network, and nobody else', () => {
    fc.assert(
      fc.property(plan, input => {
        const graph = drawn(input)
        expect(graph.broken).toEqual([])
        const reach = reachOf(graph.times.length, [
          ...graph.arrows.map(each => [each.from, each.to] as const),
          ...graph.dummies,
        ])
        expect(reach).not.toBeNull()
        const startNode = (at: number) =>
          graph.milestones.get(at) ?? graph.arrows.find(each => each.task === at && each.part === 0)?.from ?? -1
        const finishNode = (at: number) =>
          graph.milestones.get(at) ?? graph.arrows.findLast(each => each.task === at)?.to ?? -1
        const waits = precedence(input)
        for (let a = 0; a < input.tasks.length; a++)
          for (let b = 0; b < input.tasks.length; b++) {
            if (a === b) continue
            const there = finishNode(a) === startNode(b) || reach?.reaches(finishNode(a), startNode(b)) === true
            const milestones = graph.milestones.has(a) && graph.milestones.has(b)
            // Two milestones at one circle are one event: neither is before the other.
            if (!(milestones && finishNode(a) === startNode(b))) expect([a, b, there]).toEqual([a, b, waits(a, b)])
          }
      }),
      { numRuns: 400 },
    )
  })

  test('no two arrows share both circles, time never runs back, and there is one beginning and one end', () => {
    fc.assert(
      fc.property(plan, input => {
        const graph = drawn(input)
        const pairs = graph.arrows.map(each => `${each.from}>${each.to}`)
        expect(new Set(pairs).size).toBe(pairs.length)
        const edges = [...graph.arrows.map(each => [each.from, each.to] as const), ...graph.dummies]
        for (const [from, to] of edges) expect(graph.times[from]!).toBeLessThanOrEqual(graph.times[to]!)
        for (const arrow of graph.arrows) expect(arrow.until).toBeLessThanOrEqual(graph.times[arrow.to]!)
        for (const side of [0, 1] as const) {
          const touched = new Set(edges.map(edge => edge[side]))
          expect(graph.times.filter((_, node) => !touched.has(node)).length).toBe(1)
        }
      }),
      { numRuns: 400 },
    )
  })
})

/** Does b's start wait for a's finish? Asked of the plan's own links. */
function precedence({ tasks, links }: ArrowInput): (a: number, b: number) => boolean {
  const start = (at: number) => 2 * at
  // A task without duration is one event.
  const finish = (at: number) => (tasks[at]!.finish > tasks[at]!.start ? 2 * at + 1 : 2 * at)
  const edges: [number, number][] = tasks.flatMap((_, at) =>
    start(at) === finish(at) ? [] : [[start(at), finish(at)]],
  )
  const moments: [number, number, number][] = []
  let next = 2 * tasks.length
  for (const link of links) {
    const [from, to] = [Number(link.from), Number(link.to)]
    const target = link.at === 'start' ? start(to) : finish(to)
    const { start: s, finish: f } = tasks[from]!
    if (link.since === 'start') edges.push([start(from), target])
    else if (link.since === 'finish') edges.push([finish(from), target])
    else if (link.since.moment <= s) edges.push([start(from), target])
    else if (link.since.moment >= f) edges.push([finish(from), target])
    else {
      moments.push([from, link.since.moment, next])
      edges.push([start(from), next], [next, finish(from)], [next, target])
      next++
    }
  }
  // Inside one task an earlier moment is before a later one.
  for (const [task, when, node] of moments)
    for (const [other, later, to] of moments) if (task === other && when < later) edges.push([node, to])
  const reach = reachOf(next, edges)
  return (a, b) => reach?.reaches(finish(a), start(b)) ?? false
}
