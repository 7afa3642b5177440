// A network on several sheets: every arrow stands on one, none is blank, and the numbers follow each other.
import type { Diagram } from '@yingzao/engines/arrow-network'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { windowsOf } from './tile.ts'

/** Arrows one behind the other in time, each on its row. */
const chain = (rows: readonly number[]): Diagram => ({
  nodes: [...rows, rows.at(-1) ?? 0].map((row, at) => ({ number: at + 1, time: at * 100, row, milestones: [] })),
  arrows: rows.map((row, at) => ({
    ...{ task: String(at), part: 0, parts: 1, from: at + 1, to: at + 2, row, until: (at + 1) * 100, critical: false },
  })),
  dummies: [],
  lanes: [],
  rows: Math.max(0, ...rows) + 1,
})

describe('sheets of a network', () => {
  test('a network that fits is one sheet, as wide as it is', () => {
    const [only, ...more] = windowsOf(chain([0, 1, 2]), time => time, 300, { width: 1000, rows: 10 })
    expect(more).toEqual([])
    expect(only).toMatchObject({ from: 0, width: 300, firstRow: 0, rows: 3, number: 1, count: 1, bands: 1 })
  })
  test('stairs leave out the sheets below and above them', () => {
    const stairs = chain([0, 0, 0, 0, 1, 1, 1, 1])
    const sheets = windowsOf(stairs, time => time, 800, { width: 300, rows: 1 })
    expect(sheets.map(({ number, down, across }) => [number, down, across])).toEqual([
      [1, 1, 1],
      [2, 1, 2],
      [3, 2, 2],
      [4, 2, 3],
    ])
  })
  test('every arrow is on a sheet', () => {
    const rowsDrawn = fc.array(fc.nat(30), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(
        rowsDrawn,
        fc.integer({ min: 150, max: 900 }),
        fc.integer({ min: 1, max: 12 }),
        (drawn, width, rows) => {
          const sheets = windowsOf(chain(drawn), time => time, drawn.length * 100, { width, rows })
          expect(sheets.map(sheet => sheet.number)).toEqual(sheets.map((_, at) => at + 1))
          for (const sheet of sheets) expect(sheet.rows).toBeLessThanOrEqual(rows)
          const on = (x: number, row: number) =>
            sheets.some(
              each =>
                x >= each.from && x < each.from + each.width && row >= each.firstRow && row < each.firstRow + each.rows,
            )
          for (const [at, row] of drawn.entries())
            for (const x of [at * 100, at * 100 + 50, at * 100 + 99]) expect(on(x, row)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})
