// The roadmap: projects of a lane never overlap, none is lost, and quarters are whole.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Line } from '../shape.ts'
import { lanesOf, minuteOf, windowOf } from './roadmap.ts'

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
const line = (id: string, start: number, length: number): Line => ({
  ...{
    id,
    code: id,
    name: id,
    short: null,
    type: 'rail',
    stage: 'active',
    company: 'c',
    department: null,
    manager: null,
  },
  ...{ health: 'good', progress: 0, start: day(start), forecast: day(start + length), contract: null, plan: null },
  ...{ critical: null, tasks: null, promised: null, published: null, warnings: 0, rows: [] },
  gaps: { contract: null, published: null, promised: null },
})

test('every project in the window stands in its lane once, and none covers another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ start: fc.integer({ min: -900, max: 900 }), length: fc.nat(700) }), { maxLength: 40 }),
      fc.constantFrom(4, 8, null),
      fc.nat(30),
      (drawn, quarters, gapDays) => {
        const lines = drawn.map(({ start, length }, i) => line(`p${i}`, start, length))
        const window = windowOf(lines, day(0), quarters)
        const gap = gapDays * 1440
        const [lane] = lanesOf([{ key: 'c', lines }], window, gap)
        const placed = lane?.placed ?? []
        const inside = lines.filter(
          each => minuteOf(each.forecast ?? '') + 1440 > window.from && minuteOf(each.start ?? '') < window.to,
        )
        expect(placed.map(each => each.line.id).sort()).toEqual(inside.map(each => each.id).sort())
        for (const a of placed)
          for (const b of placed)
            if (a !== b && a.row === b.row) expect(a.from >= b.to + gap || b.from >= a.to + gap).toBe(true)
        if (quarters === null) expect(placed.some(each => each.before || each.after)).toBe(false)
      },
    ),
  )
})

test('four quarters begin with the one before today', () => {
  const { from, to } = windowOf([], '2026-02-10', 4)
  expect([from, to]).toEqual([minuteOf('2025-10-01'), minuteOf('2026-10-01')])
})
