// The drawn sheet: rows without overlap, numbers that grow along arrows, lanes that keep together, and the front line.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ArrowInput, type ArrowTask, arrowDiagram, type Diagram, frontLine } from './index.ts'

const task = (id: string, start: number, finish: number, more: Partial<ArrowTask> = {}): ArrowTask => ({
  ...{ id, start, finish, critical: false },
  ...more,
})
const after = (from: string, to: string) => ({ from, to, since: 'finish', at: 'start' }) as const
const sheet = (input: ArrowInput): Diagram => {
  const outcome = arrowDiagram(input, { gap: 0 })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.diagram
}

// Excavation, piles and drainage of a small pit: the critical work is excavation → base → wall.
const pit: ArrowInput = {
  tasks: [
    task('excavate', 0, 4, { critical: true }),
    task('drain', 0, 2),
    task('base', 4, 7, { critical: true }),
    task('waterproof', 2, 5),
    task('wall', 7, 10, { critical: true }),
    task('topping', 10, 10, { critical: true }),
  ],
  links: [
    after('excavate', 'base'),
    after('drain', 'waterproof'),
    after('base', 'wall'),
    after('waterproof', 'wall'),
    after('wall', 'topping'),
  ],
}

describe('a small pit', () => {
  const diagram = sheet(pit)
  test('critical work keeps one row; the other row waits in a wave until the wall', () => {
    const rows = new Set(diagram.arrows.filter(arrow => arrow.critical).map(arrow => arrow.row))
    expect(rows.size).toBe(1)
    const waterproof = diagram.arrows.find(arrow => arrow.task === 'waterproof')
    expect(waterproof?.until).toBe(5)
    expect(diagram.nodes[(waterproof?.to ?? 0) - 1]?.time).toBe(7)
    expect(diagram.dummies).toEqual([])
  })
  test('the milestone is the last circle', () => {
    expect(diagram.nodes.at(-1)).toMatchObject({ time: 10, milestones: ['topping'] })
  })
  test('the front line falls back where work is late, runs ahead where it is early, and ends at the status date', () => {
    const reached: Record<string, number> = { excavate: 2, drain: 2, waterproof: 5, base: 4, wall: 7, topping: 10 }
    const line = frontLine(diagram, pit.tasks, id => reached[id] ?? 0, 3)
    expect(line[0]).toEqual({ row: -1, time: 3, ahead: 0 })
    expect(line.at(-1)).toEqual({ row: diagram.rows, time: 3, ahead: 0 })
    expect(line.filter(point => point.task).map(point => [point.task, point.ahead])).toEqual([
      ['excavate', -1],
      ['waterproof', 2],
    ])
  })
})

test('lanes keep their arrows together, one below the other', () => {
  const diagram = sheet({
    tasks: [
      task('a1', 0, 4, { lane: 'A 区' }),
      task('b1', 0, 3, { lane: 'B 区' }),
      task('a2', 0, 4, { lane: 'A 区' }),
      task('b2', 3, 5, { lane: 'B 区' }),
    ],
    links: [after('b1', 'b2')],
  })
  expect(diagram.lanes.map(lane => lane.name)).toEqual(['A 区', 'B 区'])
  const row = (id: string) => diagram.arrows.find(arrow => arrow.task === id)?.row ?? -1
  const [a, b] = diagram.lanes
  for (const id of ['a1', 'a2']) expect(row(id) >= a!.firstRow && row(id) <= a!.lastRow).toBe(true)
  for (const id of ['b1', 'b2']) expect(row(id) >= b!.firstRow && row(id) <= b!.lastRow).toBe(true)
})

test('an empty plan is an empty sheet', () => {
  expect(sheet({ tasks: [], links: [] })).toMatchObject({ nodes: [], rows: 0 })
})

test('on no row do two arrows overlap, and numbers grow along every arrow and dummy', () => {
  const tasks = fc.array(fc.record({ duration: fc.integer({ min: 0, max: 5 }), lane: fc.constantFrom('x', 'y') }), {
    minLength: 1,
    maxLength: 20,
  })
  const links = fc.array(fc.record({ from: fc.nat(19), to: fc.nat(19) }), { maxLength: 40 })
  fc.assert(
    fc.property(tasks, links, fc.boolean(), (shapes, pairs, laned) => {
      const made: ArrowTask[] = []
      const kept = pairs.filter(({ from, to }) => from < to && to < shapes.length)
      shapes.forEach(({ duration, lane }, at) => {
        const start = Math.max(0, ...kept.filter(pair => pair.to === at).map(pair => made[pair.from]!.finish))
        made.push(task(String(at), start, start + duration, laned ? { lane } : {}))
      })
      const diagram = sheet({ tasks: made, links: kept.map(({ from, to }) => after(String(from), String(to))) })
      const time = (number: number) => diagram.nodes[number - 1]!.time
      for (const { from, to } of [...diagram.arrows, ...diagram.dummies]) expect(from).toBeLessThan(to)
      for (const one of diagram.arrows)
        for (const other of diagram.arrows)
          if (one !== other && one.row === other.row)
            expect(time(one.to) <= time(other.from) || time(other.to) <= time(one.from)).toBe(true)
      for (const node of diagram.nodes) expect(node.row >= 0 && node.row < diagram.rows).toBe(true)
      expect(
        new Set([...diagram.arrows.map(each => each.task), ...diagram.nodes.flatMap(each => each.milestones)]).size,
      ).toBe(made.length)
    }),
    { numRuns: 300 },
  )
})
